/*
  The symbols of the periodic potentials are the Fourier transforms of the free ones: against radial quadrature,

      d = 1: 2 int g cos(k r) dr,   d = 2: 2 pi int g J_0(k r) r dr,   d = 3: 4 pi/k int g sin(k r) r dr.
*/
#include <hht/potential.h>

#include "test.h"

#define STEP 1e-4

static HHTPotential create(int dim, HHTBoundary boundary, const char *type)
{
  HHTGrid            grid   = {.dim = dim};
  HHTPotentialParams params = {.strength = -2, .boundary = boundary, .kappa = 0.8, .width = 0.7, .softening = 0.6};
  HHTPotential       potential;

  for (int j = 0; j < dim; j++) {
    grid.nx[j] = grid.nv[j] = 8;
    grid.x_length[j]        = 3 + j;
    grid.v_max[j]           = 1;
  }
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  return potential;
}

static double symbol(int dim, const char *type, const double k[])
{
  HHTPotential potential = create(dim, HHT_PERIODIC, type);
  double       value;

  TestCall(HHTPotentialSymbol(potential, k, &value));
  TestCall(HHTPotentialDestroy(&potential));
  return value;
}

static double kernel(int dim, double k, double r)
{
  if (dim == 1) return 2 * cos(k * r);
  return dim == 2 ? 2 * PETSC_PI * j0(k * r) * r : 4 * PETSC_PI * sin(k * r) * r / k;
}

/* Node and weight of int_0^inf dr: the trapezoid rule in t, r = exp(t - exp(-t)), doubly exponential at 0. */
static double node(double t, double *weight)
{
  const double r = exp(t - exp(-t));

  *weight = STEP * r * (1 + exp(-t));
  return r;
}

static double transform(int dim, const char *type, double k)
{
  HHTPotential free_space = create(dim, HHT_FREE, type);
  double       sum = 0, value, weight, gradient[3], x[3] = {0};

  for (double t = -3; t < log(60); t += STEP) {
    x[0] = node(t, &weight);
    TestCall(HHTPotentialValue(free_space, x, &value, gradient));
    sum += weight * kernel(dim, k, x[0]) * value;
  }
  TestCall(HHTPotentialDestroy(&free_space));
  return sum;
}

/*
  k^2 Gamma_k is the transform of -Laplace Gamma, which converges for the softened potential, g = (r^2 + a^2)^(-1/2).
*/
static double plummer_transform(int dim, double k)
{
  double sum = 0, weight;

  for (double t = -3; t < log(2000); t += STEP) {
    const double r = node(t, &weight), s = r * r + 0.36;
    sum += weight * -2 * (dim * pow(s, -1.5) - 3 * r * r * pow(s, -2.5)) * kernel(dim, k, r);
  }
  return sum;
}

int main(int argc, char **argv)
{
  const double k[] = {1.1, 0.7, -0.4}, zero[3] = {0}, mode[] = {-2 * PETSC_PI / 3, 0, 0},
               mode2[]    = {-4 * PETSC_PI / 3, 0, 0};
  const double diagonal[] = {2 * PETSC_PI / 3, 2 * PETSC_PI / 4, 0};

  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++) {
    const double k1 = dim == 1 ? 1.1 : sqrt(1.1 * 1.1 + 0.49 + (dim == 3 ? 0.16 : 0));
    TestClose(symbol(dim, "gaussian", k), transform(dim, "gaussian", k1), 1e-8, "gaussian");
    TestClose(symbol(dim, "yukawa", k), transform(dim, "yukawa", k1), 1e-8, "yukawa");
    TestClose(symbol(dim, "plummer", k) * k1 * k1, plummer_transform(dim, k1), 1e-6, "plummer");
    TestClose(symbol(dim, "poisson", k), -2 / (k1 * k1), 1e-14, "poisson");
    TestClose(symbol(dim, "yukawa", zero), -2 / 0.64, 1e-14, "yukawa at 0");
    TestCheck(symbol(dim, "poisson", zero) == 0 && symbol(dim, "plummer", zero) == 0, "k = 0 is not dropped");
    TestCheck(symbol(dim, "none", k) == 0, "none is not zero");
    TestClose(symbol(dim, "cosine", mode), -(dim == 1 ? 3 : dim == 2 ? 12 : 60), 1e-13, "cosine, first mode");
    TestCheck(symbol(dim, "cosine", mode2) == 0 && symbol(dim, "cosine", zero) == 0, "cosine, other modes");
  }
  TestCheck(symbol(2, "cosine", diagonal) == 0, "cosine, a mode in two dimensions");
  return TestEnd();
}
