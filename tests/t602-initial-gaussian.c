/*
  The complex Gaussian, pointwise in d = 1 and 2: log |alpha| and the phase are the quadratic forms; x goes to the
  image nearest to the center; a real M without kappa gives exactly real data, and the option initial_phase multiplies
  by exp(i phase).
*/
#include "initial.h"

static HHTInitialParams params;
static int              dim;
static PetscBool        with_phase;

static double nearest(double x, double length)
{
  return x < -0.5 * length ? x + length : x >= 0.5 * length ? x - length : x;
}

static void check_point(const double x[], const double v[], double complex alpha)
{
  double complex exponent = 0;
  double         z[4];
  const int      n = 2 * dim;

  for (int j = 0; j < dim; j++) {
    z[j]       = nearest(x[j] - params.center[j], 4 + j);
    z[dim + j] = v[j] - params.center[dim + j];
  }
  for (int i = 0; i < n; i++) {
    exponent += I * params.kappa[i] * z[i];
    for (int j = 0; j < n; j++) exponent -= 0.5 * params.m[n * i + j] * z[i] * z[j];
  }
  if (with_phase) exponent += I * (0.3 * x[0] * v[0] + 1);
  const double complex expected = cexp(exponent);
  TestClose(creal(alpha), creal(expected), 1e-13, "real part");
  TestClose(cimag(alpha), cimag(expected), 1e-13, "imaginary part");
}

static void check_real(const double x[], const double v[], double complex alpha)
{
  (void)x, (void)v;
  TestCheck(cimag(alpha) == 0, "imaginary part %g", cimag(alpha));
}

int main(int argc, char **argv)
{
  const double complex m1[] = {1 + 0.5 * I, 0.3 - 0.2 * I, 0.3 - 0.2 * I, 0.8 - I}, real[] = {1, 0.2, 0.2, 0.5};

  TestBegin(&argc, &argv);
  for (dim = 1; dim <= 2; dim++) {
    const HHTGrid grid = TestGrid(dim, 8, 12);
    params             = (HHTInitialParams){.type   = "gaussian",
                                            .mass   = 1,
                                            .kappa  = {0.7, -0.3, 0.4, 0.2},
                                            .center = {-0.6, 0.5, 0.25, -0.4},
                                            .phase  = "0.3*x*vx + 1"};
    with_phase         = PETSC_TRUE;
    for (int i = 0; i < 4; i++) {
      if (dim == 1) params.m[i] = m1[i];
      for (int j = 0; j < 4 && dim == 2; j++)
        params.m[4 * i + j] = (i == j ? 1.5 + 0.2 * i : 0.1 * (i + j)) - 0.1 * I * i * j;
    }
    TestInitial(&grid, &params, check_point);
    params.phase[0] = 0;
    with_phase      = PETSC_FALSE;
    TestInitial(&grid, &params, check_point);
  }

  const HHTGrid grid = TestGrid(1, 8, 12);
  params             = (HHTInitialParams){.type = "gaussian", .mass = 1, .center = {0.5, 0.25}};
  for (int i = 0; i < 4; i++) params.m[i] = real[i];
  TestInitial(&grid, &params, check_real);
  return TestEnd();
}
