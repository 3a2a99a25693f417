/*
  Columns: several at once through the block of a thread, because a number is 4 to 16 bytes and a cache line 64: a single strided
  column would fetch every line several times.
*/
#include "chunks.h"
#include "tile.h"
#include "transform_impl.h"
#include <math.h>
#include <string.h>

#define PREFETCH_ROWS 32

/* Where a column pass finds its columns: entry (i, j) at base, in entries, + i * row_stride + j * column_stride; one stride is 1. */
typedef struct {
  char     *base;
  ptrdiff_t row_stride, column_stride;
} ColumnView;

/*
  n neighbouring columns into the block, and back: as many rows at a time as a cache line holds entries of a column. Rows are far
  apart, so the processor does not see where the next ones are: it is told. Inlined with constants for a full block.
*/
static inline void prefetch_rows(const char *row, size_t row_bytes, int rows, size_t bytes)
{
  for (int k = 0; k < rows; k++)
    for (size_t b = 0; b < bytes; b += CACHE_LINE) __builtin_prefetch(row + (size_t)k * row_bytes + b, 1);
}

static inline void load_columns(size_t bytes, int n, ptrdiff_t rows, const char *from, size_t row_bytes, char *to,
                                size_t column_bytes)
{
  const int line = (int)(CACHE_LINE / bytes);
  ptrdiff_t i    = 0;

  for (; i + line <= rows; i += line, from += (size_t)line * row_bytes, to += CACHE_LINE) {
    if (i + PREFETCH_ROWS + line <= rows)
      prefetch_rows(from + PREFETCH_ROWS * row_bytes, row_bytes, line, (size_t)n * bytes);
    HHTTransposeEntries(bytes, line, n, from, row_bytes, to, column_bytes);
  }
  HHTTransposeEntries(bytes, (int)(rows - i), n, from, row_bytes, to, column_bytes);
}

static inline void store_columns(size_t bytes, int n, ptrdiff_t rows, const char *from, size_t column_bytes, char *to,
                                 size_t row_bytes)
{
  const int line = (int)(CACHE_LINE / bytes);
  ptrdiff_t i    = 0;

  for (; i + line <= rows; i += line, to += (size_t)line * row_bytes, from += CACHE_LINE) {
    if (i + PREFETCH_ROWS + line <= rows)
      prefetch_rows(to + PREFETCH_ROWS * row_bytes, row_bytes, line, (size_t)n * bytes);
    HHTTransposeEntries(bytes, n, line, from, column_bytes, to, row_bytes);
  }
  HHTTransposeEntries(bytes, n, (int)(rows - i), from, column_bytes, to, row_bytes);
}

/* Columns that lie in one piece each. */
static void copy_columns(int n, size_t bytes, const char *from, size_t from_bytes, char *to, size_t to_bytes)
{
  for (int c = 0; c < n; c++) memcpy(to + (size_t)c * to_bytes, from + (size_t)c * from_bytes, bytes);
}

/* Columns first .. first + n of the view. */
static void load_block(const HHTTransform t, const Workspace *w, const ColumnView *view, ptrdiff_t first, int n)
{
  const size_t    bytes = t->transpose->bytes, column = (size_t)t->block_stride * bytes;
  const size_t    row  = (size_t)view->row_stride * bytes;
  const ptrdiff_t rows = t->column_plans.n;
  const char     *from = view->base + (size_t)(first * view->column_stride) * bytes;

  if (view->column_stride != 1)
    copy_columns(n, (size_t)rows * bytes, from, (size_t)view->column_stride * bytes, w->block, column);
  else if (n < t->width)
    load_columns(bytes, n, rows, from, row, w->block, column);
  else if (bytes == 4)
    load_columns(4, LOAD_BYTES / 4, rows, from, row, w->block, column);
  else if (bytes == 8)
    load_columns(8, LOAD_BYTES / 8, rows, from, row, w->block, column);
  else
    load_columns(16, LOAD_BYTES / 16, rows, from, row, w->block, column);
}

static void store_block(const HHTTransform t, const Workspace *w, const ColumnView *view, ptrdiff_t first, int n)
{
  const size_t    bytes = t->transpose->bytes, column = (size_t)t->block_stride * bytes;
  const size_t    row  = (size_t)view->row_stride * bytes;
  const ptrdiff_t rows = t->column_plans.n;
  char           *to   = view->base + (size_t)(first * view->column_stride) * bytes;

  if (view->column_stride != 1)
    copy_columns(n, (size_t)rows * bytes, w->block, column, to, (size_t)view->column_stride * bytes);
  else if (n < t->width)
    store_columns(bytes, n, rows, w->block, column, to, row);
  else if (bytes == 4)
    store_columns(4, LOAD_BYTES / 4, rows, w->block, column, to, row);
  else if (bytes == 8)
    store_columns(8, LOAD_BYTES / 8, rows, w->block, column, to, row);
  else
    store_columns(16, LOAD_BYTES / 16, rows, w->block, column, to, row);
}

