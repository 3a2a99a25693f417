/* d = 2: products of complex Gaussians, free and in the harmonic mean field, against the closed solutions. */
#include "fixture.h"
#include "test.h"
#include <hht/exact.h>

typedef struct {
  HHTGaussian factor[2];
  double      mass; /* of the product; the factors have mass 1 */
  double      t;
} Product;

static double complex initial(void *ctx, const double x[], const double v[])
{
  const Product *p = ctx;

  return HHTGaussianInitial(&p->factor[0], x[0], v[0]) * HHTGaussianInitial(&p->factor[1], x[1], v[1]);
}

static double complex exact(void *ctx, const double x[], const double xi[])
{
  const Product *p = ctx;

  return sqrt(p->mass) * HHTGaussianExact(&p->factor[0], p->t, x[0], xi[0]) *
         HHTGaussianExact(&p->factor[1], p->t, x[1], xi[1]);
}

/*
  A factor feels the mass of the whole product, its own being 1. Widths such that n = 30 points per dimension resolve
  all.
*/
static double solve(double sigma, double mass, double t, int n_steps)
{
  Product p = {.factor = {{.m      = {{1.0 + 0.3 * I, -0.2 + 0.1 * I}, {-0.2 + 0.1 * I, 1.1 - 0.2 * I}},
                           .kappa  = {0.3, -0.4},
                           .center = {0.3, -0.2},
                           .mass   = 1,
                           .sigma  = sigma * mass},
                          {.m      = {{1.2 - 0.2 * I, -0.1 + 0.2 * I}, {-0.1 + 0.2 * I, 0.9 + 0.3 * I}},
                           .kappa  = {-0.2, 0.3},
                           .center = {-0.2, 0.1},
                           .mass   = 1,
                           .sigma  = sigma * mass}},
               .mass   = mass,
               .t      = t};
  Fixture f = {.grid      = FixtureGrid(2, 30, -6.8, 13.6, 30, 6.8),
               .potential = {.type = "none", .strength = 1},
               .amplitude = initial,
               .ctx       = &p,
               .mass      = mass};
  double  error;

  if (sigma != 0) f.potential = (HHTPotentialParams){.type = "harmonic", .strength = sigma, .boundary = HHT_FREE};
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", t, n_steps, PETSC_TRUE);
  error = FixtureError(&f, exact, &p);
  FixtureDestroy(&f);
  return error;
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  double free_error = solve(0, 1, 0.5, 1), light = solve(1, 1, 0.4, 4), heavy = solve(-0.5, 3, 0.3, 4);

  TestMeasured("free %.1e", free_error);
  TestMeasured("harmonic %.1e", light);
  TestMeasured("inverted %.1e", heavy);
  TestClose(free_error, 0, 1e-6, "free");
  TestClose(light, 0, 1e-6, "harmonic");
  TestClose(heavy, 0, 1e-6, "inverted harmonic, mass 3");
  return TestEnd();
}
