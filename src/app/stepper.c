/* What `hht run` and the runs of its error check step with: made from the case, and destroyed with all that a run holds. */
#include "run_impl.h"
#include <hht/error.h>

#define MESSAGE_MAX 512

/*
  The solution of PETSc's own integrators is a Vec of its own: they evaluate the right-hand side in the state's buffers.
*/
static PetscErrorCode set_solution(TS ts, HHTState state, Vec *solution)
{
  PetscBool splitting;
  Vec       vec;

  PetscFunctionBeginUser;
  PetscCall(PetscObjectTypeCompare((PetscObject)ts, TSHHTSPLITTING, &splitting));
  PetscCall(HHTStateGetVec(state, &vec));
  if (splitting) {
    PetscCall(PetscObjectReference((PetscObject)vec));
    *solution = vec;
  } else {
    PetscCall(VecDuplicate(vec, solution));
    PetscCall(VecCopy(vec, *solution));
  }
  PetscCall(TSSetSolution(ts, *solution));
  PetscFunctionReturn(0);
}

/* Keeps what PETSc says where an error begins. */
static PetscErrorCode keep_message(MPI_Comm comm, int line, const char *function, const char *file, PetscErrorCode ierr,
                                   PetscErrorType type, const char *message, void *text)
{
  (void)comm, (void)line, (void)function, (void)file;
  if (type == PETSC_ERROR_INITIAL) (void)PetscStrncpy(text, message, MESSAGE_MAX);
  return ierr;
}

/* A value that PETSc does not take is the user's mistake: one line, and no traceback. */
static PetscErrorCode set_from_options(TS ts)
{
  char           text[MESSAGE_MAX] = "";
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscPushErrorHandler(keep_message, text));
  ierr = TSSetFromOptions(ts);
  PetscCall(PetscPopErrorHandler());
  if (HHTErrorExitCode(ierr) < 0)
    ierr = HHTError(HHT_EXIT_USAGE, "a ts_ option is not allowed: %s; see docs/parameters.md and PETSc's manual", text);
  PetscFunctionReturn(ierr);
}

static PetscErrorCode set_adaptor(TS ts, const HHTCase *c)
{
  TSAdapt adapt;

  PetscFunctionBeginUser;
  PetscCall(TSGetAdapt(ts, &adapt));
  PetscCall(TSAdaptSetType(adapt, c->adapt));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunCreateStepper(HHTRun *run, HHTState state, HHTFlow flow, TS *new_ts, Vec *solution)
{
  const HHTCase *c = &run->c;
  TS             ts;

  PetscFunctionBeginUser;
  PetscCall(TSCreate(run->comm, &ts));
  *new_ts = ts;
  PetscCall(TSSetProblemType(ts, TS_NONLINEAR));
  PetscCall(TSSetType(ts, TSHHTSPLITTING));
  PetscCall(TSHHTSplittingSetType(ts, c->splitting));
  PetscCall(TSHHTSplittingSetFlow(ts, flow));
  PetscCall(TSSetTimeStep(ts, c->dt));
  PetscCall(TSSetMaxTime(ts, c->max_time));
  PetscCall(TSSetMaxSteps(ts, c->max_steps));
  PetscCall(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  PetscCall(TSSetApplicationContext(ts, run));
  PetscCall(TSSetTolerances(ts, c->atol, NULL, c->rtol, NULL));
  PetscCall(set_adaptor(ts, c));
  PetscCall(set_from_options(ts));
  PetscCall(TSHHTSplittingSetSeen(ts, HHTRunSeen, run));
  PetscCall(set_solution(ts, state, solution));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunCreateTS(HHTRun *run)
{
  const HHTProblem *p = &run->problem;

  PetscFunctionBeginUser;
  PetscCall(TSHHTSplittingRegister());
  PetscCall(HHTRunCreateStepper(run, p->state, p->flow, &run->ts, &run->solution));
  PetscCall(PetscObjectTypeCompare((PetscObject)run->ts, TSHHTSPLITTING, &run->splitting));
  if (run->splitting) PetscCall(TSSetUp(run->ts));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunStart(HHTRun *run)
{
  PetscFunctionBeginUser;
  run->progress = (HHTProgress){.last_seen = -1};
  PetscCall(HHTStateMass(run->problem.state, &run->progress.first.mass));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunDestroy(HHTRun *run)
{
  PetscFunctionBeginUser;
  /* After an error, which is the one to report. */
  (void)HHTDiagnosticsFileClose(&run->csv);
  PetscCall(HHTFolderUnlock(&run->lock));
  PetscCall(HHTCheckpointClose(&run->checkpoint));
  PetscCall(PetscFree(run->parameters));
  PetscCall(HHTSeriesDestroy(&run->series));
  PetscCall(VecDestroy(&run->other_solution));
  PetscCall(VecDestroy(&run->solution));
  PetscCall(TSDestroy(&run->other_ts));
  PetscCall(TSDestroy(&run->ts));
  PetscCall(HHTProblemDestroy(&run->problem));
  PetscFunctionReturn(0);
}
