/* What happens on the steps that somebody looks at: diagnostics, snapshots, the table's line, warnings. */
#include "run_impl.h"
#include <hht/error.h>
#include <hht/log.h>
#include <math.h>
#include <stdio.h>

#define LINE_SECONDS 2 /* between two lines of the table */

/* Relative loss of mass at which the numbers count as invalid: splittings keep it to round-off, others to their own accuracy. */
static const double splitting_limit[] = {[HHT_DOUBLE] = 1e-6, [HHT_SINGLE] = 1e-5};
static const double other_limit       = 0.1;

/* What round-off may take a norm above its bound, relative to it and to the L2 norm. */
static const double bound_slack[] = {[HHT_DOUBLE] = 1e-9, [HHT_SINGLE] = 1e-4};

enum {
  WARN_XI_EDGE    = 1,
  WARN_V_EDGE     = 2,
  WARN_ENERGY     = 4,
  WARN_RECURRENCE = 8,
  WARN_M1         = 16,
  WARN_D2         = 32,
  WARN_DISTANCE   = 64,
  WARN_K_EDGE     = 128,
  WARN_DZ1        = 256,
  WARN_D2Z1Z2     = 512
};

PetscBool HHTRunIsLast(const HHTRun *run, PetscInt step, PetscReal time)
{
  return step >= run->c.max_steps || time >= run->c.max_time * (1 - 1e-14) ? PETSC_TRUE : PETSC_FALSE;
}

static PetscBool snapshot_due(const HHTRun *run, PetscInt step, PetscReal time)
{
  const double interval = run->c.snapshot_interval;

  if (step == 0 || HHTRunIsLast(run, step, time)) return PETSC_TRUE;
  return interval > 0 && time >= (double)run->progress.next_snapshot * interval - 1e-9 * run->c.dt ? PETSC_TRUE
                                                                                                   : PETSC_FALSE;
}

static PetscBool diagnostics_due(const HHTRun *run, PetscInt step, PetscReal time)
{
  const PetscInt interval = run->c.diagnostics_interval;

  return step == 0 || HHTRunIsLast(run, step, time) || (interval > 0 && step % interval == 0) ? PETSC_TRUE
                                                                                              : PETSC_FALSE;
}

