/*
  The passes. A line is loaded from memory into a buffer that fits into cache, goes through its transforms and operators there,
  and is stored: one read and one write of memory for a pass. The column pass loads HHT_BLOCK columns at once, because
  a number is 16 bytes and a cache line 64: a single strided column would fetch every line four times. Columns stand in the buffer
  with 128 bytes between them, since strides of a power of two would map to the same cache sets.
*/
#include "chunks.h"
#include "memory.h"
#include "plans.h"
#include "transpose.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_PAD 8

struct HHTTransform_s {
  MPI_Comm          comm; /* own duplicate */
  HHTPlans          row_plans, column_plans;
  HHTTranspose      transpose;
  double complex   *rest, *work;  /* the matrix, twice */
  double complex   *columns;      /* the column side: rest, or work if the transpose is in place */
  double complex   *line, *spare; /* one row or one column */
  double complex   *block;        /* HHT_BLOCK columns */
  ptrdiff_t         block_stride;
  HHTTransformTimes times;
};

static double complex *line_buffer(ptrdiff_t n) { return HHTMemoryCreate((size_t)n * sizeof(double complex)); }

static int create_buffers(HHTTransform t)
{
  ptrdiff_t line = t->row_plans.n > t->column_plans.n ? t->row_plans.n : t->column_plans.n;

  t->block_stride = (t->column_plans.n + 3) / 4 * 4 + COLUMN_PAD;
  t->rest         = line_buffer(t->transpose->size);
  t->work         = line_buffer(t->transpose->size);
  t->columns      = t->transpose->in_place ? t->work : t->rest;
  t->line         = line_buffer(line);
  t->spare        = line_buffer(line);
  t->block        = line_buffer(t->block_stride * HHT_BLOCK);
  return t->rest && t->work && t->line && t->spare && t->block ? 0 : ENOMEM;
}

/* One rank's error is everyone's. */
static int agree(MPI_Comm comm, int err)
{
  return MPI_Allreduce(MPI_IN_PLACE, &err, 1, MPI_INT, MPI_MAX, comm) ? EIO : err;
}

static int create(HHTTransform t, int dim_x, const ptrdiff_t nx[], int dim_v, const ptrdiff_t nv[],
                  HHTTransposeType type, HHTRigor rigor)
{
  int err;

  if ((err = HHTPlansCreate(t->comm, dim_v, nv, rigor, &t->row_plans))) return err;
  if ((err = HHTPlansCreate(t->comm, dim_x, nx, rigor, &t->column_plans))) return err;
  err = HHTTransposeCreate(t->comm, t->column_plans.n, t->row_plans.n, HHT_BLOCK, type, &t->transpose);
  if ((err = agree(t->comm, err))) return err;
  if ((err = agree(t->comm, create_buffers(t)))) return err;
  return t->transpose->plan ? agree(t->comm, t->transpose->plan(t->transpose, rigor, t->work, t->columns)) : 0;
}

int HHTTransformCreate(MPI_Comm comm, int dim_x, const ptrdiff_t nx[], int dim_v, const ptrdiff_t nv[],
                       HHTTransposeType type, HHTRigor rigor, HHTTransform *transform)
{
  HHTTransform t;
  int          err;

  *transform = t = calloc(1, sizeof *t);
  if (!t) return ENOMEM;
  if (MPI_Comm_dup(comm, &t->comm)) return EIO;
  err = create(t, dim_x, nx, dim_v, nv, type, rigor);
  if (err) (void)HHTTransformDestroy(transform);
  return err;
}

int HHTTransformDestroy(HHTTransform *transform)
{
  HHTTransform t = *transform;

  if (!t) return 0;
  if (t->transpose) HHTTransposeDestroy(&t->transpose);
  HHTPlansDestroy(&t->row_plans);
  HHTPlansDestroy(&t->column_plans);
  HHTMemoryDestroy(t->work);
  HHTMemoryDestroy(t->rest);
  HHTMemoryDestroy(t->line);
  HHTMemoryDestroy(t->spare);
  HHTMemoryDestroy(t->block);
  (void)MPI_Comm_free(&t->comm);
  free(t);
  *transform = NULL;
  return 0;
}

void HHTTransformGetRows(HHTTransform t, ptrdiff_t *first, ptrdiff_t *count)
{
  *first = t->transpose->rows.first;
  *count = t->transpose->rows.count;
}

