/* beams: f0 = (M(v_x - u) + M(v_x + u)) / 2 times the perturbation. */
#include "initial_impl.h"
#include <math.h>

static double profile(const HHTInitialParams *p, int dim, const double v[])
{
  return sqrt(
      0.5 * (HHTMaxwellian(p->temperature, p->drift, 1, dim, v) + HHTMaxwellian(p->temperature, -p->drift, 1, dim, v)));
}

static PetscErrorCode create(HHTInitial initial)
{
  PetscFunctionBeginUser;
  PetscCall(HHTInitialCheckPositive("initial_temperature", initial->params.temperature));
  PetscCall(HHTInitialCheckFinite("initial_drift", initial->params.drift));
  PetscCall(HHTInitialProfileCreate(initial, profile));
  PetscFunctionReturn(0);
}

static void sample(HHTInitial initial, HHTRandom *random, double z[])
{
  const HHTInitialParams *p    = &initial->params;
  const int               dim  = initial->grid.dim;
  const double            sign = HHTRandomUniform(random) < 0.5 ? -1 : 1;

  HHTInitialSamplePosition(initial, random, z);
  HHTInitialSampleMaxwellian(random, p->temperature, sign * p->drift, dim, z + dim);
}

const HHTInitialMethods HHTInitial_Beams = {.name      = "beams",
                                            .create    = create,
                                            .fill      = HHTInitialProfileFill,
                                            .destroy   = HHTInitialProfileDestroy,
                                            .amplitude = HHTInitialProfileAmplitude,
                                            .sample    = sample};
