/*
  Folders with their parents; text files whole and without a trace of the file written aside; errors that name the
  path.
*/
#include "scratch.h"
#include <hht/output.h>

static void check_text(const char *path, const char *expected)
{
  char *text = ScratchRead(path, NULL);

  TestCheck(text && !strcmp(text, expected), "%s holds '%s', not '%s'", path, text ? text : "(nothing)", expected);
  free(text);
}

static void check_error(PetscErrorCode ierr, const char *path)
{
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%s: code %d", path, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), path), "the message '%s' does not name %s", HHTErrorMessage(), path);
  TestCheck(!strchr(HHTErrorMessage(), '\n'), "the message has more than one line");
  HHTErrorClear();
}

int main(int argc, char **argv)
{
  char        dir[SCRATCH_MAX];
  struct stat status;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  const char *const deep  = ScratchPath(dir, "a//b/c");
  const char *const file  = ScratchPath(dir, "a//b/c/text");
  const char *const below = ScratchPath(dir, "a//b/c/text/no");

  TestCall(HHTMakeFolder(MPI_COMM_WORLD, deep));
  TestCall(HHTMakeFolder(MPI_COMM_WORLD, deep)); /* is there already */
  TestCheck(!stat(deep, &status) && S_ISDIR(status.st_mode), "%s is not a folder", deep);

  TestCall(HHTWriteText(MPI_COMM_WORLD, file, "a long first text\n"));
  TestCall(HHTWriteText(MPI_COMM_WORLD, file, "second\n"));
  check_text(file, "second\n");
  TestCheck(ScratchCount(deep) == 1, "%d files beside each other", ScratchCount(deep));

  /* A file in the place of a folder stops root too. */
  check_error(HHTMakeFolder(MPI_COMM_WORLD, file), file);
  check_error(HHTMakeFolder(MPI_COMM_WORLD, below), file);
  check_error(HHTWriteText(MPI_COMM_WORLD, below, "third\n"), below);
  check_error(HHTWriteText(MPI_COMM_WORLD, deep, "a folder is there\n"), deep);
  TestCheck(ScratchCount(deep) == 1, "%d files after failures", ScratchCount(deep));
  ScratchDestroy(dir);
  return TestEnd();
}
