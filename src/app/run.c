/* hht run: a case from its options to its folder. */
#include "commands.h"
#include "run_impl.h"
#include <hht/error.h>
#include <hht/log.h>

#define MESSAGE_MAX 512

/*
  The solution of PETSc's own integrators is a Vec of its own: they evaluate the right-hand side in the state's buffers.
*/
static PetscErrorCode set_solution(HHTRun *run)
{
  Vec state;

  PetscFunctionBeginUser;
  PetscCall(PetscObjectTypeCompare((PetscObject)run->ts, TSHHTSPLITTING, &run->splitting));
  PetscCall(HHTStateGetVec(run->problem.state, &state));
  if (run->splitting) {
    PetscCall(PetscObjectReference((PetscObject)state));
    run->solution = state;
  } else {
    PetscCall(VecDuplicate(state, &run->solution));
    PetscCall(VecCopy(state, run->solution));
  }
  PetscCall(TSSetSolution(run->ts, run->solution));
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
  if (HHTErrorExitCode(ierr) < 0) ierr = HHTError(HHT_EXIT_USAGE, "a ts_ option is not allowed: %s", text);
  PetscFunctionReturn(ierr);
}

static PetscErrorCode create_ts(HHTRun *run)
{
  const HHTCase *c = &run->c;

  PetscFunctionBeginUser;
  PetscCall(TSHHTSplittingRegister());
  PetscCall(TSCreate(run->comm, &run->ts));
  PetscCall(TSSetProblemType(run->ts, TS_NONLINEAR));
  PetscCall(TSSetType(run->ts, TSHHTSPLITTING));
  PetscCall(TSHHTSplittingSetType(run->ts, c->splitting));
  PetscCall(TSHHTSplittingSetFlow(run->ts, run->problem.flow));
  PetscCall(TSSetTimeStep(run->ts, c->dt));
  PetscCall(TSSetMaxTime(run->ts, c->max_time));
  PetscCall(TSSetMaxSteps(run->ts, c->max_steps));
  PetscCall(TSSetExactFinalTime(run->ts, TS_EXACTFINALTIME_MATCHSTEP));
  PetscCall(set_from_options(run->ts));
  PetscCall(TSHHTSplittingSetSeen(run->ts, HHTRunSeen, run));
  PetscCall(set_solution(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(HHTRun *run)
{
  HHTTransform transform;

  PetscFunctionBeginUser;
  PetscCall(HHTRunBanner(run));
  PetscCall(HHTLog(run->comm, "\n    step      time   done wall/step ns/point      ETA |dM/M| |dE/E| t/Trec\n"));
  PetscCall(TSMonitorSet(run->ts, HHTRunMonitor, run, NULL));
  PetscCall(HHTStateGetTransform(run->problem.state, &transform));
  HHTTransformResetTimes(transform);
  run->last_seen = -1;
  run->start     = MPI_Wtime();
  PetscCall(TSSolve(run->ts, run->solution));
  PetscCall(HHTRunSummary(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnosticsFileClose(&run->csv));
  PetscCall(HHTLogClose(run->comm));
  PetscCall(VecDestroy(&run->solution));
  PetscCall(TSDestroy(&run->ts));
  PetscCall(HHTProblemDestroy(&run->problem));
  PetscFunctionReturn(0);
}

/* All that can be wrong with the input is found in here, before anything is written. */
static PetscErrorCode prepare(HHTRun *run, const HHTArguments *arguments)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCaseFromOptions(arguments->file, &run->c));
  run->c.dry_run = arguments->dry_run;
  if (!run->c.dry_run) PetscCall(HHTRunCheckFolder(run));
  PetscCall(HHTProblemCreate(run->comm, &run->c, &run->problem));
  PetscCall(HHTStateMass(run->problem.state, &run->first.mass));
  PetscCall(create_ts(run));
  PetscCall(HHTCaseCheckUnused(run->comm));
  PetscFunctionReturn(0);
}

static PetscErrorCode execute(HHTRun *run)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (run->c.dry_run) {
    PetscCall(HHTRunDry(run));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTRunOpenFolder(run));
  ierr = solve(run);
  if (!ierr) ierr = HHTDiagnosticsFileClose(&run->csv);
  PetscFunctionReturn(HHTRunMarkEnd(run, ierr));
}

PetscErrorCode HHTCommandRun(MPI_Comm comm, const HHTArguments *arguments)
{
  HHTRun        *run;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&run));
  run->comm = comm;
  ierr      = prepare(run, arguments);
  if (!ierr) ierr = execute(run);
  if (HHTErrorExitCode(ierr) >= 0) PetscCall(destroy(run));
  PetscCall(PetscFree(run));
  PetscFunctionReturn(ierr);
}
