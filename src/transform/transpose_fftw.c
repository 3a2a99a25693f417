/*
  FFTW-MPI's transpose: plain rows to plain columns. FFTW moves the blocks and reorders them in memory around that. The
  reference for other engines. It does no arithmetic, so that an entry can be a tuple of doubles whatever they stand for; only where it
  is but half a double, that of float.
*/
#include "transpose.h"
#include <errno.h>
#include <fftw3-mpi.h>
#include <stdlib.h>

/* FFTW's plans, for float or double. */
typedef struct {
  void *to_columns, *to_rows;
} Plans;

static int is_float(HHTTranspose t) { return t->bytes == sizeof(float); }

static ptrdiff_t tuple(HHTTranspose t) { return is_float(t) ? 1 : (ptrdiff_t)(t->bytes / sizeof(double)); }

static void execute(HHTTranspose t, void *plan)
{
  if (is_float(t))
    fftwf_execute(plan);
  else
    fftw_execute(plan);
}

static int to_columns(HHTTranspose t, void *row, void *column)
{
  (void)row, (void)column;
  execute(t, ((const Plans *)t->data)->to_columns);
  return 0;
}

static int to_rows(HHTTranspose t, void *column, void *row)
{
  (void)row, (void)column;
  execute(t, ((const Plans *)t->data)->to_rows);
  return 0;
}

/* From `from`, slabs of n0 x n1 entries, to `to`, slabs of n1 x n0. */
static void *plan_one(HHTTranspose t, HHTRigor rigor, ptrdiff_t n0, ptrdiff_t n1, ptrdiff_t block0, ptrdiff_t block1,
                      void *from, void *to)
{
  unsigned flags = rigor == HHT_RIGOR_ESTIMATE ? FFTW_ESTIMATE : FFTW_MEASURE;

  if (is_float(t)) return fftwf_mpi_plan_many_transpose(n0, n1, 1, block0, block1, from, to, t->comm, flags);
  return fftw_mpi_plan_many_transpose(n0, n1, tuple(t), block0, block1, from, to, t->comm, flags);
}

static int plan(HHTTranspose t, HHTRigor rigor, void *row, void *column)
{
  Plans *p = t->data;

  p->to_columns = plan_one(t, rigor, t->n_rows, t->n_cols, t->rows.block, t->cols.block, row, column);
  p->to_rows    = plan_one(t, rigor, t->n_cols, t->n_rows, t->cols.block, t->rows.block, column, row);
  return p->to_columns && p->to_rows ? 0 : ENOMEM;
}

static void destroy_one(HHTTranspose t, void *plan)
{
  if (plan && is_float(t)) fftwf_destroy_plan(plan);
  if (plan && !is_float(t)) fftw_destroy_plan(plan);
}

static void destroy(HHTTranspose t)
{
  Plans *p = t->data;

  if (!p) return;
  destroy_one(t, p->to_columns);
  destroy_one(t, p->to_rows);
  free(p);
}

void HHTTransposeInit_FFTW(void)
{
  fftw_mpi_init();
  fftwf_mpi_init();
}

int HHTTransposeSetUp_FFTW(HHTTranspose t)
{
  const ptrdiff_t n[] = {t->n_rows, t->n_cols};
  ptrdiff_t       rows, row_first, cols, col_first, size;

  /* Only the size is of use: where one rank holds all columns FFTW reports them for all. Its transpose is right. */
  size = fftw_mpi_local_size_many_transposed(2, n, tuple(t), t->rows.block, t->cols.block, t->comm, &rows, &row_first,
                                             &cols, &col_first);
  if (size / tuple(t) + 1 > t->size) t->size = size / tuple(t) + 1;
  t->destroy    = destroy;
  t->plan       = plan;
  t->to_columns = to_columns;
  t->to_rows    = to_rows;
  t->data       = calloc(1, sizeof(Plans));
  t->pieces     = calloc(1, sizeof *t->pieces);
  if (!t->data || !t->pieces) return ENOMEM;
  t->n_pieces      = 1;
  t->pieces[0]     = (HHTPiece){.first = 0, .count = t->n_cols, .offset = 0, .stride = t->n_cols};
  t->row_stride    = 1;
  t->column_stride = t->n_rows;
  return 0;
}
