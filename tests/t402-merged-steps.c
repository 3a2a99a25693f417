/*
  Steps that nobody looks at merge their potential flows: the same result to a few ulp. And the last step ends at
  max_time.
*/
#include "fixture.h"
#include "test.h"
#include <hht/exact.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) * cexp(-v[0] * v[0] / 1.6 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0])));
}

static Fixture solve(PetscBool merged)
{
  Fixture f = {.grid      = FixtureGrid(1, 32, 0, 2 * PETSC_PI, 64, 6),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = initial,
               .mass      = 1};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 2, 40, merged);
  return f;
}

static void check_merged(void)
{
  Fixture      one_by_one = solve(PETSC_FALSE), merged = solve(PETSC_TRUE);
  const double difference = FixtureDifference(&one_by_one, &merged);

  TestMeasured("difference %.0e", difference);
  TestClose(difference, 0, 40 * 1e-16, "merged steps");
  FixtureDestroy(&one_by_one);
  FixtureDestroy(&merged);
}

static double complex gaussian_initial(void *ctx, const double x[], const double v[])
{
  return HHTGaussianInitial(ctx, x[0], v[0]);
}

static double complex gaussian_exact(void *ctx, const double x[], const double xi[])
{
  return HHTGaussianExact(ctx, 1, x[0], xi[0]);
}

/* Time 1 is not a multiple of the step 0.3; free transport is exact in time, so that only the end's time counts. */
static void check_last_step(void)
{
  HHTGaussian g = {.m = {{1, 0.2 * I}, {0.2 * I, 1}}, .kappa = {0.5, 0.3}, .mass = 1};
  Fixture     f = {.grid      = FixtureGrid(1, 100, -12, 24, 100, 12),
                   .potential = {.type = "none", .strength = 1},
                   .amplitude = gaussian_initial,
                   .ctx       = &g,
                   .mass      = NAN};
  TS          ts;
  Vec         vec;
  PetscInt    steps;
  PetscReal   time;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCall(HHTStateGetVec(f.state, &vec));
  TestCall(TSCreate(PETSC_COMM_WORLD, &ts));
  TestCall(TSSetType(ts, TSHHTSPLITTING));
  TestCall(TSHHTSplittingSetFlow(ts, f.flow));
  TestCall(TSSetTimeStep(ts, 0.3));
  TestCall(TSSetMaxTime(ts, 1));
  TestCall(TSSolve(ts, vec));
  TestCall(TSGetStepNumber(ts, &steps));
  TestCall(TSGetTime(ts, &time));
  TestCheck(steps == 4, "%" PetscInt_FMT " steps", steps);
  TestClose(time, 1, 4e-16, "time at the end");
  TestClose(FixtureError(&f, gaussian_exact, &g), 0, 1e-12, "free Gaussian at time 1");
  TestCall(TSDestroy(&ts));
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_merged();
  check_last_step();
  return TestEnd();
}
