/* maxwellian and landau: f0 = M(v) times the perturbation. Landau damping is what people look for it by. */
#include "initial_impl.h"

static double profile(const HHTInitialParams *p, int dim, const double v[])
{
  return HHTMaxwellian(p->temperature, 0, 0.5, dim, v);
}

static PetscErrorCode create(HHTInitial initial)
{
  PetscFunctionBeginUser;
  PetscCall(HHTInitialCheckPositive("initial_temperature", initial->params.temperature));
  PetscCall(HHTInitialProfileCreate(initial, profile));
  PetscFunctionReturn(0);
}

static void sample(HHTInitial initial, HHTRandom *random, double z[])
{
  const HHTInitialParams *p   = &initial->params;
  const int               dim = initial->grid.dim;

  HHTInitialSamplePosition(initial, random, z);
  HHTInitialSampleMaxwellian(random, p->temperature, 0, dim, z + dim);
}

const HHTInitialMethods HHTInitial_Maxwellian = {.name      = "maxwellian",
                                                 .create    = create,
                                                 .fill      = HHTInitialProfileFill,
                                                 .destroy   = HHTInitialProfileDestroy,
                                                 .amplitude = HHTInitialProfileAmplitude,
                                                 .sample    = sample};

const HHTInitialMethods HHTInitial_Landau = {.name      = "landau",
                                             .create    = create,
                                             .fill      = HHTInitialProfileFill,
                                             .destroy   = HHTInitialProfileDestroy,
                                             .amplitude = HHTInitialProfileAmplitude,
                                             .sample    = sample};
