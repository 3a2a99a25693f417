/*
  A disk that fills up while a checkpoint is written, at 100 random levels: each rank gets HHT_EXIT_IO and the reason, the older checkpoint
  is as it was and is the one that is found, nothing written aside stays. With room enough the checkpoint is written.
*/
#include "checkpoint_fixture.h"
#include "disk.h"
#include "random.h"

#define LEVELS 100

static void check_failed(const char *dir, long level, PetscErrorCode ierr)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%ld bytes: code %d", level, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "No space left on device"), "%ld bytes: '%s'", level, HHTErrorMessage());
  HHTErrorClear();
  if (!rank) TestCheck(ScratchCount(ScratchPath(dir, "checkpoints")) == 2, "%ld bytes: something is left aside", level);
  TestCheck(CheckpointFixtureNewest(dir) == 1, "%ld bytes: the older checkpoint is not found", level);
}

int main(int argc, char **argv)
{
  char        dir[SCRATCH_MAX];
  struct stat status;
  Fixture     f;
  Disk        disk;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  DiskCreate(dir, &disk);
  CheckpointFixtureCreate(64, 512, &f);
  TestCall(CheckpointFixtureWrite(&f, dir, 1));
  if (stat(ScratchPath(dir, "checkpoints/checkpoint_0000000001.h5"), &status)) MPI_Abort(MPI_COMM_WORLD, 1);
  for (uint64_t i = 0; i < LEVELS; i++) {
    const long level = DiskLevel(&disk, (long)status.st_size, RandomBits(i));

    DiskLeave(&disk, level);
    check_failed(dir, level, CheckpointFixtureWrite(&f, dir, 2));
  }
  DiskLeave(&disk, 2 * (long)status.st_size);
  TestCall(CheckpointFixtureWrite(&f, dir, 2));
  DiskLeave(&disk, -1);
  TestCheck(CheckpointFixtureNewest(dir) == 2, "a checkpoint that fits is not found");
  FixtureDestroy(&f);
  DiskDestroy(&disk);
  ScratchDestroy(dir);
  return TestEnd();
}
