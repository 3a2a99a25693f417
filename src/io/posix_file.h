/*
  System calls on files, each carried through to its end and each error one line with the path: short and interrupted
  writes go on, a rename is followed by a sync of the folder. Not collective; callers agree on the result.
*/
#ifndef HHT_POSIX_FILE_H
#define HHT_POSIX_FILE_H

#include <petscsys.h>
#include <sys/types.h>

/* HHT_EXIT_IO: "cannot <verb> '<path>': <strerror(errno)>". */
PetscErrorCode HHTPosixError(const char *verb, const char *path);

/* Paths have PETSC_MAX_PATH_LEN characters; HHT_EXIT_IO where that is too short. */
PetscErrorCode HHTPathJoin(const char *dir, const char *name, char path[]);
PetscErrorCode HHTPathAside(const char *path, char aside[]); /* dir/name -> dir/.name.tmp */

PetscErrorCode HHTWriteAt(int fd, const char *path, const void *data, size_t size, off_t offset);
PetscErrorCode HHTReadAt(int fd, const char *path, void *data, size_t size, off_t offset);

/* Waits until the file is on disk, and forgets what memory holds of it: what is read next comes from the disk. */
PetscErrorCode HHTSync(int fd, const char *path);

/* Writes at the start of the file, syncs, reads back and compares. */
PetscErrorCode HHTWriteVerified(int fd, const char *path, const void *data, size_t size);
PetscErrorCode HHTClose(int *fd, const char *path); /* sets *fd to -1; no-op for -1 */

/* Renames a synced file to its final name, and syncs the folder so that the name survives a power cut. */
PetscErrorCode HHTRename(const char *aside, const char *path);

#endif
