/* A flow taken apart between two steps and put together again: what checkpoints hold of it. */
#include "flow_impl.h"

PetscErrorCode HHTFlowGetProgress(HHTFlow f, HHTFlowProgress *p)
{
  PetscFunctionBeginUser;
  *p = (HHTFlowProgress){.in_v             = f->in_v,
                         .pending          = f->pending,
                         .pending_gradient = f->pending_gradient,
                         .mass             = f->mass,
                         .norm             = f->norm,
                         .absorbed_mass    = f->absorbed_mass,
                         .absorbed_energy  = f->absorbed_energy,
                         .rho_known        = f->rho_known,
                         .J_known          = f->J_known,
                         .rho              = f->rho,
                         .J                = f->J};
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowSetProgress(HHTFlow f, const HHTFlowProgress *p)
{
  const size_t n = (size_t)f->grid->n_rows;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowReset(f));
  f->in_v    = p->in_v;
  f->pending = p->pending;
  if (p->pending_gradient != 0) PetscCall(HHTFlowModifiedPotential(f, p->pending_gradient));
  f->mass            = p->mass;
  f->norm            = p->norm;
  f->absorbed_mass   = p->absorbed_mass;
  f->absorbed_energy = p->absorbed_energy;
  f->rho_known       = p->rho_known;
  f->J_known         = p->J_known;
  PetscCall(PetscArraycpy(f->rho, p->rho, n));
  PetscCall(PetscArraycpy(f->J, p->J, (size_t)f->grid->dim * n));
  PetscCall(HHTStateChanged(f->state));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetRowFormat(HHTFlow f, PetscBool in_v, ptrdiff_t *n, HHTNumbers *numbers)
{
  PetscFunctionBeginUser;
  *n       = in_v ? f->grid->n_cols : f->spectrum;
  *numbers = in_v ? f->numbers : HHTNumbersSpectrum(f->numbers);
  PetscFunctionReturn(0);
}

static void *rest_row(HHTFlow f, ptrdiff_t row)
{
  ptrdiff_t first, count;

  HHTTransformGetRows(f->transform, &first, &count);
  return HHTEntryAt(HHTNumbersSpectrum(f->numbers), HHTTransformGetRest(f->transform), (row - first) * f->spectrum);
}

static size_t rest_row_bytes(HHTFlow f) { return (size_t)f->spectrum * HHTNumbersSize(HHTNumbersSpectrum(f->numbers)); }

PetscErrorCode HHTFlowGetRow(HHTFlow f, PetscBool in_v, ptrdiff_t row, void *values)
{
  PetscFunctionBeginUser;
  if (in_v)
    HHTTransformLoadRow(f->transform, row, values);
  else
    PetscCall(PetscMemcpy(values, rest_row(f, row), rest_row_bytes(f)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowSetRow(HHTFlow f, PetscBool in_v, ptrdiff_t row, const void *values)
{
  PetscFunctionBeginUser;
  if (in_v)
    HHTTransformStoreRow(f->transform, row, values);
  else
    PetscCall(PetscMemcpy(rest_row(f, row), values, rest_row_bytes(f)));
  PetscFunctionReturn(0);
}
