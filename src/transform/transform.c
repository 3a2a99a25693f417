/*
  The passes. A line is loaded from memory into a buffer that fits into cache, goes through its transforms and operators there,
  and is stored: one read and one write of memory for a pass. The column pass loads several columns at once, because
  a number is 8 or 16 bytes and a cache line 64: a single strided column would fetch every line several times. Columns stand in the buffer
  with 128 bytes between them, since strides of a power of two would map to the same cache sets.
*/
#include "chunks.h"
#include "memory.h"
#include "plans.h"
#include "transpose.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_PAD    8
#define CACHE_LINE    64
#define LOAD_BYTES    128 /* of each row in a block of columns */
#define PREFETCH_ROWS 32

struct HHTTransform_s {
  MPI_Comm          comm; /* own duplicate */
  HHTPlans          row_plans, column_plans;
  HHTTranspose      transpose;
  HHTTransposeType  type;         /* of transpose */
  double complex   *rest;         /* spectra of rows, or the column side of the transpose */
  char             *work;         /* the row side */
  char             *columns;      /* the column side: rest, or work if the transpose is in place */
  double complex   *line, *spare; /* one row or one column */
  char             *block;        /* width columns */
  int               width;        /* LOAD_BYTES of a row: one or more blocks of HHT_BLOCK columns */
  ptrdiff_t         block_stride;
  HHTTransformTimes times;
};

