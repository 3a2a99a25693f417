/*
  All integrals of one state at rest, by a pass that only looks: rows in xi and in v, and for alpha columns in k. Every line gives a few sums in
  a fixed order; lines are added exactly, so that the result does not depend on the ranks.
*/
#include "line_moments.h"
#include "line_values.h"
#include <hht/diagnostics.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

typedef enum {
  NORM2,
  XI_EDGE,
  XI_SECOND,
  V_EDGE,
  V_SECOND,
  F_NEGATIVE,
  F_SQUARE,
  F_ENTROPY,
  K_SECOND,
  KV,
  V_FIRST,
  K_FIRST = V_FIRST + HHT_MAX_DIM,
  N_SUMS  = K_FIRST + HHT_MAX_DIM
} Sum;

struct HHTDiagnoser_s {
  HHTFlow        flow; /* borrowed */
  HHTState       state;
  const HHTGrid *grid;
  HHTUnknown     unknown;
  double         f_factor; /* f is that times |.|^2 of a number in v, or the number itself */
  double         c_gamma;
  PetscBool      started;
  double         m1_start, t_start;
  HHTAxes        xi_axes, v_axes, k_axes;
  int            threads;
  HHTSum (*sums)[N_SUMS]; /* of each thread, and .. */
  double *f_min;
};

/* Numbers in v are alpha, or f, times the root of cell_x cell_v n_cols. */
static void set_unknown(HHTDiagnoser d)
{
  const double square = d->grid->cell_x * d->grid->cell_v * (double)d->grid->n_cols;

  d->f_factor       = 1 / (d->unknown == HHT_AMPLITUDE ? square : sqrt(square));
  d->v_axes.unknown = d->unknown;
}

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
  PetscCall(HHTStateGetUnknown(d->state, &d->unknown));
  g = d->grid;
  PetscCall(HHTStateGetTransform(d->state, &transform));
  d->threads = HHTTransformGetThreads(transform);
  PetscCall(PetscMalloc2((size_t)d->threads, &d->sums, (size_t)d->threads, &d->f_min));
  numbers = HHTTransformGetNumbers(transform);
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nv, g->dxi, &d->xi_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_FALSE, g->dim, g->nv, g->dv, &d->v_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nx, g->dk, &d->k_axes));
  set_unknown(d);
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
  PetscCall(PetscFree2(d->sums, d->f_min));
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
  HHTSumAdd(&sums[NORM2], m.total);
  HHTSumAdd(&sums[XI_EDGE], m.edge);
  HHTSumAdd(&sums[XI_SECOND], m.second);
}

static void v_row(void *ctx, ptrdiff_t row, void *line)
{
  HHTDiagnoser   d      = ctx;
  const int      thread = HHTTransformThread();
  HHTSum        *sums   = d->sums[thread];
  HHTLineMoments m      = HHTLineMomentsOf(&d->v_axes, line);
  HHTLineValues  f      = HHTLineValuesOf(d->v_axes.numbers, d->unknown, d->f_factor, d->grid->n_cols, line);

  (void)row;
  d->f_min[thread] = fmin(d->f_min[thread], f.min);
  HHTSumAdd(&sums[F_NEGATIVE], f.negative);
  HHTSumAdd(&sums[F_SQUARE], f.square);
  HHTSumAdd(&sums[F_ENTROPY], f.entropy);
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
  for (int j = 0; j < d->grid->dim; j++) {
    HHTSumAdd(&sums[KV], m.first[j] * HHTGridV(d->grid, j, index[j]));
    HHTSumAdd(&sums[K_FIRST + j], m.first[j]);
  }
}

/* Columns tell of the derivatives of alpha in x. */
static PetscErrorCode look_at_lines(HHTDiagnoser d)
{
  const HHTRowOperators    rows    = {.ctx = d, .in_xi = xi_row, .in_v = v_row};
  const HHTColumnOperators columns = {.ctx = d, .in_k = k_column};
  HHTTransform             transform;

  PetscFunctionBeginUser;
  PetscCall(PetscArrayzero(d->sums, (size_t)d->threads));
  for (int t = 0; t < d->threads; t++) d->f_min[t] = INFINITY;
  PetscCall(HHTStateGetTransform(d->state, &transform));
  HHTCallErrno(HHTTransformRows(transform, HHT_ROWS_OPEN, &rows));
  if (d->unknown == HHT_AMPLITUDE) HHTCallErrno(HHTTransformReadColumns(transform, &columns));
  PetscFunctionReturn(0);
}

