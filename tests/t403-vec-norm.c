/*
  VecNorm of the state is the L2 norm, VecDot the L2 product, at the start and after a step, which PETSc does not see.
*/
#include "fixture.h"
#include "test.h"

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.5 * cos(x[0])) * cexp(-v[0] * v[0] / 2 + I * 0.3 * v[0] * sin(x[0]));
}

/* int (1 + 0.5 cos x)^2 dx int exp(-v^2) dv = 2 pi (1 + 1/8) sqrt(pi) */
int main(int argc, char **argv)
{
  const double mass = 2.25 * PETSC_PI * sqrt(PETSC_PI);
  Fixture      f    = {.grid      = FixtureGrid(1, 20, 0, 2 * PETSC_PI, 50, 7),
                       .potential = {.type = "none", .strength = 1},
                       .amplitude = initial,
                       .mass      = NAN};
  Vec          vec;
  PetscReal    norm;
  PetscScalar  dot;

  TestBegin(&argc, &argv);
  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCall(HHTStateGetVec(f.state, &vec));
  TestCall(VecNorm(vec, NORM_2, &norm));
  TestClose(norm, sqrt(mass), 1e-13, "norm at the start");
  TestCall(VecScale(vec, 2));
  TestCall(HHTFlowReset(f.flow));
  TestCall(VecNorm(vec, NORM_2, &norm));
  TestClose(norm, 2 * sqrt(mass), 1e-13, "norm of twice the state");
  FixtureSolve(&f, "strang", 0.5, 1, PETSC_FALSE);
  TestCall(VecNorm(vec, NORM_2, &norm));
  TestClose(norm, 2 * sqrt(mass), 1e-13, "norm after a step");
  TestClose(FixtureDiagnose(&f, 0.5).l2_norm, norm, 1e-13, "l2_norm");
  TestCall(VecDot(vec, vec, &dot));
  TestClose(cabs(dot - 4 * mass), 0, 1e-12, "product of the state with itself");
  FixtureDestroy(&f);
  return TestEnd();
}
