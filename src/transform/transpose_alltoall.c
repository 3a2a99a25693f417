/*
  One MPI_Alltoallv, nothing packed or unpacked. A rank stores each row in pieces, one per receiver; the piece block for rank s
  is its local rows by s's columns, row by row. What rank s receives from all ranks in order is then the whole n_rows x
  (its columns) matrix in plain row order: the column pass gathers from it with a stride. The way back is the mirror image.
*/
#include "transpose.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

typedef struct {
  int *row_counts, *row_offsets, *column_counts, *column_offsets; /* in entries, per rank */
} Counts;

static int exchange(HHTTranspose t, const void *from, const int *from_counts, const int *from_offsets, void *to,
                    const int *to_counts, const int *to_offsets)
{
  return MPI_Alltoallv(from, from_counts, from_offsets, t->entry, to, to_counts, to_offsets, t->entry, t->comm) ? EIO
                                                                                                                : 0;
}

static int to_columns(HHTTranspose t, void *row, void *column)
{
  const Counts *c = t->data;

  return exchange(t, row, c->row_counts, c->row_offsets, column, c->column_counts, c->column_offsets);
}

static int to_rows(HHTTranspose t, void *column, void *row)
{
  const Counts *c = t->data;

  return exchange(t, column, c->column_counts, c->column_offsets, row, c->row_counts, c->row_offsets);
}

static void destroy(HHTTranspose t)
{
  Counts *c = t->data;

  if (!c) return;
  free(c->row_counts);
  free(c);
}

static ptrdiff_t share(const HHTSlab *s, ptrdiff_t n, int rank, ptrdiff_t *first)
{
  *first = s->block * rank < n ? s->block * rank : n;
  return *first + s->block < n ? s->block : n - *first;
}

static int set_rank(HHTTranspose t, const Counts *c, int rank)
{
  ptrdiff_t row_first, col_first;
  ptrdiff_t rows = share(&t->rows, t->n_rows, rank, &row_first), cols = share(&t->cols, t->n_cols, rank, &col_first);

  t->pieces[rank] = (HHTPiece){.first = col_first, .count = cols, .offset = t->rows.count * col_first, .stride = cols};
  if (t->size > INT_MAX) return EOVERFLOW;
  c->row_counts[rank]     = (int)(t->rows.count * cols);
  c->row_offsets[rank]    = (int)(t->rows.count * col_first);
  c->column_counts[rank]  = (int)(rows * t->cols.count);
  c->column_offsets[rank] = (int)(row_first * t->cols.count);
  return 0;
}

/* Both sides are the same memory, and nothing moves. */
static int stay(HHTTranspose t, void *from, void *to)
{
  (void)t, (void)from, (void)to;
  return 0;
}

static int set_up_one_rank(HHTTranspose t)
{
  t->to_columns = t->to_rows = stay;
  return HHTTransposeInPlace(t);
}

int HHTTransposeSetUp_Alltoall(HHTTranspose t)
{
  Counts *c;
  int     size, err = 0;

  MPI_Comm_size(t->comm, &size);
  if (size == 1) return set_up_one_rank(t);
  t->destroy    = destroy;
  t->to_columns = to_columns;
  t->to_rows    = to_rows;
  t->data = c = calloc(1, sizeof *c);
  t->pieces   = calloc((size_t)size, sizeof *t->pieces);
  if (!c || !t->pieces) return ENOMEM;
  c->row_counts = calloc(4 * (size_t)size, sizeof(int));
  if (!c->row_counts) return ENOMEM;
  c->row_offsets    = c->row_counts + size;
  c->column_counts  = c->row_counts + 2 * size;
  c->column_offsets = c->row_counts + 3 * size;
  t->n_pieces       = size;
  t->row_stride     = t->cols.count;
  t->column_stride  = 1;
  for (int rank = 0; rank < size && !err; rank++) err = set_rank(t, c, rank);
  return err;
}
