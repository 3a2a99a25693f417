/*
  A bit flipped anywhere in a checkpoint, a file cut or made longer, an empty one: none is taken for good, HHT_EXIT_IO and one line tell the
  file, and the older checkpoint is found in its place.
*/
#include "checkpoint_fixture.h"
#include "random.h"

#define FLIPS     256
#define CUTS      24
#define PATH(dir) ScratchPath(dir, "checkpoints/checkpoint_0000000002.h5")

static char  *good; /* the bytes of the newer checkpoint, on every rank */
static size_t size;

/* On rank 0, for all. */
static void replace(const char *dir, const char *bytes, size_t n)
{
  int rank, fd;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (!rank) {
    fd = open(PATH(dir), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0 || write(fd, bytes, n) != (ssize_t)n || close(fd)) MPI_Abort(MPI_COMM_WORLD, 1);
  }
  MPI_Barrier(PETSC_COMM_WORLD);
}

static void check_refused(const char *dir, const char *what, size_t where)
{
  HHTCheckpoint  checkpoint;
  PetscErrorCode ierr = HHTCheckpointOpen(PETSC_COMM_WORLD, PATH(dir), &checkpoint);

  TestCheck(ierr && !checkpoint, "%s %zu is taken for good", what, where);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%s %zu: code %d", what, where, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), PATH(dir)) && !strchr(HHTErrorMessage(), '\n'), "%s %zu: '%s'", what, where,
            HHTErrorMessage());
  HHTErrorClear();
  TestCheck(CheckpointFixtureNewest(dir) == 1, "%s %zu: the older checkpoint is not found", what, where);
}

/* Random places in HDF5's part, behind it, where large data are about to begin at a page, and in the last bytes. */
static size_t flip_place(uint64_t i)
{
  const size_t structure = 65536, page = 4096;

  switch (i % 4) {
  case 0: return RandomBits(i) % structure;
  case 1: return structure + RandomBits(i) % (size - structure);
  case 2: return structure + RandomBits(i) % page;
  default: return size - 1 - RandomBits(i) % 600;
  }
}

static void flip_bits(const char *dir)
{
  for (uint64_t i = 0; i < FLIPS; i++) {
    const size_t at  = flip_place(i);
    char         bit = (char)(1 << RandomBits(i + FLIPS) % 8);

    good[at] ^= bit;
    replace(dir, good, size);
    check_refused(dir, "a bit flipped in byte", at);
    good[at] ^= bit;
  }
}

static void change_length(const char *dir)
{
  char *longer = calloc(size + 4096, 1);

  for (uint64_t i = 0; i < CUTS; i++) {
    const size_t n = i ? RandomBits(i) % size : 0;

    replace(dir, good, n);
    check_refused(dir, "a file of bytes", n);
  }
  replace(dir, good, size - 1);
  check_refused(dir, "a file of bytes", size - 1);
  memcpy(longer, good, size);
  replace(dir, longer, size + 1);
  check_refused(dir, "a file of bytes", size + 1);
  replace(dir, longer, size + 4096);
  check_refused(dir, "a file of bytes", size + 4096);
  free(longer);
}

int main(int argc, char **argv)
{
  char    dir[SCRATCH_MAX];
  Fixture f;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  CheckpointFixtureCreate(32, 128, &f);
  TestCall(CheckpointFixtureWrite(&f, dir, 1));
  TestCall(CheckpointFixtureWrite(&f, dir, 2));
  good = ScratchRead(PATH(dir), &size);
  TestCheck(good && CheckpointFixtureNewest(dir) == 2, "the newer checkpoint is not found");
  flip_bits(dir);
  change_length(dir);
  replace(dir, good, size);
  TestCheck(CheckpointFixtureNewest(dir) == 2, "the newer checkpoint is not found again");
  free(good);
  FixtureDestroy(&f);
  ScratchDestroy(dir);
  return TestEnd();
}
