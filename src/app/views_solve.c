/* The two equations of a case side by side. */
#include "options.h"
#include "views_impl.h"
#include <hht/error.h>
#include <hht/sum.h>
#include <hht/watchdog.h>
#include <math.h>
#include <string.h>

#define SAMPLES_MAX 1e6 /* times at which the views are compared */

/* What hht run allows and three views do not have. */
static PetscErrorCode check_case(const HHTCase *c)
{
  if (c->equation == HHT_EQUATION_NBODY)
    return HHTError(HHT_EXIT_USAGE, "equation_type: nbody is not allowed with hht views; it must be hht or vlasov");
  if (c->snapshot_interval > 0 && c->max_time / c->snapshot_interval > SAMPLES_MAX)
    return HHTError(HHT_EXIT_USAGE, "output_snapshot_interval: %g is not allowed with hht views; it must be 0 or >= %g",
                    c->snapshot_interval, c->max_time / SAMPLES_MAX);
  return HHTCaseCheckOwnSteps(c, "hht views");
}

/* The integral of |alpha|^2 over the grid, of which this rank has its rows. */
static PetscErrorCode integrate(HHTViews *views, ptrdiff_t first, ptrdiff_t count, double *mass)
{
  const HHTGrid  *g = &views->run.c.grid;
  double complex *row;
  HHTSum          sum;
  PetscErrorCode  ierr = 0;

  PetscFunctionBeginUser;
  HHTSumClear(&sum);
  PetscCall(PetscMalloc1((size_t)g->n_cols, &row));
  for (ptrdiff_t r = first; r < first + count && !ierr; r++) {
    double total = 0;

    ierr = HHTInitialFillDistributionRow(views->initial, r, row);
    for (ptrdiff_t i = 0; i < g->n_cols; i++) total += creal(row[i]);
    HHTSumAdd(&sum, total * g->cell_x * g->cell_v);
  }
  PetscCall(PetscFree(row));
  PetscCall(HHTAgree(views->run.comm, ierr));
  HHTCallErrno(HHTSumAllreduce(views->run.comm, &sum, 1));
  *mass = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}

/* A characteristic may lead a rank to any row. */
static PetscErrorCode create_initial(HHTViews *views)
{
  const HHTRun *run = &views->run;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialCreate(run->comm, &run->c.grid, &run->c.initial, 0, run->c.grid.n_rows, &views->initial));
  PetscFunctionReturn(0);
}

/* Data from a file may keep their own mass. */
static PetscErrorCode prepare_initial(HHTViews *views)
{
  const HHTRun *run = &views->run;
  ptrdiff_t     first, count;
  double        own = 0, mass;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialPreparePoints(run->comm, views->initial));
  PetscCall(HHTInitialMass(views->initial, &mass));
  HHTTransformShare(run->comm, run->c.grid.n_rows, &first, &count);
  PetscCall(integrate(views, first, count, &own));
  views->scale = isnan(mass) ? 1 : sqrt(mass / own);
  PetscFunctionReturn(0);
}

static PetscInt steps_in(const HHTViews *views, double time)
{
  return (PetscInt)ceil(time / views->run.c.dt * (1 - 1e-12));
}

