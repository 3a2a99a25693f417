/*
  waterbag: f0 flat in |v| < v0, times the perturbation. With w = edge,

      f0 = 1/2 [erf((|v| + v0)/w) - erf((|v| - v0)/w)]

  which for d = 1 is the box smoothed by the Gaussian exp(-v^2/w^2). Even and entire in |v|, so smooth at 0 in every
  dimension; outside it falls like exp(-(|v| - v0)^2/w^2), so alpha is resolved when the v spacing is well below w.
*/
#include "initial_impl.h"
#include <math.h>

static double profile(const HHTInitialParams *p, int dim, const double v[])
{
  double v2 = 0;

  for (int j = 0; j < dim; j++) v2 += v[j] * v[j];
  /* erfc keeps the digits of the far tail, whose square root counts */
  return sqrt(0.5 * (erfc((sqrt(v2) - p->v0) / p->edge) - erfc((sqrt(v2) + p->v0) / p->edge)));
}

static PetscErrorCode create(HHTInitial initial)
{
  PetscFunctionBeginUser;
  PetscCall(HHTInitialCheckPositive("initial_v0", initial->params.v0));
  PetscCall(HHTInitialCheckPositive("initial_edge", initial->params.edge));
  PetscCall(HHTInitialProfileCreate(initial, profile));
  PetscFunctionReturn(0);
}

static void sample(HHTInitial initial, HHTRandom *random, double z[])
{
  const HHTInitialParams *p     = &initial->params;
  const int               dim   = initial->grid.dim;
  const double            reach = p->v0 + 6 * p->edge; /* beyond, f0 is below 1e-16 */

  HHTInitialSamplePosition(initial, random, z);
  do {
    for (int j = 0; j < dim; j++) z[dim + j] = reach * (2 * HHTRandomUniform(random) - 1);
  } while (HHTRandomUniform(random) > pow(profile(p, dim, z + dim), 2));
}

const HHTInitialMethods HHTInitial_Waterbag = {.name      = "waterbag",
                                               .create    = create,
                                               .fill      = HHTInitialProfileFill,
                                               .destroy   = HHTInitialProfileDestroy,
                                               .amplitude = HHTInitialProfileAmplitude,
                                               .sample    = sample};
