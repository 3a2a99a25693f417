/*
  rho, summed over the columns at the end of a column pass: |alpha|^2 of an amplitude, f itself of a distribution. A block of columns is
  summed in double in its fixed order, blocks are added in fixed point, so that the order of blocks, threads and ranks does not matter.

  The mass, which is the sum of rho, also tells what the transforms have gained.
*/
#include "flow_impl.h"
#include <math.h>

/* Relative change of the mass that can be no more than round-off, in double and in single precision. */
static const double round_off[] = {[HHT_DOUBLE] = 1e-12, [HHT_SINGLE] = 1e-5};

static double total(const HHTFlow f)
{
  long double sum = 0;

  for (ptrdiff_t i = 0; i < f->grid->n_rows; i++) sum += f->rho[i];
  return (double)(sum * f->grid->cell_x);
}

PetscErrorCode HHTFlowKnowInvariants(HHTFlow f)
{
  PetscFunctionBeginUser;
  if (f->mass != 0) PetscFunctionReturn(0);
  f->mass = total(f);
  PetscCall(HHTStateNorm(f->state, &f->norm));
  PetscFunctionReturn(0);
}

/*
  The factor that makes both pairs of transforms unitary. The transforms gain mass, some 1e-16 a step and always of the same sign,
  because sqrt(1/2), their commonest twiddle factor, is rounded up. What has been gained since the state was set is
  taken back here, where it costs nothing; more than round-off is left to be seen.
*/
static void set_normalisation(HHTFlow f, double mass)
{
  const double limit  = round_off[HHTNumbersPrecision(f->numbers)];
  const double degree = f->unknown == HHT_AMPLITUDE ? 2 : 1; /* of the mass in the state */
  const double gain   = (mass - f->mass) / f->mass;

  f->normalisation = (1 - (fabs(gain) < limit ? gain / degree : 0)) /
                     ((double)f->grid->n_rows * (double)f->grid->n_cols);
}

/*
  The fixed point of rho cell_x, and of the sums over the columns as they stand in the column pass, which are those of the state over
  sqrt(n_cols). |alpha|^2 sums up to no more than the mass. f may be negative somewhere: by Cauchy and Schwarz no part of a row sums up to
  more than the norm times the root of the row's volume.
*/
static void set_scales(HHTFlow f, double mass)
{
  const HHTGrid *g      = f->grid;
  const double   n_cols = (double)g->n_cols, row_volume = g->cell_x * g->cell_v * n_cols;

  if (f->unknown == HHT_AMPLITUDE) {
    f->rho_scale   = HHTFixedScale(2 * mass);
    f->fixed_scale = f->rho_scale * n_cols;
  } else {
    f->rho_scale   = HHTFixedScale(2 * f->norm * sqrt(row_volume));
    f->fixed_scale = f->rho_scale * sqrt(row_volume);
  }
}

PetscErrorCode HHTFlowDensityBegin(HHTFlow f)
{
  const double mass = total(f);

  PetscFunctionBeginUser;
  set_normalisation(f, mass);
  set_scales(f, mass);
  for (int t = 0; t < f->threads; t++) PetscCall(PetscArrayzero(f->thread[t].fixed, (size_t)f->grid->n_rows));
  PetscFunctionReturn(0);
}

/* sum = density of the line, or sum += it */
static inline void add_line(HHTNumbers numbers, HHTUnknown unknown, ptrdiff_t n, const void *restrict line, int first,
                            double *restrict sum)
{
  if (first)
    for (ptrdiff_t i = 0; i < n; i++) sum[i] = HHTEntryDensity(numbers, unknown, line, i);
  else
    for (ptrdiff_t i = 0; i < n; i++) sum[i] += HHTEntryDensity(numbers, unknown, line, i);
}

static void add_amplitude(HHTNumbers numbers, ptrdiff_t n, const void *line, int first, double *sum)
{
  switch (numbers) {
  case HHT_COMPLEX: add_line(HHT_COMPLEX, HHT_AMPLITUDE, n, line, first, sum); break;
  case HHT_REAL: add_line(HHT_REAL, HHT_AMPLITUDE, n, line, first, sum); break;
  case HHT_SINGLE_COMPLEX: add_line(HHT_SINGLE_COMPLEX, HHT_AMPLITUDE, n, line, first, sum); break;
  case HHT_SINGLE_REAL: add_line(HHT_SINGLE_REAL, HHT_AMPLITUDE, n, line, first, sum); break;
  }
}

static void add_distribution(HHTNumbers numbers, ptrdiff_t n, const void *line, int first, double *sum)
{
  if (numbers == HHT_SINGLE_REAL)
    add_line(HHT_SINGLE_REAL, HHT_DISTRIBUTION, n, line, first, sum);
  else
    add_line(HHT_REAL, HHT_DISTRIBUTION, n, line, first, sum);
}

void HHTFlowDensityColumn(void *ctx, ptrdiff_t column, void *line)
{
  const HHTFlow        f     = ctx;
  const HHTFlowThread *t     = &f->thread[HHTTransformThread()];
  const ptrdiff_t      n     = f->grid->n_rows;
  const int            first = column % HHT_BLOCK == 0;

  if (f->unknown == HHT_AMPLITUDE)
    add_amplitude(f->numbers, n, line, first, t->block_sum);
  else
    add_distribution(f->numbers, n, line, first, t->block_sum);
  if (column % HHT_BLOCK != HHT_BLOCK - 1 && column != f->grid->n_cols - 1) return;
  for (ptrdiff_t i = 0; i < n; i++) t->fixed[i] += llrint(t->block_sum[i] * f->fixed_scale);
}

/* rho from the sums of all threads and ranks, which are integers: in any order */
PetscErrorCode HHTFlowDensityEnd(HHTFlow f)
{
  int64_t *fixed = f->thread[0].fixed;

  PetscFunctionBeginUser;
  for (int t = 1; t < f->threads; t++)
    for (ptrdiff_t i = 0; i < f->grid->n_rows; i++) fixed[i] += f->thread[t].fixed[i];
  HHTCallErrno(HHTFixedAllreduce(f->comm, fixed, f->rho, f->grid->n_rows, f->rho_scale * f->grid->cell_x));
  PetscFunctionReturn(0);
}
