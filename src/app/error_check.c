#include "error_check.h"
#include "options.h"
#include "sample.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/watchdog.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The run that is checked. */
typedef struct {
  const HHTRun *run;
  Vec           alpha; /* at its end */
  FILE         *text;  /* of the report; on every rank */
} Check;

/* ---- the cases ---- */

static HHTCase with_half_step(const HHTCase *c)
{
  HHTCase half = *c;

  half.dt /= 2;
  if (half.max_steps <= PETSC_MAX_INT / 2) half.max_steps *= 2;
  if (half.diagnostics_interval <= PETSC_MAX_INT / 2) half.diagnostics_interval *= 2;
  return half;
}

static PetscErrorCode with_half_spacing(const HHTCase *c, HHTCase *fine)
{
  PetscFunctionBeginUser;
  *fine = *c;
  for (int j = 0; j < c->grid.dim; j++) {
    fine->grid.nx[j] *= 2;
    fine->grid.nv[j] *= 2;
  }
  PetscCall(HHTCaseCheck(fine));
  PetscFunctionReturn(0);
}

static PetscErrorCode refuse(const char *why)
{
  return HHTError(HHT_EXIT_USAGE, "--error-check: it is not allowed with %s", why);
}

/* The problem of the check, the end of the run that is checked, and what compares them. */
static PetscErrorCode check_memory(HHTRun *run, const HHTCase *c, int stride)
{
  const HHTGrid g = HHTCaseStateGrid(&run->c);
  PetscMPIInt   ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &ranks));
  run->memory = HHTCaseMemory(c, run->problem.numbers, ranks) + HHTSampleCompareBytes(&g, stride, ranks);
  PetscCall(HHTCaseCheckMemory(run->comm, c, run->memory, "leave out --error-check, or " HHT_MEMORY_ADVICE));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTErrorCheckPrepare(HHTRun *run, const HHTArguments *a)
{
  HHTCase fine;

  PetscFunctionBeginUser;
  if (!a->check_step) PetscFunctionReturn(0);
  if (a->restart) PetscFunctionReturn(refuse("--restart; it compares whole runs, so leave out one of the two"));
  if (!run->splitting) PetscFunctionReturn(refuse("this ts_type; it must be splitting"));
  if (run->c.compares) PetscFunctionReturn(refuse("a second solution; leave out the compare_ options"));
  if (HHTCaseAdapts(&run->c)) PetscFunctionReturn(refuse("ts_adapt_type basic; it must be none"));
  PetscCall(check_memory(run, &run->c, 1));
  if (!a->check_grid) PetscFunctionReturn(0);
  PetscCall(with_half_spacing(&run->c, &fine));
  PetscCall(check_memory(run, &fine, 2));
  PetscFunctionReturn(0);
}

/* ---- a run without files ---- */

static PetscErrorCode look(HHTRun *run, PetscInt step, PetscReal time)
{
  PetscBool seen;

  PetscFunctionBeginUser;
  PetscCall(HHTRunSeen(run->ts, step, time, &seen, run));
  if (!seen) PetscFunctionReturn(0);
  HHTRunPassSnapshots(run, time);
  PetscCall(HHTProblemDiagnose(&run->problem, time, &run->now));
  PetscCall(HHTSeriesAppend(&run->series, time, &run->now));
  PetscCall(HHTRunCheckNumbers(run, step, time, run->now.mass, run->now.energy));
  PetscFunctionReturn(0);
}

static PetscErrorCode post_step(TS ts)
{
  HHTRun    *run;
  PetscInt   step;
  PetscReal  time;
  HHTRequest request;

  PetscFunctionBeginUser;
  PetscCall(TSGetApplicationContext(ts, &run));
  PetscCall(TSGetStepNumber(ts, &step));
  PetscCall(TSGetTime(ts, &time));
  PetscCall(HHTWatchdogRenew());
  PetscCall(look(run, step, time));
  PetscCall(HHTControlAsk(&run->control, &request));
  PetscCall(HHTControlObeyed(&run->control, request));
  if (request < HHT_STOP) PetscFunctionReturn(0);
  return HHTError(HHT_EXIT_STOPPED, "the error check was stopped (%s); the run itself is complete, and stays in %s",
                  HHTRequestReason(request), run->c.output_dir);
}

