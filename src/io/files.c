/* Folders and whole text files. */
#include "posix_file.h"
#include <errno.h>
#include <fcntl.h>
#include <hht/error.h>
#include <hht/output.h>
#include <hht/watchdog.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT_MAX 262144 /* bytes of a text that is read */

/* Like mkdir -p: path is cut at each slash in turn. */
static PetscErrorCode make_parents(char *path)
{
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (mkdir(path, 0777) && errno != EEXIST) return HHTPosixError("make the folder", path);
    *slash = '/';
  }
  return 0;
}

static PetscErrorCode make_folder(const char *dir)
{
  char        path[PETSC_MAX_PATH_LEN];
  struct stat status;

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(dir, "", path));
  PetscCall(make_parents(path));
  if (stat(dir, &status)) PetscFunctionReturn(HHTPosixError("use the folder", dir));
  if (!S_ISDIR(status.st_mode)) PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s' is not a folder", dir));
  if (access(dir, W_OK | X_OK)) PetscFunctionReturn(HHTPosixError("write in the folder", dir));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMakeFolder(MPI_Comm comm, const char *dir)
{
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTWatchdogStart(comm, dir));
  if (!rank) ierr = make_folder(dir);
  ierr = HHTAgree(comm, ierr);
  PetscCall(HHTWatchdogStop());
  PetscFunctionReturn(ierr);
}

static PetscErrorCode write_text(const char *path, const char *text)
{
  char           aside[PETSC_MAX_PATH_LEN];
  PetscErrorCode ierr;
  int            fd;

  PetscFunctionBeginUser;
  PetscCall(HHTPathAside(path, aside));
  fd = open(aside, O_RDWR | O_CREAT | O_TRUNC, 0666);
  if (fd < 0) PetscFunctionReturn(HHTPosixError("write", path));
  ierr = HHTWriteVerified(fd, path, text, strlen(text));
  if (!ierr) ierr = HHTClose(&fd, path);
  if (!ierr) ierr = HHTRename(aside, path);
  if (ierr) {
    (void)HHTClose(&fd, path);
    (void)unlink(aside);
  }
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTWriteText(MPI_Comm comm, const char *path, const char *text)
{
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTWatchdogStart(comm, path));
  if (!rank) ierr = write_text(path, text);
  ierr = HHTAgree(comm, ierr);
  PetscCall(HHTWatchdogStop());
  PetscFunctionReturn(ierr);
}

/* On rank 0: as many bytes as there are, -1 where there is no such file. */
static PetscErrorCode read_bytes(const char *path, char bytes[TEXT_MAX], int *length)
{
  FILE *in = fopen(path, "r");
  int   failed;

  PetscFunctionBeginUser;
  *length = -1;
  if (!in && errno == ENOENT) PetscFunctionReturn(0);
  if (!in) PetscFunctionReturn(HHTPosixError("read", path));
  *length = (int)fread(bytes, 1, TEXT_MAX, in);
  failed  = ferror(in);
  (void)fclose(in);
  if (failed) PetscFunctionReturn(HHTPosixError("read", path));
  if (*length < TEXT_MAX) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_IO, "cannot read '%s': it is no text of ours, which are below %d bytes", path, TEXT_MAX));
}

PetscErrorCode HHTReadText(MPI_Comm comm, const char *path, char **text)
{
  PetscErrorCode ierr = 0;
  PetscMPIInt    rank;
  int            length;
  char          *bytes;

  PetscFunctionBeginUser;
  *text = NULL;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(PetscCalloc1(TEXT_MAX + 1, &bytes));
  if (!rank) ierr = read_bytes(path, bytes, &length);
  ierr = HHTAgree(comm, ierr);
  if (!ierr) {
    PetscCallMPI(MPI_Bcast(&length, 1, MPI_INT, 0, comm));
    PetscCallMPI(MPI_Bcast(bytes, TEXT_MAX + 1, MPI_CHAR, 0, comm));
  }
  if (!ierr && length >= 0)
    *text = bytes;
  else
    PetscCall(PetscFree(bytes));
  PetscFunctionReturn(ierr);
}
