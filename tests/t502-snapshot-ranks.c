/*
  The same state gives the same bytes, whichever and however many ranks write it: 1, all, and more than there are
  rows.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <malloc.h>

/* garbage: what new memory holds, so that bytes never set would show. */
static char *write_and_read(MPI_Comm comm, int garbage, int dim, const char *dir, size_t *size)
{
  Source          s;
  HHTSnapshotInfo info = SourceInfo(dir, 3);

  (void)mallopt(M_PERTURB, garbage);
  SourceCreate(comm, dim, 4, 6, &s);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  SourceDestroy(&s);
  return ScratchRead(ScratchPath(dir, "snapshots/snapshot_0000000003.h5"), size);
}

static void check_dim(int dim, const char *dir)
{
  char   one_name[64], all_name[64];
  char  *one, *all;
  size_t one_size = 0, all_size = 0;
  int    rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  snprintf(one_name, sizeof(one_name), "one-%d-%d", dim, rank);
  snprintf(all_name, sizeof(all_name), "all-%d", dim);
  one = write_and_read(MPI_COMM_SELF, 0x5a, dim, ScratchPath(dir, one_name), &one_size);
  if (dim == 1 && !rank) sleep(1); /* a time of day would show */
  all = write_and_read(MPI_COMM_WORLD, 0xc3, dim, ScratchPath(dir, all_name), &all_size);
  TestCheck(one && all && one_size == all_size, "d = %d: %zu and %zu bytes", dim, one_size, all_size);
  TestCheck(one && all && !memcmp(one, all, PetscMin(one_size, all_size)), "d = %d: bytes differ", dim);
  free(one);
  free(all);
}

int main(int argc, char **argv)
{
  char dir[SCRATCH_MAX];

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  for (int dim = 1; dim <= 3; dim++) check_dim(dim, dir);
  ScratchDestroy(dir);
  return TestEnd();
}
