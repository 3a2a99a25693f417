#include "bench_impl.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* The number of kB on the line of the file that starts with the name; 0 where there is none. */
static double kilobytes(const char *path, const char *name)
{
  FILE  *file = fopen(path, "r");
  char   line[256];
  double value = 0;

  while (file && fgets(line, sizeof line, file)) {
    if (!strncmp(line, name, strlen(name))) value = strtod(line + strlen(name), NULL);
  }
  if (file) (void)fclose(file);
  return value;
}

/* Bytes of shared memory that this process counts though others do too: all that it has seen, less its share. */
static double counted_twice(void)
{
  const double share = kilobytes("/proc/self/smaps_rollup", "Pss_Shmem:");

  return share > 0 ? 1024 * (kilobytes("/proc/self/status", "RssShmem:") - share) : 0;
}

PetscErrorCode HHTBenchMemory(MPI_Comm comm, double *bytes)
{
  struct rusage usage;

  PetscFunctionBeginUser;
  (void)getrusage(RUSAGE_SELF, &usage);
  *bytes = 1024 * (double)usage.ru_maxrss - counted_twice();
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, bytes, 1, MPI_DOUBLE, MPI_SUM, comm));
  PetscFunctionReturn(0);
}
