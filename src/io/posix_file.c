#include "posix_file.h"
#include <errno.h>
#include <fcntl.h>
#include <hht/error.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

PetscErrorCode HHTPosixError(const char *verb, const char *path)
{
  return HHTError(HHT_EXIT_IO, "cannot %s '%s': %s", verb, path, strerror(errno));
}

static PetscErrorCode check_length(int length, const char *path)
{
  if (length < PETSC_MAX_PATH_LEN) return 0;
  return HHTError(HHT_EXIT_IO, "the path '%.64s..' is longer than %d characters", path, PETSC_MAX_PATH_LEN - 1);
}

PetscErrorCode HHTPathJoin(const char *dir, const char *name, char path[])
{
  return check_length(snprintf(path, PETSC_MAX_PATH_LEN, "%s/%s", dir, name), dir);
}

/* Length of the part up to and including the last slash. */
static int folder_length(const char *path)
{
  const char *slash = strrchr(path, '/');

  return slash ? (int)(slash - path) + 1 : 0;
}

PetscErrorCode HHTPathAside(const char *path, char aside[])
{
  const int n = folder_length(path);

  return check_length(snprintf(aside, PETSC_MAX_PATH_LEN, "%.*s.%s.tmp", n, path, path + n), path);
}

PetscErrorCode HHTWriteAt(int fd, const char *path, const void *data, size_t size, off_t offset)
{
  const char *from = data;

  while (size > 0) {
    const ssize_t n = pwrite(fd, from, size, offset);

    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return HHTPosixError("write", path);
    from += n;
    offset += n;
    size -= (size_t)n;
  }
  return 0;
}

PetscErrorCode HHTReadAt(int fd, const char *path, void *data, size_t size, off_t offset)
{
  char *to = data;

  while (size > 0) {
    const ssize_t n = pread(fd, to, size, offset);

    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return HHTPosixError("read", path);
    if (n == 0) return HHTError(HHT_EXIT_IO, "cannot read '%s': the file is truncated", path);
    to += n;
    offset += n;
    size -= (size_t)n;
  }
  return 0;
}

PetscErrorCode HHTSync(int fd, const char *path)
{
  int status;

  do status = fsync(fd);
  while (status && errno == EINTR);
  if (status) return HHTPosixError("write to disk", path);
  (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  return 0;
}

static PetscErrorCode compare(int fd, const char *path, const void *data, size_t size, char *read_back)
{
  PetscFunctionBeginUser;
  PetscCall(HHTReadAt(fd, path, read_back, size, 0));
  if (!memcmp(data, read_back, size)) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': what is read back is not what was written", path));
}

PetscErrorCode HHTWriteVerified(int fd, const char *path, const void *data, size_t size)
{
  PetscErrorCode ierr;
  char          *read_back;

  PetscFunctionBeginUser;
  PetscCall(HHTWriteAt(fd, path, data, size, 0));
  PetscCall(HHTSync(fd, path));
  PetscCall(PetscMalloc1(size, &read_back));
  ierr = compare(fd, path, data, size, read_back);
  PetscCall(PetscFree(read_back));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTClose(int *fd, const char *path)
{
  const int open_fd = *fd;

  *fd = -1;
  /* After EINTR the descriptor is closed all the same. */
  if (open_fd >= 0 && close(open_fd) && errno != EINTR) return HHTPosixError("close", path);
  return 0;
}

static PetscErrorCode sync_folder(const char *path)
{
  char folder[PETSC_MAX_PATH_LEN];
  int  fd, status;

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(folder, sizeof(folder), "%.*s.", folder_length(path), path));
  fd = open(folder, O_RDONLY | O_DIRECTORY);
  if (fd < 0) PetscFunctionReturn(HHTPosixError("open the folder", folder));
  status = fsync(fd);
  (void)close(fd);
  /* File systems that cannot sync a folder say EINVAL; their renames are as safe as they get. */
  if (status && errno != EINVAL) PetscFunctionReturn(HHTPosixError("sync the folder", folder));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRename(const char *aside, const char *path)
{
  PetscFunctionBeginUser;
  if (rename(aside, path)) PetscFunctionReturn(HHTPosixError("rename a file to", path));
  PetscCall(sync_folder(path));
  PetscFunctionReturn(0);
}
