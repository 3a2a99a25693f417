/*
  Each system call that writes a checkpoint or a snapshot goes wrong in turn, once or from then on, on the first rank and on the last. All
  ranks agree on what came of it: HHT_EXIT_IO with the reason, or the whole file where the fault could be made good. The older file is untouched, the
  new one is either complete or not there, nothing written aside stays.
*/
#include "checkpoint_fixture.h"
#include "fault_shim.h"
#include <errno.h>
#include <hht/watchdog.h>

typedef struct {
  const char *folder, *file; /* of step 1, 2 in the place of %d */
  PetscErrorCode (*write)(Fixture *f, const char *dir, PetscInt step);
} Kind;

static const Kind kinds[] = {{"checkpoints", "checkpoints/checkpoint_000000000%d.h5", CheckpointFixtureWrite},
                             {"snapshots", "snapshots/snapshot_000000000%d.h5", CheckpointFixtureSnapshot}};

typedef struct {
  const char *call;
  FaultAction action;
  int         number;
  int         on;
  int         succeeds; /* 1: always, 0: never, -1: perhaps */
} Fault;

/*
  What fails once may be tried again by the layers below, or not matter; the superblock, which HDF5 writes again on every rank when it
  closes the file, may be mended by another rank.
*/
static const Fault faults[] = {
    {"write", FAULT_ERROR, EIO, 0, -1},   {"write", FAULT_ERROR, ENOSPC, 1, 0}, {"write", FAULT_SHORT, 0, 0, 1},
    {"write", FAULT_SHORT, 0, 1, 1},      {"write", FAULT_FLIP, 0, 0, -1},      {"fsync", FAULT_ERROR, EIO, 0, -1},
    {"fsync", FAULT_ERROR, EIO, 1, 0},    {"rename", FAULT_ERROR, EIO, 0, 0},   {"ftruncate", FAULT_ERROR, EFBIG, 0, 0},
    {"open", FAULT_ERROR, EMFILE, 0, -1}, {"close", FAULT_ERROR, EIO, 0, -1},   {"read", FAULT_ERROR, EIO, 0, -1},
};

/* The two files, written without a fault, on rank 0. */
static char  *good[3];
static size_t good_size[3];

static const char *path_of(const Kind *kind, const char *dir, int step)
{
  char name[64];

  snprintf(name, sizeof(name), kind->file, step);
  return ScratchPath(dir, name);
}

static void prepare(const Kind *kind, Fixture *f, const char *dir)
{
  int rank;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  for (int step = 2; step >= 1; step--) {
    TestCall(kind->write(f, dir, step));
    good[step] = rank ? NULL : ScratchRead(path_of(kind, dir, step), &good_size[step]);
  }
}

/* On rank 0. */
static int is_good(const Kind *kind, const char *dir, int step)
{
  size_t size;
  char  *now  = ScratchRead(path_of(kind, dir, step), &size);
  int    same = now && size == good_size[step] && !memcmp(now, good[step], size);

  free(now);
  return same;
}

/* On rank 0: what the folder holds after step 2 was written, or not. */
static void check_folder(const Kind *kind, const char *dir, PetscErrorCode ierr, const char *what)
{
  const int there  = !access(path_of(kind, dir, 2), F_OK);
  const int latest = kind == &kinds[0];

  TestCheck(is_good(kind, dir, 1), "%s: the older file has changed", what);
  TestCheck(there ? is_good(kind, dir, 2) : ierr != 0, "%s: the new file is bad or missing", what);
  TestCheck(ScratchCount(ScratchPath(dir, kind->folder)) == 1 + there + latest, "%s: something is left aside", what);
  (void)unlink(path_of(kind, dir, 2));
}

static void check_error(const Fault *fault, PetscErrorCode ierr, const char *dir, const char *what)
{
  const char *message = HHTErrorMessage();

  TestCheck(ierr ? fault->succeeds != 1 : fault->succeeds != 0, "%s: code %d '%s'", what, (int)ierr, message);
  if (!ierr) return;
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%s: code %d", what, (int)ierr);
  TestCheck(strstr(message, dir), "%s: '%s' does not tell the file", what, message);
  /* MPI-IO has words of its own for it. */
  TestCheck(fault->action != FAULT_ERROR || strstr(message, strerror(fault->number)) || strstr(message, "MPI_"),
            "%s: '%s' does not tell the reason", what, message);
  HHTErrorClear();
}

/* Call number `at` on one rank; whether it was made at all. */
static int try_call(const Kind *kind, const Fault *fault, Fixture *f, const char *dir, int victim, int at)
{
  const FaultPlan plan = {fault->call, dir, at, fault->on, fault->action, fault->number};
  PetscErrorCode  ierr;
  char            what[256];
  int             rank, struck;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  snprintf(what, sizeof(what), "%s, %s %d (action %d, on %d) of rank %d", kind->folder, fault->call, at,
           (int)fault->action, fault->on, victim);
  if (rank == victim) FaultSet(&plan);
  ierr   = kind->write(f, dir, 2);
  struck = FaultCount();
  FaultSet(NULL);
  MPI_Allreduce(MPI_IN_PLACE, &struck, 1, MPI_INT, MPI_SUM, PETSC_COMM_WORLD);
  if (struck)
    check_error(fault, ierr, dir, what);
  else
    TestCheck(!ierr, "%s: no fault, but '%s'", what, HHTErrorMessage());
  if (!rank) check_folder(kind, dir, ierr, what);
  MPI_Barrier(PETSC_COMM_WORLD);
  return struck;
}

static void try_all(const Kind *kind, Fixture *f, const char *dir)
{
  int rank, size, total = 0;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  MPI_Comm_size(PETSC_COMM_WORLD, &size);
  for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
    int n = 0;

    for (int victim = 0; victim<size; victim += size> 1 ? size - 1 : 1)
      for (int at = 0; try_call(kind, &faults[i], f, dir, victim, at); at++) n++;
    TestCheck(n > 0, "%s: no %s went wrong", kind->folder, faults[i].call);
    total += n;
  }
  if (!rank) printf("%s: %d faults\n", kind->folder, total);
}

/* As main() of the program does. CTest looks for the text: the launcher takes an end without MPI_Finalize() for a failure. */
static int end(void)
{
  int rank, failures = test_failures, may_finalize = HHTOutputMayFinalize() ? 1 : 0;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  MPI_Allreduce(MPI_IN_PLACE, &may_finalize, 1, MPI_INT, MPI_MIN, PETSC_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, &failures, 1, MPI_INT, MPI_SUM, PETSC_COMM_WORLD);
  TestCheck(!may_finalize, "HDF5 has closed all files: what main.c does when it has not is not needed any more");
  if (!rank && !failures && !may_finalize) printf("all faults were met\n");
  fflush(NULL);
  if (may_finalize) return TestEnd();
  _exit(failures ? 1 : 0);
}

int main(int argc, char **argv)
{
  char    dir[SCRATCH_MAX];
  Fixture f;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  TestCall(HHTWatchdogSetLimit(20));
  CheckpointFixtureCreate(8, 8, &f);
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
    prepare(&kinds[i], &f, dir);
    try_all(&kinds[i], &f, dir);
    free(good[1]);
    free(good[2]);
  }
  FixtureDestroy(&f);
  ScratchDestroy(dir);
  return end();
}
