/* The free and the harmonic complex Gaussian, with its phase, against the closed solution. */
#include "fixture.h"
#include "test.h"
#include <hht/exact.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  return HHTGaussianInitial(ctx, x[0], v[0]);
}

typedef struct {
  const HHTGaussian *gaussian;
  double             t;
} At;

static double complex exact(void *ctx, const double x[], const double xi[])
{
  const At *at = ctx;

  return HHTGaussianExact(at->gaussian, at->t, x[0], xi[0]);
}

/* The error at time t after n steps. */
static double solve(double sigma, double t, const char *splitting, int n)
{
  HHTGaussian g  = {.m      = {{1.0 + 0.4 * I, 0.3 - 0.2 * I}, {0.3 - 0.2 * I, 0.8 - 0.5 * I}},
                    .kappa  = {0.6, -0.4},
                    .center = {0.3, -0.5},
                    .mass   = 1,
                    .sigma  = sigma};
  Fixture     f  = {.grid      = FixtureGrid(1, 256, -18, 36, 256, 18),
                    .potential = {.type = "harmonic", .strength = sigma, .boundary = HHT_FREE},
                    .amplitude = initial,
                    .ctx       = &g,
                    .mass      = NAN};
  At          at = {&g, t};
  double      error;

  if (sigma == 0) f.potential = (HHTPotentialParams){.type = "none", .strength = 1};
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, splitting, t, n, PETSC_FALSE);
  error = FixtureError(&f, exact, &at);
  FixtureDestroy(&f);
  return error;
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  double free_error = solve(0, 2, "strang", 7), coarse, fine;

  TestClose(free_error, 0, 2e-12, "free Gaussian, exact in time");
  coarse = solve(1, 3, "suzuki4", 30);
  fine   = solve(1, 3, "suzuki4", 60);
  TestMeasured("free %.1e", free_error);
  TestMeasured("harmonic %.1e", fine);
  TestMeasured("order %.2f", log2(coarse / fine));
  TestClose(fine, 0, 3e-7, "harmonic Gaussian");
  TestClose(log2(coarse / fine), 4, 0.2, "order of suzuki4");
  TestClose(solve(-1, 1, "suzuki4", 40), 0, 1e-7, "inverted harmonic Gaussian");
  return TestEnd();
}
