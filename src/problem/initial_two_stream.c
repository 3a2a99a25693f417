/*
  two_stream: f0 = v_x^2 M(v) times the perturbation. alpha = v_x sqrt(M ..) keeps the sign of v_x, because |v_x| has
  a kink, which would decay only like 1/xi^2.
*/
#include "initial_impl.h"
#include <math.h>

static double profile(const HHTInitialParams *p, int dim, const double v[])
{
  return v[0] * HHTMaxwellian(p->temperature, 0, 0.5, dim, v);
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
  const HHTInitialParams *p    = &initial->params;
  const int               dim  = initial->grid.dim;
  double                  chi2 = 0;

  HHTInitialSamplePosition(initial, random, z);
  HHTInitialSampleMaxwellian(random, p->temperature, 0, dim, z + dim);
  /* |v_x| is as the length of a vector of three normal numbers. */
  for (int i = 0; i < 3; i++) chi2 += pow(HHTRandomNormal(random), 2);
  z[dim] = copysign(sqrt(p->temperature * chi2), z[dim]);
}

const HHTInitialMethods HHTInitial_TwoStream = {.name      = "two_stream",
                                                .create    = create,
                                                .fill      = HHTInitialProfileFill,
                                                .destroy   = HHTInitialProfileDestroy,
                                                .amplitude = HHTInitialProfileAmplitude,
                                                .sample    = sample};
