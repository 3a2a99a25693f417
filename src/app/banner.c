/* What the terminal says before and after the table. */
#include "run_impl.h"
#include <hht/log.h>
#include <math.h>
#include <stdio.h>

static const char *padding_text(HHTPadding padding)
{
  static const char *const texts[] = {[HHT_PADDING_NONE] = "",
                                      [HHT_PADDING_X]    = "; zero padding in x",
                                      [HHT_PADDING_V]    = "; zero padding in v",
                                      [HHT_PADDING_XV]   = "; zero padding in x and v"};

  return texts[padding];
}

/* "64 x 64" */
static void format_points(int dim, const ptrdiff_t n[], char *text, size_t size)
{
  size_t at = 0;

  for (int j = 0; j < dim && at < size; j++) at += (size_t)snprintf(text + at, size - at, j ? " x %td" : "%td", n[j]);
}

void HHTFormatBytes(double bytes, char *text, size_t size)
{
  static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  int                      u       = 0;

  for (; bytes >= 1024 && u < 5; u++) bytes /= 1024;
  (void)snprintf(text, size, bytes < 10 && u ? "%.1f %s" : "%.0f %s", bytes, units[u]);
}

static void format_equation(const HHTCase *c, char *text, size_t size)
{
  static const char *const names[] = {[HHT_EQUATION_HHT]    = "Hamilton Hartree equation",
                                      [HHT_EQUATION_VLASOV] = "Vlasov equation",
                                      [HHT_EQUATION_NBODY]  = "N-particle equation"};

  (void)snprintf(text, size, "%s", names[c->equation]);
  if (c->equation == HHT_EQUATION_NBODY) (void)snprintf(text, size, "%s, N = %d", names[c->equation], c->particles);
}

static const char *unknown_name(const HHTProblem *p)
{
  if (p->unknown == HHT_DISTRIBUTION) return "f";
  return HHTNumbersAreReal(p->numbers) ? "alpha real (K = 0)" : "alpha complex";
}

static PetscErrorCode print_other(const HHTRun *run)
{
  double mass;

  PetscFunctionBeginUser;
  if (!run->c.compares) PetscFunctionReturn(0);
  PetscCall(HHTStateMass(run->problem.other_state, &mass));
  PetscCall(
      HHTLog(run->comm, "  compare     %s, mass %g: two solutions, in twice the memory\n", run->c.compare.type, mass));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunBanner(HHTRun *run)
{
  const HHTCase *c = &run->c;
  char           nx[64], nv[64], memory[32], bound[32] = "outside (Pot)", equation[64], potential[512];
  int            size;
  HHTTransform   transform;
  PetscBool      distributed = PETSC_FALSE;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &size));
  if (run->problem.field) PetscCall(HHTMeanFieldIsDistributed(run->problem.field, &distributed));
  PetscCall(HHTStateGetTransform(run->problem.state, &transform));
  format_points(c->grid.dim, c->grid.nx, nx, sizeof nx);
  format_points(c->grid.dim, c->grid.nv, nv, sizeof nv);
  HHTCaseFormatPotential(c, potential, sizeof potential);
  HHTFormatBytes(run->memory, memory, sizeof memory);
  if (isfinite(run->problem.c_gamma)) (void)snprintf(bound, sizeof bound, "%.4g", run->problem.c_gamma);
  format_equation(c, equation, sizeof equation);
  PetscCall(HHTLog(run->comm, "%s, d = %d, %s%s\n", equation, c->grid.dim, unknown_name(&run->problem),
                   c->precision == HHT_SINGLE ? ", in single precision" : ""));
  PetscCall(HHTLog(run->comm, "  grid        x %s, v %s; v_max %g, xi_max %g%s\n", nx, nv, c->grid.v_max[0],
                   PETSC_PI / c->grid.dv[0], padding_text(c->grid.padding)));
  PetscCall(HHTLog(run->comm, "  potential   %s; C_Gamma %s\n", potential, bound));
  PetscCall(HHTLog(run->comm, "  initial     %s, mass %g\n", c->initial.type, run->progress.first.mass));
  PetscCall(print_other(run));
  PetscCall(HHTLog(run->comm, "  time        %s%s%s, dt %g, max_time %g; recurrence at %.4g%s\n", c->ts_type,
                   run->splitting ? " " : "", run->splitting ? c->splitting : "", c->dt, c->max_time,
                   HHTRecurrenceTime(c), HHTRecurrenceTime(c) < c->max_time ? " (within the run)" : ""));
  if (HHTCaseAdapts(c))
    PetscCall(HHTLog(run->comm, "              dt is the first; errors of a step up to %g + %g ||alpha||\n", c->atol,
                     c->rtol));
  if (run->problem.absorber)
    PetscCall(HHTLog(run->comm, "  absorber    from xi %g to %g; leaves %.1e of what reaches the edge\n",
                     c->absorber.start * PETSC_PI / c->grid.dv[0], PETSC_PI / c->grid.dv[0],
                     HHTAbsorberTransmission(&c->grid, &c->absorber, 0)));
  PetscCall(HHTLog(run->comm, "  ranks       %d, %d threads each, %s a rank; transpose %s, field %s\n", size,
                   c->threads, memory, HHTTransposeName(HHTTransformGetTranspose(transform)),
                   distributed ? "distributed" : "replicated"));
  PetscCall(HHTTransposeChoiceLog(run->comm, &run->problem.transpose));
  if (run->checkpoint)
    PetscCall(HHTLog(run->comm, "  goes on     from %s, step %" PetscInt_FMT ", time %g\n",
                     HHTCheckpointPath(run->checkpoint), run->progress.step, run->progress.time));
  PetscFunctionReturn(0);
}

