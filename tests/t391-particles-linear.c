/*
  Linear forces: alpha_N(t) is the initial state along a rotation of phase space. One particle in an external harmonic potential in d = 1, 2,
  3, and N = 2, 3 particles on a line that attract each other harmonically; complex Gaussians away from the middle, free boundary.
*/
#include "fixture.h"
#include "test.h"

static double complex alpha(int j, double x, double v)
{
  const double dx = x - 0.2 + 0.1 * j, dv = v + 0.1 * j;

  return cexp(-(1.0 + 0.1 * j) * dx * dx / 2 - dv * dv / 2 + I * (0.2 * dx * dv + 0.1 * dv));
}

/* Whose coordinates are those of one particle (particles = 1) or of several. */
typedef struct {
  int    dim, particles; /* dim: of the state */
  double t;
} Motion;

static double complex product(const Motion *m, const double x[], const double v[])
{
  double complex value = 1;

  /* particles are alike, dimensions are not */
  for (int j = 0; j < m->dim; j++) value *= alpha(m->particles > 1 ? 0 : j, x[j], v[j]);
  return value;
}

static double complex initial(void *ctx, const double x[], const double v[]) { return product(ctx, x, v); }

/*
  One particle turns around the middle of the box, 0, with frequency 1. Of several the centre of mass moves freely, and they turn around it:
  x_m'' = -sum_n (x_m - x_n) / (N - 1) = -N / (N - 1) (x_m - X).
*/
static double complex exact(void *ctx, const double x[], const double v[])
{
  const Motion *m  = ctx;
  const double  n  = m->particles;
  const double  om = n > 1 ? sqrt(n / (n - 1)) : 1, c = cos(om * m->t), s = sin(om * m->t);
  double        centre = 0, mean = 0, x0[HHT_MAX_DIM], v0[HHT_MAX_DIM];

  for (int j = 0; j < m->dim && n > 1; j++) centre += x[j] / n, mean += v[j] / n;
  for (int j = 0; j < m->dim; j++) {
    const double dx = x[j] - centre, dv = v[j] - mean;

    x0[j] = centre - mean * m->t + c * dx - s / om * dv;
    v0[j] = mean + om * s * dx + c * dv;
  }
  return product(m, x0, v0);
}

static void check(int dim, int particles, int points, double tolerance)
{
  const double half = sqrt(PETSC_PI * points / 2);
  Motion       m    = {.dim = dim * particles, .particles = particles, .t = 0.4};
  Fixture      f    = {.grid      = FixtureGrid(dim, points, -half, 2 * half, points, half),
                       .particles = particles,
                       .potential = {.type = "harmonic", .strength = 1, .boundary = HHT_FREE},
                       .amplitude = initial,
                       .ctx       = &m,
                       .mass      = NAN};
  double       error;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", m.t, 4, PETSC_TRUE);
  error = FixtureAlphaError(&f, exact, &m);
  TestMeasured("N = %d, d = %d %.1e", particles, dim, error);
  TestClose(error, 0, tolerance, "alpha_N");
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(1, 1, 48, 1e-7);
  check(2, 1, 24, 1e-6);
  check(3, 1, 10, 2e-3);
  check(1, 2, 24, 1e-6);
  check(1, 3, 10, 2e-3);
  return TestEnd();
}