PetscErrorCode HHTRunSeen(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *ctx)
{
  const HHTRun *run = ctx;

  PetscFunctionBeginUser;
  (void)ts;
  *seen = diagnostics_due(run, step, time) || snapshot_due(run, step, time) ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

static PetscErrorCode warn_once(HHTRun *run, unsigned bit, int crossed, const char *text)
{
  PetscFunctionBeginUser;
  if (!crossed || (run->progress.warned & bit)) PetscFunctionReturn(0);
  run->progress.warned |= bit;
  PetscCall(HHTWarn(run->comm, "%s", text));
  PetscFunctionReturn(0);
}

/* A bound that is NaN is none. */
static PetscErrorCode warn_of_bound(HHTRun *run, unsigned bit, PetscReal time, const char *name, double norm,
                                    double bound)
{
  const double slack = bound_slack[run->c.precision] * (bound + run->now.l2_norm);
  char         text[256];

  PetscFunctionBeginUser;
  (void)snprintf(text, sizeof text,
                 "time %g: %s is %.5g, above its a-priori bound %.5g: the run is not resolved; raise grid_nx and "
                 "grid_nv, or lower ts_dt",
                 time, name, norm, bound);
  PetscCall(warn_once(run, bit, norm > bound + slack, text));
  PetscFunctionReturn(0);
}

static PetscErrorCode warn_of_bounds(HHTRun *run, PetscReal time)
{
  const HHTDiagnostics         *now = &run->now;
  const HHTParticleDiagnostics *p   = &now->particles;

  PetscFunctionBeginUser;
  PetscCall(warn_of_bound(run, WARN_M1, time, "m1_norm", now->m1_norm, now->m1_bound));
  PetscCall(warn_of_bound(run, WARN_D2, time, "d2_norm", now->d2_norm, now->d2_bound));
  PetscCall(warn_of_bound(run, WARN_DISTANCE, time, "distance", now->distance, now->distance_bound));
  PetscCall(warn_of_bound(run, WARN_DZ1, time, "dz1_norm", p->dz1_norm, p->dz1_bound));
  PetscCall(warn_of_bound(run, WARN_D2Z1Z2, time, "d2z1z2_norm", p->d2z1z2_norm, p->d2z1z2_bound));
  PetscFunctionReturn(0);
}

/* But for what was absorbed. */
static double energy_drift(const HHTRun *run)
{
  return HHTRunDrift(run->now.energy + run->now.absorbed_energy, run->progress.first.energy);
}

static PetscErrorCode warn(HHTRun *run, PetscReal time)
{
  const HHTDiagnostics *now    = &run->now;
  const double          energy = energy_drift(run), recurrence = HHTRecurrenceTime(&run->c);
  char                  text[256];

  PetscFunctionBeginUser;
  (void)snprintf(
      text, sizeof text,
      "time %g: %.1e of the mass is in the outer 5 %% of the xi window; filaments are lost beyond it: raise grid_nv",
      time, now->xi_edge_fraction);
  PetscCall(warn_once(run, WARN_XI_EDGE, now->xi_edge_fraction > HHT_EDGE_LIMIT, text));
  (void)snprintf(text, sizeof text, "time %g: %.1e of the mass is in the outer 5 %% of the v window: raise grid_v_max",
                 time, now->v_edge_fraction);
  PetscCall(warn_once(run, WARN_V_EDGE, now->v_edge_fraction > HHT_EDGE_LIMIT, text));
  (void)snprintf(text, sizeof text,
                 "time %g: %.1e of the mass is in the outer 5 %% of the wave numbers in x: raise grid_nx", time,
                 now->k_edge_fraction);
  PetscCall(warn_once(run, WARN_K_EDGE, now->k_edge_fraction > HHT_EDGE_LIMIT, text));
  (void)snprintf(text, sizeof text, "time %g: the energy has drifted by %.1e: lower ts_dt or raise the resolution",
                 time, energy);
  PetscCall(warn_once(run, WARN_ENERGY, energy > HHT_ENERGY_LIMIT, text));
  (void)snprintf(text, sizeof text,
                 "time %g: the recurrence time %.4g is over; waves that had decayed may come back: raise grid_nv", time,
                 recurrence);
  PetscCall(warn_once(run, WARN_RECURRENCE, time > recurrence && run->c.absorber.type == HHT_ABSORBER_NONE, text));
  PetscCall(warn_of_bounds(run, time));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunCheckNumbers(const HHTRun *run, PetscInt step, PetscReal time, double mass, double energy)
{
  const double first = run->progress.first.mass;
  const double limit = run->splitting ? splitting_limit[run->c.precision] : other_limit;
  double       absorbed, absorbed_energy;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetAbsorbed(run->problem.flow, &absorbed, &absorbed_energy));
  if (isfinite(energy) && HHTRunDrift(mass + absorbed, first) <= limit) PetscFunctionReturn(0);
  return HHTError(HHT_EXIT_INVALID,
                  "the numbers became invalid by step %" PetscInt_FMT ", time %g: mass %g (was %g), energy %g; lower "
                  "ts_dt, or raise the resolution",
                  step, time, mass, first, energy);
}

/* hh:mm:ss, or days and hours */
static void format_duration(double seconds, char *text, size_t size)
{
  long s = isfinite(seconds) && seconds < 1e9 ? lround(seconds) : 999999999;

  if (s < 86400)
    (void)snprintf(text, size, "%02ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
  else
    (void)snprintf(text, size, "%ldd%02ldh", s / 86400, s / 3600 % 24);
}

static PetscErrorCode print_line(HHTRun *run, PetscInt step, PetscReal time)
{
  const PetscInt steps = step - run->first_step; /* of this part of the run */
  double         wall = MPI_Wtime() - run->start, done = run->c.max_time > 0 ? time / run->c.max_time : 1;
  double         by_steps = (double)step / (double)run->c.max_steps, per_step = steps ? wall / (double)steps : 0;
  double         begun = run->c.max_time > 0 ? run->first_time / run->c.max_time : 0;
  char           eta[32], line[128];

  PetscFunctionBeginUser;
  if (by_steps > done) {
    done  = by_steps;
    begun = (double)run->first_step / (double)run->c.max_steps;
  }
  /* Rank 0's clock decides, so that all ranks agree. */
  PetscCallMPI(MPI_Bcast(&wall, 1, MPI_DOUBLE, 0, run->comm));
  if (wall < run->next_line && steps && !HHTRunIsLast(run, step, time)) PetscFunctionReturn(0);
  run->next_line = wall + fmax(LINE_SECONDS, 0.01 * wall);
  format_duration(done > begun ? wall * (1 - done) / (done - begun) : 0, eta, sizeof eta);
  (void)snprintf(line, sizeof line, "%8" PetscInt_FMT " %9.4g %4.0f%% %9.3g %8.2f %8s %7.0e %7.0e %6.2f", step, time,
                 100 * done, per_step, per_step / HHTRunPoints(&run->c) * 1e9, steps ? eta : "-",
                 HHTRunDrift(run->now.mass, run->progress.first.mass),
                 HHTRunDrift(run->now.energy, run->progress.first.energy), time / HHTRecurrenceTime(&run->c));
  PetscCall(HHTLogProgress(run->comm, line));
  PetscFunctionReturn(0);
}

void HHTRunPassSnapshots(HHTRun *run, PetscReal time)
{
  while (run->c.snapshot_interval > 0 &&
         (double)run->progress.next_snapshot * run->c.snapshot_interval <= time + 1e-9 * run->c.dt)
    run->progress.next_snapshot++;
}

static PetscErrorCode write_snapshot(HHTRun *run, PetscInt step, PetscReal time)
{
  HHTSnapshotInfo info = {.step = step, .time = time, .dt = run->c.dt};
  double          bytes;

  PetscFunctionBeginUser;
  PetscCall(PetscStrncpy(info.dir, run->c.output_dir, sizeof info.dir));
  PetscCall(HHTSnapshotWrite(run->problem.flow, &info, NULL, &bytes));
  run->snapshot_bytes += bytes;
  HHTRunPassSnapshots(run, time);
  PetscFunctionReturn(0);
}

/* Integrators of PETSc's own keep their solution apart from the state that diagnostics and files read. */
static PetscErrorCode take(Vec solution, HHTState state, HHTFlow flow)
{
  Vec vec;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetVec(state, &vec));
  PetscCall(VecCopy(solution, vec));
  PetscCall(HHTFlowReset(flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunTakeSolution(HHTRun *run)
{
  const HHTProblem *p = &run->problem;

  PetscFunctionBeginUser;
  if (run->splitting) PetscFunctionReturn(0);
  PetscCall(take(run->solution, p->state, p->flow));
  if (p->other_flow) PetscCall(take(run->other_solution, p->other_state, p->other_flow));
  PetscFunctionReturn(0);
}

/* For the verdict at the end. */
static void watch(HHTRun *run)
{
  HHTWatched *w = &run->progress.watched;

  w->xi_edge      = fmax(w->xi_edge, run->now.xi_edge_fraction);
  w->v_edge       = fmax(w->v_edge, run->now.v_edge_fraction);
  w->k_edge       = fmax(w->k_edge, run->now.k_edge_fraction);
  w->energy_drift = fmax(w->energy_drift, energy_drift(run));
}

static PetscErrorCode check_other(const HHTRun *run, PetscInt step, PetscReal time)
{
  if (!run->other_ts || isfinite(run->now.distance)) return 0;
  return HHTError(HHT_EXIT_INVALID,
                  "the numbers of the second solution became invalid by step %" PetscInt_FMT
                  ", time %g; lower ts_dt, or "
                  "raise the resolution",
                  step, time);
}

static PetscErrorCode write_line(HHTRun *run, PetscInt step, PetscReal time)
{
  HHTProgress *p = &run->progress;

  PetscFunctionBeginUser;
  PetscCall(HHTProblemDiagnose(&run->problem, time, &run->now));
  if (step == 0) p->first = run->now;
  watch(run);
  if (run->keeps_series) PetscCall(HHTSeriesAppend(&run->series, time, &run->now));
  PetscCall(HHTDiagnosticsFileAppend(run->csv, step, time, &run->now, p->wall_time));
  PetscCall(HHTRunCheckNumbers(run, step, time, run->now.mass, run->now.energy));
  PetscCall(check_other(run, step, time));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunLook(HHTRun *run, PetscInt step, PetscReal time)
{
  PetscBool seen;
  double    start = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(HHTRunSeen(run->ts, step, time, &seen, run));
  if (!seen || step == run->progress.last_seen) PetscFunctionReturn(0);
  run->progress.last_seen = step;
  PetscCall(HHTRunTakeSolution(run));
  PetscCall(write_line(run, step, time));
  if (snapshot_due(run, step, time)) PetscCall(write_snapshot(run, step, time));
  run->output_seconds += MPI_Wtime() - start;
  PetscCall(print_line(run, step, time));
  PetscCall(warn(run, time));
  PetscFunctionReturn(0);
}
