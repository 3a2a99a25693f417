/*
  What no option can say alone: the grid as a whole, and automatic values. Potential and initial data check their own
  parameters when they are made, which is before anything is written.
*/
#include "options.h"

#include <hht/error.h>
#include <hht/splitting.h>
#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- the grid ---- */

/* Points of phase space, as a double because they may be more than an integer holds. */
static double points(const HHTGrid *g)
{
  double product = 1;

  for (int j = 0; j < g->dim; j++) product *= (double)g->nx[j] * (double)g->nv[j];
  return product;
}

static PetscErrorCode check_count(double count)
{
  if (count <= (double)PETSC_MAX_INT) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "grid_nx, grid_nv: %.6g points of phase space are not allowed; this PETSc counts to %.0f "
                  "(64-bit indices count further)",
                  count, (double)PETSC_MAX_INT);
}

static PetscErrorCode check_grid(HHTGrid *g)
{
  PetscFunctionBeginUser;
  PetscCall(check_count(points(g)));
  PetscCall(HHTGridSetUp(g));
  PetscFunctionReturn(0);
}

/* ---- the particles ---- */

int HHTCaseParticles(const HHTCase *c) { return c->equation == HHT_EQUATION_NBODY ? c->particles : 1; }

HHTColumns HHTCaseColumns(const HHTCase *c)
{
  return (HHTColumns){.dim       = c->grid.dim,
                      .particles = c->equation == HHT_EQUATION_NBODY ? c->particles : 0,
                      .unknown   = c->equation == HHT_EQUATION_VLASOV ? HHT_DISTRIBUTION : HHT_AMPLITUDE};
}

HHTGrid HHTCaseStateGrid(const HHTCase *c) { return HHTGridOfParticles(&c->grid, HHTCaseParticles(c)); }

static PetscErrorCode check_dimensions(const HHTCase *c)
{
  if (c->particles * c->grid.dim <= HHT_MAX_DIM) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "equation_particles: %d is not allowed with grid_dim %d; particles times dimensions must be at most %d",
      c->particles, c->grid.dim, HHT_MAX_DIM);
}

/* The theory normalises alpha_N; the equation is linear in it. */
static PetscErrorCode resolve_mass(HHTCase *c)
{
  if (isnan(c->initial.mass)) c->initial.mass = c->compare.mass = 1;
  if (c->initial.mass == 1) return 0;
  return HHTError(HHT_EXIT_USAGE, "initial_mass: %g is not allowed with equation_type nbody; it must be 1 or auto",
                  c->initial.mass);
}

static PetscErrorCode check_correlation(const HHTCase *c)
{
  if (c->correlation == 0 || c->particles > 1) return 0;
  return HHTError(HHT_EXIT_USAGE, "equation_correlation: %g is not allowed with one particle; it must be 0",
                  c->correlation);
}

static PetscErrorCode check_compare(const HHTCase *c)
{
  if (!c->compares) return 0;
  return HHTError(HHT_EXIT_USAGE, "compare: a second solution is not allowed with equation_type nbody; it must be hht");
}

static PetscErrorCode check_particles(HHTCase *c)
{
  PetscFunctionBeginUser;
  if (c->equation != HHT_EQUATION_NBODY) PetscFunctionReturn(0);
  PetscCall(check_compare(c));
  PetscCall(check_correlation(c));
  PetscCall(check_dimensions(c));
  PetscCall(check_count(pow(points(&c->grid), c->particles)));
  PetscCall(resolve_mass(c));
  PetscFunctionReturn(0);
}

/* ---- the initial data ---- */

static void resolve_wavenumber(const HHTGrid *g, HHTInitialParams *p)
{
  for (int j = 0; j < g->dim; j++) {
    if (isnan(p->wavenumber[j])) p->wavenumber[j] = j ? 0 : g->dk[0];
  }
}

/* ---- the potential ---- */

/* There is one formula, and one file. */
static PetscErrorCode check_once(const HHTCase *c, const char *type)
{
  int given = !strcmp(c->potential.type, type);

  for (int i = 1; i < c->potential_terms; i++) given += !strcmp(c->potential_others[i - 1].type, type);
  if (given <= 1) return 0;
  return HHTError(HHT_EXIT_USAGE, "potential_type: %s is given %d times; it must be once", type, given);
}

/* The table must be the one that a case, which may be that of an earlier run, was made with. */
static PetscErrorCode check_table(HHTCase *c)
{
  char           checksum[HHT_CHECKSUM_LENGTH];
  HHTRadialTable table;

  PetscFunctionBeginUser;
  PetscCall(HHTRadialTableRead(PETSC_COMM_WORLD, c->potential_file, c->potential_dataset, &table));
  PetscCall(HHTRadialTableChecksum(&table, checksum));
  PetscCall(HHTRadialTableDestroy(&table));
  if (c->potential_checksum[0] && strcasecmp(c->potential_checksum, checksum))
    return HHTError(HHT_EXIT_USAGE, "potential_file: '%s' has the checksum %s; it must have %s, the potential_checksum",
                    c->potential_file, checksum, c->potential_checksum);
  PetscCall(PetscStrncpy(c->potential_checksum, checksum, sizeof c->potential_checksum));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_potential(HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(check_once(c, "table"));
  PetscCall(check_once(c, "expression"));
  if (HHTOptionApplies(HHTOptionFind("potential_file"), c)) PetscCall(check_table(c));
  PetscFunctionReturn(0);
}

/* PETSc's integrators work on its own numbers, which are double. */
static PetscErrorCode check_precision(const HHTCase *c)
{
  if (c->precision == HHT_DOUBLE || !strcmp(c->ts_type, "splitting")) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_type: %s is not allowed with state_precision single; it must be splitting",
                  c->ts_type);
}

