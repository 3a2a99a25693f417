/* The closed forms of the bounds (11) and (7) against Simpson's rule for the integrals that they are stated with, and their limits. */
#include "test.h"
#include <hht/bounds.h>

#define INTERVALS 4000

typedef struct {
  HHTNorms norms;
  double   c, t;
} Case;

static double m1(const Case *k) { return sqrt(k->norms.l2 * k->norms.l2 + k->norms.gradient * k->norms.gradient); }

/* (9) and (10) over a time s; Simpson's rule in (10) too. */
static double growth(const Case *k) { return 1 + k->c * k->norms.l2 * k->norms.l2; }

static double dz(const Case *k, double s) { return exp(growth(k) * s); }

static double d2z(const Case *k, double s)
{
  const double a = growth(k);

  return (a - 1) / a * (exp(2 * a * s) - exp(a * s));
}

typedef double (*Integrand)(const Case *k, double s);

static double integrate(const Case *k, Integrand f)
{
  const double h   = k->t / INTERVALS;
  double       sum = 0;

  for (int i = 0; i <= INTERVALS; i++) sum += (i == 0 || i == INTERVALS ? 1 : 2 + 2 * (i % 2)) * f(k, i * h);
  return sum * h / 3;
}

/* int m exp(a (t - s)) ||DZ(s)||^2 ds */
static double in_d2z(const Case *k, double s)
{
  return (growth(k) - 1) * exp(growth(k) * (k->t - s)) * dz(k, s) * dz(k, s);
}

/* ||grad K(s)|| and ||D^2 K(s)|| */
static double k_norm(const Case *k, double s) { return k->c * k->norms.l2 * HHTM1Bound(m1(k), k->c, s); }

static double in_ds(const Case *k, double s) { return k_norm(k, s) * dz(k, k->t - s); }

static double in_d2k(const Case *k, double s) { return k_norm(k, s) * dz(k, k->t - s) * dz(k, k->t - s); }

static double in_grad_k(const Case *k, double s) { return k_norm(k, s) * d2z(k, k->t - s); }

static double in_distance(const Case *k, double s)
{
  const double b = HHTM1Bound(m1(k), k->c, s);

  return 1 + 4 * k->c * k->c * m1(k) * m1(k) * b * b;
}

static void check(const Case *k, int dim)
{
  const HHTNorms *n = &k->norms;
  const double    z = dz(k, k->t), ds = integrate(k, in_ds);
  const double    real = n->d2 * z * z + sqrt(2. * dim) * n->gradient * integrate(k, in_d2z);
  const double    rest = 2 * n->gradient * z * ds + n->l2 * ds * ds +
                      n->l2 * (sqrt(dim) * integrate(k, in_d2k) + sqrt(2. * dim) * integrate(k, in_grad_k));
  const double distance = exp(integrate(k, in_distance));

  TestClose(HHTD2Bound(n, dim, 1, k->c, k->t), real, 1e-10 * real, "(11), real");
  TestClose(HHTD2Bound(n, dim, 0, k->c, k->t), real + rest, 1e-10 * (real + rest), "(11), complex");
  TestClose(HHTDistanceBound(0.3, m1(k), k->c, k->t), 0.3 * distance, 1e-9 * distance, "(7)");
}

static void check_limits(void)
{
  const HHTNorms n = {1, 2, 3}, constant = {1, 0, 0};

  TestClose(HHTD2Bound(&n, 1, 0, 0.4, 0), 3, 1e-15, "(11) at t = 0");
  TestClose(HHTD2Bound(&n, 1, 0, 0, 0.5), 3 * exp(1), 1e-14, "(11) without potential");
  TestClose(HHTDistanceBound(0.2, 2, 0, 0.5), 0.2 * exp(0.5), 1e-15, "(7) without potential");
  for (int real = 0; real <= 1; real++) {
    TestCheck(isnan(HHTD2Bound(&n, 1, real, NAN, 0.5)), "(11) outside (Pot)");
    for (double t = 1; t < 1e5; t *= 1.5)
      TestCheck(HHTD2Bound(&n, 3, real, 2, t) > 0 && HHTD2Bound(&constant, 3, real, 2, t) >= 0, "(11) at t = %g", t);
    TestCheck(isinf(HHTD2Bound(&n, 3, real, 2, 1e5)), "(11) in the end");
    TestCheck(isinf(HHTD2Bound(&n, 3, real, 0, 1e5)), "(11) in the end, without potential");
  }
  TestCheck(isnan(HHTDistanceBound(0.2, 2, NAN, 0.5)) && isnan(HHTDistanceBound(0, 2, NAN, 0.5)), "(7) outside (Pot)");
  TestCheck(isinf(HHTDistanceBound(0.2, 2, 1, 50)) && isinf(HHTDistanceBound(0.2, 2, 0, 1e5)), "(7) in the end");
  TestCheck(HHTDistanceBound(0, 2, 1, 50) == 0, "(7) of equal data");
}

int main(int argc, char **argv)
{
  /* In the third a double, in the fourth a simple rate of (11) is that of b_M: 1 + 2 C M^2 = 2 (1 + C ||alpha||^2), 1 + C ||alpha||^2. */
  static const Case cases[] = {{{1, 1.2, 2}, 0.01, 0.5},
                               {{0.8, 1.7, 5}, 0.3, 0.4},
                               {{1, 1, 1}, 0.5, 0.7},
                               {{1, 0, 1}, 1e-9, 0.7},
                               {{2, 0.1, 0.2}, 1e-4, 1.5}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    for (int dim = 1; dim <= 3; dim++) check(&cases[i], dim);
  check_limits();
  return TestEnd();
}