static void *block_column(const HHTTransform t, const Workspace *w, int c)
{
  return w->block + (size_t)(c * t->block_stride) * t->transpose->bytes;
}

/* Column c of the block to k space, left in w->spectrum. */
static void open_column(const HHTTransform t, const Workspace *w, const HHTColumnOperators *op, ptrdiff_t index,
                        void *column)
{
  HHTLineApply(op->in_x, op->ctx, index, column);
  HHTPlansForward(&t->column_plans, column, w->spectrum);
}

static int block_size(const HHTTransform t, ptrdiff_t first, ptrdiff_t count)
{
  return (int)(count - first < t->width ? count - first : t->width);
}

static void column_pass(const HHTTransform t, const Workspace *w, const HHTColumnOperators *op, const ColumnView *view,
                        ptrdiff_t first, int n)
{
  ptrdiff_t index = t->transpose->cols.first + first;

  load_block(t, w, view, first, n);
  for (int c = 0; c < n; c++) {
    void *column = block_column(t, w, c);

    open_column(t, w, op, index + c, column);
    HHTLineApply(op->in_k, op->ctx, index + c, w->spectrum);
    HHTPlansBackward(&t->column_plans, w->spectrum, column);
    HHTLineApply(op->after, op->ctx, index + c, column);
  }
  store_block(t, w, view, first, n);
}

int HHTTransformColumns(HHTTransform t, const HHTColumnOperators *operators)
{
  const ColumnView view  = {t->columns, t->transpose->row_stride, t->transpose->column_stride};
  double           start = MPI_Wtime();
  ptrdiff_t        count = t->transpose->cols.count;

#ifdef _OPENMP
#pragma omp parallel for schedule(static) num_threads(t->threads)
#endif
  for (ptrdiff_t first = 0; first < count; first += t->width)
    column_pass(t, &t->space[HHTTransformThread()], operators, &view, first, block_size(t, first, count));
  t->times.columns += MPI_Wtime() - start;
  return 0;
}

/* Shows n columns of the view, of which the first is number `index`. */
static void read_block(const HHTTransform t, const Workspace *w, const HHTColumnOperators *op, const ColumnView *view,
                       ptrdiff_t first, ptrdiff_t index, int n)
{
  load_block(t, w, view, first, n);
  for (int c = 0; c < n; c++) {
    open_column(t, w, op, index + c, block_column(t, w, c));
    HHTPlansWeigh(&t->column_plans, M_SQRT2, w->spectrum);
    HHTLineApply(op->in_k, op->ctx, index + c, w->spectrum);
  }
}

/* Shows the first `count` columns of the view, of which the first is number `index`. */
static void read_columns(const HHTTransform t, const HHTColumnOperators *op, const ColumnView *view, ptrdiff_t index,
                         ptrdiff_t count)
{
#ifdef _OPENMP
#pragma omp parallel for schedule(static) num_threads(t->threads)
#endif
  for (ptrdiff_t first = 0; first < count; first += t->width)
    read_block(t, &t->space[HHTTransformThread()], op, view, first, index + first, block_size(t, first, count));
}

static int read_in_place(HHTTransform t, const HHTColumnOperators *operators)
{
  const HHTTranspose tr   = t->transpose;
  const ColumnView   view = {t->columns, tr->row_stride, tr->column_stride};
  int                err  = tr->to_columns(tr, t->work, t->columns);

  if (err) return err;
  read_columns(t, operators, &view, tr->cols.first, tr->cols.count);
  return tr->to_rows(tr, t->columns, t->work);
}

static int read_chunks(HHTTransform t, const HHTColumnOperators *operators)
{
  HHTChunks chunks;
  int       err = HHTTransformAgree(t->comm, HHTChunksCreate(t->transpose, &chunks));

  for (int i = 0; i < chunks.n && !err; i++) {
    ptrdiff_t first, width;

    err = HHTChunksGet(t->transpose, &chunks, t->work, i, &first, &width);
    if (!err) read_columns(t, operators, &(ColumnView){chunks.received, width, 1}, first, width);
  }
  HHTChunksDestroy(&chunks);
  return err;
}

int HHTTransformReadColumns(HHTTransform t, const HHTColumnOperators *operators)
{
  double start = MPI_Wtime();
  int    err   = t->transpose->in_place ? read_in_place(t, operators) : read_chunks(t, operators);

  t->times.columns += MPI_Wtime() - start;
  return err;
}
