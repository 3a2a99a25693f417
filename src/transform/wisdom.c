/* FFTW keeps its wisdom for each precision apart. Here it is one text: double precision's, then single precision's. */
#include "plans.h"
#include "transpose.h"
#include <errno.h>
#include <fftw3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SINGLE_NAME "fftwf_wisdom" /* behind the bracket that opens single precision's */

char *HHTWisdomText(void)
{
  char *parts[2], *text = NULL;

  HHTTransposeInit_FFTW();
  parts[0] = fftw_export_wisdom_to_string();
  parts[1] = fftwf_export_wisdom_to_string();
  if (parts[0] && parts[1]) text = malloc(strlen(parts[0]) + strlen(parts[1]) + 1);
  if (text) strcat(strcpy(text, parts[0]), parts[1]);
  free(parts[0]);
  free(parts[1]);
  return text;
}

/* Where single precision's part begins, or the end of the text. */
static char *find_single(char *text)
{
  char *at = strstr(text, SINGLE_NAME);

  if (!at) return text + strlen(text);
  while (at > text && *at != '(') at--;
  return at;
}

/*
  Whether every entry, "(solver number #x.. #x.. #x.. ..)", has flags that FFTW's planner can hold: 20 bits each, and 9 for
  impatience. FFTW ends the program on others.
*/
static int flags_fit(const char *text)
{
  unsigned long lower, upper, impatience;

  for (; (text = strchr(text, '(')); text++) {
    if (sscanf(text, "( %*s %*d #x%lx #x%lx #x%lx", &lower, &upper, &impatience) != 3) continue;
    if (lower >> 20 || upper >> 20 || impatience >> 9) return 0;
  }
  return 1;
}

/* Either part may be missing, but not both. Cuts the text in two. */
static int import_wisdom(char *text)
{
  char *single = find_single(text);

  if (!*text || !flags_fit(text)) return EINVAL;
  if (*single && !fftwf_import_wisdom_from_string(single)) return EINVAL;
  *single = 0;
  return *text && !fftw_import_wisdom_from_string(text) ? EINVAL : 0;
}

int HHTWisdomShare(MPI_Comm comm)
{
  int   rank, length = 0, err = 0;
  char *wisdom = NULL;

  MPI_Comm_rank(comm, &rank);
  if (!rank) {
    wisdom = HHTWisdomText();
    length = wisdom ? (int)strlen(wisdom) + 1 : 0;
  }
  MPI_Bcast(&length, 1, MPI_INT, 0, comm);
  if (!length) return ENOMEM;
  if (rank) wisdom = malloc((size_t)length);
  if (!wisdom) return ENOMEM; /* as good as unreachable: a few kB */
  MPI_Bcast(wisdom, length, MPI_CHAR, 0, comm);
  if (rank) err = import_wisdom(wisdom);
  free(wisdom);
  return err;
}

static int read_wisdom(const char *path)
{
  FILE  *file = fopen(path, "r");
  char  *text = NULL;
  size_t size = 0;
  int    err;

  if (!file) return errno == ENOENT ? 0 : errno;
  err = getdelim(&text, &size, 0, file) < 0 ? EINVAL : import_wisdom(text); /* all of it */
  (void)fclose(file);
  free(text);
  return err;
}

int HHTWisdomRead(MPI_Comm comm, const char *path)
{
  int rank, err;

  HHTTransposeInit_FFTW();
  MPI_Comm_rank(comm, &rank);
  err = rank ? 0 : read_wisdom(path);
  if (MPI_Bcast(&err, 1, MPI_INT, 0, comm)) return EIO;
  return err ? err : HHTWisdomShare(comm);
}

static int take_wisdom(const char *text)
{
  char *copy = strdup(text);
  int   err  = copy ? import_wisdom(copy) : ENOMEM;

  free(copy);
  return err;
}

int HHTWisdomTake(MPI_Comm comm, const char *text)
{
  int rank, err;

  HHTTransposeInit_FFTW();
  MPI_Comm_rank(comm, &rank);
  err = rank ? 0 : take_wisdom(text);
  if (MPI_Bcast(&err, 1, MPI_INT, 0, comm)) return EIO;
  return err ? err : HHTWisdomShare(comm);
}
