/*
  All integrals of one state at rest, by a pass that only looks: rows in xi and in v, columns in k. Every line gives a few sums in
  a fixed order; lines are added exactly, so that the result does not depend on the ranks.
*/
#include "line_moments.h"
#include <hht/diagnostics.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

typedef enum {
  MASS,
  XI_EDGE,
  XI_SECOND,
  V_EDGE,
  V_SECOND,
  K_SECOND,
  K_EDGE,
  KV,
  V_FIRST,
  K_FIRST = V_FIRST + HHT_MAX_DIM,
  N_SUMS  = K_FIRST + HHT_MAX_DIM
} Sum;

struct HHTDiagnoser_s {
  HHTFlow        flow; /* borrowed */
  HHTState       state;
  const HHTGrid *grid;
  double         c_gamma;
  PetscBool      started;
  double         m1_start, t_start;
  HHTAxes        xi_axes, v_axes, k_axes;
  int            threads;
  HHTSum (*sums)[N_SUMS]; /* of each thread */
};

PetscErrorCode HHTDiagnoserCreate(HHTFlow flow, double c_gamma, HHTDiagnoser *diagnoser)
{
  HHTDiagnoser   d;
  const HHTGrid *g;
  HHTTransform   transform;
  HHTNumbers     numbers;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&d));
  *diagnoser = d;
  d->flow    = flow;
  d->c_gamma = c_gamma;
  PetscCall(HHTFlowGetState(flow, &d->state));
  PetscCall(HHTStateGetGrid(d->state, &d->grid));
  g = d->grid;
  PetscCall(HHTStateGetTransform(d->state, &transform));
  d->threads = HHTTransformGetThreads(transform);
  PetscCall(PetscMalloc1((size_t)d->threads, &d->sums));
  numbers = HHTTransformGetNumbers(transform);
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nv, g->dxi, &d->xi_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_FALSE, g->dim, g->nv, g->dv, &d->v_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nx, g->dk, &d->k_axes));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnoserDestroy(HHTDiagnoser *diagnoser)
{
  HHTDiagnoser d = *diagnoser;

  PetscFunctionBeginUser;
  if (!d) PetscFunctionReturn(0);
  PetscCall(HHTAxesDestroy(&d->xi_axes));
  PetscCall(HHTAxesDestroy(&d->v_axes));
  PetscCall(HHTAxesDestroy(&d->k_axes));
  PetscCall(PetscFree(d->sums));
  PetscCall(PetscFree(d));
  *diagnoser = NULL;
  PetscFunctionReturn(0);
}

static void xi_row(void *ctx, ptrdiff_t row, void *line)
{
  HHTDiagnoser   d    = ctx;
  HHTSum        *sums = d->sums[HHTTransformThread()];
  HHTLineMoments m    = HHTLineMomentsOf(&d->xi_axes, line);

  (void)row;
  HHTSumAdd(&sums[MASS], m.total);
  HHTSumAdd(&sums[XI_EDGE], m.edge);
  HHTSumAdd(&sums[XI_SECOND], m.second);
}

static void v_row(void *ctx, ptrdiff_t row, void *line)
{
  HHTDiagnoser   d    = ctx;
  HHTSum        *sums = d->sums[HHTTransformThread()];
  HHTLineMoments m    = HHTLineMomentsOf(&d->v_axes, line);

  (void)row;
  HHTSumAdd(&sums[V_EDGE], m.edge);
  HHTSumAdd(&sums[V_SECOND], m.second);
  for (int j = 0; j < d->grid->dim; j++) HHTSumAdd(&sums[V_FIRST + j], m.first[j]);
}

static void k_column(void *ctx, ptrdiff_t column, void *line)
{
  HHTDiagnoser   d    = ctx;
  HHTSum        *sums = d->sums[HHTTransformThread()];
  HHTLineMoments m    = HHTLineMomentsOf(&d->k_axes, line);
  ptrdiff_t      index[HHT_MAX_DIM];

  HHTUnflatten(column, d->grid->dim, d->grid->nv, index);
  HHTSumAdd(&sums[K_SECOND], m.second);
  HHTSumAdd(&sums[K_EDGE], m.edge);
  for (int j = 0; j < d->grid->dim; j++) {
    HHTSumAdd(&sums[KV], m.first[j] * HHTGridV(d->grid, j, index[j]));
    HHTSumAdd(&sums[K_FIRST + j], m.first[j]);
  }
}

