#include "plans.h"
#include "transpose.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int HHTWisdomShare(MPI_Comm comm)
{
  int   rank, length = 0, err = 0;
  char *wisdom = NULL;

  MPI_Comm_rank(comm, &rank);
  if (!rank) {
    wisdom = fftw_export_wisdom_to_string();
    length = wisdom ? (int)strlen(wisdom) + 1 : 0;
  }
  MPI_Bcast(&length, 1, MPI_INT, 0, comm);
  if (!length) return ENOMEM;
  if (rank) wisdom = malloc((size_t)length);
  if (!wisdom) return ENOMEM; /* as good as unreachable: a few kB */
  MPI_Bcast(wisdom, length, MPI_CHAR, 0, comm);
  if (rank && !fftw_import_wisdom_from_string(wisdom)) err = EINVAL;
  free(wisdom);
  return err;
}

static int read_wisdom(const char *path)
{
  FILE *file = fopen(path, "r");
  int   err  = 0;

  if (!file) return errno == ENOENT ? 0 : errno;
  if (!fftw_import_wisdom_from_file(file)) err = EINVAL;
  (void)fclose(file);
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

int HHTWisdomTake(MPI_Comm comm, const char *text)
{
  int rank, err;

  HHTTransposeInit_FFTW();
  MPI_Comm_rank(comm, &rank);
  err = rank || fftw_import_wisdom_from_string(text) ? 0 : EINVAL;
  if (MPI_Bcast(&err, 1, MPI_INT, 0, comm)) return EIO;
  return err ? err : HHTWisdomShare(comm);
}

char *HHTWisdomText(void)
{
  HHTTransposeInit_FFTW();
  return fftw_export_wisdom_to_string();
}