/* f is real. */
static PetscErrorCode check_numbers(const HHTCase *c)
{
  if (c->equation != HHT_EQUATION_VLASOV || c->numbers == HHT_NUMBERS_AUTO) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "state_numbers: complex is not allowed with equation_type vlasov, whose f is real; it must be auto");
}

/* ---- output ---- */

/* At most one snapshot is written after a step, and the intervals that it passes over are counted. */
static PetscErrorCode check_snapshots(const HHTCase *c)
{
  const double shortest = 1e-3 * c->dt;

  if (c->snapshot_interval == 0 || c->snapshot_interval >= shortest) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "output_snapshot_interval: %g is not allowed; it must be 0 or at least a thousandth of ts_dt, %g",
                  c->snapshot_interval, shortest);
}

/* ---- time steps ---- */

/* The layer acts between the steps of ours. */
static PetscErrorCode check_absorber(const HHTCase *c)
{
  if (c->absorber.type == HHT_ABSORBER_NONE) return 0;
  if (c->equation != HHT_EQUATION_HHT)
    return HHTError(HHT_EXIT_USAGE,
                    "absorber_type: layer is not allowed with equation_type vlasov or nbody; it must be none");
  if (strcmp(c->ts_type, "splitting") != 0)
    return HHTError(HHT_EXIT_USAGE, "ts_type: %s is not allowed with absorber_type layer; it must be splitting",
                    c->ts_type);
  if (!strcmp(c->adapt, "none")) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_adapt_type: %s is not allowed with absorber_type layer; it must be none",
                  c->adapt);
}

/* Of two things that take what reaches the xi edge one would do; padding acts within the steps of ours. */
static PetscErrorCode check_padding(const HHTCase *c)
{
  if (c->grid.padding == HHT_PADDING_NONE) return 0;
  if (c->absorber.type != HHT_ABSORBER_NONE && c->grid.padding & HHT_PADDING_V)
    return HHTError(HHT_EXIT_USAGE,
                    "absorber_type: layer is not allowed with grid_padding v or xv; it must be none, or the padding x");
  if (!strcmp(c->ts_type, "splitting")) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_type: %s is not allowed with grid_padding; it must be splitting", c->ts_type);
}

/* The mean field that runs beside the particles keeps to ts_dt. */
static PetscErrorCode check_adapt_particles(const HHTCase *c)
{
  if (HHTCaseParticles(c) == 1) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_adapt_type: %s is not allowed with equation_particles %d; it must be none",
                  c->adapt, c->particles);
}

/* The other integrators have no estimate of their error. */
static PetscErrorCode check_adapt(const HHTCase *c)
{
  if (!strcmp(c->adapt, "none")) return 0;
  if (strcmp(c->ts_type, "splitting") != 0 && strcmp(c->ts_type, "rk") != 0)
    return HHTError(HHT_EXIT_USAGE, "ts_adapt_type: %s is not allowed with ts_type %s; it must be none", c->adapt,
                    c->ts_type);
  if (c->compares && !strcmp(c->ts_type, "splitting"))
    return HHTError(HHT_EXIT_USAGE, "ts_adapt_type: %s is not allowed with compare_ options; it must be none",
                    c->adapt);
  if (c->atol > 0 || c->rtol > 0) return check_adapt_particles(c);
  return HHTError(HHT_EXIT_USAGE, "ts_atol, ts_rtol: 0 and 0 are not allowed with ts_adapt_type %s; one must be > 0",
                  c->adapt);
}

/* That of a given potential is another one. */
static PetscErrorCode check_force_gradient(const HHTCase *c)
{
  if (c->equation != HHT_EQUATION_NBODY) return 0;
  return HHTCaseRefuseForceGradient(c, "equation_type nbody");
}

PetscErrorCode HHTCaseRefuseForceGradient(const HHTCase *c, const char *what)
{
  const HHTSplitting *method;

  PetscFunctionBeginUser;
  PetscCall(HHTSplittingFind(c->splitting, &method));
  if (!method || !method->modified) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_USAGE,
                               "ts_splitting_type: %s is not allowed with %s; it must be one without a modified "
                               "potential, such as nystrom4 or nystrom6",
                               c->splitting, what));
}

PetscErrorCode HHTCaseCheck(HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(check_grid(&c->grid));
  PetscCall(check_particles(c));
  PetscCall(check_potential(c));
  resolve_wavenumber(&c->grid, &c->initial);
  resolve_wavenumber(&c->grid, &c->compare);
  PetscCall(check_precision(c));
  PetscCall(check_numbers(c));
  PetscCall(check_absorber(c));
  PetscCall(check_padding(c));
  PetscCall(check_snapshots(c));
  PetscCall(check_adapt(c));
  PetscCall(check_force_gradient(c));
  PetscFunctionReturn(0);
}
