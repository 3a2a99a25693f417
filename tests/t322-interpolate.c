/*
  alpha between the points of the grid: exact for trigonometric polynomials, in every dimension and at the points
  themselves.
*/
#include "fixture.h"
#include "test.h"
#include <hht/interpolate.h>

/* Boxes: x from -1, period 2; v from -3, period 6. Modes below the highest of the grid. */
static double complex polynomial(void *ctx, const double x[], const double v[])
{
  double complex value = 1;

  for (int j = 0; j < *(int *)ctx; j++)
    value *= 1 + (0.5 + 0.2 * I) * cexp(I * PETSC_PI * x[j]) +
             (0.3 + 0.1 * j) * cexp(-2 * I * PETSC_PI / 3 * v[j]) * cos(PETSC_PI * x[j]);
  return value;
}

static void check(int dim, Fixture *f, const double x[], const double v[], const char *what)
{
  double complex alpha;

  TestCall(HHTStateInterpolate(f->state, x, v, &alpha));
  TestClose(cabs(alpha - polynomial(&dim, x, v)), 0, 1e-13, what);
}

int main(int argc, char **argv)
{
  static const double x[] = {0.123, -0.77, 0.5}, v[] = {0.31, -2.2, 1.7}, origin[] = {0, 0, 0}, low[] = {-1, -1, -1};
  static const double far_x[] = {6.123, -4.77, 8.5}; /* other periods of the box */

  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= HHT_MAX_DIM; dim++) {
    Fixture f = {.grid      = FixtureGrid(dim, 6, -1, 2, 8, 3),
                 .potential = {.type = "none", .strength = 1},
                 .amplitude = polynomial,
                 .ctx       = &dim,
                 .mass      = NAN};

    FixtureCreate(PETSC_COMM_WORLD, &f);
    check(dim, &f, x, v, "between the points");
    check(dim, &f, far_x, v, "outside the box");
    check(dim, &f, low, origin, "at a point of the grid");
    FixtureDestroy(&f);
  }
  return TestEnd();
}
