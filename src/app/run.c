/* hht run: a case from its options to its folder. */
#include "error_check.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/watchdog.h>

#define MESSAGE_MAX 512
#define WRITE_SPEED 1e8 /* bytes/s of a rank, before a checkpoint was written */

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
  PetscCall(HHTRunOtherCreate(run));
  if (run->splitting) PetscCall(TSSetUp(run->ts));
  if (run->checkpoint) PetscCall(HHTRestartSetUp(run));
  PetscFunctionReturn(0);
}

/* After each step. Monitors of TS would see it only when the next one, or the end, is decided on. */
static PetscErrorCode post_step(TS ts)
{
  HHTRun   *run;
  PetscInt  step;
  PetscReal time;
  double    now = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(TSGetApplicationContext(ts, &run));
  PetscCall(TSGetStepNumber(ts, &step));
  PetscCall(TSGetTime(ts, &time));
  run->progress.wall_time += now - run->last_step;
  run->last_step = now;
  PetscCall(HHTWatchdogRenew());
  PetscCall(HHTRunOtherStep(run));
  PetscCall(HHTRunLook(run, step, time));
  PetscCall(HHTRunSave(run, step, time));
  PetscCall(HHTWatchdogRenew());
  PetscFunctionReturn(0);
}

static PetscErrorCode step_to_end(HHTRun *run)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  run->last_time = run->progress.time;
  PetscCall(TSSetPostStep(run->ts, post_step));
  PetscCall(HHTRunLook(run, run->progress.step, run->progress.time));
  PetscCall(HHTWatchdogStart(run->comm, NULL));
  ierr = TSSolve(run->ts, run->solution);
  PetscCall(HHTWatchdogStop());
  PetscFunctionReturn(ierr);
}

static PetscErrorCode stopped(const HHTRun *run)
{
  if (run->stopped_by < HHT_STOP) return 0;
  return HHTError(HHT_EXIT_STOPPED,
                  "stopped at step %" PetscInt_FMT ", time %g (%s) with a checkpoint; go on with: hht run --restart %s",
                  run->progress.step, run->progress.time, HHTRequestReason(run->stopped_by), run->c.output_dir);
}

static PetscErrorCode solve(HHTRun *run)
{
  HHTTransform transform;

  PetscFunctionBeginUser;
  PetscCall(HHTRunBanner(run));
  PetscCall(HHTLog(run->comm, "\n    step      time   done wall/step ns/point      ETA |dM/M| |dE/E| t/Trec\n"));
  PetscCall(HHTStateGetTransform(run->problem.state, &transform));
  HHTTransformResetTimes(transform);
  run->start = run->last_step = MPI_Wtime();
  PetscCall(step_to_end(run));
  PetscCall(HHTRunSummary(run));
  PetscFunctionReturn(stopped(run));
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

PetscErrorCode HHTRunStart(HHTRun *run)
{
  PetscFunctionBeginUser;
  run->progress = (HHTProgress){.last_seen = -1};
  PetscCall(HHTStateMass(run->problem.state, &run->progress.first.mass));
  PetscFunctionReturn(0);
}

/* All that can be wrong with the input is found in here, before anything is written. */
static PetscErrorCode prepare(HHTRun *run, const HHTArguments *arguments, PetscBool *complete)
{
  PetscFunctionBeginUser;
  PetscCall(HHTRestartReadParameters(run, arguments));
  PetscCall(HHTCaseFromOptions(arguments->file ? arguments->file : "", &run->c));
  run->c.dry_run = arguments->dry_run;
  PetscCall(HHTWatchdogSetLimit(run->c.watchdog_limit));
  if (!run->c.dry_run && (arguments->restart || run->c.overwrite)) PetscCall(HHTRunLockFolder(run));
  if (!run->c.dry_run) PetscCall(HHTRunCheckOwner(run));
  PetscCall(HHTRestartFind(run, arguments));
  PetscCall(HHTRestartIsComplete(run, arguments, complete));
  if (*complete) PetscFunctionReturn(0);
  run->replaces = !run->resumes && (run->c.overwrite || (arguments->restart && !run->checkpoint)) ? PETSC_TRUE
                                                                                                  : PETSC_FALSE;
  if (!run->c.dry_run) PetscCall(HHTRunCheckFolder(run));
  PetscCall(HHTProblemCreate(run->comm, &run->c, run->checkpoint, &run->problem));
  PetscCall(HHTRunStart(run));
  PetscCall(HHTRunCreateTS(run));
  PetscCall(HHTCaseCheckUnused(run->comm));
  PetscCall(HHTRunCountMemory(run));
  PetscCall(HHTErrorCheckPrepare(run, arguments));
  run->keeps_series = arguments->check_step;
  PetscFunctionReturn(0);
}

static PetscErrorCode start_control(HHTRun *run, const HHTArguments *arguments)
{
  const HHTGrid grid  = HHTCaseStateGrid(&run->c);
  const double  bytes = (run->c.compares ? 2 : 1) * HHTCheckpointBytes(&grid, run->problem.numbers);
  PetscMPIInt   ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &ranks));
  PetscCall(HHTControlStart(run->comm, run->c.output_dir, arguments->walltime, 60 * run->c.checkpoint_wall_interval,
                            bytes / ranks / WRITE_SPEED, &run->control));
  PetscFunctionReturn(0);
}

/* Lines that did not reach the disk are no good end. */
static PetscErrorCode close_files(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnosticsFileClose(&run->csv));
  PetscCall(HHTLogClose(run->comm));
  PetscFunctionReturn(0);
}

/* Of a run that is complete, in its log. */
static PetscErrorCode check_error(HHTRun *run, const HHTArguments *arguments)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (!arguments->check_step) PetscFunctionReturn(0);
  PetscCall(HHTRunOpenLog(run));
  ierr = HHTErrorCheck(run, arguments);
  if (!ierr) PetscCall(HHTLogClose(run->comm));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode execute(HHTRun *run, const HHTArguments *arguments)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (run->c.dry_run) {
    PetscCall(HHTRunDry(run));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTRunOpenFolder(run));
  PetscCall(start_control(run, arguments));
  ierr = solve(run);
  if (!ierr || HHTErrorExitCode(ierr) == HHT_EXIT_STOPPED) {
    const PetscErrorCode closed = close_files(run);

    if (closed) ierr = closed;
  }
  ierr = HHTRunMarkEnd(run, ierr);
  if (!ierr) ierr = check_error(run, arguments);
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTCommandRun(MPI_Comm comm, const HHTArguments *arguments)
{
  HHTRun        *run;
  PetscErrorCode ierr;
  PetscBool      complete = PETSC_FALSE;

  PetscFunctionBeginUser;
  PetscCall(HHTControlBegin());
  PetscCall(PetscNew(&run));
  run->comm = comm;
  run->lock = -1;
  ierr      = prepare(run, arguments, &complete);
  if (!ierr && !complete) ierr = execute(run, arguments);
  if (HHTErrorExitCode(ierr) >= 0) {
    (void)HHTLogClose(comm);
    PetscCall(HHTRunDestroy(run));
  }
  PetscCall(PetscFree(run));
  PetscFunctionReturn(ierr);
}
