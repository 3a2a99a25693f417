/* Separable data alpha = sqrt(1 + amplitude prod_j cos(k_j x_j)) profile(v): the profile is tabulated once. */
#include "initial_impl.h"
#include <math.h>

/* Of a period of the perturbation in the box: what rounding x_length or wavenumber to five digits costs. */
#define PERIOD_TOLERANCE 1e-4

double HHTMaxwellian(double temperature, double drift, double power, int dim, const double v[])
{
  double v2 = (v[0] - drift) * (v[0] - drift);

  for (int j = 1; j < dim; j++) v2 += v[j] * v[j];
  return pow(2 * PETSC_PI * temperature, -0.5 * dim * power) * exp(-0.5 * power * v2 / temperature);
}

/* A wave that does not fit the periodic box would put a step at its edge. */
static PetscErrorCode check_wavenumber(const HHTGrid *g, int j, double k)
{
  const double waves = fabs(k) / g->dk[j];

  if (waves < 0.5 * (double)g->nx[j] && fabs(waves - round(waves)) <= PERIOD_TOLERANCE) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "initial_wavenumber: %g in dimension %d is not allowed; it must be a multiple of 2 pi / grid_x_length = %g "
      "below %g, as %g is",
      k, j + 1, g->dk[j], 0.5 * (double)g->nx[j] * g->dk[j],
      copysign(fmin(round(waves), 0.5 * (double)g->nx[j] - 1) * g->dk[j], k));
}

static PetscErrorCode check_perturbation(const HHTInitialParams *p, const HHTGrid *g)
{
  PetscFunctionBeginUser;
  if (!(fabs(p->amplitude) <= 1))
    return HHTError(HHT_EXIT_USAGE, "initial_amplitude: %g is not allowed; it must be between -1 and 1", p->amplitude);
  for (int j = 0; j < g->dim && p->amplitude != 0; j++) PetscCall(check_wavenumber(g, j, p->wavenumber[j]));
  PetscFunctionReturn(0);
}

/* initial->data */
typedef struct {
  HHTInitialProfile profile;
  double           *table; /* n_cols, owned */
} Data;

PetscErrorCode HHTInitialProfileCreate(HHTInitial initial, HHTInitialProfile profile)
{
  const HHTGrid *g = &initial->grid;
  Data          *data;

  PetscFunctionBeginUser;
  PetscCall(check_perturbation(&initial->params, g));
  PetscCall(PetscNew(&data));
  initial->data = data;
  data->profile = profile;
  PetscCall(PetscMalloc1((size_t)g->n_cols, &data->table));
  for (ptrdiff_t col = 0; col < g->n_cols; col++)
    data->table[col] = profile(&initial->params, g->dim, initial->v + col * g->dim);
  PetscFunctionReturn(0);
}

/* 1 where no wavenumber is given */
static double perturbation(const HHTInitialParams *p, int dim, const double x[])
{
  double product = 1;
  int    waves   = 0;

  for (int j = 0; j < dim; j++) {
    if (p->wavenumber[j] == 0) continue;
    product *= cos(p->wavenumber[j] * x[j]);
    waves++;
  }
  return waves ? 1 + p->amplitude * product : 1;
}

PetscErrorCode HHTInitialProfileFill(HHTInitial initial, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g    = &initial->grid;
  const Data    *data = initial->data;
  ptrdiff_t      index[HHT_MAX_DIM];
  double         x[HHT_MAX_DIM], factor;

  PetscFunctionBeginUser;
  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, index[j]);
  factor = sqrt(perturbation(&initial->params, g->dim, x));
  for (ptrdiff_t col = 0; col < g->n_cols; col++) alpha[col] = factor * data->table[col];
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialProfileAmplitude(HHTInitial initial, const double z[], double complex *alpha)
{
  const Data *data = initial->data;
  const int   dim  = initial->grid.dim;

  *alpha = sqrt(perturbation(&initial->params, dim, z)) * data->profile(&initial->params, dim, z + dim);
  return 0;
}

PetscErrorCode HHTInitialProfileDestroy(HHTInitial initial)
{
  Data *data = initial->data;

  PetscFunctionBeginUser;
  if (data) PetscCall(PetscFree(data->table));
  PetscCall(PetscFree(initial->data));
  PetscFunctionReturn(0);
}

/* By rejection: the perturbation is at most 1 + |amplitude|. */
void HHTInitialSamplePosition(HHTInitial initial, HHTRandom *random, double x[])
{
  const HHTGrid          *g   = &initial->grid;
  const HHTInitialParams *p   = &initial->params;
  const double            top = 1 + fabs(p->amplitude);

  do {
    for (int j = 0; j < g->dim; j++) x[j] = g->x_min[j] + g->x_length[j] * HHTRandomUniform(random);
  } while (HHTRandomUniform(random) * top > perturbation(p, g->dim, x));
}

void HHTInitialSampleMaxwellian(HHTRandom *random, double temperature, double drift, int dim, double v[])
{
  for (int j = 0; j < dim; j++) v[j] = sqrt(temperature) * HHTRandomNormal(random) + (j ? 0 : drift);
}
