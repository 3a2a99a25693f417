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

const HHTInitialMethods HHTInitial_Maxwellian = {
    .name = "maxwellian", .create = create, .fill = HHTInitialProfileFill, .destroy = HHTInitialProfileDestroy};

const HHTInitialMethods HHTInitial_Landau = {
    .name = "landau", .create = create, .fill = HHTInitialProfileFill, .destroy = HHTInitialProfileDestroy};
