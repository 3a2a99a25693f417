/*
  Free potentials: the values, gradients against differences of them, and the cell's average where the value is
  infinite.
*/
#include <hht/potential.h>

#include "test.h"

#define DX 0.3

static HHTPotential create(int dim, const char *type)
{
  HHTGrid            grid   = {.dim = dim};
  HHTPotentialParams params = {.strength = 3, .boundary = HHT_FREE, .kappa = 0.8, .width = 0.7, .softening = 0.6};
  HHTPotential       potential;

  for (int j = 0; j < dim; j++) {
    grid.nx[j] = grid.nv[j] = 8;
    grid.x_length[j] = grid.v_max[j] = 8 * DX;
  }
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  return potential;
}

static double value_at(HHTPotential potential, double x, double y, double z)
{
  const double at[] = {x, y, z};
  double       value, gradient[3];

  TestCall(HHTPotentialValue(potential, at, &value, gradient));
  return value;
}

static void check_gradient(int dim, const char *type)
{
  HHTPotential potential = create(dim, type);
  const double h = 1e-3, x[] = {0.5, -0.8, 0.3}, zero[3] = {0};
  double       value, gradient[3];

  TestCall(HHTPotentialValue(potential, x, &value, gradient));
  for (int j = 0; j < dim; j++) {
    double f[4], unused[3];
    for (int i = 0; i < 4; i++) {
      double at[] = {x[0], x[1], x[2]};
      at[j] += h * (i < 2 ? i - 2 : i - 1);
      TestCall(HHTPotentialValue(potential, at, &f[i], unused));
    }
    TestClose(gradient[j], (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h), 1e-9, type);
  }
  TestCall(HHTPotentialValue(potential, zero, &value, gradient));
  for (int j = 0; j < dim; j++) TestCheck(gradient[j] == 0, "%s: gradient %g at 0", type, gradient[j]);
  TestCheck(isfinite(value), "%s: value %g at 0", type, value);
  TestCall(HHTPotentialDestroy(&potential));
}

static void check_value(int dim, const char *type, double x, double y, double z, double expected)
{
  HHTPotential potential = create(dim, type);

  TestClose(value_at(potential, x, y, z), expected, 1e-8, type);
  TestCall(HHTPotentialDestroy(&potential));
}

int main(int argc, char **argv)
{
  static const char *const types[] = {"none", "poisson", "yukawa", "gaussian", "plummer", "harmonic"};
  const double             h       = 0.5 * DX;

  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++)
    for (int i = 0; i < 6; i++) check_gradient(dim, types[i]);

  check_value(1, "poisson", -2, 0, 0, -3);
  check_value(2, "poisson", 3, 4, 0, -3 * log(5) / (2 * PETSC_PI));
  check_value(3, "poisson", 1, 2, 2, 3 / (12 * PETSC_PI));
  check_value(1, "yukawa", 0, 0, 0, 3 / 1.6);
  check_value(3, "yukawa", 1, 2, 2, 3 * exp(-2.4) / (12 * PETSC_PI));
  check_value(2, "harmonic", 3, 4, 0, 37.5);
  check_value(3, "gaussian", 0, 0, 0, 3);
  check_value(3, "plummer", 0, 0, 0, 5);

  /* Averages of ln r over a square and of 1/r over a cube of half width h, in closed form. */
  check_value(2, "poisson", 0, 0, 0, -3 / (2 * PETSC_PI) * (log(h * sqrt(2)) - 1.5 + PETSC_PI / 4));
  check_value(3, "poisson", 0, 0, 0, 3 / (4 * PETSC_PI * h) * (3 * asinh(sqrt(0.5)) - PETSC_PI / 4));
  return TestEnd();
}
