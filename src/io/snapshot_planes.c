/*
  Marginals and slices of f in the planes (x_j, v_j) for d > 1.

  A row has one x_j, so it adds to one line of each marginal: f is first summed over the row's other velocities in
  double, always in the same order, and these sums are added in fixed point. So the order of the rows, and their rank,
  do not matter.
*/
#include "snapshot_planes.h"
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

ptrdiff_t HHTPlanesSize(const HHTGrid *grid)
{
  ptrdiff_t n = 0;

  for (int j = 0; j < grid->dim; j++) n += grid->nx[j] * grid->nv[j];
  return n;
}

/* line[j] + ordered v_j, j after j, gets the row's sum over all other velocities; line has sum_j nv_j entries. */
static void sum_row(const HHTSnapshotSource *s, const double complex a[], double line[])
{
  const HHTGrid *g = s->grid;
  ptrdiff_t      v[HHT_MAX_DIM];

  for (ptrdiff_t column = 0; column < g->n_cols; column++) {
    const double f  = HHTSourceDensity(s, a[column]);
    double      *to = line;

    HHTUnflatten(column, g->dim, g->nv, v);
    for (int j = 0; j < g->dim; to += g->nv[j++]) to[HHTIncreasing(v[j], g->nv[j])] += f;
  }
}

static void add_row(const HHTGrid *g, ptrdiff_t row, const double line[], double scale, int64_t fixed[])
{
  ptrdiff_t x[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, x);
  for (int j = 0; j < g->dim; j++) {
    int64_t *to = fixed + x[j] * g->nv[j];

    for (ptrdiff_t i = 0; i < g->nv[j]; i++) to[i] += llrint(line[i] * scale);
    line += g->nv[j];
    fixed += g->nx[j] * g->nv[j];
  }
}

static PetscErrorCode add_rows(const HHTSnapshotSource *s, double complex *amplitudes, double scale, int64_t fixed[])
{
  const HHTGrid *g = s->grid;
  const size_t   n = (size_t)(g->nv[0] + g->nv[1] + g->nv[2]);
  double        *line;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(n, &line));
  for (ptrdiff_t row = s->first; row < s->first + s->count; row++) {
    PetscCall(s->alpha(s->ctx, row, amplitudes));
    memset(line, 0, n * sizeof(*line));
    sum_row(s, amplitudes, line);
    add_row(g, row, line, scale, fixed);
  }
  PetscCall(PetscFree(line));
  PetscFunctionReturn(0);
}

/* Sums of f become integrals over all but x_j and v_j. */
static void apply_cells(const HHTGrid *g, double marginals[])
{
  for (int j = 0; j < g->dim; j++) {
    const double cell = g->cell_x * g->cell_v / (g->dx[j] * g->dv[j]);

    for (ptrdiff_t i = 0; i < g->nx[j] * g->nv[j]; i++) marginals[i] *= cell;
    marginals += g->nx[j] * g->nv[j];
  }
}

PetscErrorCode HHTPlanesMarginals(const HHTSnapshotSource *s, double complex *amplitudes, double marginals[])
{
  const HHTGrid  *g     = s->grid;
  const ptrdiff_t n     = HHTPlanesSize(g);
  const double    total = s->mass / (g->cell_x * g->cell_v); /* the sum of f over all points */
  int64_t        *fixed;

  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < n; i++) marginals[i] = total;
  if (!isfinite(total)) PetscFunctionReturn(0);
  PetscCall(PetscCalloc1(n, &fixed));
  PetscCall(HHTAgree(s->comm, add_rows(s, amplitudes, HHTFixedScale(total), fixed)));
  HHTCallErrno(HHTFixedAllreduce(s->comm, fixed, marginals, n, HHTFixedScale(total)));
  PetscCall(PetscFree(fixed));
  apply_cells(g, marginals);
  PetscFunctionReturn(0);
}

/* Whether all positions but x_j are in the middle. */
static PetscBool in_slice(const HHTGrid *g, const ptrdiff_t x[], int j)
{
  for (int i = 0; i < g->dim; i++) {
    if (i != j && x[i] != g->nx[i] / 2) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* f along v_j where the other velocities are 0, in increasing order. */
static void copy_line(const HHTSnapshotSource *s, int j, const double complex a[], double line[])
{
  const HHTGrid *g      = s->grid;
  ptrdiff_t      stride = 1;

  for (int i = j + 1; i < g->dim; i++) stride *= g->nv[i];
  for (ptrdiff_t i = 0; i < g->nv[j]; i++) line[HHTIncreasing(i, g->nv[j])] = HHTSourceDensity(s, a[i * stride]);
}

static PetscErrorCode copy_slices(const HHTSnapshotSource *s, ptrdiff_t row, double complex *amplitudes,
                                  double slices[])
{
  const HHTGrid *g = s->grid;
  ptrdiff_t      x[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  HHTUnflatten(row, g->dim, g->nx, x);
  for (int j = 0; j < g->dim; j++) {
    if (in_slice(g, x, j)) {
      PetscCall(s->alpha(s->ctx, row, amplitudes));
      copy_line(s, j, amplitudes, slices + x[j] * g->nv[j]);
    }
    slices += g->nx[j] * g->nv[j];
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode copy_all_slices(const HHTSnapshotSource *s, double complex *amplitudes, double slices[])
{
  PetscFunctionBeginUser;
  for (ptrdiff_t row = s->first; row < s->first + s->count; row++) PetscCall(copy_slices(s, row, amplitudes, slices));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPlanesSlices(const HHTSnapshotSource *s, double complex *amplitudes, double slices[])
{
  const ptrdiff_t n = HHTPlanesSize(s->grid);
  PetscMPIInt     count;

  PetscFunctionBeginUser;
  PetscCall(PetscMPIIntCast((PetscInt)n, &count));
  PetscCall(PetscArrayzero(slices, n));
  PetscCall(HHTAgree(s->comm, copy_all_slices(s, amplitudes, slices)));
  /* Each number comes from the one rank that has its row; all others add zero. */
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, slices, count, MPI_DOUBLE, MPI_SUM, s->comm));
  PetscFunctionReturn(0);
}
