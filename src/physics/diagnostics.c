/*
  All integrals of one state at rest, by a pass that only looks: rows in xi and in v, columns in k. Every line gives a few sums in
  a fixed order; lines are added exactly, so that the result does not depend on the ranks.

  The square of ||D^2 alpha|| is the sum of (|xi|^2 + |k|^2)^2 |alpha_hat|^2 over (k, xi), where no pass ever is. Two of its parts are fourth
  moments of xi and of k alone. Of the third, |xi|^2 |k|^2, a pass of its own sums the second moment of k of |xi| alpha_hat.
*/
#include "entries.h"
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
  XI_FOURTH,
  V_EDGE,
  V_SECOND,
  F_NEGATIVE,
  F_SQUARE,
  F_ENTROPY,
  K_SECOND,
  K_EDGE,
  K_FOURTH,
  XI_K, /* |xi|^2 |k|^2 */
  KV,
  V_FIRST,
  K_FIRST = V_FIRST + HHT_MAX_DIM,
  N_SUMS  = K_FIRST + HHT_MAX_DIM
} Sum;

struct HHTDiagnoser_s {
  HHTFlow        flow, other; /* borrowed; other may be NULL */
  HHTState       state;
  const HHTGrid *grid;
  HHTUnknown     unknown;
  double         f_factor; /* f is that times |.|^2 of a number in v, or the number itself */
  double         c_gamma;
  PetscBool      started;
  HHTDiagnostics first; /* that bounds start from */
  double         t_start;
  HHTAxes        xi_axes, v_axes, k_axes;
  PetscBool      with_d2;
  double        *xi_norm; /* |xi| of the entries of a row at rest */
  ptrdiff_t      spectrum;
  int            threads;
  HHTSum (*sums)[N_SUMS]; /* of each thread, and .. */
  double *f_min;
};

static PetscErrorCode create_xi_norm(HHTDiagnoser d)
{
  const HHTGrid *g = d->grid;
  ptrdiff_t      n[HHT_MAX_DIM], m[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)d->spectrum, &d->xi_norm));
  for (int j = 0; j < g->dim; j++) n[j] = j < g->dim - 1 ? g->nv[j] : d->xi_axes.run;
  for (ptrdiff_t i = 0; i < d->spectrum; i++) {
    double square = 0;

    HHTUnflatten(i, g->dim, n, m);
    for (int j = 0; j < g->dim; j++) square += d->xi_axes.coordinate[j][m[j]] * d->xi_axes.coordinate[j][m[j]];
    d->xi_norm[i] = sqrt(square);
  }
  PetscFunctionReturn(0);
}

