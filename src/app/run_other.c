/*
  The second solution of a run, whose initial data are those of the options compare_*. It has a time stepper of its own, which makes the steps
  that the first solution's has made: also those that an adaptor chose.
*/
#include "run_impl.h"
#include <hht/error.h>

/* A step may be tried several times, each of them in stages; the last try is the one that counts. */
static PetscErrorCode pre_stage(TS ts, PetscReal time)
{
  HHTRun *run;

  PetscFunctionBeginUser;
  (void)time;
  PetscCall(TSGetApplicationContext(ts, &run));
  PetscCall(TSGetTimeStep(ts, &run->step_size));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunOtherCreate(HHTRun *run)
{
  TSAdapt adapt;

  PetscFunctionBeginUser;
  if (!run->problem.other_flow) PetscFunctionReturn(0);
  PetscCall(HHTRunCreateStepper(run, run->problem.other_state, run->problem.other_flow, &run->other_ts,
                                &run->other_solution));
  PetscCall(TSGetAdapt(run->other_ts, &adapt));
  PetscCall(TSAdaptSetType(adapt, TSADAPTNONE));
  PetscCall(TSSetExactFinalTime(run->other_ts, TS_EXACTFINALTIME_STEPOVER));
  PetscCall(TSSetPreStage(run->ts, pre_stage));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunOtherStep(HHTRun *run)
{
  PetscFunctionBeginUser;
  if (!run->other_ts) PetscFunctionReturn(0);
  PetscCall(TSSetTimeStep(run->other_ts, run->step_size));
  PetscCall(TSStep(run->other_ts));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunOtherRestart(HHTRun *run)
{
  const HHTProgress *p = &run->progress;

  PetscFunctionBeginUser;
  if (!run->other_ts) PetscFunctionReturn(0);
  PetscCall(TSSetStepNumber(run->other_ts, p->step));
  PetscCall(TSSetTime(run->other_ts, p->time));
  PetscFunctionReturn(0);
}
