/*
  Steps that follow their error: the end's error falls with the tolerance as it should, a first step that is far too long is rejected and
  leaves no trace, the last one ends at max_time, and a tolerance that no step meets ends in one line.
*/
#include "fixture.h"
#include "test.h"
#include <string.h>

#define END 6

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) *
         cexp(-v[0] * v[0] / 1.6 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0] + 1) + 0.1 * v[0] * v[0]));
}

static Fixture create(void)
{
  Fixture f = {.grid      = FixtureGrid(1, 32, 0, 2 * PETSC_PI, 128, 6),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = initial,
               .mass      = 1};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  return f;
}

typedef struct {
  PetscInt  steps, rejections;
  PetscReal time, first; /* at the end, and after the first step */
} Outcome;

static PetscErrorCode keep_first(TS ts)
{
  Outcome *outcome;
  PetscInt step;

  TestCall(TSGetApplicationContext(ts, &outcome));
  TestCall(TSGetStepNumber(ts, &step));
  if (step == 1) TestCall(TSGetTime(ts, &outcome->first));
  return 0;
}

static PetscErrorCode solve(Fixture *f, const char *splitting, double first, double tolerance, Outcome *outcome)
{
  TS             ts;
  TSAdapt        adapt;
  Vec            vec;
  PetscErrorCode ierr;

  TestCall(HHTStateGetVec(f->state, &vec));
  TestCall(TSCreate(PETSC_COMM_WORLD, &ts));
  TestCall(TSSetType(ts, TSHHTSPLITTING));
  TestCall(TSHHTSplittingSetType(ts, splitting));
  TestCall(TSHHTSplittingSetFlow(ts, f->flow));
  TestCall(TSGetAdapt(ts, &adapt));
  TestCall(TSAdaptSetType(adapt, TSADAPTBASIC));
  TestCall(TSSetTolerances(ts, tolerance, NULL, 0, NULL));
  TestCall(TSSetTimeStep(ts, first));
  TestCall(TSSetMaxTime(ts, END));
  TestCall(TSSetApplicationContext(ts, outcome));
  TestCall(TSSetPostStep(ts, keep_first));
  ierr = TSSolve(ts, vec);
  TestCall(TSGetStepNumber(ts, &outcome->steps));
  TestCall(TSGetStepRejections(ts, &outcome->rejections));
  TestCall(TSGetTime(ts, &outcome->time));
  TestCall(TSDestroy(&ts));
  return ierr;
}

static double error(const char *splitting, double first, double tolerance, Fixture *reference, Outcome *outcome)
{
  Fixture f = create();
  double  e;

  TestCall(solve(&f, splitting, first, tolerance, outcome));
  TestClose(outcome->time, END, 1e-14, "time at the end");
  e = FixtureDifference(&f, reference);
  FixtureDestroy(&f);
  return e;
}

/* The error of END / h steps of error h^(p + 1) ~ tolerance goes as tolerance^(p / (p + 1)). */
static void check_proportion(const char *splitting, int order, double tolerance, Fixture *reference)
{
  Outcome      coarse, fine;
  const double e        = error(splitting, 0.1, tolerance, reference, &coarse);
  const double f        = error(splitting, 0.1, tolerance / 100, reference, &fine);
  const double measured = log(e / f) / log(100), expected = order / (order + 1.0);

  PetscPrintf(PETSC_COMM_WORLD,
              "%-11s tolerance %.0e: %" PetscInt_FMT " steps, error %.1e; %.0e: %" PetscInt_FMT
              " steps, error %.1e; power %.3f\n",
              splitting, tolerance, coarse.steps, e, tolerance / 100, fine.steps, f, measured);
  TestMeasured("%s, power %.3f", splitting, measured);
  TestClose(measured, expected, 0.06, splitting);
  TestCheck(e < (double)coarse.steps * tolerance, "%s: the error %g is more than that of all steps", splitting, e);
  TestCheck(f < (double)fine.steps * tolerance / 100, "%s: the error %g is more than that of all steps", splitting, f);
}

/* After rejections it goes on with the step that fits, from the state as it was: with the same bits as if that had been the first. */
static void check_rejection(Fixture *reference)
{
  Fixture rejected = create(), accepted = create();
  Outcome outcome, again;
  double  e;

  TestCall(solve(&rejected, "blanesmoan4", END, 1e-7, &outcome));
  TestCall(solve(&accepted, "blanesmoan4", outcome.first, 1e-7, &again));
  TestClose(FixtureDifference(&rejected, &accepted), 0, 0, "the state after rejections");
  TestClose(again.first, outcome.first, 0, "the first step, when it is tried first");
  e = FixtureDifference(&rejected, reference);

  PetscPrintf(PETSC_COMM_WORLD, "first step too long: %" PetscInt_FMT " rejections, error %.1e\n", outcome.rejections,
              e);
  TestCheck(outcome.rejections > again.rejections, "a step of length %d was taken", END);
  TestCheck(e < (double)outcome.steps * 1e-7, "error %g in %" PetscInt_FMT " steps", e, outcome.steps);
  FixtureDestroy(&rejected);
  FixtureDestroy(&accepted);
}

static void check_impossible(void)
{
  Fixture        f = create();
  Outcome        outcome;
  PetscErrorCode ierr = solve(&f, "strang", 0.1, 1e-30, &outcome);

  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_INVALID, "a tolerance below round-off gives %d", ierr);
  TestCheck(strstr(HHTErrorMessage(), "rejected") && strstr(HHTErrorMessage(), "ts_rtol"), "%s", HHTErrorMessage());
  HHTErrorClear();
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  Fixture reference;

  TestBegin(&argc, &argv);
  reference = create();
  FixtureSolve(&reference, "nystrom6", END, 150, PETSC_TRUE);
  check_proportion("strang", 2, 1e-4, &reference);
  check_proportion("yoshida4", 4, 1e-6, &reference);
  check_rejection(&reference);
  check_impossible();
  FixtureDestroy(&reference);
  return TestEnd();
}