/* Two problems, the history of the field of one, and data between the points of the grid. */
static PetscErrorCode check_memory(HHTViews *views, const HHTCase *vlasov)
{
  HHTRun          *run   = &views->run;
  const HHTNumbers f     = HHTNumbersOf(1, run->c.precision);
  const int        looks = HHTViewsSamples(views);
  PetscBool        real;
  HHTNumbers       alpha;
  PetscMPIInt      ranks;
  double           steps = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &ranks));
  PetscCall(HHTInitialIsReal(views->initial, &real));
  alpha = HHTNumbersOf(real && run->c.numbers != HHT_NUMBERS_COMPLEX, run->c.precision);
  for (int i = 1; i < looks; i++) steps += (double)steps_in(views, HHTViewsTime(views, i) - HHTViewsTime(views, i - 1));
  run->memory = HHTCaseMemory(&run->c, alpha, ranks) + HHTCaseMemory(vlasov, f, ranks) +
                HHTCaseHistoryMemory(&run->c, alpha, steps, looks) + HHTInitialPointsBytes(views->initial);
  PetscCall(HHTCaseCheckMemory(run->comm, &run->c, run->memory, HHT_HISTORY_ADVICE));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTViewsCreate(HHTViews *views)
{
  HHTRun  *run = &views->run;
  HHTCase *c   = &run->c, vlasov;

  PetscFunctionBeginUser;
  PetscCall(check_case(c));
  PetscCall(create_initial(views));
  vlasov           = *c;
  vlasov.numbers   = HHT_NUMBERS_AUTO;
  vlasov.equation  = HHT_EQUATION_VLASOV;
  run->c.equation  = HHT_EQUATION_HHT;
  views->splitting = NULL;
  PetscCall(check_memory(views, &vlasov));
  PetscCall(HHTProblemCreate(run->comm, c, NULL, &run->problem));
  PetscCall(HHTProblemCreate(run->comm, &vlasov, NULL, &views->vlasov));
  PetscCall(prepare_initial(views));
  PetscCall(HHTCharacteristicsCreate(&c->grid, run->problem.potential, &views->history));
  PetscCall(HHTCharacteristicsRecord(views->history, run->problem.flow));
  PetscCall(HHTSplittingFind(c->splitting, &views->splitting));
  PetscCall(PetscMalloc1((size_t)HHTViewsSamples(views), &views->sample));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTViewsDestroy(HHTViews *views)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(views->sample));
  PetscCall(HHTCharacteristicsDestroy(&views->history));
  PetscCall(HHTProblemDestroy(&views->vlasov));
  PetscCall(HHTInitialDestroy(&views->initial));
  PetscFunctionReturn(0);
}

int HHTViewsSamples(const HHTViews *views)
{
  const HHTCase *c = &views->run.c;

  return 1 + (c->snapshot_interval > 0 ? (int)ceil(c->max_time / c->snapshot_interval * (1 - 1e-12)) : 1);
}

double HHTViewsTime(const HHTViews *views, int i)
{
  const HHTCase *c = &views->run.c;

  return i == HHTViewsSamples(views) - 1 ? c->max_time : i * c->snapshot_interval;
}

/* What is saved then are the samples: there is nothing to add. */
static PetscErrorCode stop_if_asked(HHTViews *views, double time)
{
  HHTRun    *run = &views->run;
  HHTRequest request;

  PetscFunctionBeginUser;
  PetscCall(HHTControlAsk(&run->control, &request));
  PetscCall(HHTControlObeyed(&run->control, request));
  if (request < HHT_STOP) PetscFunctionReturn(0);
  return HHTError(
      HHT_EXIT_STOPPED,
      "stopped at time %g (%s); views.csv is kept up to time %g, the steps are not; go on with: hht views %s "
      "--restart auto",
      time, HHTRequestReason(request), views->sample[PetscMax(views->n, views->finished) - 1].time, run->c.file);
}

PetscErrorCode HHTViewsAdvance(HHTViews *views, int i)
{
  const HHTFlow  flow[] = {views->run.problem.flow, views->vlasov.flow};
  const double   from = HHTViewsTime(views, i - 1), time = HHTViewsTime(views, i) - from;
  const PetscInt steps = steps_in(views, time);
  const double   dt    = time / (double)steps;

  PetscFunctionBeginUser;
  for (PetscInt step = 1; step <= steps; step++) {
    for (int k = 0; k < 2; k++) PetscCall(HHTSplittingAdvance(views->splitting, flow[k], 1, dt));
    PetscCall(HHTWatchdogRenew());
    PetscCall(stop_if_asked(views, from + (double)step * dt));
  }
  for (int k = 0; k < 2; k++) PetscCall(HHTFlowFinish(flow[k]));
  PetscFunctionReturn(0);
}
