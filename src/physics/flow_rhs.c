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

/* The indices of entry i of a spectrum of n points, or of the half of it. */
static void spectrum_index(const HHTGrid *g, PetscBool half, const ptrdiff_t n[], ptrdiff_t i, ptrdiff_t index[])
{
  ptrdiff_t shape[HHT_MAX_DIM];

  for (int j = 0; j < g->dim; j++) shape[j] = half && j == g->dim - 1 ? n[j] / 2 + 1 : n[j];
  HHTUnflatten(i, g->dim, shape, index);
}

static ptrdiff_t spectrum_size(const HHTGrid *g, PetscBool half, const ptrdiff_t n[])
{
  ptrdiff_t size = 1;

  for (int j = 0; j < g->dim; j++) size *= half && j == g->dim - 1 ? n[j] / 2 + 1 : n[j];
  return size;
}

/* in k: grad_x . grad_xi is multiplication by k . v */
static void kinetic_column(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line = data;
  const Context  *c    = ctx;
  const HHTGrid  *g    = c->flow->grid;
  const PetscBool real = c->flow->real;
  const ptrdiff_t size = spectrum_size(g, real, g->nx);
  ptrdiff_t       v[HHT_MAX_DIM], k[HHT_MAX_DIM];

  HHTUnflatten(column, g->dim, g->nv, v);
  for (ptrdiff_t i = 0; i < size; i++) {
    double kv = 0;

    spectrum_index(g, real, g->nx, i, k);
    for (int j = 0; j < g->dim; j++) kv += g->dk[j] * (double)HHTDerivative(k[j], g->nx[j]) * HHTGridV(g, j, v[j]);
    line[i] = HHTMultiply(line[i], CMPLX(0, -kv / ((double)g->n_rows * (double)g->n_cols)));
  }
}

/* in xi: adds -i W x */
static void potential_row(void *ctx, ptrdiff_t row, void *data)
{
  double complex       *line = data;
  const Context        *c    = ctx;
  const HHTFlow         f    = c->flow;
  const HHTGrid        *g    = f->grid;
  const double complex *x    = c->x + (row - c->first) * f->spectrum;
  ptrdiff_t             m[HHT_MAX_DIM];

  for (ptrdiff_t i = 0; i < f->spectrum; i++) {
    double w = f->g[row];

    spectrum_index(g, f->real, g->nv, i, m);
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
  double complex          *rest = HHTTransformGetRest(f->transform);
  PetscScalar             *result;

  PetscFunctionBeginUser;
  PetscCheck(HHTNumbersPrecision(f->numbers) == HHT_DOUBLE, f->comm, PETSC_ERR_SUP, "A Vec holds no single precision");
  HHTTransformGetRows(f->transform, &context.first, &count);
  PetscCall(VecGetArrayRead(x, &context.x));
  PetscCall(HHTFlowReset(f));
  PetscCall(HHTFlowMoments(f, context.x));
  PetscCall(HHTFlowSolveForce(f, NULL));
  PetscCall(HHTFlowSolvePhase(f));
  PetscCall(PetscArraycpy(rest, context.x, (size_t)(count * f->spectrum)));
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_OPEN, &open));
  HHTCallErrno(HHTTransformToColumns(f->transform));
  HHTCallErrno(HHTTransformColumns(f->transform, &columns));
  HHTCallErrno(HHTTransformToRows(f->transform));
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_CLOSE, &close));
  PetscCall(VecRestoreArrayRead(x, &context.x));
  PetscCall(VecGetArrayWrite(y, &result));
  PetscCall(PetscArraycpy(result, rest, (size_t)(count * f->spectrum)));
  PetscCall(VecRestoreArrayWrite(y, &result));
  PetscFunctionReturn(0);
}