/* PETSc's stepper reads its options again, which may name the step of the run. */
static PetscErrorCode set_step_options(const HHTCase *c)
{
  char text[64];

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(text, sizeof text, "%.17g", c->dt));
  PetscCall(PetscOptionsSetValue(NULL, "-ts_dt", text));
  PetscCall(PetscSNPrintf(text, sizeof text, "%" PetscInt_FMT, c->max_steps));
  PetscCall(PetscOptionsSetValue(NULL, "-ts_max_steps", text));
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(HHTRun *run, const HHTArguments *a)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTProblemCreate(run->comm, &run->c, NULL, &run->problem));
  PetscCall(HHTRunStart(run));
  PetscCall(set_step_options(&run->c));
  PetscCall(HHTRunCreateTS(run));
  PetscCall(HHTControlStart(run->comm, run->c.output_dir, a->walltime, 0, 0, &run->control));
  PetscCall(TSSetApplicationContext(run->ts, run));
  PetscCall(TSSetPostStep(run->ts, post_step));
  PetscCall(look(run, 0, 0));
  PetscCall(HHTWatchdogStart(run->comm, NULL));
  ierr = TSSolve(run->ts, run->solution);
  PetscCall(HHTWatchdogStop());
  if (!ierr) PetscCall(HHTFlowFinish(run->problem.flow));
  PetscFunctionReturn(ierr);
}

/* ---- the report ---- */

static PetscErrorCode report_state(Check *check, HHTRun *other, int stride)
{
  const HHTGrid g    = HHTCaseStateGrid(&check->run->c);
  const char   *name = check->run->c.equation == HHT_EQUATION_VLASOV ? "f" : "alpha";
  Vec           alpha;
  HHTDistance   d;

  PetscFunctionBeginUser;
  PetscCall(HHTSampleCreate(other->problem.state, stride, &alpha));
  PetscCall(HHTSampleCompare(check->alpha, alpha, (PetscInt)g.n_cols, g.cell_x * g.cell_v, &d));
  PetscCall(VecDestroy(&alpha));
  fprintf(check->text, "  %-22s %10s %12s\n", "", "difference", "of");
  fprintf(check->text, "  %s %-*s %10.2e %12.5g\n", name, 21 - (int)strlen(name), "at the end, L2", d.difference,
          d.norm);
  fprintf(check->text, "  %s %-*s %10.2e %12.5g\n", name, 21 - (int)strlen(name), "at the end, max",
          d.largest_difference, d.largest);
  PetscFunctionReturn(0);
}

static PetscErrorCode report_series(Check *check, const HHTRun *other)
{
  const HHTCase *c = &check->run->c;
  const char    *names[HHT_COLUMNS_MAX];
  int            n, times = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTDiagnosticsNames(HHTCaseColumns(c), &n, names));
  for (int i = 0; i < n; i++) {
    double difference, largest;

    PetscCall(HHTSeriesCompare(&check->run->series, &other->series, HHTCaseColumns(c), i, 1e-6 * other->c.dt,
                               &difference, &largest, &times));
    fprintf(check->text, "  %-22s %10.2e %12.5g\n", names[i], difference, largest);
  }
  fprintf(check->text, "  (diagnostics: the largest of %d common times)\n", times);
  PetscFunctionReturn(0);
}