static ptrdiff_t larger(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

static int create_buffers(HHTTransform t)
{
  const HHTTranspose tr     = t->transpose;
  const size_t       number = sizeof(double complex);
  const ptrdiff_t    line   = larger(t->row_plans.n, t->column_plans.n);
  const ptrdiff_t    spare  = larger(t->row_plans.spectrum, t->column_plans.spectrum);
  const size_t       side = (size_t)tr->size * tr->bytes, columns = tr->in_place ? 0 : side;
  const size_t       rest = (size_t)(tr->rows.count * t->row_plans.spectrum) * number;

  t->block_stride = (t->column_plans.n + 7) / 8 * 8 + COLUMN_PAD;
  t->width        = (int)(LOAD_BYTES / tr->bytes);
  t->rest         = HHTMemoryCreate(rest > columns ? rest : columns);
  t->work         = tr->row_side ? tr->row_side : HHTMemoryCreate(side);
  t->columns      = tr->column_side ? tr->column_side : tr->in_place ? t->work : (char *)t->rest;
  t->line         = HHTMemoryCreate((size_t)larger(line, spare) * number);
  t->spare        = HHTMemoryCreate((size_t)larger(line, spare) * number);
  t->block        = HHTMemoryCreate((size_t)(t->block_stride * t->width) * tr->bytes);
  return t->rest && t->work && t->line && t->spare && t->block ? 0 : ENOMEM;
}

/* One rank's error is everyone's. */
static int agree(MPI_Comm comm, int err)
{
  return MPI_Allreduce(MPI_IN_PLACE, &err, 1, MPI_INT, MPI_MAX, comm) ? EIO : err;
}

/* One rank needs no window: alltoall moves nothing there. */
static HHTTransposeType choose(const HHTTransform t, HHTNumbers numbers)
{
  const double number = numbers == HHT_REAL ? sizeof(double) : sizeof(double complex);
  int          size;

  MPI_Comm_size(t->comm, &size);
  if (size == 1) return HHT_TRANSPOSE_ALLTOALL;
  return HHTTransposeCanShare(t->comm, number * (double)t->row_plans.n * (double)t->column_plans.n)
             ? HHT_TRANSPOSE_SHARED
             : HHT_TRANSPOSE_ALLTOALL;
}

static int create(HHTTransform t, HHTNumbers numbers, int dim_x, const ptrdiff_t nx[], int dim_v, const ptrdiff_t nv[],
                  HHTTransposeType type, HHTRigor rigor)
{
  int err;

  if ((err = HHTPlansCreate(t->comm, numbers, dim_v, nv, rigor, &t->row_plans))) return err;
  if ((err = HHTPlansCreate(t->comm, numbers, dim_x, nx, rigor, &t->column_plans))) return err;
  t->type = type == HHT_TRANSPOSE_AUTO ? choose(t, numbers) : type;
  err     = HHTTransposeCreate(t->comm, numbers, t->column_plans.n, t->row_plans.n, HHT_BLOCK, t->type, &t->transpose);
  if ((err = agree(t->comm, err))) return err;
  if ((err = agree(t->comm, create_buffers(t)))) return err;
  return t->transpose->plan ? agree(t->comm, t->transpose->plan(t->transpose, rigor, t->work, t->columns)) : 0;
}

int HHTTransformCreate(MPI_Comm comm, HHTNumbers numbers, int dim_x, const ptrdiff_t nx[], int dim_v,
                       const ptrdiff_t nv[], HHTTransposeType type, HHTRigor rigor, HHTTransform *transform)
{
  HHTTransform t;
  int          err;

  *transform = t = calloc(1, sizeof *t);
  if (!t) return ENOMEM;
  if (MPI_Comm_dup(comm, &t->comm)) return EIO;
  err = create(t, numbers, dim_x, nx, dim_v, nv, type, rigor);
  if (err) (void)HHTTransformDestroy(transform);
  return err;
}

int HHTTransformDestroy(HHTTransform *transform)
{
  HHTTransform t = *transform;

  if (!t) return 0;
  if (t->transpose && !t->transpose->row_side) HHTMemoryDestroy(t->work);
  HHTTransposeDestroy(&t->transpose);
  HHTPlansDestroy(&t->row_plans);
  HHTPlansDestroy(&t->column_plans);
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
  *work = (double complex *)t->work;
}

HHTTransposeType HHTTransformGetTranspose(HHTTransform t) { return t->type; }

ptrdiff_t HHTTransformGetSpectrumSize(HHTTransform t) { return t->row_plans.spectrum; }

/* Entry `first` of piece p of local row i in work, and the bytes of that part of the row. */
static char *piece_of(HHTTransform t, const HHTPiece *piece, ptrdiff_t i, size_t *bytes)
{
  *bytes = (size_t)piece->count * t->transpose->bytes;
  return t->work + (size_t)(piece->offset + i * piece->count) * t->transpose->bytes;
}

static void load_row(HHTTransform t, ptrdiff_t i, void *row)
{
  for (int p = 0; p < t->transpose->n_pieces; p++) {
    const HHTPiece *piece = &t->transpose->pieces[p];
    size_t          bytes;
    const char     *from = piece_of(t, piece, i, &bytes);

    memcpy((char *)row + (size_t)piece->first * t->transpose->bytes, from, bytes);
  }
}

static void store_row(HHTTransform t, ptrdiff_t i, const void *row)
{
  for (int p = 0; p < t->transpose->n_pieces; p++) {
    const HHTPiece *piece = &t->transpose->pieces[p];
    size_t          bytes;
    char           *to = piece_of(t, piece, i, &bytes);

    memcpy(to, (const char *)row + (size_t)piece->first * t->transpose->bytes, bytes);
  }
}

static void apply(HHTLineOperator act, void *ctx, ptrdiff_t index, double complex *line)
{
  if (act) act(ctx, index, line);
}

/* Where local row i can be transformed: in place in work if it lies there whole and aligned, else in the line buffer. */
static double complex *row_buffer(HHTTransform t, ptrdiff_t i)
{
  const size_t bytes = (size_t)t->row_plans.n * t->transpose->bytes;

  if (t->transpose->n_pieces > 1 || bytes % CACHE_LINE) return t->line;
  return (double complex *)(t->work + (size_t)i * bytes);
}

static void row_pass(HHTTransform t, HHTRowPass pass, const HHTRowOperators *op, ptrdiff_t i)
{
  const HHTPlans *plans = &t->row_plans;
  ptrdiff_t       index = t->transpose->rows.first + i;
  size_t          bytes = (size_t)plans->spectrum * sizeof(double complex);
  double complex *line = row_buffer(t, i), *spectrum = t->spare, *rest = t->rest + i * plans->spectrum;

  if (pass == HHT_ROWS_OPEN) {
    memcpy(spectrum, rest, bytes);
  } else {
    if (line == t->line) load_row(t, i, line);
    HHTPlansForward(plans, line, spectrum);
  }
  if (pass == HHT_ROWS_CLOSE) HHTPlansWeigh(plans, M_SQRT2, spectrum);
  apply(op->in_xi, op->ctx, index, spectrum);
  if (pass == HHT_ROWS_CLOSE) {
    memcpy(rest, spectrum, bytes);
    return;
  }
  if (pass == HHT_ROWS_OPEN) HHTPlansWeigh(plans, M_SQRT1_2, spectrum);
  HHTPlansBackward(plans, spectrum, line);
  apply(op->in_v, op->ctx, index, line);
  if (line == t->line) store_row(t, i, line);
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
  const HHTPlans *plans    = &t->row_plans;
  const size_t    spectrum = (size_t)plans->spectrum * sizeof *row, line = (size_t)plans->n * t->transpose->bytes;

  if (sign == FFTW_FORWARD) {
    memcpy(t->line, row, line);
    HHTPlansForward(plans, t->line, t->spare);
    HHTPlansWeigh(plans, M_SQRT2, t->spare);
    memcpy(row, t->spare, spectrum);
  } else {
    memcpy(t->spare, row, spectrum);
    HHTPlansWeigh(plans, M_SQRT1_2, t->spare);
    HHTPlansBackward(plans, t->spare, t->line);
    memcpy(row, t->line, line);
  }
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

/* Where a column pass finds its columns: entry (i, j) at base, in entries, + i * row_stride + j * column_stride. */
typedef struct {
  char     *base;
  ptrdiff_t row_stride, column_stride;
} ColumnView;

/*
  Columns first .. first + n of the view into the block, or back: as many rows at a time as a cache line holds entries of a column.
  Rows are far apart, so the processor does not see where the next ones are: it is told. Inlined with constants for the common
  case, a full block of neighbouring columns.
*/
static inline void prefetch_rows(const char *row, size_t row_bytes, int rows, size_t bytes)
{
  for (int k = 0; k < rows; k++)
    for (size_t b = 0; b < bytes; b += CACHE_LINE) __builtin_prefetch(row + (size_t)k * row_bytes + b, 1);
}

static inline void load_columns(const ColumnView *view, ptrdiff_t first, int n, ptrdiff_t column_stride, size_t bytes,
                                ptrdiff_t rows, ptrdiff_t stride, char *restrict to)
{
  const char *restrict from = view->base + (size_t)(first * column_stride) * bytes;
  const size_t row_bytes = (size_t)view->row_stride * bytes, column_bytes = (size_t)column_stride * bytes;
  const int    line = (int)(CACHE_LINE / bytes);

  for (ptrdiff_t i = 0; i < rows; i += line) {
    if (column_stride == 1 && i + PREFETCH_ROWS + line <= rows)
      prefetch_rows(from + (size_t)(i + PREFETCH_ROWS) * row_bytes, row_bytes, line, (size_t)n * bytes);
    for (int c = 0; c < n; c++)
      for (ptrdiff_t k = i; k < i + line && k < rows; k++)
        memcpy(to + (size_t)(c * stride + k) * bytes, from + (size_t)k * row_bytes + (size_t)c * column_bytes, bytes);
  }
}

static inline void store_columns(const ColumnView *view, ptrdiff_t first, int n, ptrdiff_t column_stride, size_t bytes,
                                 ptrdiff_t rows, ptrdiff_t stride, const char *restrict from)
{
  char *restrict to      = view->base + (size_t)(first * column_stride) * bytes;
  const size_t row_bytes = (size_t)view->row_stride * bytes, column_bytes = (size_t)column_stride * bytes;
  const int    line = (int)(CACHE_LINE / bytes);

  for (ptrdiff_t i = 0; i < rows; i += line) {
    if (column_stride == 1 && i + PREFETCH_ROWS + line <= rows)
      prefetch_rows(to + (size_t)(i + PREFETCH_ROWS) * row_bytes, row_bytes, line, (size_t)n * bytes);
    for (ptrdiff_t k = i; k < i + line && k < rows; k++)
      for (int c = 0; c < n; c++)
        memcpy(to + (size_t)k * row_bytes + (size_t)c * column_bytes, from + (size_t)(c * stride + k) * bytes, bytes);
  }
}

#define REAL_WIDTH    (LOAD_BYTES / (int)sizeof(double))
#define COMPLEX_WIDTH (LOAD_BYTES / (int)sizeof(double complex))

static void load_block(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n)
{
  const ptrdiff_t rows = t->column_plans.n, stride = t->block_stride;

  if (n < t->width || view->column_stride != 1)
    load_columns(view, first, n, view->column_stride, t->transpose->bytes, rows, stride, t->block);
  else if (n == REAL_WIDTH)
    load_columns(view, first, REAL_WIDTH, 1, sizeof(double), rows, stride, t->block);
  else
    load_columns(view, first, COMPLEX_WIDTH, 1, sizeof(double complex), rows, stride, t->block);
}

static void store_block(HHTTransform t, const ColumnView *view, ptrdiff_t first, int n)
{
  const ptrdiff_t rows = t->column_plans.n, stride = t->block_stride;

  if (n < t->width || view->column_stride != 1)
    store_columns(view, first, n, view->column_stride, t->transpose->bytes, rows, stride, t->block);
  else if (n == REAL_WIDTH)
    store_columns(view, first, REAL_WIDTH, 1, sizeof(double), rows, stride, t->block);
  else
    store_columns(view, first, COMPLEX_WIDTH, 1, sizeof(double complex), rows, stride, t->block);
}

static double complex *block_column(HHTTransform t, int c)
{
  return (double complex *)(t->block + (size_t)(c * t->block_stride) * t->transpose->bytes);
}

/* Column c of the block to k space, left in t->spare. */
static void open_column(HHTTransform t, const HHTColumnOperators *op, ptrdiff_t index, double complex *column)
{
  apply(op->in_x, op->ctx, index, column);
  HHTPlansForward(&t->column_plans, column, t->spare);
}

static int block_size(const HHTTransform t, ptrdiff_t first, ptrdiff_t count)
{
  return (int)(count - first < t->width ? count - first : t->width);
}

static void column_pass(HHTTransform t, const HHTColumnOperators *op, const ColumnView *view, ptrdiff_t first, int n)
{
  ptrdiff_t index = t->transpose->cols.first + first;

  load_block(t, view, first, n);
  for (int c = 0; c < n; c++) {
    double complex *column = block_column(t, c);

    open_column(t, op, index + c, column);
    apply(op->in_k, op->ctx, index + c, t->spare);
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

  for (ptrdiff_t first = 0; first < count; first += t->width)
    column_pass(t, operators, &view, first, block_size(t, first, count));
  t->times.columns += MPI_Wtime() - start;
  return 0;
}

/* Shows the first `count` columns of the view, the first of which is number `first`. */
static void read_columns(HHTTransform t, const HHTColumnOperators *op, const ColumnView *view, ptrdiff_t first,
                         ptrdiff_t count)
{
  for (ptrdiff_t j = 0; j < count; j += t->width) {
    int n = block_size(t, j, count);

    load_block(t, view, j, n);
    for (int c = 0; c < n; c++) {
      open_column(t, op, first + j + c, block_column(t, c));
      HHTPlansWeigh(&t->column_plans, M_SQRT2, t->spare);
      apply(op->in_k, op->ctx, first + j + c, t->spare);
    }
  }
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
  int       err = agree(t->comm, HHTChunksCreate(t->transpose, &chunks));

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

HHTTransformTimes HHTTransformGetTimes(HHTTransform t) { return t->times; }

void HHTTransformResetTimes(HHTTransform t) { t->times = (HHTTransformTimes){0}; }
