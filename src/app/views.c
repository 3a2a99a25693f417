/* hht views: one case as alpha of (HHt), as alpha along characteristics, and as f of (Vl). */
#include "views_impl.h"
#include <hht/error.h>
#include <hht/log.h>

static PetscErrorCode check_flags(const HHTArguments *a)
{
  if (a->restart) return HHTArgumentsRefuse(a, "--restart");
  if (a->check_step) return HHTArgumentsRefuse(a, "--error-check");
  if (a->walltime > 0) return HHTArgumentsRefuse(a, "--walltime");
  return 0;
}

/* All that can be wrong with the input is found in here, before anything is written. */
static PetscErrorCode prepare(HHTViews *views, const HHTArguments *a)
{
  HHTRun *run = &views->run;

  PetscFunctionBeginUser;
  PetscCall(check_flags(a));
  PetscCall(HHTCaseFromOptions(a->file ? a->file : "", &run->c));
  run->c.dry_run = a->dry_run;
  run->replaces  = run->c.overwrite;
  run->kind      = HHT_RUN_OF_VIEWS;
  PetscCall(HHTViewsCreate(views));
  PetscCall(HHTCaseCheckUnused(run->comm));
  if (run->c.dry_run) PetscFunctionReturn(0);
  if (run->c.overwrite) PetscCall(HHTRunLockFolder(run));
  PetscCall(HHTRunCheckFolder(run));
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
  PetscFunctionBeginUser;
  PetscCall(HHTViewsCompare(views, time, &views->sample[views->n++]));
  PetscCall(HHTViewsLine(views));
  PetscCall(HHTViewsTable(views));
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(HHTViews *views)
{
  PetscFunctionBeginUser;
  PetscCall(banner(views));
  PetscCall(HHTViewsHead(views));
  PetscCall(look(views, 0));
  for (int i = 1; i < HHTViewsSamples(views); i++) {
    const double time = HHTViewsTime(views, i);

    PetscCall(HHTViewsAdvance(views, time - HHTViewsTime(views, i - 1)));
    PetscCall(look(views, time));
  }
  PetscCall(HHTLog(views->run.comm, "  results in %s\n", views->run.c.output_dir));
  PetscFunctionReturn(0);
}

static PetscErrorCode execute(HHTViews *views)
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
  ierr = solve(views);
  if (!ierr) ierr = HHTLogClose(run->comm);
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
  PetscCall(PetscNew(&views));
  views->run.comm = comm;
  views->run.lock = -1;
  ierr            = prepare(views, a);
  if (!ierr) ierr = execute(views);
  if (HHTErrorExitCode(ierr) >= 0) PetscCall(destroy(views));
  PetscCall(PetscFree(views));
  PetscFunctionReturn(ierr);
}