/* Richardson: an error C dt^p falls by 2^p. */
static PetscErrorCode report_order(Check *check)
{
  const HHTSplitting *method;
  double              factor;

  PetscFunctionBeginUser;
  PetscCall(HHTSplittingFind(check->run->c.splitting, &method));
  factor = pow(2, method->order);
  fprintf(check->text,
          "  %s has order %d: if steps are short enough for it, the error of this run is\n"
          "  %.3f times the difference, that with half the step %.3f times.\n",
          method->name, method->order, factor / (factor - 1), 1 / (factor - 1));
  PetscFunctionReturn(0);
}

/* Open MPI has malloc() keep what is freed, where the next problem, and what stands beside it, may not find room. */
static PetscErrorCode end_problem(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(VecDestroy(&run->solution));
  PetscCall(TSDestroy(&run->ts));
  PetscCall(HHTProblemDestroy(&run->problem));
  (void)malloc_trim(0);
  PetscFunctionReturn(0);
}

static PetscErrorCode compare(Check *check, const HHTCase *c, int stride, const HHTArguments *a)
{
  HHTRun        *other;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&other));
  other->comm = check->run->comm;
  other->lock = -1;
  other->c    = *c;
  ierr        = solve(other, a);
  if (!ierr) ierr = report_state(check, other, stride);
  if (!ierr) ierr = report_series(check, other);
  if (HHTErrorExitCode(ierr) >= 0) {
    PetscCall(end_problem(other));
    PetscCall(HHTRunDestroy(other));
  }
  PetscCall(PetscFree(other));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode check_step(Check *check, const HHTArguments *a)
{
  const HHTCase half = with_half_step(&check->run->c);

  PetscFunctionBeginUser;
  PetscCall(HHTLog(check->run->comm, "\nError check: the same with half the step, ts_dt %g ..\n", half.dt));
  fprintf(check->text, "Half the step, ts_dt %g instead of %g:\n", half.dt, check->run->c.dt);
  PetscCall(compare(check, &half, 1, a));
  PetscCall(report_order(check));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_grid(Check *check, const HHTArguments *a)
{
  HHTCase fine;

  PetscFunctionBeginUser;
  PetscCall(with_half_spacing(&check->run->c, &fine));
  PetscCall(HHTLog(check->run->comm, "Error check: the same with half the grid spacing, %td x %td points ..\n",
                   fine.grid.n_rows, fine.grid.n_cols));
  fprintf(check->text, "\nHalf the grid spacing in x and v, %td x %td points instead of %td x %td:\n", fine.grid.n_rows,
          fine.grid.n_cols, check->run->c.grid.n_rows, check->run->c.grid.n_cols);
  PetscCall(compare(check, &fine, 2, a));
  fprintf(check->text, "  The finer grid's own error is much smaller where the grid resolves the\n"
                       "  solution: the difference is then the error of this run's grid.\n");
  PetscFunctionReturn(0);
}

static PetscErrorCode write_report(const HHTRun *run, const char *text)
{
  char path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  PetscCall(HHTLog(run->comm, "\n%s", text));
  PetscCall(PetscSNPrintf(path, sizeof path, "%s/error_check.txt", run->c.output_dir));
  PetscCall(HHTWriteText(run->comm, path, text));
  PetscFunctionReturn(0);
}

/* Memory for two problems at a time is not asked for. */
static PetscErrorCode keep_state(HHTRun *run, Vec *alpha)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowFinish(run->problem.flow));
  PetscCall(HHTSampleCreate(run->problem.state, 1, alpha));
  PetscCall(end_problem(run));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTErrorCheck(HHTRun *run, const HHTArguments *a)
{
  Check          check = {.run = run};
  char          *text  = NULL;
  size_t         length;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(keep_state(run, &check.alpha));
  check.text = open_memstream(&text, &length);
  PetscCheck(check.text, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for the report");
  ierr = check_step(&check, a);
  if (!ierr && a->check_grid) ierr = check_grid(&check, a);
  fclose(check.text);
  if (!ierr) ierr = write_report(run, text);
  free(text);
  if (HHTErrorExitCode(ierr) >= 0) PetscCall(VecDestroy(&check.alpha));
  PetscFunctionReturn(ierr);
}
