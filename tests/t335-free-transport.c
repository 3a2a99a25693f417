/*
  d = 1, 2, 3: free transport of a trigonometric polynomial in x is alpha(t, x, v) = alpha0(x - v t, v) at every point
  of the grid, to round-off, on as many points as the polynomial needs and in one step of any length.
*/
#include "fixture.h"
#include "test.h"

typedef struct {
  int    dim;
  double t;
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
  const At *at = ctx;
  double    x0[HHT_MAX_DIM];

  for (int j = 0; j < at->dim; j++) x0[j] = x[j] - v[j] * at->t;
  return initial(ctx, x0, v);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= HHT_MAX_DIM; dim++) {
    At      at = {dim, 2.7};
    Fixture f  = {.grid      = FixtureGrid(dim, 4, -1, 2 * PETSC_PI, 6, 3),
                  .potential = {.type = "none", .strength = 1},
                  .amplitude = initial,
                  .ctx       = &at,
                  .mass      = NAN};
    double  error;

    FixtureCreate(PETSC_COMM_WORLD, &f);
    FixtureSolve(&f, "lie", at.t, 2, PETSC_FALSE);
    error = FixtureAlphaError(&f, moved, &at);
    PetscPrintf(PETSC_COMM_WORLD, "d = %d: %.1e\n", dim, error);
    TestClose(error, 0, 1e-13, "free transport");
    FixtureDestroy(&f);
  }
  return TestEnd();
}
