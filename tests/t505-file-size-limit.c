/*
  Files may grow to a limit only (as with ulimit -f), on one rank or on all: an error on every rank, nothing under the
  final name.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <signal.h>
#include <sys/resource.h>

static void check_limit(const char *dir, int limited_rank, rlim_t bytes, Source *s)
{
  const HHTSnapshotInfo info = SourceInfo(dir, 1);
  struct rlimit         old, small;
  PetscErrorCode        ierr;
  int                   rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  getrlimit(RLIMIT_FSIZE, &old);
  small = (struct rlimit){bytes, old.rlim_max};
  if (limited_rank < 0 || rank == limited_rank) setrlimit(RLIMIT_FSIZE, &small);
  ierr = HHTSnapshotWriteSource(&s->source, &info, NULL, NULL);
  setrlimit(RLIMIT_FSIZE, &old);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "limit %d: code %d", (int)bytes, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "File too large"), "limit %d: '%s'", (int)bytes, HHTErrorMessage());
  HHTErrorClear();
  MPI_Barrier(MPI_COMM_WORLD);
  TestCheck(!ScratchCount(ScratchPath(dir, "snapshots")), "limit %d: a file is left", (int)bytes);
  MPI_Barrier(MPI_COMM_WORLD);
}

int main(int argc, char **argv)
{
  char   dir[SCRATCH_MAX];
  Source s;
  int    size;

  TestBegin(&argc, &argv);
  signal(SIGXFSZ, SIG_IGN);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  ScratchCreate(dir);
  SourceCreate(MPI_COMM_WORLD, 1, 32, 64, &s);
  check_limit(dir, -1, 0, &s);           /* not even HDF5's structure */
  check_limit(dir, 0, 100, &s);          /* part of it */
  check_limit(dir, size - 1, 40000, &s); /* some rows */
  SourceDestroy(&s);
  ScratchDestroy(dir);
  return TestEnd();
}
