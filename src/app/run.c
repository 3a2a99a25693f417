/* hht run: a case from its options to its folder. */
#include "error_check.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/watchdog.h>

#define WRITE_SPEED 1e8 /* bytes/s of a rank, before a checkpoint was written */

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

/* Steppers of both solutions, where a checkpoint left them. */
static PetscErrorCode create_steppers(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTRunCreateTS(run));
  PetscCall(HHTRunOtherCreate(run));
  if (run->checkpoint) PetscCall(HHTRestartSetUp(run));
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
  PetscCall(create_steppers(run));
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
