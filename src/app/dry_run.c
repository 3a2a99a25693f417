/* hht run --dry-run: what the run would need. */
#include "run_impl.h"
#include <hht/log.h>
#include <math.h>

#define TIMED_STEPS 3

/* Seconds for one step on this grid: the median would need more steps, the smallest is what a quiet machine does. */
static PetscErrorCode time_step(HHTRun *run, double *seconds)
{
  PetscFunctionBeginUser;
  *seconds = INFINITY;
  PetscCall(TSSetMaxSteps(run->ts, 1));
  for (int i = 0; i < TIMED_STEPS; i++) {
    double start = MPI_Wtime();

    PetscCall(TSSetStepNumber(run->ts, 0));
    PetscCall(TSSetTime(run->ts, 0));
    PetscCall(TSSetTimeStep(run->ts, run->c.dt));
    PetscCall(TSSolve(run->ts, run->solution));
    *seconds = fmin(*seconds, MPI_Wtime() - start);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, seconds, 1, MPI_DOUBLE, MPI_MAX, run->comm));
  PetscFunctionReturn(0);
}

/* f, alpha and alpha_hat, or f and f_hat, for d = 1; planes for d > 1; density, potential, current with alpha, and force for all. */
static double snapshot_bytes(const HHTCase *c)
{
  const HHTGrid g     = HHTCaseStateGrid(c);
  const int     alpha = c->equation != HHT_EQUATION_VLASOV;
  double        bytes = 8 * (2 + (1 + alpha) * g.dim) * (double)g.n_rows;

  if (g.dim == 1) return bytes + (8 + 16 + 16 * alpha) * HHTRunPoints(c);
  for (int j = 0; j < g.dim; j++) bytes += 2 * 8 * (double)(g.nx[j] * g.nv[j]);
  return bytes;
}

PetscErrorCode HHTRunDry(HHTRun *run)
{
  const HHTCase *c         = &run->c;
  const int      solutions = c->compares ? 2 : 1;
  const HHTGrid  grid      = HHTCaseStateGrid(c);
  double         steps = fmin(ceil(c->max_time / c->dt * (1 - 1e-12)), (double)c->max_steps), seconds = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTRunBanner(run));
  if (c->max_time > 0) PetscCall(time_step(run, &seconds));
  seconds *= solutions;
  if (HHTCaseAdapts(c))
    PetscCall(
        HHTLog(run->comm, "  steps       as many as their errors ask for, %.3g s each without diagnostics\n", seconds));
  else
    PetscCall(HHTLog(run->comm, "  steps       %.0f, %.3g s each without diagnostics: %.3g s in all\n", steps, seconds,
                     steps * seconds));
  PetscCall(HHTLog(run->comm, "  snapshot    %.3g MB each\n", snapshot_bytes(c) / 1e6));
  PetscCall(HHTLog(run->comm, "  checkpoint  %.3g MB each; %" PetscInt_FMT " are kept\n",
                   solutions * HHTCheckpointBytes(&grid, run->problem.numbers) / 1e6, c->checkpoint_keep));
  PetscCall(HHTLog(run->comm, "Dry run: nothing was written.\n"));
  PetscFunctionReturn(0);
}
