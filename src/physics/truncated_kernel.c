#include "truncated_kernel.h"
#include <hht/transform.h>
#include <math.h>
#include <string.h>

/* The shortest multiple of the box, length P[j], that leaves R beyond it; half of its points, with both ends, in n[j]. */
static double set_period(const HHTGrid *g, ptrdiff_t n[], double period[])
{
  double radius = 0;

  for (int j = 0; j < g->dim; j++) radius += g->x_length[j] * g->x_length[j];
  radius = sqrt(radius);
  for (int j = 0; j < g->dim; j++) {
    const ptrdiff_t boxes = (ptrdiff_t)ceil(1 + radius / g->x_length[j] - 1e-12);

    n[j]      = boxes * g->nx[j] / 2 + 1;
    period[j] = (double)boxes * g->x_length[j];
  }
  return radius;
}

/* The terms of the series, over the volume. */
static PetscErrorCode set_series(HHTPotential potential, double radius, const double period[], HHTTruncatedKernel *k)
{
  ptrdiff_t points = 1, index[HHT_MAX_DIM];
  double    volume = 1;

  PetscFunctionBeginUser;
  for (int j = 0; j < k->dim; j++) {
    points *= k->n[j];
    volume *= period[j];
  }
  PetscCall(PetscMalloc1((size_t)points, &k->value));
  for (ptrdiff_t i = 0; i < points; i++) {
    double wave[HHT_MAX_DIM], k2 = 0;

    HHTUnflatten(i, k->dim, k->n, index);
    for (int j = 0; j < k->dim; j++) {
      wave[j] = 2 * PETSC_PI / period[j] * (double)index[j];
      k2 += wave[j] * wave[j];
    }
    PetscCall(HHTPotentialTruncatedSymbol(potential, sqrt(k2), radius, &k->value[i]));
    k->value[i] *= (k->odd < 0 ? 1 : -wave[k->odd]) / volume;
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTTruncatedKernelCreate(HHTPotential potential, const HHTGrid *g, int odd, HHTTruncatedKernel *k)
{
  double    period[HHT_MAX_DIM], radius;
  PetscBool has;
  int       err;

  PetscFunctionBeginUser;
  *k = (HHTTruncatedKernel){.dim = g->dim, .odd = odd};
  PetscCall(HHTPotentialHasTruncated(potential, &has));
  if (!has) PetscFunctionReturn(0);
  radius = set_period(g, k->n, period);
  PetscCall(set_series(potential, radius, period, k));
  err = HHTTransformCosine(k->dim, k->n, odd, k->value);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "grid_nx: cannot set up the free field: %s; use fewer points", strerror(err));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTTruncatedKernelDestroy(HHTTruncatedKernel *k)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(k->value));
  PetscFunctionReturn(0);
}

double HHTTruncatedKernelAt(const HHTTruncatedKernel *k, const ptrdiff_t m[])
{
  ptrdiff_t at = 0;

  if (!k->value) return 0;
  for (int j = 0; j < k->dim; j++) at = at * k->n[j] + labs(m[j]);
  return k->odd >= 0 && m[k->odd] < 0 ? -k->value[at] : k->value[at];
}
