/*
  Derivatives are products with k and xi. With K = |k|^2 and X = |xi|^2 over the wanted axes,

      ||D^1||^2 = int (K + X) |alpha|^2,   ||D^2||^2 = int (K + X)^2 |alpha|^2 = int (K^2 + X^2) |alpha|^2 + 2 int K (X |alpha|^2).

  Passes see a line in xi at one x, or in k at one v, so K^2 and X^2 take one pass, and K X another over |xi| alpha.
*/
#include "entries.h"
#include "line_moments.h"
#include <hht/derivatives.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>

enum { FIRST_XI, SECOND_XI, FIRST_K, SECOND_K, MIXED, N_SUMS };

/* |c|^2 at each entry of a spectrum, over axes1 and over axes2. */
typedef struct {
  ptrdiff_t n;
  double   *square1, *square2; /* owned */
} Squares;

typedef struct {
  HHTTransform transform;
  HHTNumbers   numbers; /* of spectra */
  Squares      xi, k;
  HHTSum (*sums)[N_SUMS]; /* of each thread */
} Derivatives;

static PetscErrorCode create_squares(HHTNumbers numbers, int dim, const ptrdiff_t n[], const double spacing[],
                                     int axes1, int axes2, Squares *s)
{
  HHTAxes   axes;
  ptrdiff_t shape[HHT_MAX_DIM], index[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, dim, n, spacing, NULL, &axes));
  s->n = 1;
  for (int j = 0; j < dim; j++) s->n *= shape[j] = j == dim - 1 ? axes.run : n[j];
  PetscCall(PetscCalloc2((size_t)s->n, &s->square1, (size_t)s->n, &s->square2));
  for (ptrdiff_t i = 0; i < s->n; i++) {
    HHTUnflatten(i, dim, shape, index);
    for (int j = 0; j < dim; j++) {
      const double c = axes.coordinate[j][index[j]];

      if (j < axes1) s->square1[i] += c * c;
      if (j < axes2) s->square2[i] += c * c;
    }
  }
  PetscCall(HHTAxesDestroy(&axes));
  PetscFunctionReturn(0);
}

/* sum square1 |a|^2 and sum square2^2 |a|^2 over a line */
static void add_line(const Derivatives *d, const Squares *s, const void *line, int first, int second)
{
  HHTSum *sums = d->sums[HHTTransformThread()];
  double  sum1 = 0, sum2 = 0;

  for (ptrdiff_t i = 0; i < s->n; i++) {
    const double p = HHTEntryNorm2(d->numbers, line, i);

    sum1 += s->square1[i] * p;
    sum2 += s->square2[i] * s->square2[i] * p;
  }
  HHTSumAdd(&sums[first], sum1);
  HHTSumAdd(&sums[second], sum2);
}

static void xi_row(void *ctx, ptrdiff_t row, void *line)
{
  const Derivatives *d = ctx;

  (void)row;
  add_line(d, &d->xi, line, FIRST_XI, SECOND_XI);
}

static void k_column(void *ctx, ptrdiff_t column, void *line)
{
  const Derivatives *d = ctx;

  (void)column;
  add_line(d, &d->k, line, FIRST_K, SECOND_K);
}

static void multiply_row(void *ctx, ptrdiff_t row, void *line)
{
  const Derivatives *d = ctx;

  (void)row;
  for (ptrdiff_t i = 0; i < d->xi.n; i++)
    HHTEntrySet(d->numbers, line, i, sqrt(d->xi.square2[i]) * HHTEntryGet(d->numbers, line, i));
}

static void mixed_column(void *ctx, ptrdiff_t column, void *line)
{
  const Derivatives *d   = ctx;
  double             sum = 0;

  (void)column;
  for (ptrdiff_t i = 0; i < d->k.n; i++) sum += d->k.square2[i] * HHTEntryNorm2(d->numbers, line, i);
  HHTSumAdd(&d->sums[HHTTransformThread()][MIXED], sum);
}

static PetscErrorCode pass(Derivatives *d, HHTLineOperator in_xi, HHTLineOperator in_k)
{
  const HHTRowOperators    rows    = {.ctx = d, .in_xi = in_xi};
  const HHTColumnOperators columns = {.ctx = d, .in_k = in_k};

  PetscFunctionBeginUser;
  HHTCallErrno(HHTTransformRows(d->transform, HHT_ROWS_OPEN, &rows));
  HHTCallErrno(HHTTransformReadColumns(d->transform, &columns));
  PetscFunctionReturn(0);
}

/* Lines in k carry n_rows n_cols times the mass of the state: transforms are unnormalised. */
static PetscErrorCode sum(HHTState state, Derivatives *d, double value[N_SUMS])
{
  const int      threads = HHTTransformGetThreads(d->transform);
  const HHTGrid *g;
  MPI_Comm       comm;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetComm(state, &comm));
  PetscCall(PetscCalloc1((size_t)threads, &d->sums));
  PetscCall(pass(d, xi_row, k_column));
  PetscCall(pass(d, multiply_row, mixed_column));
  for (int t = 1; t < threads; t++)
    for (int s = 0; s < N_SUMS; s++) HHTSumMerge(&d->sums[0][s], &d->sums[t][s]);
  HHTCallErrno(HHTSumAllreduce(comm, d->sums[0], N_SUMS));
  for (int s = 0; s < N_SUMS; s++) value[s] = HHTSumValue(&d->sums[0][s]);
  for (int s = FIRST_K; s < N_SUMS; s++) value[s] /= (double)g->n_rows * (double)g->n_cols;
  PetscCall(PetscFree(d->sums));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDerivativeNorms(HHTState state, int axes1, int axes2, double *d1, double *d2)
{
  Derivatives    d = {0};
  const HHTGrid *g;
  HHTNumbers     numbers;
  double         value[N_SUMS];

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetTransform(state, &d.transform));
  numbers   = HHTTransformGetNumbers(d.transform);
  d.numbers = HHTNumbersSpectrum(numbers);
  PetscCall(create_squares(numbers, g->dim, g->nv, g->dxi, axes1, axes2, &d.xi));
  PetscCall(create_squares(numbers, g->dim, g->nx, g->dk, axes1, axes2, &d.k));
  PetscCall(sum(state, &d, value));
  *d1 = sqrt(value[FIRST_XI] + value[FIRST_K]);
  *d2 = sqrt(value[SECOND_XI] + value[SECOND_K] + 2 * value[MIXED]);
  PetscCall(PetscFree2(d.xi.square1, d.xi.square2));
  PetscCall(PetscFree2(d.k.square1, d.k.square2));
  PetscFunctionReturn(0);
}