void HHTTransformGetColumns(HHTTransform t, ptrdiff_t *first, ptrdiff_t *count)
{
  *first = t->transpose->cols.first;
  *count = t->transpose->cols.count;
}

void HHTTransformGetBuffers(HHTTransform t, double complex **rest, double complex **work)
{
  *rest = t->rest;
  *work = t->work;
}

static void load_row(HHTTransform t, ptrdiff_t i, double complex *row)
{
  for (int p = 0; p < t->transpose->n_pieces; p++) {
    const HHTPiece *piece = &t->transpose->pieces[p];

    memcpy(row + piece->first, t->work + piece->offset + i * piece->count, (size_t)piece->count * sizeof *row);
  }
}

static void store_row(HHTTransform t, ptrdiff_t i, const double complex *row)
{
  for (int p = 0; p < t->transpose->n_pieces; p++) {
    const HHTPiece *piece = &t->transpose->pieces[p];

    memcpy(t->work + piece->offset + i * piece->count, row + piece->first, (size_t)piece->count * sizeof *row);
  }
}

static void apply(HHTLineOperator operator, void * ctx, ptrdiff_t index, double complex *line)
{
  if (operator) operator(ctx, index, line);
}

static void row_pass(HHTTransform t, HHTRowPass pass, const HHTRowOperators *op, ptrdiff_t i)
{
  ptrdiff_t       index = t->transpose->rows.first + i, n = t->row_plans.n;
  size_t          bytes = (size_t)n * sizeof(double complex);
  double complex *line = t->line, *spare = t->spare, *rest = t->rest + i * n;

  if (pass == HHT_ROWS_OPEN) {
    memcpy(spare, rest, bytes);
  } else {
    load_row(t, i, line);
    HHTPlansForward(&t->row_plans, line, spare);
  }
  apply(op->in_xi, op->ctx, index, spare);
  if (pass == HHT_ROWS_CLOSE) {
    memcpy(rest, spare, bytes);
    return;
  }
  HHTPlansBackward(&t->row_plans, spare, line);
  apply(op->in_v, op->ctx, index, line);
  store_row(t, i, line);
}

int HHTTransformRows(HHTTransform t, HHTRowPass pass, const HHTRowOperators *operators)
{
  double start = MPI_Wtime();

  for (ptrdiff_t i = 0; i < t->transpose->rows.count; i++) row_pass(t, pass, operators, i);
  t->times.rows += MPI_Wtime() - start;
  return 0;
}

int HHTTransformRow(HHTTransform t, int sign, double complex *row)
{
  size_t bytes = (size_t)t->row_plans.n * sizeof *row;

  memcpy(t->line, row, bytes);
  if (sign == FFTW_FORWARD)
    HHTPlansForward(&t->row_plans, t->line, t->spare);
  else
    HHTPlansBackward(&t->row_plans, t->line, t->spare);
  memcpy(row, t->spare, bytes);
  return 0;
}

int HHTTransformToColumns(HHTTransform t)
{
  double start = MPI_Wtime();
  int    err   = t->transpose->to_columns(t->transpose, t->work, t->columns);

  t->times.transposes += MPI_Wtime() - start;
  t->times.bytes_sent += t->transpose->bytes_sent;
  return err;
}

int HHTTransformToRows(HHTTransform t)
{
  double start = MPI_Wtime();
  int    err   = t->transpose->to_rows(t->transpose, t->columns, t->work);

  t->times.transposes += MPI_Wtime() - start;
  t->times.bytes_sent += t->transpose->bytes_sent;
  return err;
}

/* Where a column pass finds its columns: entry (i, j) at base + i * row_stride + j * column_stride. */
typedef struct {
  double complex *base;
  ptrdiff_t       row_stride, column_stride;
} ColumnView;

/*
  Columns first .. first + n of the view into the block, or back: four rows at a time, as many numbers as a cache line holds. Inlined
  with constants for the common case, a full block of neighbouring columns.
*/
static inline void load_columns(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n, ptrdiff_t column_stride)
{
  const double complex *restrict from = view->base + first * column_stride;
  double complex *restrict to         = t->block;
  const ptrdiff_t rows = t->column_plans.n, row_stride = view->row_stride, stride = t->block_stride;

  for (ptrdiff_t i = 0; i + 4 <= rows; i += 4)
    for (int c = 0; c < n; c++)
      for (int k = 0; k < 4; k++) to[c * stride + i + k] = from[(i + k) * row_stride + c * column_stride];
  for (ptrdiff_t i = rows / 4 * 4; i < rows; i++)
    for (int c = 0; c < n; c++) to[c * stride + i] = from[i * row_stride + c * column_stride];
}

