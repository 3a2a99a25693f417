/*
  HMF with a waterbag: growth rate against the dispersion relation of the smoothed profile, solved here by quadrature,
  and against gamma^2 = 1/2 - v0^2 of the sharp one, from which it differs by the order of (edge/v0)^2.
*/
#include "fixture.h"
#include "test.h"
#include <hht/fit.h>

#define EDGE 0.05

/*
  1 - 1/(2 v0) int v g(v - v0) / (v^2 + gamma^2) dv with g = exp(-u^2/w^2) / (w sqrt(pi)): zero at the growth rate.
  Trapezoidal sums of such analytic integrands converge exponentially.
*/
static double dispersion(double gamma, double v0)
{
  const double h   = EDGE / 20;
  double       sum = 0;

  for (int i = -140; i <= 140; i++) {
    const double u = i * h, v = v0 + u;

    sum += h * exp(-u * u / (EDGE * EDGE)) / (EDGE * sqrt(PETSC_PI)) * v / (v * v + gamma * gamma);
  }
  return 1 - sum / (2 * v0);
}

static double root(double v0)
{
  double low = 0.1, high = 1;

  for (int i = 0; i < 60; i++) {
    const double middle = (low + high) / 2;

    if (dispersion(middle, v0) < 0)
      low = middle;
    else
      high = middle;
  }
  return low;
}

typedef struct {
  double force[64];
  int    n;
} Series;

static void sample(Fixture *f, double t, void *ctx)
{
  Series *s = ctx;

  (void)t;
  s->force[s->n++] = FixtureForceMode(f, 1);
}

static double measure(double v0)
{
  Series  s = {0};
  Fixture f = {.grid           = FixtureGrid(1, 16, 0, 2 * PETSC_PI, 256, 1.2),
               .potential      = {.type = "cosine", .strength = -1},
               .initial        = "waterbag",
               .initial_params = {.v0 = v0, .edge = EDGE, .amplitude = 1e-7, .wavenumber = {1}},
               .mass           = 1,
               .look           = sample,
               .look_ctx       = &s,
               .every          = 4};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", 18, 144, PETSC_TRUE);
  FixtureDestroy(&f);
  return HHTFitGrowth(s.n - 20, 0.5, s.force + 20);
}

int main(int argc, char **argv)
{
  static const double v0[] = {0.3, 0.5};

  TestBegin(&argc, &argv);
  for (int i = 0; i < 2; i++) {
    const double rate = measure(v0[i]), smoothed = root(v0[i]), sharp = sqrt(0.5 - v0[i] * v0[i]);

    TestMeasured("v0 = %g, rate %.9f", v0[i], rate);
    TestMeasured("v0 = %g, error %.1e", v0[i], fabs(rate / smoothed - 1));
    TestClose(rate, smoothed, 1e-4 * smoothed, "rate, smoothed waterbag");
    TestClose(rate, sharp, 0.01 * sharp, "rate, sharp waterbag");
  }
  return TestEnd();
}
