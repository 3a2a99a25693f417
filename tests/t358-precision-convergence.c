/*
  The errors of both precisions for a closed solution, over time steps and grids: they fall alike, until single precision meets
  its round-off, which grows by a third of an ulp a kinetic flow, half an ulp allowed. Prints the table of docs/verification.md.
*/
#include "fixture.h"
#include "test.h"
#include <hht/exact.h>

#define T 2.

static double complex initial(void *ctx, const double x[], const double v[])
{
  return HHTGaussianInitial(ctx, x[0], v[0]);
}

static double complex exact(void *ctx, const double x[], const double xi[])
{
  return HHTGaussianExact(ctx, T, x[0], xi[0]);
}

/* A complex Gaussian in its harmonic mean field, in a box with as many widths in x as in xi. */
static double error_of(HHTPrecision precision, const char *splitting, int points, int steps)
{
  HHTGaussian  g    = {.m      = {{1.0 + 0.4 * I, 0.3 - 0.2 * I}, {0.3 - 0.2 * I, 0.8 - 0.5 * I}},
                       .kappa  = {0.6, -0.4},
                       .center = {0.3, -0.5},
                       .mass   = 1,
                       .sigma  = 1};
  const double half = 0.9 * sqrt(PETSC_PI * points / 2);
  Fixture      f    = {.grid      = FixtureGrid(1, points, -half, 2 * half, points, half),
                       .potential = {.type = "harmonic", .strength = 1, .boundary = HHT_FREE},
                       .amplitude = initial,
                       .ctx       = &g,
                       .mass      = NAN,
                       .precision = precision};
  double       error;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, splitting, T, steps, PETSC_TRUE);
  error = FixtureError(&f, exact, &g);
  FixtureDestroy(&f);
  return error;
}

static void check(const char *splitting, int points, int steps)
{
  const HHTSplitting *method;
  double              round_off;

  TestCall(HHTSplittingFind(splitting, &method));
  round_off              = 0x1p-24 / 2 * (method->stages * steps + 4);
  const double in_double = error_of(HHT_DOUBLE, splitting, points, steps);
  const double in_single = error_of(HHT_SINGLE, splitting, points, steps);

  TestMeasured("%d, %s, %d, double %.1e", points, splitting, steps, in_double);
  TestMeasured("%d, %s, %d, single %.1e", points, splitting, steps, in_single);
  TestClose(in_single, in_double, round_off, "error in single precision");
  TestCheck(in_double > 1e-8 || in_single > 1e-7, "single precision has an error of only %g", in_single);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int points = 32; points <= 128; points += 32) check("suzuki4", points, 40);
  for (int steps = 10; steps <= 640; steps *= 2) check("strang", 96, steps);
  for (int steps = 10; steps <= 160; steps *= 2) check("suzuki4", 96, steps);
  return TestEnd();
}
