/*
  What no option can say alone: the grid as a whole, and automatic values. Potential and initial data check their own
  parameters when they are made, which is before anything is written.
*/
#include "options.h"

#include <hht/error.h>
#include <math.h>
#include <string.h>

/* ---- the grid ---- */

/* Points of phase space, as a double because they may be more than an integer holds. */
static double points(const HHTGrid *g)
{
  double product = 1;

  for (int j = 0; j < g->dim; j++) product *= (double)g->nx[j] * (double)g->nv[j];
  return product;
}

static PetscErrorCode check_count(const HHTGrid *g)
{
  if (points(g) <= (double)PETSC_MAX_INT) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "grid_nx, grid_nv: %.6g points of phase space are not allowed; this PETSc counts to %.0f "
                  "(64-bit indices count further)",
                  points(g), (double)PETSC_MAX_INT);
}

static PetscErrorCode check_grid(HHTGrid *g)
{
  PetscFunctionBeginUser;
  PetscCall(check_count(g));
  PetscCall(HHTGridSetUp(g));
  PetscFunctionReturn(0);
}

/* ---- the initial data ---- */

static void resolve_wavenumber(const HHTGrid *g, HHTInitialParams *p)
{
  for (int j = 0; j < g->dim; j++) {
    if (isnan(p->wavenumber[j])) p->wavenumber[j] = j ? 0 : g->dk[0];
  }
}

/* PETSc's integrators work on its own numbers, which are double. */
static PetscErrorCode check_precision(const HHTCase *c)
{
  if (c->precision == HHT_DOUBLE || !strcmp(c->ts_type, "splitting")) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_type: %s is not allowed with state_precision single; it must be splitting",
                  c->ts_type);
}

/* ---- time steps ---- */

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
  if (c->atol > 0 || c->rtol > 0) return 0;
  return HHTError(HHT_EXIT_USAGE, "ts_atol, ts_rtol: 0 and 0 are not allowed with ts_adapt_type %s; one must be > 0",
                  c->adapt);
}

PetscErrorCode HHTCaseCheck(HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(check_grid(&c->grid));
  resolve_wavenumber(&c->grid, &c->initial);
  resolve_wavenumber(&c->grid, &c->compare);
  PetscCall(check_precision(c));
  PetscCall(check_adapt(c));
  PetscFunctionReturn(0);
}
