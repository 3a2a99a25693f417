/*
  Ranks on one node: the rows of all stand in one window of shared memory, which is the whole matrix, row by row. The
  column pass reads and writes it there, and nothing is copied; a transpose is a barrier. Every number is touched once by a row
  pass and once by a column pass, as on one rank.
*/
#include "transpose.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#define ALIGNMENT     128
#define SHARED_MEMORY "/dev/shm" /* where Open MPI and others keep windows on Linux */

typedef struct {
  MPI_Win window;
} Shared;

/* Writes of all ranks before it are seen by all ranks after it. */
static int synchronise(HHTTranspose t, void *from, void *to)
{
  const Shared *s = t->data;

  (void)from, (void)to;
  if (MPI_Win_sync(s->window) || MPI_Barrier(t->comm) || MPI_Win_sync(s->window)) return EIO;
  return 0;
}

static void destroy(HHTTranspose t)
{
  Shared *s = t->data;

  if (!s) return;
  if (s->window != MPI_WIN_NULL) {
    (void)MPI_Win_unlock_all(s->window);
    (void)MPI_Win_free(&s->window);
  }
  free(s);
}

/*
  Segments follow each other in the order of the ranks, which is that of the rows. Windows begin anywhere; the matrix begins at the next
  multiple of ALIGNMENT, for which rank 0 asks a little more. It is the same place for all: memory is shared by whole pages.
*/
static int create_window(HHTTranspose t, Shared *s)
{
  const size_t bytes = (size_t)(t->rows.count * t->row_stride) * t->bytes;
  MPI_Aint     size  = (MPI_Aint)bytes;
  void        *base;
  char        *matrix;
  int          unit, rank;

  MPI_Comm_rank(t->comm, &rank);
  if (!rank) size += ALIGNMENT;
  if (MPI_Win_allocate_shared(size, 1, MPI_INFO_NULL, t->comm, &base, &s->window)) return ENOMEM;
  if (MPI_Win_lock_all(MPI_MODE_NOCHECK, s->window)) return EIO;
  if (MPI_Win_shared_query(s->window, 0, &size, &unit, &base)) return EIO;
  matrix         = (char *)base + (ALIGNMENT - (uintptr_t)base % ALIGNMENT) % ALIGNMENT;
  t->row_side    = matrix + (size_t)(t->rows.first * t->row_stride) * t->bytes;
  t->column_side = matrix + (size_t)t->cols.first * t->bytes;
  if (bytes) memset(t->row_side, 0, bytes); /* the rank that works on memory touches it first */
  return 0;
}

static int all_on_one_node(MPI_Comm comm)
{
  MPI_Comm node;
  int      size, on_node;

  MPI_Comm_size(comm, &size);
  if (MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node)) return 0;
  MPI_Comm_size(node, &on_node);
  MPI_Comm_free(&node);
  return on_node == size;
}

/* Shared memory is a file system of limited size, and a write beyond it ends the program. Rank 0 looks. */
static int fits(MPI_Comm comm, double bytes)
{
  struct statvfs status;
  int            rank, yes = 0;

  MPI_Comm_rank(comm, &rank);
  if (!rank && !statvfs(SHARED_MEMORY, &status)) yes = bytes < 0.9 * (double)status.f_bavail * (double)status.f_frsize;
  return MPI_Bcast(&yes, 1, MPI_INT, 0, comm) ? 0 : yes;
}

int HHTTransposeCanShare(MPI_Comm comm, double bytes) { return all_on_one_node(comm) && fits(comm, bytes); }

int HHTTransposeSetUp_Shared(HHTTranspose t)
{
  Shared *s   = malloc(sizeof *s);
  int     err = HHTTransposeInPlace(t);

  if (!HHTTransposeCanShare(t->comm, (double)t->n_rows * (double)t->row_stride * (double)t->bytes)) {
    free(s);
    return ENOTSUP;
  }
  if (!s) return ENOMEM;
  s->window     = MPI_WIN_NULL;
  t->data       = s;
  t->destroy    = destroy;
  t->to_columns = synchronise;
  t->to_rows    = synchronise;
  return err ? err : create_window(t, s);
}
