/*
  Linear Landau damping on 40 points in v, whose recurrence time is 32: with the default layer the field falls on to t = 80 at
  the rate of the dispersion relation, without it comes back. What is absorbed is of the second order in the amplitude.
*/
#include "fixture.h"
#include "test.h"
#include <hht/fit.h>

#define AMPLITUDE  1e-3
#define RECURRENCE 32
#define END        80
#define SAMPLE     0.4 /* time from one to the next */
#define GAMMA      -0.15335946690960484

typedef struct {
  double force[END * 5 / 2 + 1];
  int    n;
} Series;

static void sample(Fixture *f, double t, void *ctx)
{
  Series *s = ctx;

  (void)t;
  s->force[s->n++] = FixtureForceMode(f, 0.5);
}

static Series solve(const HHTAbsorberParams *params, HHTDiagnostics *first, HHTDiagnostics *last)
{
  Series      s        = {.n = 0};
  Fixture     f        = {.grid           = FixtureGrid(1, 16, 0, 4 * PETSC_PI, 40, 2.5 * PETSC_PI),
                          .potential      = {.type = "poisson", .strength = 1},
                          .initial        = "landau",
                          .initial_params = {.temperature = 1, .amplitude = AMPLITUDE, .wavenumber = {0.5}},
                          .mass           = NAN,
                          .look           = sample,
                          .look_ctx       = &s,
                          .every          = 4};
  HHTAbsorber absorber = NULL;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestClose(2 * PETSC_PI / (0.5 * f.grid.dv[0]), RECURRENCE, 1e-12, "recurrence time");
  if (params) TestCall(HHTAbsorberCreate(f.state, params, &absorber));
  TestCall(HHTFlowSetAbsorber(f.flow, absorber));
  *first = FixtureDiagnose(&f, 0);
  FixtureSolve(&f, "strang", END, 10 * END, PETSC_TRUE);
  *last = FixtureDiagnose(&f, END);
  FixtureDestroy(&f);
  TestCall(HHTAbsorberDestroy(&absorber));
  return s;
}

/* The largest |force| in a window of time. */
static double largest(const Series *s, double from, double to)
{
  double value = 0;

  for (int i = (int)lround(from / SAMPLE); i <= (int)lround(to / SAMPLE); i++) value = fmax(value, fabs(s->force[i]));
  return value;
}

int main(int argc, char **argv)
{
  const HHTAbsorberParams layer = {HHT_ABSORBER_LAYER, 8, 2, 0.5};
  const int               from  = (int)lround(36 / SAMPLE);
  HHTDiagnostics          first, last;
  Series                  with, without;
  double                  rate, frequency, drift;

  TestBegin(&argc, &argv);
  with  = solve(&layer, &first, &last);
  drift = fabs(last.mass + last.absorbed_mass - first.mass) / first.mass;
  HHTFitOscillation(with.n - from, SAMPLE, with.force + from, &rate, &frequency);
  TestMeasured("rate %.6f", rate);
  TestMeasured("error of the rate %.1e", fabs(rate / GAMMA - 1));
  TestClose(rate / GAMMA, 1, 0.01, "rate past the recurrence");
  TestClose(drift, 0, 1e-13, "mass and absorbed mass");
  TestCheck(last.absorbed_mass > 0 && last.absorbed_mass < first.mass * AMPLITUDE * AMPLITUDE, "absorbed mass %g",
            last.absorbed_mass);

  without = solve(NULL, &first, &last);
  TestMeasured("with a layer %.1e", largest(&with, 28, 36) / with.force[0]);
  TestMeasured("without a layer %.2f", largest(&without, 28, 36) / without.force[0]);
  TestCheck(largest(&without, 28, 36) > 0.5 * fabs(without.force[0]), "without a layer the wave does not come back");
  TestCheck(largest(&with, 28, 36) < 0.02 * fabs(with.force[0]), "with a layer the wave comes back");
  return TestEnd();
}
