/* hht meanfield: the mean field, and a ladder of N particles beside it. */
#include "meanfield_impl.h"
#include "options.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/watchdog.h>
#include <math.h>

/* ---- before anything is written ---- */

static PetscErrorCode check_flags(const HHTArguments *a)
{
  if (a->check_step) return HHTArgumentsRefuse(a, "--error-check");
  return HHTArgumentsCheckAuto(a);
}

static PetscErrorCode prepare_folder(HHTLadder *l, const HHTArguments *a)
{
  PetscFunctionBeginUser;
  if (l->run.c.dry_run) PetscFunctionReturn(0);
  PetscCall(HHTRunPrepareFolder(&l->run, a->restart ? PETSC_TRUE : PETSC_FALSE));
  if (l->run.resumes) PetscCall(HHTLadderLoad(l));
  PetscFunctionReturn(0);
}

static PetscErrorCode prepare(HHTLadder *l, const HHTArguments *a)
{
  HHTRun *run = &l->run;

  PetscFunctionBeginUser;
  PetscCall(check_flags(a));
  run->kind = HHT_RUN_OF_MEANFIELD;
  PetscCall(HHTCaseFromOptions(a->file ? a->file : "", &run->c));
  run->c.dry_run = a->dry_run;
  PetscCall(HHTWatchdogSetLimit(run->c.watchdog_limit));
  PetscCall(HHTLadderCreate(l));
  PetscCall(HHTCaseCheckUnused(run->comm));
  PetscCall(prepare_folder(l, a));
  PetscFunctionReturn(0);
}

/* ---- the ladder ---- */

static PetscErrorCode banner(HHTLadder *l)
{
  const HHTCase *c = &l->run.c;
  char           potential[512], memory[32];

  PetscFunctionBeginUser;
  PetscCall(HHTLog(l->run.comm, "N particles and their mean field, d = %d\n", c->grid.dim));
  HHTCaseFormatPotential(c, potential, sizeof potential);
  PetscCall(HHTLog(l->run.comm, "  potential   %s\n", potential));
  PetscCall(HHTLog(l->run.comm, "  initial     %s, mass %g\n", c->initial.type, l->setup.mass));
  PetscCall(HHTLog(l->run.comm, "  time        %g in %" PetscInt_FMT " steps of %s\n", c->max_time, l->setup.steps,
                   c->splitting));
  PetscCall(HHTLog(l->run.comm,
                   "  particles   %s; %" PetscInt_FMT " samples up to %" PetscInt_FMT ", seed %" PetscInt_FMT "\n",
                   c->meanfield_particles, c->meanfield_samples, c->meanfield_counted, c->meanfield_seed));
  PetscCall(HHTLog(l->run.comm, "  beta_N      lambda %g\n", c->meanfield_lambda));
  HHTFormatBytes(l->run.memory, memory, sizeof memory);
  PetscCall(HHTLog(l->run.comm, "  memory      %s a rank, the history of the field included\n", memory));
  PetscFunctionReturn(0);
}

static PetscBool is_finished(const HHTLadder *l, const HHTRung *r)
{
  return r->moved && r->batches >= HHTLadderBatches(l, r) ? PETSC_TRUE : PETSC_FALSE;
}

/* The next part of a rung, and on disk. */
static PetscErrorCode advance(HHTLadder *l, HHTRung *r)
{
  PetscFunctionBeginUser;
  if (r->moved)
    PetscCall(HHTLadderSample(l, r));
  else
    PetscCall(HHTLadderMove(l, r));
  PetscCall(HHTLadderSave(l));
  PetscCall(HHTWatchdogRenew());
  PetscFunctionReturn(0);
}

static PetscErrorCode stop_if_asked(HHTLadder *l)
{
  HHTRun    *run = &l->run;
  HHTRequest request;

  PetscFunctionBeginUser;
  PetscCall(HHTControlAsk(&run->control, &request));
  PetscCall(HHTControlObeyed(&run->control, request));
  if (request < HHT_STOP) PetscFunctionReturn(0);
  return HHTError(HHT_EXIT_STOPPED, "stopped (%s); go on with: hht meanfield %s --restart auto",
                  HHTRequestReason(request), run->c.file);
}

