/*
  Zero padding in v is no absorber: a mode of free transport that reaches the end of the kept xi is cut there, but not all of it; what steps
  shorter than the spacing of xi leave behind comes back, the more of it the more steps there are. Without padding all comes back. In
  alpha and in f it is the same.
*/
#include "fixture.h"
#include "test.h"

#define WAVENUMBER 0.5

static double harmonic(Fixture *f)
{
  HHTFields fields;
  double    sum = 0;

  TestCall(HHTFlowGetFields(f->flow, &fields));
  for (ptrdiff_t r = 0; r < f->grid.n_rows; r++) sum += fields.rho[r] * cos(WAVENUMBER * HHTGridX(&f->grid, 0, r));
  return fabs(sum);
}

static void keep_largest(Fixture *f, double t, void *largest)
{
  (void)t;
  *(double *)largest = fmax(*(double *)largest, harmonic(f));
}

/* The largest first harmonic of the density from a third to four thirds of the recurrence time, as a share of the first. */
static double echo(HHTPadding padding, HHTUnknown unknown, int steps)
{
  double  largest = 0;
  Fixture f       = {.grid           = FixtureGrid(1, 8, 0, 2 * PETSC_PI / WAVENUMBER, 64, 8),
                     .potential      = {.type = "none", .strength = 1},
                     .initial        = "maxwellian",
                     .initial_params = {.temperature = 1, .amplitude = 1e-4, .wavenumber = {WAVENUMBER}},
                     .unknown        = unknown,
                     .mass           = NAN,
                     .look_ctx       = &largest,
                     .every          = 1};
  double  recurrence, first;

  f.grid.padding = padding;
  FixtureCreate(PETSC_COMM_WORLD, &f);
  recurrence = 2 * PETSC_PI / (WAVENUMBER * f.grid.dv[0]);
  first      = harmonic(&f);
  FixtureSolve(&f, "strang", recurrence / 3, steps / 3, PETSC_TRUE);
  f.look = keep_largest;
  FixtureSolve(&f, "strang", recurrence, steps, PETSC_TRUE);
  FixtureDestroy(&f);
  return largest / first;
}

int main(int argc, char **argv)
{
  double last = 0;

  TestBegin(&argc, &argv);
  TestClose(echo(HHT_PADDING_NONE, HHT_AMPLITUDE, 90), 1, 1e-3, "echo without padding");
  for (int steps = 90; steps <= 360; steps *= 2) {
    const double alpha = echo(HHT_PADDING_V, HHT_AMPLITUDE, steps), f = echo(HHT_PADDING_V, HHT_DISTRIBUTION, steps);

    TestMeasured("%d steps %.1e", steps, alpha);
    TestMeasured("f, of alpha %.4f", f / alpha);
    TestClose(f / alpha, 1, 1e-2, "echo in f");
    TestCheck(alpha > last && alpha < 0.3, "echo %g, with half the steps %g", alpha, last);
    last = alpha;
  }
  return TestEnd();
}
