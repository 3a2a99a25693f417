/*
  A periodic Gamma is what its convolution makes of a point mass. The free one is known in space; differences of points reach
  almost two boxes from end to end.
*/
#include "pair_table.h"
#include <hht/mean_field.h>

static PetscErrorCode set_periodic(const HHTGrid *g, HHTPotential potential, HHTPairTable *t)
{
  HHTMeanField field;
  double      *point;

  PetscFunctionBeginUser;
  PetscCall(PetscCalloc1((size_t)t->points, &point));
  point[0] = 1 / g->cell_x;
  PetscCall(HHTMeanFieldCreate(PETSC_COMM_SELF, g, potential, HHT_FIELD_REPLICATED, HHT_RIGOR_ESTIMATE, &field));
  PetscCall(HHTMeanFieldForce(field, point, t->gradient, t->gamma));
  PetscCall(HHTMeanFieldDestroy(&field));
  PetscCall(PetscFree(point));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_free(const HHTGrid *g, HHTPotential potential, HHTPairTable *t)
{
  ptrdiff_t index[HHT_MAX_DIM];
  double    x[HHT_MAX_DIM], gradient[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < t->points; i++) {
    HHTUnflatten(i, t->dim, t->n, index);
    for (int j = 0; j < t->dim; j++) x[j] = (double)HHTSigned(index[j], t->n[j]) * g->dx[j];
    PetscCall(HHTPotentialValue(potential, x, &t->gamma[i], gradient));
    for (int j = 0; j < t->dim; j++) t->gradient[j * t->points + i] = gradient[j];
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairTableCreate(const HHTGrid *g, HHTPotential potential, HHTPairTable *t)
{
  const HHTPotentialParams *params;
  PetscBool                 zero;

  PetscFunctionBeginUser;
  PetscCall(HHTPotentialGetParams(potential, &params));
  PetscCall(HHTPotentialIsZero(potential, &zero));
  *t = (HHTPairTable){.dim = g->dim, .points = 1};
  for (int j = 0; j < g->dim; j++) t->points *= t->n[j] = params->boundary == HHT_FREE ? 2 * g->nx[j] : g->nx[j];
  PetscCall(PetscCalloc2((size_t)t->points, &t->gamma, (size_t)(g->dim * t->points), &t->gradient));
  if (zero) PetscFunctionReturn(0);
  PetscCall(params->boundary == HHT_FREE ? set_free(g, potential, t) : set_periodic(g, potential, t));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairTableDestroy(HHTPairTable *t)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree2(t->gamma, t->gradient));
  PetscFunctionReturn(0);
}

ptrdiff_t HHTPairTableEntry(const HHTPairTable *t, const ptrdiff_t to[], const ptrdiff_t from[])
{
  ptrdiff_t entry = 0;

  for (int j = 0; j < t->dim; j++) entry = entry * t->n[j] + (to[j] - from[j] + t->n[j]) % t->n[j];
  return entry;
}