/* Lines in v carry n_cols times, lines in k n_rows n_cols times the mass of the state: transforms are unnormalised. */
static PetscErrorCode sum_lines(HHTDiagnoser d, double value[N_SUMS])
{
  const HHTRowOperators    rows    = {.ctx = d, .in_xi = xi_row, .in_v = v_row};
  const HHTColumnOperators columns = {.ctx = d, .in_k = k_column};
  const double             n_rows = (double)d->grid->n_rows, n_cols = (double)d->grid->n_cols;
  HHTTransform             transform;
  MPI_Comm                 comm;

  PetscFunctionBeginUser;
  PetscCall(PetscArrayzero(d->sums, (size_t)d->threads));
  PetscCall(HHTStateGetTransform(d->state, &transform));
  PetscCall(HHTStateGetComm(d->state, &comm));
  HHTCallErrno(HHTTransformRows(transform, HHT_ROWS_OPEN, &rows));
  HHTCallErrno(HHTTransformReadColumns(transform, &columns));
  for (int t = 1; t < d->threads; t++)
    for (int s = 0; s < N_SUMS; s++) HHTSumMerge(&d->sums[0][s], &d->sums[t][s]);
  HHTCallErrno(HHTSumAllreduce(comm, d->sums[0], N_SUMS));
  for (int s = 0; s < N_SUMS; s++) value[s] = HHTSumValue(&d->sums[0][s]);
  value[V_EDGE] /= n_cols;
  value[V_SECOND] /= n_cols;
  value[K_SECOND] /= n_cols * n_rows;
  value[K_EDGE] /= n_cols * n_rows;
  value[KV] /= n_cols * n_rows;
  for (int j = 0; j < HHT_MAX_DIM; j++) {
    value[V_FIRST + j] /= n_cols;
    value[K_FIRST + j] /= n_cols * n_rows;
  }
  PetscFunctionReturn(0);
}

/* The integrals over x of products of fields, whole arrays: the same on every rank. */
static void sum_fields(const HHTGrid *g, const HHTFields *fields, HHTDiagnostics *v, double *force_current)
{
  double phi_rho = 0, force2 = 0, grad_phi_J = 0;

  for (ptrdiff_t i = 0; i < g->n_rows; i++) phi_rho += fields->phi[i] * fields->rho[i];
  for (ptrdiff_t i = 0; i < g->dim * g->n_rows; i++) {
    force2 += fields->grad_phi[i] * fields->grad_phi[i];
    grad_phi_J += fields->grad_phi[i] * fields->J[i];
  }
  v->potential_energy = phi_rho * g->cell_x / 2;
  v->field_energy     = force2 * g->cell_x / 2;
  *force_current      = grad_phi_J * g->cell_x;
}

double HHTM1Bound(double m, double c, double t)
{
  double q = c * m * m;

  return m * (1 + q + (1 + 3 * q) * exp((1 + 2 * q) * t)) / (1 + 2 * q);
}

PetscErrorCode HHTDiagnoserStart(HHTDiagnoser d, double m1_norm, double t)
{
  PetscFunctionBeginUser;
  d->started  = PETSC_TRUE;
  d->m1_start = m1_norm;
  d->t_start  = t;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnose(HHTDiagnoser d, double t, HHTDiagnostics *v)
{
  double    value[N_SUMS], grad_phi_J;
  HHTFields fields;
  PetscBool real;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetFields(d->flow, &fields));
  PetscCall(HHTStateIsReal(d->state, &real));
  PetscCall(sum_lines(d, value));
  memset(v, 0, sizeof *v);
  sum_fields(d->grid, &fields, v, &grad_phi_J);
  v->mass           = value[MASS];
  v->l2_norm        = sqrt(v->mass);
  v->kinetic_energy = value[V_SECOND] / 2;
  v->energy         = v->kinetic_energy + v->potential_energy;
  v->hamiltonian    = real ? 0 : value[KV] / 2 - grad_phi_J / 2;
  v->m1_norm        = sqrt(v->mass + value[XI_SECOND] + value[K_SECOND]);
  for (int j = 0; j < d->grid->dim; j++) {
    v->momentum[j]   = value[V_FIRST + j];
    v->x_momentum[j] = value[K_FIRST + j];
  }
  v->xi_edge_fraction = value[XI_EDGE] / v->mass;
  v->v_edge_fraction  = value[V_EDGE] / v->mass;
  v->k_edge_fraction  = value[K_EDGE] / v->mass;
  if (!d->started) PetscCall(HHTDiagnoserStart(d, v->m1_norm, t));
  v->m1_bound = HHTM1Bound(d->m1_start, d->c_gamma, t - d->t_start);
  PetscFunctionReturn(0);
}
