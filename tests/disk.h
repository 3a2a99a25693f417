/*
  A small disk: a tmpfs where one can be mounted, which takes root; elsewhere the file system at hand, on which the rank's writes below the
  folder fail after so many bytes, as on a full disk.
*/
#ifndef HHT_TEST_DISK_H
#define HHT_TEST_DISK_H

#include "fault_shim.h"
#include "scratch.h"
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

typedef struct {
  const char *dir; /* borrowed */
  int         mounted;
} Disk;

/* On the empty folder dir, as large as anybody may wish. Collective. */
static inline void DiskCreate(const char *dir, Disk *disk)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  *disk = (Disk){.dir = dir};
  if (!rank) disk->mounted = !mount("hht-test", dir, "tmpfs", 0, "size=64m");
  MPI_Bcast(&disk->mounted, 1, MPI_INT, 0, MPI_COMM_WORLD);
  if (!rank && !disk->mounted) printf("no tmpfs can be mounted here: writes fail after so many bytes instead\n");
}

/* Leaves room for so many bytes more, -1: as many as anybody may wish. Collective. */
static inline void DiskLeave(const Disk *disk, long bytes)
{
  const FaultPlan plan = {.call = "write", .path = disk->dir, .at = bytes, .action = FAULT_FULL};
  struct statvfs  status;
  char            options[64] = "size=64m";
  int             rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Barrier(MPI_COMM_WORLD);
  if (!disk->mounted) FaultSet(bytes < 0 ? NULL : &plan);
  if (!rank && disk->mounted) {
    if (statvfs(disk->dir, &status)) MPI_Abort(MPI_COMM_WORLD, 1);
    if (bytes >= 0)
      snprintf(options, sizeof(options), "size=%ld",
               (long)((status.f_blocks - status.f_bfree) * status.f_bsize) + bytes);
    if (mount("hht-test", disk->dir, "tmpfs", MS_REMOUNT, options)) MPI_Abort(MPI_COMM_WORLD, 1);
  }
  MPI_Barrier(MPI_COMM_WORLD);
}

/* A level between 0 and where a file of so many bytes, of which each rank writes its share, is about to fit. Collective. */
static inline long DiskLevel(const Disk *disk, long bytes, uint64_t random)
{
  int size;

  MPI_Comm_size(MPI_COMM_WORLD, &size);
  /* Room comes in pages. Of what all ranks write HDF5's part is the first one's, and some of the rest shares pages. */
  return (long)(random % (uint64_t)(disk->mounted ? bytes - 4 * 4096 : (bytes - 131072) / size));
}

/* Collective. */
static inline void DiskDestroy(Disk *disk)
{
  int rank;

  FaultSet(NULL);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Barrier(MPI_COMM_WORLD);
  if (!rank && disk->mounted) umount(disk->dir);
}

#endif
