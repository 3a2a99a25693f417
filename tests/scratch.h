/* A folder of a test's own, and what stands in files. */
#ifndef HHT_TEST_SCRATCH_H
#define HHT_TEST_SCRATCH_H

#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRATCH_MAX 4096 /* length of a path */

/* Makes an empty folder, the same on all ranks. Collective. */
static inline void ScratchCreate(char dir[SCRATCH_MAX])
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  snprintf(dir, SCRATCH_MAX, "/tmp/hht-test-XXXXXX");
  if (!rank && !mkdtemp(dir)) MPI_Abort(MPI_COMM_WORLD, 1);
  MPI_Bcast(dir, SCRATCH_MAX, MPI_CHAR, 0, MPI_COMM_WORLD);
}

static inline int ScratchRemoveOne(const char *path, const struct stat *status, int type, struct FTW *where)
{
  (void)status, (void)type, (void)where;
  return remove(path);
}

/* Collective. */
static inline void ScratchDestroy(const char *dir)
{
  int rank;

  MPI_Barrier(MPI_COMM_WORLD);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) nftw(dir, ScratchRemoveOne, 8, FTW_DEPTH | FTW_PHYS);
}

/* dir/name in one of a few buffers that take turns. */
static inline const char *ScratchPath(const char *dir, const char *name)
{
  static char paths[4][SCRATCH_MAX];
  static int  turn;
  char *const path = paths[turn++ % 4];

  if (snprintf(path, SCRATCH_MAX, "%s/%s", dir, name) >= SCRATCH_MAX) MPI_Abort(MPI_COMM_WORLD, 1);
  return path;
}

/* The bytes of a file with a 0 after them, NULL if it cannot be read. Free with free(). */
static inline char *ScratchRead(const char *path, size_t *size)
{
  struct stat status;
  const int   fd   = open(path, O_RDONLY);
  char       *text = NULL;

  if (fd < 0) return NULL;
  if (!fstat(fd, &status) && (text = calloc((size_t)status.st_size + 1, 1))) {
    if (read(fd, text, (size_t)status.st_size) != status.st_size) free(text), text = NULL;
  }
  close(fd);
  if (size) *size = (size_t)status.st_size;
  return text;
}

/* How many files and folders a folder holds, hidden ones too. */
static inline int ScratchCount(const char *dir)
{
  DIR *const d = opendir(dir);
  int        n = 0;

  if (!d) return -1;
  while (readdir(d)) n++;
  closedir(d);
  return n - 2; /* . and .. */
}

#endif