/* Of all threads and ranks. */
static PetscErrorCode reduce_lines(HHTDiagnoser d, double value[N_SUMS], double *f_min)
{
  MPI_Comm comm;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetComm(d->state, &comm));
  *f_min = d->f_min[0];
  for (int t = 1; t < d->threads; t++) {
    *f_min = fmin(*f_min, d->f_min[t]);
    for (int s = 0; s < N_SUMS; s++) HHTSumMerge(&d->sums[0][s], &d->sums[t][s]);
  }
  HHTCallErrno(HHTSumAllreduce(comm, d->sums[0], N_SUMS));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, f_min, 1, MPI_DOUBLE, MPI_MIN, comm));
  for (int s = 0; s < N_SUMS; s++) value[s] = HHTSumValue(&d->sums[0][s]);
  PetscFunctionReturn(0);
}

/* From sums over unnormalised transforms of the state to integrals. */
static void normalise(const HHTDiagnoser d, double value[N_SUMS])
{
  const double cell = d->grid->cell_x * d->grid->cell_v, in_v = cell * d->f_factor;
  const double in_k = 1 / ((double)d->grid->n_cols * (double)d->grid->n_rows);

  value[V_EDGE] *= in_v;
  value[V_SECOND] *= in_v;
  value[F_NEGATIVE] *= cell;
  value[F_SQUARE] *= cell;
  value[F_ENTROPY] *= cell;
  value[K_SECOND] *= in_k;
  value[KV] *= in_k;
  for (int j = 0; j < HHT_MAX_DIM; j++) {
    value[V_FIRST + j] *= in_v;
    value[K_FIRST + j] *= in_k;
  }
}

static PetscErrorCode sum_lines(HHTDiagnoser d, double value[N_SUMS], double *f_min)
{
  PetscFunctionBeginUser;
  PetscCall(look_at_lines(d));
  PetscCall(reduce_lines(d, value, f_min));
  normalise(d, value);
  PetscFunctionReturn(0);
}

/* What is said of alpha alone. */
static PetscErrorCode set_amplitude_values(HHTDiagnoser d, const double value[N_SUMS], double grad_phi_J,
                                           HHTDiagnostics *v)
{
  PetscBool real;

  PetscFunctionBeginUser;
  PetscCall(HHTStateIsReal(d->state, &real));
  v->mass        = value[NORM2];
  v->l2_norm     = sqrt(v->mass);
  v->hamiltonian = real ? 0 : value[KV] / 2 - grad_phi_J / 2;
  v->m1_norm     = sqrt(v->mass + value[XI_SECOND] + value[K_SECOND]);
  PetscFunctionReturn(0);
}

static PetscErrorCode set_distribution_values(HHTDiagnoser d, HHTDiagnostics *v)
{
  PetscFunctionBeginUser;
  PetscCall(HHTStateMass(d->state, &v->mass));
  v->l2_norm = v->hamiltonian = v->m1_norm = NAN;
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

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetFields(d->flow, &fields));
  memset(v, 0, sizeof *v);
  PetscCall(sum_lines(d, value, &v->f_min));
  sum_fields(d->grid, &fields, v, &grad_phi_J);
  if (d->unknown == HHT_AMPLITUDE)
    PetscCall(set_amplitude_values(d, value, grad_phi_J, v));
  else
    PetscCall(set_distribution_values(d, v));
  v->kinetic_energy = value[V_SECOND] / 2;
  v->energy         = v->kinetic_energy + v->potential_energy;
  v->negative_mass  = value[F_NEGATIVE];
  v->f_l2_norm      = sqrt(value[F_SQUARE]);
  v->entropy        = value[F_ENTROPY];
  for (int j = 0; j < d->grid->dim; j++) {
    v->momentum[j]   = value[V_FIRST + j];
    v->x_momentum[j] = value[K_FIRST + j];
  }
  v->xi_edge_fraction = value[XI_EDGE] / value[NORM2];
  v->v_edge_fraction  = value[V_EDGE] / (v->mass + 2 * v->negative_mass);
  if (!d->started) PetscCall(HHTDiagnoserStart(d, v->m1_norm, t));
  v->m1_bound = HHTM1Bound(d->m1_start, d->c_gamma, t - d->t_start);
  PetscFunctionReturn(0);
}
