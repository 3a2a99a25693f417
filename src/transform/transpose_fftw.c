/*
  FFTW-MPI's transpose: plain rows to plain columns. FFTW moves the blocks and reorders them in memory around that. The
  reference for other engines.
*/
#include "transpose.h"
#include <errno.h>
#include <fftw3-mpi.h>
#include <stdlib.h>

typedef struct {
  fftw_plan to_columns, to_rows;
} Plans;

static int to_columns(HHTTranspose t, void *row, void *column)
{
  (void)row, (void)column;
  fftw_execute(((const Plans *)t->data)->to_columns);
  return 0;
}

static int to_rows(HHTTranspose t, void *column, void *row)
{
  (void)row, (void)column;
  fftw_execute(((const Plans *)t->data)->to_rows);
  return 0;
}

static int plan(HHTTranspose t, HHTRigor rigor, void *row, void *column)
{
  const ptrdiff_t reals = (ptrdiff_t)(t->bytes / sizeof(double));
  unsigned        flags = rigor == HHT_RIGOR_ESTIMATE ? FFTW_ESTIMATE : FFTW_MEASURE;
  Plans          *p     = t->data;

  p->to_columns = fftw_mpi_plan_many_transpose(t->n_rows, t->n_cols, reals, t->rows.block, t->cols.block, row, column,
                                               t->comm, flags);
  p->to_rows    = fftw_mpi_plan_many_transpose(t->n_cols, t->n_rows, reals, t->cols.block, t->rows.block, column, row,
                                               t->comm, flags);
  return p->to_columns && p->to_rows ? 0 : ENOMEM;
}

static void destroy(HHTTranspose t)
{
  Plans *p = t->data;

  if (!p) return;
  if (p->to_columns) fftw_destroy_plan(p->to_columns);
  if (p->to_rows) fftw_destroy_plan(p->to_rows);
  free(p);
}

void HHTTransposeInit_FFTW(void) { fftw_mpi_init(); }

int HHTTransposeSetUp_FFTW(HHTTranspose t)
{
  const ptrdiff_t n[] = {t->n_rows, t->n_cols}, reals = (ptrdiff_t)(t->bytes / sizeof(double));
  ptrdiff_t       rows, row_first, cols, col_first, size;

  /* Only the size is of use: where one rank holds all columns FFTW reports them for all. Its transpose is right. */
  size = fftw_mpi_local_size_many_transposed(2, n, reals, t->rows.block, t->cols.block, t->comm, &rows, &row_first,
                                             &cols, &col_first);
  if (size / reals + 1 > t->size) t->size = size / reals + 1;
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
