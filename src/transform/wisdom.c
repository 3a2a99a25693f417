#include <errno.h>
#include <fftw3.h>
#include <hht/transform.h>
#include <stdio.h>

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

  MPI_Comm_rank(comm, &rank);
  err = rank ? 0 : read_wisdom(path);
  return MPI_Bcast(&err, 1, MPI_INT, 0, comm) ? EIO : err;
}

char *HHTWisdomText(void) { return fftw_export_wisdom_to_string(); }
