/* When checkpoints are written, and how a run stops early. */
#include "run_impl.h"
#include <hht/error.h>
#include <hht/log.h>
#include <math.h>

static PetscBool due_by_steps(const HHTRun *run, PetscInt step)
{
  const PetscInt interval = run->c.checkpoint_interval;

  return interval > 0 && step % interval == 0 ? PETSC_TRUE : PETSC_FALSE;
}

/* Whether a multiple of the interval lies between the last step and this one. */
static PetscBool due_by_time(const HHTRun *run, PetscReal time)
{
  const double interval = run->c.checkpoint_time_interval, slack = 1e-9 * run->c.dt;

  if (interval <= 0) return PETSC_FALSE;
  return floor((time + slack) / interval) > floor((run->last_time + slack) / interval) ? PETSC_TRUE : PETSC_FALSE;
}

static PetscBool is_on(const HHTCase *c)
{
  return c->checkpoint_interval > 0 || c->checkpoint_time_interval > 0 || c->checkpoint_wall_interval > 0 ? PETSC_TRUE
                                                                                                          : PETSC_FALSE;
}

static PetscBool is_due(const HHTRun *run, PetscInt step, PetscReal time)
{
  if (HHTRunIsLast(run, step, time)) return run->c.checkpoint_final && is_on(&run->c) ? PETSC_TRUE : PETSC_FALSE;
  return due_by_time(run, time) || due_by_steps(run, step) ? PETSC_TRUE : PETSC_FALSE;
}

/* A state that is no good is not worth a checkpoint, least of all one that a good one gives way to. */
static PetscErrorCode check_state(HHTRun *run, PetscInt step, PetscReal time)
{
  const HHTGrid   g = HHTCaseStateGrid(&run->c);
  HHTFlowProgress flow;
  double          mass = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetProgress(run->problem.flow, &flow));
  if (flow.rho_known)
    for (ptrdiff_t i = 0; i < g.n_rows; i++) mass += flow.rho[i] * g.cell_x;
  else
    PetscCall(HHTStateMass(run->problem.state, &mass));
  PetscCall(HHTRunCheckNumbers(run, step, time, mass, 0));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_checkpoint(HHTRun *run, PetscInt step, PetscReal time, HHTRequest request)
{
  HHTProgress *p     = &run->progress;
  double       start = MPI_Wtime(), seconds, bytes;

  PetscFunctionBeginUser;
  PetscCall(HHTRunTakeSolution(run));
  PetscCall(check_state(run, step, time));
  /* The lines up to here belong to it. */
  PetscCall(HHTDiagnosticsFileSync(run->csv));
  p->step     = step;
  p->time     = time;
  p->dt       = run->c.dt;
  p->max_time = run->c.max_time;
  PetscCall(TSGetTimeStep(run->ts, &p->time_step));
  PetscCall(
      HHTCheckpointWrite(run->problem.flow, run->problem.other_flow, run->c.output_dir, p, run->parameters, &bytes));
  PetscCall(HHTCheckpointsPrune(run->comm, run->c.output_dir, run->c.checkpoint_keep));
  seconds = MPI_Wtime() - start;
  PetscCall(HHTControlSaved(&run->control, seconds));
  PetscCall(HHTLog(run->comm, "checkpoint at step %" PetscInt_FMT ", time %g (%s): %.3g MB in %.2g s, %.3g MB/s\n",
                   step, time, HHTRequestReason(request), bytes / 1e6, seconds, bytes / 1e6 / seconds));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunSave(HHTRun *run, PetscInt step, PetscReal time)
{
  HHTRequest request;
  double     start = MPI_Wtime();
  PetscBool  due;

  PetscFunctionBeginUser;
  PetscCall(HHTControlAsk(&run->control, &request));
  due            = is_due(run, step, time);
  run->last_time = time;
  if (!due && request == HHT_GO_ON) PetscFunctionReturn(0);
  PetscCall(write_checkpoint(run, step, time, request));
  PetscCall(HHTControlObeyed(&run->control, request));
  run->output_seconds += MPI_Wtime() - start;
  if (request < HHT_STOP || HHTRunIsLast(run, step, time)) PetscFunctionReturn(0);
  run->stopped_by = request;
  PetscCall(TSSetConvergedReason(run->ts, TS_CONVERGED_USER));
  PetscFunctionReturn(0);
}
