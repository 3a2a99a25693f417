/* hht views: one case as alpha of (HHt), as alpha along characteristics, and as f of (Vl). */
#include "views_impl.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/watchdog.h>

static PetscErrorCode check_flags(const HHTArguments *a)
{
  if (a->check_step) return HHTArgumentsRefuse(a, "--error-check");
  return HHTArgumentsCheckAuto(a);
}

/* All that can be wrong with the input is found in here, before anything is written. */
static PetscErrorCode prepare(HHTViews *views, const HHTArguments *a)
{
  HHTRun *run = &views->run;

  PetscFunctionBeginUser;
  PetscCall(check_flags(a));
  PetscCall(HHTCaseFromOptions(a->file ? a->file : "", &run->c));
  run->c.dry_run = a->dry_run;
  run->kind      = HHT_RUN_OF_VIEWS;
  PetscCall(HHTWatchdogSetLimit(run->c.watchdog_limit));
  PetscCall(HHTViewsCreate(views));
  PetscCall(HHTCaseCheckUnused(run->comm));
  if (run->c.dry_run) PetscFunctionReturn(0);
  PetscCall(HHTRunPrepareFolder(run, a->restart ? PETSC_TRUE : PETSC_FALSE));
  if (run->resumes) PetscCall(HHTViewsLoad(views));
  PetscFunctionReturn(0);
}

static PetscErrorCode banner(const HHTViews *views)
{
  const HHTRun  *run = &views->run;
  const HHTCase *c   = &run->c;
  char           potential[512], memory[32];

  PetscFunctionBeginUser;
  PetscCall(HHTLog(run->comm, "Three views of one case, d = %d, alpha %s\n", c->grid.dim,
                   HHTNumbersAreReal(run->problem.numbers) ? "real (K = 0)" : "complex"));
  PetscCall(HHTLog(run->comm, "  grid        %td x %td points\n", c->grid.n_rows, c->grid.n_cols));
  HHTCaseFormatPotential(c, potential, sizeof potential);
  PetscCall(HHTLog(run->comm, "  potential   %s\n", potential));
  PetscCall(HHTLog(run->comm, "  initial     %s\n", c->initial.type));
  PetscCall(HHTLog(run->comm, "  time        %s, dt %g, max_time %g, recurrence at %.4g; looked at %d times\n",
                   c->splitting, c->dt, c->max_time, HHTRecurrenceTime(c), HHTViewsSamples(views)));
  HHTFormatBytes(run->memory, memory, sizeof memory);
  PetscCall(HHTLog(run->comm, "  memory      %s a rank, the history of the field included\n", memory));
  PetscFunctionReturn(0);
}

static PetscErrorCode look(HHTViews *views, double time)
{
  const int is_new = views->n >= views->finished;

  PetscFunctionBeginUser;
  if (is_new) PetscCall(HHTViewsCompare(views, time, &views->sample[views->n]));
  views->n++;
  PetscCall(HHTViewsLine(views));
  if (is_new) PetscCall(HHTViewsSave(views));
  if (views->n >= views->finished) PetscCall(HHTViewsTable(views));
  PetscFunctionReturn(0);
}

/* Steps are made again only where there is more to look at. */
static PetscErrorCode look_at_all(HHTViews *views)
{
  const int samples = HHTViewsSamples(views);

  PetscFunctionBeginUser;
  for (int i = 0; i < samples; i++) {
    if (i && views->finished < samples) PetscCall(HHTViewsAdvance(views, i));
    PetscCall(look(views, HHTViewsTime(views, i)));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(HHTViews *views)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(banner(views));
  PetscCall(HHTViewsHead(views));
  PetscCall(HHTWatchdogStart(views->run.comm, NULL));
  ierr = look_at_all(views);
  PetscCall(HHTWatchdogStop());
  if (ierr) PetscFunctionReturn(ierr);
  PetscCall(HHTLog(views->run.comm, "  results in %s\n", views->run.c.output_dir));
  PetscFunctionReturn(0);
}

static PetscErrorCode execute(HHTViews *views, const HHTArguments *a)
{
  HHTRun        *run = &views->run;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (run->c.dry_run) {
    PetscCall(banner(views));
    PetscCall(HHTLog(run->comm, "Dry run: nothing was written.\n"));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTRunBeginFolder(run));
  PetscCall(HHTControlStart(run->comm, run->c.output_dir, a->walltime, 0, 0, &run->control));
  ierr = solve(views);
  if (!ierr || HHTErrorExitCode(ierr) == HHT_EXIT_STOPPED) {
    const PetscErrorCode closed = HHTLogClose(run->comm);

    if (closed) ierr = closed;
  }
  PetscFunctionReturn(HHTRunMarkEnd(run, ierr));
}

static PetscErrorCode destroy(HHTViews *views)
{
  PetscFunctionBeginUser;
  (void)HHTLogClose(views->run.comm); /* after an error, which is the one to report */
  PetscCall(HHTViewsDestroy(views));
  PetscCall(HHTRunDestroy(&views->run));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCommandViews(MPI_Comm comm, const HHTArguments *a)
{
  HHTViews      *views;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTControlBegin());
  PetscCall(PetscNew(&views));
  views->run.comm = comm;
  views->run.lock = -1;
  ierr            = prepare(views, a);
  if (!ierr) ierr = execute(views, a);
  if (HHTErrorExitCode(ierr) >= 0) PetscCall(destroy(views));
  PetscCall(PetscFree(views));
  PetscFunctionReturn(ierr);
}
