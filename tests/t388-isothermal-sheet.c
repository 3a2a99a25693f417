/*
  The isothermal sheet, f = sech^2(x/h) times a Maxwellian of temperature T with h = 4 T / M, is an equilibrium of gravity in d = 1
  with free boundaries, Gamma = |x|/2: density and force stay as they are up to the error of the splitting, of fourth order. A sheet that
  is half as thick is none.
*/
#include "fixture.h"
#include "test.h"

#define MASS 2.0
#define T    0.5
#define H    (4 * T / MASS)
#define END  2

typedef struct {
  double h;
} Sheet;

static double complex amplitude(void *ctx, const double x[], const double v[])
{
  const Sheet *s = ctx;

  return exp(-v[0] * v[0] / (4 * T)) / cosh(x[0] / s->h);
}

/* The largest change of the density in so many steps, of its largest value; *force: the largest error of grad phi at the start. */
static double change(double h, int steps, double *force)
{
  Sheet     sheet = {h};
  Fixture   f     = {.grid      = FixtureGrid(1, 256, -20, 40, 64, 6),
                     .potential = {.type = "poisson", .strength = -1, .boundary = HHT_FREE},
                     .amplitude = amplitude,
                     .ctx       = &sheet,
                     .mass      = MASS};
  double    rho[256], largest = 0, worst = 0;
  HHTFields fields;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCall(HHTFlowGetFields(f.flow, &fields));
  *force = 0;
  for (int i = 0; i < 256; i++) {
    rho[i]  = fields.rho[i];
    largest = fmax(largest, rho[i]);
    *force  = fmax(*force, fabs(fields.grad_phi[i] - 0.5 * MASS * tanh(HHTGridX(&f.grid, 0, i) / h)));
  }
  FixtureSolve(&f, "blanesmoan4", END, steps, PETSC_TRUE);
  TestCall(HHTFlowGetFields(f.flow, &fields));
  for (int i = 0; i < 256; i++) worst = fmax(worst, fabs(fields.rho[i] - rho[i]));
  FixtureDestroy(&f);
  return worst / largest;
}

int main(int argc, char **argv)
{
  double force, coarse, fine, unstable;

  TestBegin(&argc, &argv);
  unstable = change(H / 2, 20, &force);
  coarse   = change(H, 10, &force);
  fine     = change(H, 20, &force);
  TestMeasured("force %.1e", force);
  TestMeasured("10 steps %.1e", coarse);
  TestMeasured("20 steps %.1e", fine);
  TestMeasured("half as thick %.2f", unstable);
  TestClose(force, 0, 1e-11, "grad phi against M/2 tanh(x/h)");
  TestClose(fine, 0, 2e-7, "change of the density");
  TestCheck(coarse > 10 * fine, "in 10 steps %.2e, in 20 %.2e: not of fourth order", coarse, fine);
  TestCheck(unstable > 0.1, "a sheet that is no equilibrium changes by %.2e only", unstable);
  return TestEnd();
}
