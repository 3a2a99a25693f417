/*
  two_stream: f0 = v_x^2 M(v) times the perturbation. alpha = v_x sqrt(M ..) keeps the sign of v_x, because |v_x| has
  a kink, which would decay only like 1/xi^2.
*/
#include "initial_impl.h"

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

const HHTInitialMethods HHTInitial_TwoStream = {
    .name = "two_stream", .create = create, .fill = HHTInitialProfileFill, .destroy = HHTInitialProfileDestroy};