static PetscErrorCode climb(HHTLadder *l)
{
  PetscFunctionBeginUser;
  for (int i = 0; i < l->n_rungs; i++) {
    HHTRung *r = &l->rung[i];

    while (!is_finished(l, r)) {
      PetscCall(advance(l, r));
      PetscCall(stop_if_asked(l));
    }
    PetscCall(HHTLadderLine(l, r));
    PetscCall(HHTLadderTable(l));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(HHTLadder *l)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(banner(l));
  PetscCall(HHTLadderSave(l));
  PetscCall(HHTWatchdogStart(l->run.comm, NULL));
  ierr = HHTLadderSolveMeanField(l);
  if (!ierr) ierr = HHTLadderHead(l);
  if (!ierr) ierr = climb(l);
  PetscCall(HHTWatchdogStop());
  if (ierr) PetscFunctionReturn(ierr);
  PetscCall(HHTLadderRates(l));
  PetscCall(HHTLog(l->run.comm, "  results in %s\n", l->run.c.output_dir));
  PetscFunctionReturn(0);
}

/* ---- --dry-run ---- */

/* Seconds of the samples of one N, from one sample on each rank. */
static PetscErrorCode time_samples(HHTLadder *l, ptrdiff_t n, double *seconds)
{
  HHTEstimate unused[HHT_ESTIMATES];
  double      start = MPI_Wtime();
  int         size;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(l->run.comm, &size));
  PetscCall(HHTMonteCarloSample(l->run.comm, &l->setup, n, HHTLadderWeights(l, n), 0, size, unused));
  *seconds = (MPI_Wtime() - start) * (double)l->run.c.meanfield_samples / size;
  PetscFunctionReturn(0);
}

static PetscErrorCode dry_run(HHTLadder *l)
{
  double total = 0;

  PetscFunctionBeginUser;
  PetscCall(banner(l));
  PetscCall(HHTLadderSolveMeanField(l));
  for (int i = 0; i < l->n_rungs; i++) {
    double seconds;

    if (l->rung[i].n > l->run.c.meanfield_counted) continue;
    PetscCall(time_samples(l, l->rung[i].n, &seconds));
    PetscCall(HHTLog(l->run.comm, "  N = %-7td %.3g s of samples\n", l->rung[i].n, seconds));
    total += seconds;
  }
  PetscCall(HHTLog(l->run.comm, "  in all      %.3g s of samples, trajectories not counted\n", total));
  PetscCall(HHTLog(l->run.comm, "Dry run: nothing was written.\n"));
  PetscFunctionReturn(0);
}

/* ---- the command ---- */

static PetscErrorCode execute(HHTLadder *l, const HHTArguments *a)
{
  HHTRun        *run = &l->run;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (run->c.dry_run) PetscFunctionReturn(dry_run(l));
  PetscCall(HHTRunBeginFolder(run));
  PetscCall(HHTControlStart(run->comm, run->c.output_dir, a->walltime, 0, 0, &run->control));
  ierr = solve(l);
  if (!ierr || HHTErrorExitCode(ierr) == HHT_EXIT_STOPPED) {
    const PetscErrorCode closed = HHTLogClose(run->comm);

    if (closed) ierr = closed;
  }
  PetscFunctionReturn(HHTRunMarkEnd(run, ierr));
}

static PetscErrorCode destroy(HHTLadder *l)
{
  PetscFunctionBeginUser;
  (void)HHTLogClose(l->run.comm); /* after an error, which is the one to report */
  PetscCall(HHTLadderDestroy(l));
  PetscCall(HHTRunDestroy(&l->run));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCommandMeanField(MPI_Comm comm, const HHTArguments *a)
{
  HHTLadder     *l;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTControlBegin());
  PetscCall(PetscNew(&l));
  l->run.comm = comm;
  l->run.lock = -1;
  ierr        = prepare(l, a);
  if (!ierr) ierr = execute(l, a);
  if (HHTErrorExitCode(ierr) >= 0) PetscCall(destroy(l));
  PetscCall(PetscFree(l));
  PetscFunctionReturn(ierr);
}
