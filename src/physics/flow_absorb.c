/*
  The absorber between two steps, and the account of what it takes. The energy is that of (Vl), before less after: one row pass for
  the kinetic and one field for the potential part of each.
*/
#include "flow_impl.h"

PetscErrorCode HHTFlowSetAbsorber(HHTFlow f, HHTAbsorber absorber)
{
  const HHTGrid *g = f->grid;

  PetscFunctionBeginUser;
  f->absorber = absorber;
  PetscCall(HHTAxesDestroy(&f->v_axes));
  if (!absorber) PetscFunctionReturn(0);
  PetscCall(HHTAxesCreate(f->numbers, PETSC_FALSE, g->dim, g->nv, g->dv, NULL, &f->v_axes));
  for (int t = 0; t < f->threads; t++)
    if (!f->thread[t].kinetic) PetscCall(PetscMalloc1(1, &f->thread[t].kinetic));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetAbsorbed(HHTFlow f, double *mass, double *energy)
{
  PetscFunctionBeginUser;
  *mass   = f->absorbed_mass;
  *energy = f->absorbed_energy;
  PetscFunctionReturn(0);
}

static void add_kinetic(void *ctx, ptrdiff_t row, void *line)
{
  HHTFlow f = ctx;

  (void)row;
  HHTSumAdd(f->thread[HHTTransformThread()].kinetic, HHTLineMomentsOf(&f->v_axes, line).second);
}

/* Lines in v carry n_cols times the mass of the state: the transform is unnormalised. */
static PetscErrorCode kinetic_energy(HHTFlow f, double *energy)
{
  const HHTRowOperators rows  = {.ctx = f, .in_v = add_kinetic};
  HHTSum               *total = f->thread[0].kinetic;

  PetscFunctionBeginUser;
  for (int t = 0; t < f->threads; t++) HHTSumClear(f->thread[t].kinetic);
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_OPEN, &rows));
  for (int t = 1; t < f->threads; t++) HHTSumMerge(total, f->thread[t].kinetic);
  HHTCallErrno(HHTSumAllreduce(f->comm, total, 1));
  *energy = HHTSumValue(total) / (2 * (double)f->grid->n_cols);
  PetscFunctionReturn(0);
}

static PetscErrorCode energy_at_rest(HHTFlow f, double *energy)
{
  HHTFields fields;
  double    phi_rho = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetFields(f, &fields));
  for (ptrdiff_t i = 0; i < f->grid->n_rows; i++) phi_rho += fields.phi[i] * fields.rho[i];
  PetscCall(kinetic_energy(f, energy));
  *energy += phi_rho * f->grid->cell_x / 2;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowAbsorb(HHTFlow f, double dt)
{
  double before, after, mass;

  PetscFunctionBeginUser;
  if (!f->absorber) PetscFunctionReturn(0);
  PetscCall(HHTFlowFinish(f));
  PetscCall(energy_at_rest(f, &before));
  PetscCall(HHTAbsorberApply(f->absorber, dt, &mass));
  f->rho_known = f->J_known = f->force_known = PETSC_FALSE;
  /* What was absorbed is no round-off that the next step may take back. */
  if (f->mass != 0) f->mass -= mass;
  PetscCall(energy_at_rest(f, &after));
  f->absorbed_mass += mass;
  f->absorbed_energy += before - after;
  PetscFunctionReturn(0);
}
