/* A resolved nonlinear run keeps <v> and P_x to round-off, whatever the time step, and <xi>(t) = <xi>(0) - t P_x. */
#include "fixture.h"
#include "test.h"

static double complex complex_state(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0]) + 0.2 * sin(2 * x[0])) *
         cexp(-pow(v[0] - 0.3, 2) / 1.6 + I * (x[0] + 0.4 * v[0] * sin(x[0]) + 0.7 * v[0]));
}

static double complex real_state(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0]) + 0.2 * sin(2 * x[0])) * exp(-pow(v[0] - 0.3 - 0.2 * sin(x[0]), 2) / 1.6);
}

static double mean_xi(Fixture *f)
{
  HHTFields fields;
  double    sum = 0;

  TestCall(HHTFlowGetFields(f->flow, &fields));
  for (ptrdiff_t i = 0; i < f->grid.n_rows; i++) sum += fields.J[i] * f->grid.cell_x;
  return sum;
}

static void check(Amplitude amplitude)
{
  const double   t = 3;
  Fixture        f = {.grid      = FixtureGrid(1, 64, 0, 2 * PETSC_PI, 300, 7),
                      .potential = {.type = "poisson", .strength = 0.5},
                      .amplitude = amplitude,
                      .mass      = 2};
  HHTDiagnostics first, last;
  double         first_xi, v, p, xi;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  first    = FixtureDiagnose(&f, 0);
  first_xi = mean_xi(&f);
  FixtureSolve(&f, "strang", t, 30, PETSC_TRUE);
  last = FixtureDiagnose(&f, t);
  v    = last.momentum[0] - first.momentum[0];
  p    = last.x_momentum[0] - first.x_momentum[0];
  xi   = mean_xi(&f) - first_xi + t * first.x_momentum[0];
  TestMeasured("error %.1e", fmax(fabs(v), fmax(fabs(p), fabs(xi))));
  TestCheck(first.momentum[0] > 0.1, "<v> = %g, which tells nothing", first.momentum[0]);
  TestClose(v, 0, 1e-12, "<v>");
  TestClose(p, 0, 1e-12, "P_x");
  TestClose(xi, 0, 1e-11, "<xi>");
  TestCheck(fabs(last.energy - first.energy) > 1e-8, "the energy does not move either, so the run tells nothing");
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(complex_state);
  check(real_state);
  return TestEnd();
}
