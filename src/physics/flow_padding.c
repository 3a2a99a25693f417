/*
  Zero padding within the passes of a step, where it costs no pass of its own: xi before the potential flow, k before the kinetic one. A
  state at rest has what the last half step has brought beyond; the next step takes it.

  What goes of an amplitude is mass, which counts as absorbed. The mass of a distribution is its mode k = xi = 0, which stays.
*/
#include "flow_impl.h"

enum { ROWS, COLUMNS, N_CUTS };

PetscErrorCode HHTFlowPaddingCreate(HHTFlow f)
{
  const HHTGrid *g = f->grid;

  PetscFunctionBeginUser;
  f->row_truncation    = HHTTruncationOf(f->numbers, g->dim, g->nv, g->kept_xi);
  f->column_truncation = HHTTruncationOf(f->numbers, g->dim, g->nx, g->kept_k);
  if (g->padding == HHT_PADDING_NONE) PetscFunctionReturn(0);
  for (int t = 0; t < f->threads; t++) PetscCall(PetscCalloc1(N_CUTS, &f->thread[t].cut));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowPaddingDestroy(HHTFlow f)
{
  PetscFunctionBeginUser;
  for (int t = 0; t < f->threads; t++) PetscCall(PetscFree(f->thread[t].cut));
  PetscFunctionReturn(0);
}

void HHTFlowPadRow(HHTFlow f, void *line)
{
  if (!(f->grid->padding & HHT_PADDING_V) || f->pass == HHT_ROWS_CLOSE) return;
  HHTSumAdd(&f->thread[HHTTransformThread()].cut[ROWS],
            HHTTruncate(&f->row_truncation, f->pass == HHT_ROWS_OPEN ? 1 : 2, line));
}

void HHTFlowPadColumn(HHTFlow f, void *line)
{
  if (!(f->grid->padding & HHT_PADDING_X)) return;
  HHTSumAdd(&f->thread[HHTTransformThread()].cut[COLUMNS], HHTTruncate(&f->column_truncation, 2, line));
}

/* Both transforms are unnormalised: |.|^2 in k is that many times the mass. */
static double mass_of(const HHTFlow f, const HHTSum cut[])
{
  return HHTSumValue(&cut[ROWS]) + HHTSumValue(&cut[COLUMNS]) / ((double)f->grid->n_rows * (double)f->grid->n_cols);
}

PetscErrorCode HHTFlowPaddingSettle(HHTFlow f)
{
  HHTSum *cut = f->thread[0].cut;
  double  mass;

  PetscFunctionBeginUser;
  if (!cut) PetscFunctionReturn(0);
  for (int t = 1; t < f->threads; t++)
    for (int i = 0; i < N_CUTS; i++) HHTSumMerge(&cut[i], &f->thread[t].cut[i]);
  HHTCallErrno(HHTSumAllreduce(f->comm, cut, N_CUTS));
  mass = mass_of(f, cut);
  for (int t = 0; t < f->threads; t++) PetscCall(PetscArrayzero(f->thread[t].cut, N_CUTS));
  if (f->unknown != HHT_AMPLITUDE) PetscFunctionReturn(0);
  f->mass -= mass;
  f->absorbed_mass += mass;
  PetscFunctionReturn(0);
}
