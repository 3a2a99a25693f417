/*
  A disk of every size that is too small: each rank gets HHT_EXIT_IO and the reason, the file that was there is
  untouched, nothing written aside stays. The disk is a tmpfs, which only root may mount; without it the test says so
  and checks nothing.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <sys/mount.h>

static int try_size(const char *dir, int kilobytes, Source *s)
{
  const HHTSnapshotInfo info = SourceInfo(dir, 1);
  char                  options[64];
  char                 *text;
  PetscErrorCode        ierr;
  int                   rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  snprintf(options, sizeof(options), "size=%dk", kilobytes);
  if (!rank && mount("hht-test", dir, "tmpfs", MS_REMOUNT, options)) MPI_Abort(MPI_COMM_WORLD, 1);
  MPI_Barrier(MPI_COMM_WORLD);
  ierr = HHTSnapshotWriteSource(&s->source, &info, NULL, NULL);
  if (!ierr) return 1;
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%d KiB: code %d", kilobytes, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "No space left on device"), "%d KiB: '%s'", kilobytes, HHTErrorMessage());
  HHTErrorClear();
  MPI_Barrier(MPI_COMM_WORLD); /* rank 0 has cleaned up */
  text = ScratchRead(ScratchPath(dir, "snapshots/snapshot_0000000001.h5"), NULL);
  TestCheck(text && !strcmp(text, "old"), "%d KiB: the old file is gone", kilobytes);
  TestCheck(ScratchCount(ScratchPath(dir, "snapshots")) == 1, "%d KiB: something is left aside", kilobytes);
  free(text);
  MPI_Barrier(MPI_COMM_WORLD);
  return 0;
}

int main(int argc, char **argv)
{
  char   dir[SCRATCH_MAX];
  Source s;
  int    rank, mounted = 0, kilobytes, written = 0;

  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  ScratchCreate(dir);
  if (!rank) mounted = !mount("hht-test", dir, "tmpfs", 0, "size=64k");
  MPI_Bcast(&mounted, 1, MPI_INT, 0, MPI_COMM_WORLD);
  if (mounted) {
    SourceCreate(MPI_COMM_WORLD, 1, 32, 64, &s);
    TestCall(HHTMakeFolder(MPI_COMM_WORLD, ScratchPath(dir, "snapshots")));
    TestCall(HHTWriteText(MPI_COMM_WORLD, ScratchPath(dir, "snapshots/snapshot_0000000001.h5"), "old"));
    for (kilobytes = 8; kilobytes <= 512 && !written; kilobytes += 4) written = try_size(dir, kilobytes, &s);
    TestCheck(written && kilobytes > 82, "written to a disk of %d KiB", kilobytes);
    SourceDestroy(&s);
    MPI_Barrier(MPI_COMM_WORLD);
    if (!rank) umount(dir);
  } else if (!rank)
    printf("a tmpfs cannot be mounted here: skipped\n");
  ScratchDestroy(dir);
  return TestEnd();
}
