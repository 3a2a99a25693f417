/*
  The x grid seen as a matrix as in HHTMeanField: rows are planes of the first dimension, columns run along it. Row transforms run backward
  first, so that along dimensions 2 and 3 entry m belongs to the wave number -m dk.
*/
#include "x_gradient.h"
#include "phases.h"
#include <hht/error.h>
#include <hht/transform.h>
#include <string.h>

struct HHTXGradient_s {
  HHTGrid      grid;
  HHTTransform transform;  /* of this rank alone */
  double      *derivative; /* n_rows numbers, work of the divergence */
};

/* What the operator of one pass sees. */
typedef struct {
  const HHTGrid *grid;
  int            j;
} Pass;

PetscErrorCode HHTXGradientCreate(const HHTGrid *grid, HHTXGradient *gradient)
{
  HHTXGradient g;
  int          err;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&g));
  *gradient = g;
  g->grid   = *grid;
  PetscCall(PetscMalloc1((size_t)grid->n_rows, &g->derivative));
  err = HHTTransformCreate(MPI_COMM_SELF, HHT_COMPLEX, 1, grid->nx, grid->dim - 1, grid->nx + 1, HHT_TRANSPOSE_ALLTOALL,
                           HHT_RIGOR_ESTIMATE, &g->transform);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "grid_nx: cannot set up the derivatives in x: %s; use fewer points", strerror(err));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTXGradientDestroy(HHTXGradient *gradient)
{
  HHTXGradient g = *gradient;

  PetscFunctionBeginUser;
  if (!g) PetscFunctionReturn(0);
  HHTCallErrno(HHTTransformDestroy(&g->transform));
  PetscCall(PetscFree(g->derivative));
  PetscCall(PetscFree(g));
  *gradient = NULL;
  PetscFunctionReturn(0);
}

/* in k: i k_j over the number of points */
static void derive_column(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line  = data;
  const Pass     *p     = ctx;
  const HHTGrid  *g     = p->grid;
  const ptrdiff_t plane = g->n_rows / g->nx[0];
  ptrdiff_t       index[HHT_MAX_DIM];

  for (ptrdiff_t i = 0; i < g->nx[0]; i++) {
    double k;

    HHTUnflatten(i * plane + column, g->dim, g->nx, index);
    k       = (p->j ? -1 : 1) * g->dk[p->j] * (double)HHTDerivative(index[p->j], g->nx[p->j]);
    line[i] = HHTMultiply(line[i], CMPLX(0, k / (double)g->n_rows));
  }
}

PetscErrorCode HHTXGradientApply(HHTXGradient g, int j, const double f[], double out[])
{
  Pass                     pass   = {.grid = &g->grid, .j = j};
  const HHTRowOperators    none   = {0};
  const HHTColumnOperators derive = {.ctx = &pass, .in_k = derive_column};
  double complex          *rest   = HHTTransformGetRest(g->transform);

  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < g->grid.n_rows; i++) rest[i] = f[i];
  HHTCallErrno(HHTTransformRows(g->transform, HHT_ROWS_OPEN, &none));
  HHTCallErrno(HHTTransformToColumns(g->transform));
  HHTCallErrno(HHTTransformColumns(g->transform, &derive));
  HHTCallErrno(HHTTransformToRows(g->transform));
  HHTCallErrno(HHTTransformRows(g->transform, HHT_ROWS_CLOSE, &none));
  for (ptrdiff_t i = 0; i < g->grid.n_rows; i++) out[i] = creal(rest[i]);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTXGradientDivergence(HHTXGradient g, const double F[], double out[])
{
  const ptrdiff_t n = g->grid.n_rows;

  PetscFunctionBeginUser;
  PetscCall(HHTXGradientApply(g, 0, F, out));
  for (int j = 1; j < g->grid.dim; j++) {
    PetscCall(HHTXGradientApply(g, j, F + j * n, g->derivative));
    for (ptrdiff_t i = 0; i < n; i++) out[i] += g->derivative[i];
  }
  PetscFunctionReturn(0);
}
