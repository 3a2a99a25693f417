/*
  One run a folder. The lock is the kernel's, on the file .lock, and so ends with the process that holds it; the file tells who that is
  and stays.
*/
#include "posix_file.h"
#include <errno.h>
#include <fcntl.h>
#include <hht/error.h>
#include <hht/output.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOCK_FILE ".lock"
/* A run that was just killed, or stopped by the batch system, may take a moment to end. */
#define TRIES        10
#define WAIT_SECONDS 0.5

static PetscErrorCode in_use(const char *dir, int fd)
{
  char    holder[256] = "";
  ssize_t n           = pread(fd, holder, sizeof(holder) - 1, 0);

  holder[n > 0 ? n : 0]         = 0;
  holder[strcspn(holder, "\n")] = 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "output_dir: '%s' is not allowed; another run writes there (%s): wait for its end, or choose another folder", dir,
      holder);
}

/* 1: held, 0: another's, -1: not to be had here. */
static int try_lock(int fd)
{
  struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

  if (!fcntl(fd, F_SETLK, &all)) return 1;
  return errno == EACCES || errno == EAGAIN ? 0 : -1;
}

static void write_holder(int fd)
{
  char host[128] = "", text[256];

  (void)gethostname(host, sizeof(host) - 1);
  (void)snprintf(text, sizeof(text), "process %ld on %s\n", (long)getpid(), host);
  /* Only a hint for people: a full disk may leave it out. */
  (void)!ftruncate(fd, 0);
  (void)!pwrite(fd, text, strlen(text), 0);
}

static PetscErrorCode lock_folder(const char *dir, PetscBool create, int *lock)
{
  const struct timespec wait = {.tv_nsec = (long)(1e9 * WAIT_SECONDS)};
  char                  path[PETSC_MAX_PATH_LEN];
  int                   held;

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(dir, LOCK_FILE, path));
  *lock = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0666);
  if (*lock < 0) PetscFunctionReturn(create ? HHTPosixError("write", path) : 0);
  held = try_lock(*lock);
  for (int i = 0; i < TRIES && !held; i++) {
    (void)nanosleep(&wait, NULL);
    held = try_lock(*lock);
  }
  if (!held) PetscFunctionReturn(in_use(dir, *lock));
  write_holder(*lock);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFolderLock(MPI_Comm comm, const char *dir, PetscBool create, int *lock)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  *lock = -1;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTAgree(comm, rank ? 0 : lock_folder(dir, create, lock)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFolderUnlock(int *lock)
{
  PetscFunctionBeginUser;
  if (*lock >= 0) (void)close(*lock);
  *lock = -1;
  PetscFunctionReturn(0);
}
