/*
  bump_on_tail: f0 = (1 - n_b) M(v) + n_b M_b(v - u e_x), times the perturbation; M_b has the beam's temperature in
  every dimension.
*/
#include "initial_impl.h"
#include <math.h>

static double profile(const HHTInitialParams *p, int dim, const double v[])
{
  const double bulk = HHTMaxwellian(p->temperature, 0, 1, dim, v);
  const double beam = HHTMaxwellian(p->beam_temperature, p->drift, 1, dim, v);

  return sqrt((1 - p->beam_fraction) * bulk + p->beam_fraction * beam);
}

static PetscErrorCode create(HHTInitial initial)
{
  const HHTInitialParams *p = &initial->params;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialCheckPositive("initial_temperature", p->temperature));
  PetscCall(HHTInitialCheckPositive("initial_beam_temperature", p->beam_temperature));
  PetscCall(HHTInitialCheckFinite("initial_drift", p->drift));
  if (!(p->beam_fraction > 0 && p->beam_fraction < 1))
    return HHTError(HHT_EXIT_USAGE,
                    "initial_beam_fraction: %g is not allowed; it must be between 0 and 1, ends excluded",
                    p->beam_fraction);
  PetscCall(HHTInitialProfileCreate(initial, profile));
  PetscFunctionReturn(0);
}

static void sample(HHTInitial initial, HHTRandom *random, double z[])
{
  const HHTInitialParams *p    = &initial->params;
  const int               dim  = initial->grid.dim;
  const PetscBool         beam = HHTRandomUniform(random) < p->beam_fraction ? PETSC_TRUE : PETSC_FALSE;

  HHTInitialSamplePosition(initial, random, z);
  HHTInitialSampleMaxwellian(random, beam ? p->beam_temperature : p->temperature, beam ? p->drift : 0, dim, z + dim);
}

const HHTInitialMethods HHTInitial_BumpOnTail = {.name      = "bump_on_tail",
                                                 .create    = create,
                                                 .fill      = HHTInitialProfileFill,
                                                 .destroy   = HHTInitialProfileDestroy,
                                                 .amplitude = HHTInitialProfileAmplitude,
                                                 .sample    = sample};
