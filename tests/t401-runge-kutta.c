/*
  PETSc's Runge-Kutta method of order 4 on the right-hand side of (HHt), which shares little with the flows of the
  splitting: it converges to the same nonlinear complex state, at its order. So it does on that of (Vl).
*/
#include "fixture.h"
#include "test.h"

static double complex initial(void *ctx, const double x[], const double v[])
{
  double value = 0;

  (void)ctx;
  for (int j = 0; j < 2; j++) value += 0.5 * v[j] * sin(x[j]) + 0.2 * cos(x[0] + x[1]);
  return sqrt(1 + 0.4 * cos(x[0]) * cos(x[1])) * cexp(-(v[0] * v[0] + v[1] * v[1]) / 2 + I * value);
}

static Fixture create(HHTUnknown unknown)
{
  Fixture f = {.grid      = FixtureGrid(2, 10, 0, 2 * PETSC_PI, 16, 4),
               .potential = {.type = "gaussian", .strength = -0.3, .width = 1.5},
               .amplitude = initial,
               .unknown   = unknown,
               .mass      = 2};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  return f;
}

/* The solution is a Vec of its own: the right-hand side works in the state's buffers. */
static double runge_kutta_error(Fixture *reference, double t, int n)
{
  Fixture f = create(reference->unknown);
  TS      ts;
  Vec     state, solution;
  double  error;

  TestCall(HHTStateGetVec(f.state, &state));
  TestCall(VecDuplicate(state, &solution));
  TestCall(VecCopy(state, solution));
  TestCall(TSCreate(PETSC_COMM_WORLD, &ts));
  TestCall(TSSetType(ts, TSRK));
  TestCall(TSRKSetType(ts, TSRK4));
  TestCall(TSHHTSplittingSetFlow(ts, f.flow));
  TestCall(TSSetTimeStep(ts, t / n));
  TestCall(TSSetMaxSteps(ts, n));
  TestCall(TSSetMaxTime(ts, 2 * t));
  TestCall(TSSolve(ts, solution));
  TestCall(VecCopy(solution, state));
  TestCall(TSDestroy(&ts));
  TestCall(VecDestroy(&solution));
  error = FixtureDifference(&f, reference);
  FixtureDestroy(&f);
  return error;
}

static void check(HHTUnknown unknown)
{
  const double t = 0.5;
  Fixture      reference;
  double       coarse, fine;

  reference = create(unknown);
  FixtureSolve(&reference, "blanesmoan4", t, 40, PETSC_TRUE);
  coarse = runge_kutta_error(&reference, t, 40);
  fine   = runge_kutta_error(&reference, t, 80);
  TestMeasured("%s %.1e", unknown == HHT_AMPLITUDE ? "alpha" : "f", fine);
  TestClose(fine, 0, 1e-6, "Runge-Kutta against the splitting");
  TestClose(log2(coarse / fine), 4, 0.2, "order of Runge-Kutta");
  FixtureDestroy(&reference);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(HHT_AMPLITUDE);
  check(HHT_DISTRIBUTION);
  return TestEnd();
}