/* Numbers in v are alpha, or f, times the root of cell_x cell_v n_cols. Second derivatives are said of alpha alone. */
static void set_unknown(HHTDiagnoser d)
{
  const double square = d->grid->cell_x * d->grid->cell_v * (double)d->grid->n_cols;

  d->f_factor       = 1 / (d->unknown == HHT_AMPLITUDE ? square : sqrt(square));
  d->v_axes.unknown = d->unknown;
  d->with_d2        = d->unknown == HHT_AMPLITUDE ? PETSC_TRUE : PETSC_FALSE;
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
  d->threads  = HHTTransformGetThreads(transform);
  d->spectrum = HHTTransformGetSpectrumSize(transform);
  PetscCall(PetscMalloc2((size_t)d->threads, &d->sums, (size_t)d->threads, &d->f_min));
  numbers = HHTTransformGetNumbers(transform);
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nv, g->dxi, g->kept_xi, &d->xi_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_FALSE, g->dim, g->nv, g->dv, NULL, &d->v_axes));
  PetscCall(HHTAxesCreate(numbers, PETSC_TRUE, g->dim, g->nx, g->dk, g->kept_k, &d->k_axes));
  set_unknown(d);
  PetscCall(create_xi_norm(d));
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
  PetscCall(PetscFree(d->xi_norm));
  PetscCall(PetscFree2(d->sums, d->f_min));
  PetscCall(PetscFree(d));
  *diagnoser = NULL;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnoserSetD2Norm(HHTDiagnoser d, PetscBool on)
{
  PetscFunctionBeginUser;
  d->with_d2 = on && d->unknown == HHT_AMPLITUDE ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnoserSetOther(HHTDiagnoser d, HHTFlow other)
{
  PetscFunctionBeginUser;
  d->other = other;
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
  HHTSumAdd(&sums[XI_FOURTH], m.fourth);
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
  HHTSumAdd(&sums[K_EDGE], m.edge);
  HHTSumAdd(&sums[K_FOURTH], m.fourth);
  for (int j = 0; j < d->grid->dim; j++) {
    HHTSumAdd(&sums[KV], m.first[j] * HHTGridV(d->grid, j, index[j]));
    HHTSumAdd(&sums[K_FIRST + j], m.first[j]);
  }
}

static inline void multiply(HHTNumbers numbers, ptrdiff_t n, const double *restrict factor, void *restrict line)
{
  for (ptrdiff_t i = 0; i < n; i++) HHTEntrySet(numbers, line, i, factor[i] * HHTEntryGet(numbers, line, i));
}

/* |xi| alpha_hat; real alpha stays real, because |xi| is even. */
static void weighted_row(void *ctx, ptrdiff_t row, void *line)
{
  const HHTDiagnoser d = ctx;

  (void)row;
  if (d->xi_axes.numbers == HHT_SINGLE_COMPLEX)
    multiply(HHT_SINGLE_COMPLEX, d->spectrum, d->xi_norm, line);
  else
    multiply(HHT_COMPLEX, d->spectrum, d->xi_norm, line);
}

static void weighted_column(void *ctx, ptrdiff_t column, void *line)
{
  const HHTDiagnoser d = ctx;

  (void)column;
  HHTSumAdd(&d->sums[HHTTransformThread()][XI_K], HHTLineMomentsOf(&d->k_axes, line).second);
}

static PetscErrorCode pass(HHTTransform transform, const HHTRowOperators *rows, const HHTColumnOperators *columns)
{
  PetscFunctionBeginUser;
  HHTCallErrno(HHTTransformRows(transform, HHT_ROWS_OPEN, rows));
  HHTCallErrno(HHTTransformReadColumns(transform, columns));
  PetscFunctionReturn(0);
}

static PetscErrorCode all_passes(HHTDiagnoser d)
{
  const HHTRowOperators    rows             = {.ctx = d, .in_xi = xi_row, .in_v = v_row};
  const HHTColumnOperators columns          = {.ctx = d, .in_k = k_column};
  const HHTRowOperators    weighted_rows    = {.ctx = d, .in_xi = weighted_row};
  const HHTColumnOperators weighted_columns = {.ctx = d, .in_k = weighted_column};
  HHTTransform             transform;

  PetscFunctionBeginUser;
  PetscCall(PetscArrayzero(d->sums, (size_t)d->threads));
  for (int t = 0; t < d->threads; t++) d->f_min[t] = INFINITY;
  PetscCall(HHTStateGetTransform(d->state, &transform));
  PetscCall(pass(transform, &rows, &columns));
  if (d->with_d2) PetscCall(pass(transform, &weighted_rows, &weighted_columns));
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
  value[K_EDGE] *= in_k;
  value[K_FOURTH] *= in_k;
  value[XI_K] *= in_k;
  value[KV] *= in_k;
  for (int j = 0; j < HHT_MAX_DIM; j++) {
    value[V_FIRST + j] *= in_v;
    value[K_FIRST + j] *= in_k;
  }
}

static PetscErrorCode sum_lines(HHTDiagnoser d, double value[N_SUMS], double *f_min)
{
  PetscFunctionBeginUser;
  PetscCall(all_passes(d));
  PetscCall(reduce_lines(d, value, f_min));
  normalise(d, value);
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
  v->potential_energy = phi_rho * g->cell_x * fields->energy_share;
  v->field_energy     = force2 * g->cell_x / 2;
  *force_current      = grad_phi_J * g->cell_x;
}

PetscErrorCode HHTDiagnoserStart(HHTDiagnoser d, const HHTDiagnostics *first, double t)
{
  PetscFunctionBeginUser;
  d->started = PETSC_TRUE;
  d->first   = *first;
  d->t_start = t;
  PetscFunctionReturn(0);
}

/* The larger M^1 norm of the two solutions, from this one's. */
static PetscErrorCode find_larger_m1_norm(HHTDiagnoser d, double t, double *norm)
{
  HHTDiagnoser   diagnoser;
  HHTDiagnostics other;

  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserCreate(d->other, NAN, &diagnoser));
  PetscCall(HHTDiagnoserSetD2Norm(diagnoser, PETSC_FALSE));
  PetscCall(HHTDiagnose(diagnoser, t, &other));
  PetscCall(HHTDiagnoserDestroy(&diagnoser));
  *norm = fmax(*norm, other.m1_norm);
  PetscFunctionReturn(0);
}

static PetscErrorCode measure_distance(HHTDiagnoser d, double t, HHTDiagnostics *v)
{
  HHTState other;

  PetscFunctionBeginUser;
  v->distance = v->larger_m1_norm = NAN;
  if (!d->other) PetscFunctionReturn(0);
  PetscCall(HHTFlowGetState(d->other, &other));
  PetscCall(HHTFlowFinish(d->other));
  PetscCall(HHTStateDistance(d->state, other, &v->distance));
  v->larger_m1_norm = d->started ? d->first.larger_m1_norm : v->m1_norm;
  if (!d->started) PetscCall(find_larger_m1_norm(d, t, &v->larger_m1_norm));
  PetscFunctionReturn(0);
}

/* What they may be at a time t after the start. */
static void set_bounds(const HHTDiagnoser d, PetscBool real, double t, HHTDiagnostics *v)
{
  const HHTDiagnostics *f     = &d->first;
  const HHTNorms        start = {
             .l2 = f->l2_norm, .gradient = sqrt(fmax(0, f->m1_norm * f->m1_norm - f->mass)), .d2 = f->d2_norm};

  v->m1_bound       = HHTM1Bound(f->m1_norm, d->c_gamma, t);
  v->d2_bound       = d->with_d2 ? HHTD2Bound(&start, d->grid->dim, real ? 1 : 0, d->c_gamma, t) : NAN;
  v->distance_bound = HHTDistanceBound(f->distance, f->larger_m1_norm, d->c_gamma, t);
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
  v->d2_norm     = d->with_d2 ? sqrt(value[XI_FOURTH] + 2 * value[XI_K] + value[K_FOURTH]) : NAN;
  PetscFunctionReturn(0);
}

static PetscErrorCode set_distribution_values(HHTDiagnoser d, HHTDiagnostics *v)
{
  PetscFunctionBeginUser;
  PetscCall(HHTStateMass(d->state, &v->mass));
  v->l2_norm = v->hamiltonian = v->m1_norm = v->d2_norm = NAN;
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
  memset(v, 0, sizeof *v);
  PetscCall(sum_lines(d, value, &v->f_min));
  PetscCall(HHTFlowGetAbsorbed(d->flow, &v->absorbed_mass, &v->absorbed_energy));
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
  v->k_edge_fraction  = value[K_EDGE] / value[NORM2];
  PetscCall(measure_distance(d, t, v));
  if (!d->started) PetscCall(HHTDiagnoserStart(d, v, t));
  set_bounds(d, real, t - d->t_start, v);
  PetscFunctionReturn(0);
}