static double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

/* Of all solutions. */
static double solved_points(const HHTCase *c) { return (c->compares ? 2 : 1) * HHTRunPoints(c); }

/*
  Bytes of the state that the steps have moved between cache and memory: a kinetic flow is a pass over the rows and one
  over the columns, and each reads and writes the state once. 0 where it is not known: with PETSc's own integrators, and with steps that may be rejected.
*/
static PetscErrorCode bytes_moved(const HHTRun *run, PetscInt steps, double *bytes)
{
  const HHTSplitting *method;

  PetscFunctionBeginUser;
  *bytes = 0;
  if (!run->splitting || HHTCaseAdapts(&run->c)) PetscFunctionReturn(0);
  PetscCall(HHTSplittingFind(run->c.splitting, &method));
  *bytes = (double)steps * method->stages * 4 * (double)HHTNumbersSize(run->problem.numbers) * solved_points(&run->c);
  PetscFunctionReturn(0);
}

/* Adds the seconds that one solution took in passes, transposes and field solves. */
static PetscErrorCode add_times(HHTState state, HHTFlow flow, HHTTransformTimes *times, double *field)
{
  HHTTransform      transform;
  HHTTransformTimes own;
  double            own_field;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(state, &transform));
  PetscCall(HHTFlowGetFieldTime(flow, &own_field));
  own = HHTTransformGetTimes(transform);
  times->rows += own.rows;
  times->columns += own.columns;
  times->transposes += own.transposes;
  *field += own_field;
  PetscFunctionReturn(0);
}

/* Relative to itself or to the energy, whichever is larger: H_Ht is round-off where alpha is real. */
static double hamiltonian_drift(const HHTRun *run)
{
  const HHTDiagnostics *first = &run->progress.first;

  return fabs(run->now.hamiltonian - first->hamiltonian) / fmax(fabs(first->hamiltonian), fabs(first->energy));
}

PetscErrorCode HHTRunSummary(HHTRun *run)
{
  const double      wall = MPI_Wtime() - run->start, points = solved_points(&run->c);
  const HHTProblem *p     = &run->problem;
  HHTTransformTimes times = {0};
  PetscInt          steps; /* of this part of the run */
  PetscReal         time;
  double            field = 0, bytes;
  char              written[32];
  int               size;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &size));
  PetscCall(TSGetStepNumber(run->ts, &steps));
  steps -= run->first_step;
  PetscCall(TSGetTime(run->ts, &time));
  PetscCall(add_times(p->state, p->flow, &times, &field));
  if (p->other_flow) PetscCall(add_times(p->other_state, p->other_flow, &times, &field));
  PetscCall(bytes_moved(run, steps, &bytes));
  HHTFormatBytes(run->snapshot_bytes, written, sizeof written);
  PetscCall(HHTLog(run->comm, "\n%" PetscInt_FMT " %s to time %g in %.3g s: %.3g point updates/s, %.3g a rank\n", steps,
                   steps == 1 ? "step" : "steps", time, wall, points * (double)steps / wall,
                   points * (double)steps / wall / size));
  if (bytes > 0) PetscCall(HHTLog(run->comm, "  %.3g GB/s of the state through memory\n", bytes / wall / 1e9));
  PetscCall(HHTLog(run->comm, "  row passes %.0f %%, column passes %.0f %%, transposes %.0f %%, field %.0f %%\n",
                   percent(times.rows, wall), percent(times.columns, wall), percent(times.transposes, wall),
                   percent(field, wall)));
  PetscCall(HHTLog(run->comm, "  diagnostics and output %.0f %% (their transforms count above too), snapshots %s\n",
                   percent(run->output_seconds, wall), written));
  PetscCall(HHTLog(run->comm, "  drift: mass %.1e, energy %.1e", HHTRunDrift(run->now.mass, run->progress.first.mass),
                   HHTRunDrift(run->now.energy, run->progress.first.energy)));
  if (run->problem.unknown == HHT_AMPLITUDE)
    PetscCall(HHTLog(run->comm, ", hamiltonian %.1e\n", hamiltonian_drift(run)));
  else
    PetscCall(
        HHTLog(run->comm, ", L2 norm of f %.1e\n", HHTRunDrift(run->now.f_l2_norm, run->progress.first.f_l2_norm)));
  if (run->problem.absorber)
    PetscCall(HHTLog(run->comm, "  absorbed, and part of these: mass %.1e, energy %.1e of what there was\n",
                     run->now.absorbed_mass / run->progress.first.mass,
                     run->now.absorbed_energy / run->progress.first.energy));
  PetscCall(HHTLog(run->comm, "  results in %s\n", run->c.output_dir));
  PetscCall(HHTRunVerdict(run));
  PetscFunctionReturn(0);
}
