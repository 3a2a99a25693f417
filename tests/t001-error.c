/* An error of one rank becomes the error of all, with its code and message; the first message wins. */
#include "test.h"
#include <string.h>

static int rank, size;

static void check_message(const char *expected)
{
  TestCheck(!strcmp(HHTErrorMessage(), expected), "message '%s', expected '%s'", HHTErrorMessage(), expected);
}

static void check_local(void)
{
  PetscErrorCode first, second;

  check_message("");
  first  = HHTError(HHT_EXIT_USAGE, "grid_nx: %d is not allowed", 3);
  second = HHTError(HHT_EXIT_IO, "a later one");
  TestCheck(HHTErrorExitCode(first) == HHT_EXIT_USAGE, "code %d", HHTErrorExitCode(first));
  TestCheck(HHTErrorExitCode(second) == HHT_EXIT_IO, "code %d", HHTErrorExitCode(second));
  check_message("grid_nx: 3 is not allowed");
  HHTErrorClear();
  check_message("");
  TestCheck(HHTErrorExitCode(0) == HHT_EXIT_OK, "0 carries %d", HHTErrorExitCode(0));
  TestCheck(HHTErrorExitCode(PETSC_ERR_MEM) == -1, "PETSc's carries %d", HHTErrorExitCode(PETSC_ERR_MEM));
}

/* The lowest of the ranks lowest .. size - 1 that fail gives code and message. */
static void check_agree(int lowest)
{
  PetscErrorCode ierr = 0;
  char           expected[64];

  if (rank >= lowest) ierr = HHTError(rank == lowest ? HHT_EXIT_IO : HHT_EXIT_INVALID, "rank %d failed", rank);
  ierr = HHTAgree(PETSC_COMM_WORLD, ierr);
  (void)snprintf(expected, sizeof expected, "rank %d failed", lowest);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "code %d", HHTErrorExitCode(ierr));
  check_message(expected);
  HHTErrorClear();
}

/* PetscCall() and PETSc's own way up leave code and message as they are. */
static PetscErrorCode outer(void)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAgree(PETSC_COMM_WORLD, rank == size - 1 ? HHTError(HHT_EXIT_STOPPED, "stop") : 0));
  PetscFunctionReturn(0);
}

static void check_agreement(void)
{
  TestCheck(HHTAgree(PETSC_COMM_WORLD, 0) == 0, "no rank failed");
  check_message("");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  check_local();
  check_agreement();
  for (int lowest = 0; lowest < size; lowest++) check_agree(lowest);
  TestCheck(HHTErrorExitCode(outer()) == HHT_EXIT_STOPPED, "the code was lost on the way up");
  check_message("stop");
  HHTErrorClear();
  check_agreement();
  return TestEnd();
}
