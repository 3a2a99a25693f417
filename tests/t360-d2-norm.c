/*
  ||D^2 alpha|| of a Gaussian, real and complex, d = 1 and 2, at the start, after free transport and in its harmonic mean
  field, against the closed value.
*/
#include "fixture.h"
#include "test.h"

typedef double complex Matrix[2][2]; /* of (x, v) */

typedef struct {
  int    dim;
  Matrix a[2]; /* alpha = N exp(-1/2 sum_j z_j^T a_j z_j), z_j = (x_j, v_j) */
} Gaussian;

static double complex amplitude(void *ctx, const double x[], const double v[])
{
  const Gaussian *g        = ctx;
  double complex  exponent = 0;

  for (int j = 0; j < g->dim; j++)
    exponent -= (g->a[j][0][0] * x[j] * x[j] + 2 * g->a[j][0][1] * x[j] * v[j] + g->a[j][1][1] * v[j] * v[j]) / 2;
  return cexp(exponent);
}

/* c = a b */
static void multiply(Matrix a, Matrix b, Matrix c)
{
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
}

/* R^T A R, R = [[C, -S], [g S, C]]: A after a time t in the harmonic field of strength g; free where g = 0. */
static void move(double g, double t, Matrix a)
{
  const double omega = sqrt(g), c = g > 0 ? cos(omega * t) : 1, s = g > 0 ? sin(omega * t) / omega : t;
  Matrix       r = {{c, -s}, {g * s, c}}, transposed = {{c, g * s}, {-s, c}}, ar;

  multiply(a, r, ar);
  multiply(transposed, ar, a);
}

/*
  d_i d_j alpha = (u_i u_j - a_ij) alpha with u = -a z, and z is normal with covariance (2 Re a)^-1 under |alpha|^2. With p = E u u^T and
  q = E u u^* Isserlis' theorem gives E |u_i u_j - a_ij|^2 = |p_ij - a_ij|^2 + q_ii q_jj + |q_ij|^2.
*/
static double closed_value(Gaussian *g, double mass)
{
  double square = 0, trace = 0;

  for (int j = 0; j < g->dim; j++) {
    const double xx = creal(g->a[j][0][0]), xv = creal(g->a[j][0][1]), vv = creal(g->a[j][1][1]);
    const double twice_det  = 2 * (xx * vv - xv * xv);
    Matrix       covariance = {{vv / twice_det, -xv / twice_det}, {-xv / twice_det, xx / twice_det}};
    Matrix       conjugate, ac, p, q;

    for (int i = 0; i < 4; i++) conjugate[i / 2][i % 2] = conj(g->a[j][i / 2][i % 2]);
    multiply(g->a[j], covariance, ac);
    multiply(ac, g->a[j], p);
    multiply(ac, conjugate, q);
    for (int i = 0; i < 4; i++) {
      const double complex difference = p[i / 2][i % 2] - g->a[j][i / 2][i % 2];

      square += creal(difference * conj(difference)) + creal(q[i / 2][i % 2] * conj(q[i / 2][i % 2]));
    }
    trace += creal(q[0][0] + q[1][1]);
  }
  return sqrt(mass * (square + trace * trace));
}

static void check(Gaussian g, double strength, double t, int n, double tol, const char *what)
{
  const double   mass = 1.5;
  Fixture        f    = {.grid      = FixtureGrid(g.dim, g.dim == 1 ? 128 : 26, -10, 20, g.dim == 1 ? 128 : 26, 10),
                         .potential = {.type = "harmonic", .strength = strength, .boundary = HHT_FREE},
                         .amplitude = amplitude,
                         .ctx       = &g,
                         .mass      = mass};
  HHTDiagnostics d;
  double         expected = closed_value(&g, mass);

  if (strength == 0) f.potential = (HHTPotentialParams){.type = "none", .strength = 1};
  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestClose(FixtureDiagnose(&f, 0).d2_norm, expected, tol * expected, what);
  FixtureSolve(&f, "suzuki4", t, n, PETSC_FALSE);
  for (int j = 0; j < g.dim; j++) move(mass * strength, t, g.a[j]);
  d        = FixtureDiagnose(&f, t);
  expected = closed_value(&g, mass);
  TestMeasured("%s %.1e", what, fabs(d.d2_norm / expected - 1));
  TestClose(d.d2_norm, expected, tol * expected, what);
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  const Gaussian real  = {1, {{{1, 0.3}, {0.3, 0.8}}}};
  const Gaussian bent  = {1, {{{1 + 0.4 * I, 0.3 - 0.2 * I}, {0.3 - 0.2 * I, 0.8 - 0.5 * I}}}};
  const Gaussian plane = {2, {{{1, 0.3}, {0.3, 0.8}}, {{0.7 + 0.2 * I, 0.1 * I}, {0.1 * I, 1.1}}}};

  TestBegin(&argc, &argv);
  check(real, 0, 1.5, 1, 1e-12, "real, free");
  check(bent, 0, 1.5, 1, 1e-12, "complex, free");
  check(real, 1, 1.2, 30, 1e-6, "real, harmonic");
  check(bent, 1, 1.2, 30, 1e-6, "complex, harmonic");
  check(plane, 0, 0.3, 1, 1e-4, "complex, free, d = 2");
  return TestEnd();
}
