/* C_Gamma of (Pot): closed values, and the difference quotients of the force that it must bound. */
#include <hht/potential.h>

#include "test.h"

static HHTPotential create(int dim, HHTBoundary boundary, const char *type, double length, double width,
                           double strength)
{
  HHTGrid            grid   = {.dim = dim};
  HHTPotentialParams params = {
      .strength = strength, .boundary = boundary, .kappa = width, .width = width, .softening = width};
  HHTPotential potential;

  for (int j = 0; j < dim; j++) {
    grid.nx[j] = grid.nv[j] = 8;
    grid.x_length[j]        = length;
    grid.v_max[j]           = 1;
  }
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  return potential;
}

static double bound(int dim, HHTBoundary boundary, const char *type, double length, double width, double strength)
{
  HHTPotential potential = create(dim, boundary, type, length, width, strength);
  double       c;

  TestCall(HHTPotentialBound(potential, &c));
  TestCall(HHTPotentialDestroy(&potential));
  return c;
}

/* grad Gamma . u at x + s u, u a unit vector in the x-y plane at the angle theta with x */
static double force(HHTPotential potential, double r, double theta, double s)
{
  const double x[] = {r + s * cos(theta), s * sin(theta), 0};
  double       value, gradient[3] = {0};

  TestCall(HHTPotentialValue(potential, x, &value, gradient));
  return gradient[0] * cos(theta) + gradient[1] * sin(theta);
}

/* The largest |D^p Gamma(u, .., u)|, p = 1, 2, 3, found by differences on a grid of distances and angles. */
static double largest_derivative(int dim, const char *type, double width)
{
  HHTPotential potential = create(dim, HHT_FREE, type, 1, width, 1);
  const double h         = 1e-3 * width;
  double       c         = 0;

  for (double r = 0; r < 4 * width; r += 0.02 * width) {
    for (double theta = 0; theta <= (dim == 1 ? 0 : 0.51 * PETSC_PI); theta += PETSC_PI / 120) {
      const double f[] = {force(potential, r, theta, -h), force(potential, r, theta, 0), force(potential, r, theta, h)};
      c                = fmax(c, fabs(f[1]));
      c                = fmax(c, fabs(f[2] - f[0]) / (2 * h));
      c                = fmax(c, fabs(f[2] - 2 * f[1] + f[0]) / (h * h));
    }
  }
  TestCall(HHTPotentialDestroy(&potential));
  return c;
}

/* max |(3 r - r^3) exp(-r^2/2)|, at r^2 = 3 - sqrt 6 */
static double gaussian_third(void)
{
  const double r2 = 3 - sqrt(6);

  return (3 - r2) * sqrt(r2) * exp(-0.5 * r2);
}

int main(int argc, char **argv)
{
  static const char *const types[] = {"gaussian", "plummer"};
  const double             l2      = 2 * PETSC_PI;

  TestBegin(&argc, &argv);
  TestClose(bound(1, HHT_PERIODIC, "cosine", l2, 1, -1), 1, 1e-15, "HMF");
  TestClose(bound(3, HHT_PERIODIC, "cosine", l2, 1, 1), sqrt(3), 1e-15, "cosine, first derivative");
  TestClose(bound(2, HHT_PERIODIC, "cosine", 1, 1, 2), 2 * pow(l2, 3), 1e-11, "cosine, third derivative");

  TestClose(bound(1, HHT_FREE, "gaussian", 1, 0.5, -2), 16 * gaussian_third(), 1e-10, "gaussian, third derivative");
  TestClose(bound(1, HHT_FREE, "gaussian", 1, 2, 3), 1.5 * exp(-0.5), 1e-10, "gaussian, first derivative");
  TestClose(bound(2, HHT_FREE, "plummer", 1, 4, 1), 2 / sqrt(27) / 16, 1e-10, "plummer, first derivative");
  for (int dim = 1; dim <= 3; dim++) {
    for (int i = 0; i < 2; i++) {
      const double c = bound(dim, HHT_FREE, types[i], 1, 0.7, 1);
      TestClose(largest_derivative(dim, types[i], 0.7) / c, 1, 3e-4, types[i]);
    }
  }
  TestCheck(bound(2, HHT_PERIODIC, "none", 1, 1, 1) == 0, "none");
  TestCheck(bound(2, HHT_PERIODIC, "poisson", 1, 1, 0) == 0, "strength 0");
  TestCheck(isnan(bound(1, HHT_PERIODIC, "poisson", 1, 1, 1)), "poisson is outside (Pot)");
  TestCheck(isnan(bound(1, HHT_FREE, "yukawa", 1, 1, 1)), "yukawa is outside (Pot)");
  TestCheck(isnan(bound(2, HHT_FREE, "harmonic", 1, 1, 1)), "harmonic is outside (Pot)");
  return TestEnd();
}
