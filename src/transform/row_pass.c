/* Rows: one after the other from memory to memory, or in place where a row lies in one piece. */
#include "transform_impl.h"
#include <fftw3.h>
#include <math.h>
#include <string.h>

/* Entry `first` of piece p of local row i in work, and the bytes of that part of the row. */
static char *piece_of(HHTTransform t, const HHTPiece *piece, ptrdiff_t i, size_t *bytes)
{
  *bytes = (size_t)piece->count * t->transpose->bytes;
  return t->work + (size_t)(piece->offset + i * piece->stride) * t->transpose->bytes;
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

/* Where local row i can be transformed: in place in work if it lies there whole and aligned, else in the line buffer. */
static void *row_buffer(HHTTransform t, const Workspace *w, ptrdiff_t i)
{
  const size_t bytes = (size_t)t->transpose->pieces[0].stride * t->transpose->bytes;

  if (t->transpose->n_pieces > 1 || bytes % CACHE_LINE) return w->line;
  return t->work + (size_t)i * bytes;
}

static void row_pass(HHTTransform t, const Workspace *w, HHTRowPass pass, const HHTRowOperators *op, ptrdiff_t i)
{
  const HHTPlans *plans = &t->row_plans;
  ptrdiff_t       index = t->transpose->rows.first + i;
  size_t          bytes = HHTPlansSpectrumSize(plans);
  void           *line = row_buffer(t, w, i), *spectrum = w->spectrum, *rest = t->rest + (size_t)i * bytes;

  if (pass == HHT_ROWS_OPEN) {
    memcpy(spectrum, rest, bytes);
  } else {
    if (line == w->line) load_row(t, i, line);
    HHTPlansForward(plans, line, spectrum);
  }
  if (pass == HHT_ROWS_CLOSE) HHTPlansWeigh(plans, M_SQRT2, spectrum);
  HHTLineApply(op->in_xi, op->ctx, index, spectrum);
  if (pass == HHT_ROWS_CLOSE) {
    memcpy(rest, spectrum, bytes);
    return;
  }
  if (pass == HHT_ROWS_OPEN) HHTPlansWeigh(plans, M_SQRT1_2, spectrum);
  HHTPlansBackward(plans, spectrum, line);
  HHTLineApply(op->in_v, op->ctx, index, line);
  if (line == w->line) store_row(t, i, line);
}

int HHTTransformRows(HHTTransform t, HHTRowPass pass, const HHTRowOperators *operators)
{
  double start = MPI_Wtime();

#ifdef _OPENMP
#pragma omp parallel for schedule(static) num_threads(t->threads)
#endif
  for (ptrdiff_t i = 0; i < t->transpose->rows.count; i++)
    row_pass(t, &t->space[HHTTransformThread()], pass, operators, i);
  t->times.rows += MPI_Wtime() - start;
  return 0;
}

int HHTTransformRow(HHTTransform t, int sign, void *row)
{
  const HHTPlans  *plans    = &t->row_plans;
  const Workspace *w        = &t->space[0];
  const size_t     spectrum = HHTPlansSpectrumSize(plans), line = HHTPlansLineSize(plans);

  if (sign == FFTW_FORWARD) {
    memcpy(w->line, row, line);
    HHTPlansForward(plans, w->line, w->spectrum);
    HHTPlansWeigh(plans, M_SQRT2, w->spectrum);
    memcpy(row, w->spectrum, spectrum);
  } else {
    memcpy(w->spectrum, row, spectrum);
    HHTPlansWeigh(plans, M_SQRT1_2, w->spectrum);
    HHTPlansBackward(plans, w->spectrum, w->line);
    memcpy(row, w->line, line);
  }
  return 0;
}

size_t HHTTransformGetRowBytes(HHTTransform t) { return HHTPlansLineSize(&t->row_plans); }

void HHTTransformLoadRow(HHTTransform t, ptrdiff_t row, void *numbers)
{
  load_row(t, row - t->transpose->rows.first, numbers);
}

void HHTTransformStoreRow(HHTTransform t, ptrdiff_t row, const void *numbers)
{
  store_row(t, row - t->transpose->rows.first, numbers);
}
