/*
  d = 1, 2, 3: free transport of a trigonometric polynomial in x is alpha(t, x, v) = alpha0(x - v t, v) at every point
  of the grid, to round-off, on as many points as the polynomial needs and in one step of any length. So is f, whose polynomial
  has twice the degree.
*/
#include "fixture.h"
#include "test.h"

typedef struct {
  int        dim;
  double     t;
  HHTUnknown unknown;
} At;

static double complex initial(void *ctx, const double x[], const double v[])
{
  const At      *at    = ctx;
  double complex value = 1;

  for (int j = 0; j < at->dim; j++)
    value *= (1 + (0.3 - 0.1 * j) * cexp(I * x[j]) - (0.2 * I + 0.1 * j) * cexp(-I * x[j])) *
             cexp(-(1 + 0.2 * I) * v[j] * v[j]);
  return value;
}

static double complex moved(void *ctx, const double x[], const double v[])
{
  const At      *at = ctx;
  double         x0[HHT_MAX_DIM];
  double complex alpha;

  for (int j = 0; j < at->dim; j++) x0[j] = x[j] - v[j] * at->t;
  alpha = initial(ctx, x0, v);
  return at->unknown == HHT_AMPLITUDE ? alpha : alpha * conj(alpha);
}

static void check(int dim, HHTUnknown unknown)
{
  At      at = {dim, 2.7, unknown};
  Fixture f  = {.grid      = FixtureGrid(dim, unknown == HHT_AMPLITUDE ? 4 : 6, -1, 2 * PETSC_PI, 6, 3),
                .potential = {.type = "none", .strength = 1},
                .amplitude = initial,
                .unknown   = unknown,
                .ctx       = &at,
                .mass      = NAN};
  double  error;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "lie", at.t, 2, PETSC_FALSE);
  error = FixtureAlphaError(&f, moved, &at);
  TestMeasured("%s %.1e", unknown == HHT_AMPLITUDE ? "alpha" : "f", error);
  TestClose(error, 0, 1e-13, "free transport");
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= HHT_MAX_DIM; dim++) {
    check(dim, HHT_AMPLITUDE);
    check(dim, HHT_DISTRIBUTION);
  }
  return TestEnd();
}
