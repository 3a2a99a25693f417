/*
  A disk that fills up while a snapshot is written, at 100 random levels: each rank gets HHT_EXIT_IO and the reason, the file that was there
  is untouched, nothing written aside stays. With room enough the snapshot is written.
*/
#include "disk.h"
#include "random.h"
#include "snapshot_source.h"

#define LEVELS 100
#define NAME   "snapshots/snapshot_0000000001.h5"

static void check_failed(const char *dir, long level, PetscErrorCode ierr)
{
  int   rank;
  char *text;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%ld bytes: code %d", level, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "No space left on device"), "%ld bytes: '%s'", level, HHTErrorMessage());
  HHTErrorClear();
  if (rank) return;
  text = ScratchRead(ScratchPath(dir, NAME), NULL);
  TestCheck(text && !strcmp(text, "old"), "%ld bytes: the old file is gone", level);
  TestCheck(ScratchCount(ScratchPath(dir, "snapshots")) == 1, "%ld bytes: something is left aside", level);
  free(text);
}

/* Bytes of a snapshot of the state. */
static long snapshot_size(const char *dir, Source *s)
{
  const HHTSnapshotInfo info = SourceInfo(dir, 1);
  struct stat           status;

  TestCall(HHTSnapshotWriteSource(&s->source, &info, NULL, NULL));
  if (stat(ScratchPath(dir, NAME), &status)) MPI_Abort(MPI_COMM_WORLD, 1);
  return (long)status.st_size;
}

int main(int argc, char **argv)
{
  char   dir[SCRATCH_MAX];
  Source s;
  Disk   disk;
  long   bytes;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  DiskCreate(dir, &disk);
  SourceCreate(MPI_COMM_WORLD, 1, 64, 128, &s);
  const HHTSnapshotInfo info = SourceInfo(dir, 1);

  bytes = snapshot_size(dir, &s);
  TestCall(HHTWriteText(MPI_COMM_WORLD, ScratchPath(dir, NAME), "old"));
  for (uint64_t i = 0; i < LEVELS; i++) {
    const long level = DiskLevel(&disk, bytes, RandomBits(i));

    DiskLeave(&disk, level);
    check_failed(dir, level, HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  }
  DiskLeave(&disk, 2 * bytes);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  SourceDestroy(&s);
  DiskDestroy(&disk);
  ScratchDestroy(dir);
  return TestEnd();
}