static inline void store_columns(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n,
                                 ptrdiff_t column_stride)
{
  const double complex *restrict from = t->block;
  double complex *restrict to         = view->base + first * column_stride;
  const ptrdiff_t rows = t->column_plans.n, row_stride = view->row_stride, stride = t->block_stride;

  for (ptrdiff_t i = 0; i + 4 <= rows; i += 4)
    for (int k = 0; k < 4; k++)
      for (int c = 0; c < n; c++) to[(i + k) * row_stride + c * column_stride] = from[c * stride + i + k];
  for (ptrdiff_t i = rows / 4 * 4; i < rows; i++)
    for (int c = 0; c < n; c++) to[i * row_stride + c * column_stride] = from[c * stride + i];
}

static void load_block(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n)
{
  if (n == HHT_BLOCK && view->column_stride == 1)
    load_columns(t, view, first, HHT_BLOCK, 1);
  else
    load_columns(t, view, first, n, view->column_stride);
}

static void store_block(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n)
{
  if (n == HHT_BLOCK && view->column_stride == 1)
    store_columns(t, view, first, HHT_BLOCK, 1);
  else
    store_columns(t, view, first, n, view->column_stride);
}

/* Column c of the block to k space, left in t->spare. */
static void open_column(HHTTransform t, const HHTColumnOperators *op, ptrdiff_t index, double complex *column)
{
  apply(op->in_x, op->ctx, index, column);
  HHTPlansForward(&t->column_plans, column, t->spare);
  apply(op->in_k, op->ctx, index, t->spare);
}

static int block_size(ptrdiff_t first, ptrdiff_t count)
{
  return (int)(count - first < HHT_BLOCK ? count - first : HHT_BLOCK);
}

static void column_pass(HHTTransform t, const HHTColumnOperators *op, const ColumnView *view, ptrdiff_t first, int n)
{
  ptrdiff_t index = t->transpose->cols.first + first;

  load_block(t, view, first, n);
  for (int c = 0; c < n; c++) {
    double complex *column = t->block + c * t->block_stride;

    open_column(t, op, index + c, column);
    HHTPlansBackward(&t->column_plans, t->spare, column);
    apply(op->after, op->ctx, index + c, column);
  }
  store_block(t, view, first, n);
}

int HHTTransformColumns(HHTTransform t, const HHTColumnOperators *operators)
{
  const ColumnView view  = {t->columns, t->transpose->row_stride, t->transpose->column_stride};
  double           start = MPI_Wtime();
  ptrdiff_t        count = t->transpose->cols.count;

  for (ptrdiff_t first = 0; first < count; first += HHT_BLOCK)
    column_pass(t, operators, &view, first, block_size(first, count));
  t->times.columns += MPI_Wtime() - start;
  return 0;
}

/* A chunk of columns, n_rows numbers each, stands in plain rows of `width` numbers. */
static void read_chunk(HHTTransform t, const HHTColumnOperators *op, double complex *chunk, ptrdiff_t first,
                       ptrdiff_t width)
{
  const ColumnView view = {chunk, width, 1};

  for (ptrdiff_t j = 0; j < width; j += HHT_BLOCK) {
    int n = block_size(j, width);

    load_block(t, &view, j, n);
    for (int c = 0; c < n; c++) open_column(t, op, first + j + c, t->block + c * t->block_stride);
  }
}

int HHTTransformReadColumns(HHTTransform t, const HHTColumnOperators *operators)
{
  double    start = MPI_Wtime();
  HHTChunks chunks;
  int       err = HHTChunksCreate(t->transpose, &chunks);

  err = agree(t->comm, err);
  for (int i = 0; i < chunks.n && !err; i++) {
    ptrdiff_t first, width;

    err = HHTChunksGet(t->transpose, &chunks, t->work, i, &first, &width);
    if (!err) read_chunk(t, operators, chunks.received, first, width);
  }
  HHTChunksDestroy(&chunks);
  t->times.columns += MPI_Wtime() - start;
  return err;
}

HHTTransformTimes HHTTransformGetTimes(HHTTransform t) { return t->times; }

void HHTTransformResetTimes(HHTTransform t) { t->times = (HHTTransformTimes){0}; }
