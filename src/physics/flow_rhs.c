/*
  -i (grad_x . grad_xi + W) alpha_hat for any Vec, as one open and one closing row pass around a column pass that multiplies by
  k . v. The terms with W are added row by row at the end.
*/
#include "flow_impl.h"
#include <string.h>

typedef struct {
  HHTFlow               flow;
  ptrdiff_t             first;
  const double complex *x;
} Context;

/* in k: grad_x . grad_xi is multiplication by k . v */
static void kinetic_column(void *ctx, ptrdiff_t column, double complex *line)
{
  const Context *c = ctx;
  const HHTGrid *g = c->flow->grid;
  ptrdiff_t      v[HHT_MAX_DIM], k[HHT_MAX_DIM];

  HHTUnflatten(column, g->dim, g->nv, v);
  for (ptrdiff_t i = 0; i < g->n_rows; i++) {
    double kv = 0;

    HHTUnflatten(i, g->dim, g->nx, k);
    for (int j = 0; j < g->dim; j++) kv += g->dk[j] * (double)HHTDerivative(k[j], g->nx[j]) * HHTGridV(g, j, v[j]);
    line[i] = HHTMultiply(line[i], CMPLX(0, -kv / ((double)g->n_rows * (double)g->n_cols)));
  }
}

/* in xi: adds -i W x */
static void potential_row(void *ctx, ptrdiff_t row, double complex *line)
{
  const Context        *c = ctx;
  const HHTFlow         f = c->flow;
  const HHTGrid        *g = f->grid;
  const double complex *x = c->x + (row - c->first) * g->n_cols;
  ptrdiff_t             m[HHT_MAX_DIM];

  for (ptrdiff_t i = 0; i < g->n_cols; i++) {
    double w = f->g[row];

    HHTUnflatten(i, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) w -= f->grad_phi[j * g->n_rows + row] * f->xi_axes.coordinate[j][m[j]];
    line[i] += HHTMultiply(x[i], CMPLX(0, -w));
  }
}

PetscErrorCode HHTFlowRHS(HHTFlow f, Vec x, Vec y)
{
  Context                  context = {.flow = f};
  const HHTRowOperators    open = {0}, close = {.ctx = &context, .in_xi = potential_row};
  const HHTColumnOperators columns = {.ctx = &context, .in_k = kinetic_column};
  ptrdiff_t                count;
  double complex          *rest, *work;
  PetscScalar             *result;

  PetscFunctionBeginUser;
  HHTTransformGetRows(f->transform, &context.first, &count);
  HHTTransformGetBuffers(f->transform, &rest, &work);
  PetscCall(VecGetArrayRead(x, &context.x));
  PetscCall(HHTFlowReset(f));
  PetscCall(HHTFlowMoments(f, context.x));
  PetscCall(HHTFlowSolveForce(f, NULL));
  PetscCall(HHTFlowSolvePhase(f));
  PetscCall(PetscArraycpy(rest, context.x, (size_t)(count * f->grid->n_cols)));
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_OPEN, &open));
  HHTCallErrno(HHTTransformToColumns(f->transform));
  HHTCallErrno(HHTTransformColumns(f->transform, &columns));
  HHTCallErrno(HHTTransformToRows(f->transform));
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_CLOSE, &close));
  PetscCall(VecRestoreArrayRead(x, &context.x));
  PetscCall(VecGetArrayWrite(y, &result));
  PetscCall(PetscArraycpy(result, rest, (size_t)(count * f->grid->n_cols)));
  PetscCall(VecRestoreArrayWrite(y, &result));
  PetscFunctionReturn(0);
}
