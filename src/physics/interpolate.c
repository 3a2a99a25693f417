#include <hht/error.h>
#include <hht/interpolate.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

/*
  The weight of the point `at` of n equally spaced ones, `spacing` apart, n even: the periodic kernel that is 1 there
  and 0 at the others.
*/
static double weight(ptrdiff_t n, double spacing, double at, double wanted)
{
  const double half = PETSC_PI * (wanted - at) / ((double)n * spacing);

  if (fabs(sin(half)) < 1e-12) return 1;
  return sin((double)n * half) / ((double)n * tan(half));
}

static double column_weight(const HHTGrid *g, ptrdiff_t column, const double v[])
{
  ptrdiff_t index[HHT_MAX_DIM];
  double    product = 1;

  HHTUnflatten(column, g->dim, g->nv, index);
  for (int j = 0; j < g->dim; j++) product *= weight(g->nv[j], g->dv[j], HHTGridV(g, j, index[j]), v[j]);
  return product;
}

static double row_weight(const HHTGrid *g, ptrdiff_t row, const double x[])
{
  ptrdiff_t index[HHT_MAX_DIM];
  double    product = 1;

  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) product *= weight(g->nx[j], g->dx[j], HHTGridX(g, j, index[j]), x[j]);
  return product;
}

/* The share of one row in the sum. */
static double complex row_value(const HHTGrid *g, ptrdiff_t row, const double x[], const double column_weights[],
                                const double complex alpha[])
{
  const double   w   = row_weight(g, row, x);
  double complex sum = 0;

  for (ptrdiff_t c = 0; c < g->n_cols; c++) sum += column_weights[c] * alpha[c];
  return w * sum;
}

static PetscErrorCode add_rows(HHTState state, const double x[], const double column_weights[], double complex *row,
                               HHTSum sums[2])
{
  const HHTGrid *g;
  ptrdiff_t      first, count;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetRows(state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    double complex value;

    PetscCall(HHTStateGetAlphaRow(state, r, row));
    value = row_value(g, r, x, column_weights, row);
    HHTSumAdd(&sums[0], creal(value));
    HHTSumAdd(&sums[1], cimag(value));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateInterpolate(HHTState state, const double x[], const double v[], double complex *alpha)
{
  const HHTGrid  *g;
  MPI_Comm        comm;
  HHTSum          sums[2];
  double         *weights;
  double complex *row;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetComm(state, &comm));
  PetscCall(PetscMalloc2((size_t)g->n_cols, &weights, (size_t)g->n_cols, &row));
  for (ptrdiff_t c = 0; c < g->n_cols; c++) weights[c] = column_weight(g, c, v);
  for (int i = 0; i < 2; i++) HHTSumClear(&sums[i]);
  PetscCall(add_rows(state, x, weights, row, sums));
  HHTCallErrno(HHTSumAllreduce(comm, sums, 2));
  *alpha = CMPLX(HHTSumValue(&sums[0]), HHTSumValue(&sums[1]));
  PetscCall(PetscFree2(weights, row));
  PetscFunctionReturn(0);
}
