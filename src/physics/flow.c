/*
  The flows, as passes. HHTFlowPotential() only adds to `pending`; HHTFlowKinetic() is one row pass, which applies the pending potential
  flow on the way from xi to v, and one column pass:

      rows     [v -> xi, sum J,] exp(i tau grad phi . xi), xi -> v
      columns  exp(-i tau G), x -> k, exp(-i tau' k . v), k -> x, sum rho

  exp(-i tau G(x)) commutes with all that happens to a row, and J is complete only after the row pass, so it waits for the column
  pass. The potential flow changes neither rho nor J, so each is summed once.
*/
#include "flow_impl.h"
#include <math.h>
#include <string.h>

/* Relative change of the mass that can be no more than round-off, in double and in single precision. */
static const double round_off[] = {[HHT_DOUBLE] = 1e-12, [HHT_SINGLE] = 1e-5};

static PetscErrorCode create_rows(HHTFlow f)
{
  PetscMPIInt size;
  ptrdiff_t   first, count;
  int         own[2];

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(f->comm, &size));
  PetscCall(PetscMalloc2(size, &f->row_counts, size, &f->row_offsets));
  HHTTransformGetRows(f->transform, &first, &count);
  own[0] = (int)count;
  own[1] = (int)first;
  PetscCallMPI(MPI_Allgather(&own[0], 1, MPI_INT, f->row_counts, 1, MPI_INT, f->comm));
  PetscCallMPI(MPI_Allgather(&own[1], 1, MPI_INT, f->row_offsets, 1, MPI_INT, f->comm));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_threads(HHTFlow f)
{
  const size_t n = (size_t)f->grid->n_rows;

  PetscFunctionBeginUser;
  f->threads = HHTTransformGetThreads(f->transform);
  PetscCall(PetscCalloc1((size_t)f->threads, &f->thread));
  for (int i = 0; i < f->threads; i++) {
    HHTFlowThread *t = &f->thread[i];

    PetscCall(HHTPhasesCreate(f->numbers, f->grid->dim, f->grid->nv, &t->row_phases));
    PetscCall(HHTPhasesCreate(f->numbers, f->grid->dim, f->grid->nx, &t->column_phases));
    PetscCall(PetscCalloc2(n, &t->block_sum, n, &t->fixed));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy_threads(HHTFlow f)
{
  PetscFunctionBeginUser;
  for (int i = 0; i < f->threads; i++) {
    PetscCall(HHTPhasesDestroy(&f->thread[i].row_phases));
    PetscCall(HHTPhasesDestroy(&f->thread[i].column_phases));
    PetscCall(PetscFree2(f->thread[i].block_sum, f->thread[i].fixed));
  }
  PetscCall(PetscFree(f->thread));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowCreate(HHTState state, HHTMeanField field, HHTFlow *flow)
{
  HHTFlow f;
  size_t  n, d;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *flow    = f;
  f->state = state;
  f->field = field;
  PetscCall(HHTStateIsReal(state, &f->real));
  PetscCall(HHTStateGetComm(state, &f->comm));
  PetscCall(HHTStateGetGrid(state, &f->grid));
  PetscCall(HHTStateGetTransform(state, &f->transform));
  f->numbers  = HHTTransformGetNumbers(f->transform);
  f->spectrum = HHTTransformGetSpectrumSize(f->transform);
  n           = (size_t)f->grid->n_rows;
  d           = (size_t)f->grid->dim;
  PetscCall(PetscCalloc5(n, &f->rho, d * n, &f->J, n, &f->phi, d * n, &f->grad_phi, n, &f->g));
  PetscCall(PetscCalloc2(n, &f->g_phase, d * n, &f->kick));
  PetscCall(create_threads(f));
  PetscCall(HHTAxesCreate(f->numbers, PETSC_TRUE, f->grid->dim, f->grid->nv, f->grid->dxi, &f->xi_axes));
  PetscCall(create_rows(f));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowDestroy(HHTFlow *flow)
{
  HHTFlow f = *flow;

  PetscFunctionBeginUser;
  if (!f) PetscFunctionReturn(0);
  PetscCall(PetscFree5(f->rho, f->J, f->phi, f->grad_phi, f->g));
  PetscCall(PetscFree2(f->g_phase, f->kick));
  PetscCall(HHTModifiedPotentialDestroy(&f->modified));
  PetscCall(PetscFree2(f->grad_phi_mod, f->g_mod));
  PetscCall(destroy_threads(f));
  PetscCall(HHTAxesDestroy(&f->xi_axes));
  PetscCall(PetscFree2(f->row_counts, f->row_offsets));
  PetscCall(PetscFree(f));
  *flow = NULL;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetState(HHTFlow f, HHTState *state)
{
  PetscFunctionBeginUser;
  *state = f->state;
  PetscFunctionReturn(0);
}

/* This rank's rows of a whole array of n_rows to all ranks. Collective. */
static PetscErrorCode gather_rows(HHTFlow f, double whole[])
{
  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DOUBLE, whole, f->row_counts, f->row_offsets, MPI_DOUBLE, f->comm));
  PetscFunctionReturn(0);
}

static void store_J(HHTFlow f, ptrdiff_t row, const HHTLineMoments *m)
{
  for (int j = 0; j < f->grid->dim; j++) f->J[j * f->grid->n_rows + row] = m->first[j] / f->grid->cell_x;
}

static PetscErrorCode gather_J(HHTFlow f)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < f->grid->dim; j++) PetscCall(gather_rows(f, f->J + j * f->grid->n_rows));
  f->J_known = PETSC_TRUE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowMoments(HHTFlow f, const void *rows)
{
  const size_t bytes = (size_t)f->spectrum * HHTNumbersSize(HHTNumbersSpectrum(f->numbers));
  ptrdiff_t    first, count;

  PetscFunctionBeginUser;
  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) {
    HHTLineMoments m = HHTLineMomentsOf(&f->xi_axes, (const char *)rows + (size_t)i * bytes);

    f->rho[first + i] = m.total / f->grid->cell_x;
    if (!f->real) store_J(f, first + i, &m);
  }
  PetscCall(gather_rows(f, f->rho));
  PetscCall(gather_J(f));
  f->rho_known   = PETSC_TRUE;
  f->force_known = PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowSolveForce(HHTFlow f, double phi[])
{
  double start = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(HHTMeanFieldForce(f->field, f->rho, f->grad_phi, phi));
  f->force_known = PETSC_TRUE;
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowSolvePhase(HHTFlow f)
{
  double start = MPI_Wtime();

  PetscFunctionBeginUser;
  if (!f->real) PetscCall(HHTMeanFieldPhase(f->field, f->J, f->g));
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowReset(HHTFlow f)
{
  PetscFunctionBeginUser;
  f->rho_known = f->J_known = f->force_known = PETSC_FALSE;
  f->pending = f->pending_gradient = f->mass = 0;
  f->in_v                                    = PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* rho, and at rest J, of the state as it is now. */
static PetscErrorCode know_moments(HHTFlow f)
{
  PetscFunctionBeginUser;
  if (f->rho_known && (f->J_known || f->in_v)) PetscFunctionReturn(0);
  PetscCall(HHTFlowMoments(f, HHTTransformGetRest(f->transform)));
  PetscFunctionReturn(0);
}

static PetscErrorCode know_force(HHTFlow f)
{
  PetscFunctionBeginUser;
  PetscCall(know_moments(f));
  if (!f->force_known) PetscCall(HHTFlowSolveForce(f, NULL));
  PetscFunctionReturn(0);
}

/* Whether the potential flow of the pass in progress is more than the identity. */
static PetscBool moves(const HHTFlow f) { return f->tau != 0 || f->tau_gradient != 0 ? PETSC_TRUE : PETSC_FALSE; }

static PetscErrorCode add_modified_kick(HHTFlow f)
{
  const double start = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(HHTModifiedPotentialForce(f->modified, f->rho, f->grad_phi, f->grad_phi_mod));
  for (ptrdiff_t i = 0; i < f->grid->dim * f->grid->n_rows; i++) f->kick[i] -= f->tau_gradient * f->grad_phi_mod[i];
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

/* The pending potential flow becomes that of the pass in progress. */
static PetscErrorCode take_pending(HHTFlow f)
{
  PetscFunctionBeginUser;
  f->tau          = f->pending;
  f->tau_gradient = f->pending_gradient;
  f->pending = f->pending_gradient = 0;
  if (!moves(f)) PetscFunctionReturn(0);
  PetscCall(know_force(f));
  for (ptrdiff_t i = 0; i < f->grid->dim * f->grid->n_rows; i++) f->kick[i] = f->tau * f->grad_phi[i];
  if (f->tau_gradient != 0) PetscCall(add_modified_kick(f));
  PetscFunctionReturn(0);
}

/* in xi: sum J where it is not known yet, and exp(i tau grad phi . xi) */
static void potential_row(void *ctx, ptrdiff_t row, void *line)
{
  HHTFlow    f      = ctx;
  HHTPhases *phases = &f->thread[HHTTransformThread()].row_phases;
  double     theta[HHT_MAX_DIM];

  if (!f->J_known && !f->real) {
    HHTLineMoments m = HHTLineMomentsOf(&f->xi_axes, line);

    store_J(f, row, &m);
  }
  if (!moves(f)) return;
  for (int j = 0; j < f->grid->dim; j++) theta[j] = f->kick[j * f->grid->n_rows + row] * f->grid->dxi[j];
  HHTPhasesSet(phases, theta);
  HHTPhasesMultiply(phases, 1, line);
}

static PetscErrorCode solve_modified_phase(HHTFlow f)
{
  const double start = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(HHTModifiedPotentialPhase(f->modified, f->rho, f->J, f->grad_phi, f->g_mod));
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

/* g_phase = exp(-i (tau G - tau_gradient G_mod)) */
static PetscErrorCode set_g_phase(HHTFlow f)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowSolvePhase(f));
  if (f->tau_gradient != 0) PetscCall(solve_modified_phase(f));
  for (ptrdiff_t i = 0; i < f->grid->n_rows; i++)
    f->g_phase[i] = HHTPhase((f->tau_gradient != 0 ? f->tau_gradient * f->g_mod[i] : 0) - f->tau * f->g[i]);
  PetscFunctionReturn(0);
}

/* The row pass that applies the pending potential flow, but for exp(-i tau G), which is left in g_phase; *phase: whether there is one. */
static PetscErrorCode potential_rows(HHTFlow f, HHTRowPass pass, PetscBool *phase)
{
  const HHTRowOperators operators = {.ctx = f, .in_xi = potential_row};

  PetscFunctionBeginUser;
  PetscCall(take_pending(f));
  HHTCallErrno(HHTTransformRows(f->transform, pass, &operators));
  if (!f->J_known && !f->real) PetscCall(gather_J(f));
  f->J_known = PETSC_TRUE;
  *phase     = moves(f) && !f->real ? PETSC_TRUE : PETSC_FALSE;
  if (!*phase) PetscFunctionReturn(0);
  PetscCall(set_g_phase(f));
  PetscFunctionReturn(0);
}

static inline void multiply(HHTNumbers numbers, ptrdiff_t n, const double complex *restrict phase, void *restrict line)
{
  for (ptrdiff_t i = 0; i < n; i++) HHTEntrySet(numbers, line, i, HHTMultiply(HHTEntryGet(numbers, line, i), phase[i]));
}

static void phase_column(void *ctx, ptrdiff_t column, void *line)
{
  const HHTFlow f = ctx;

  (void)column;
  if (f->numbers == HHT_SINGLE_COMPLEX)
    multiply(HHT_SINGLE_COMPLEX, f->grid->n_rows, f->g_phase, line);
  else
    multiply(HHT_COMPLEX, f->grid->n_rows, f->g_phase, line);
}

/* in k: exp(-i tau k . v), and the normalisation of both pairs of transforms */
static void kinetic_column(void *ctx, ptrdiff_t column, void *line)
{
  HHTFlow        f      = ctx;
  const HHTGrid *g      = f->grid;
  HHTPhases     *phases = &f->thread[HHTTransformThread()].column_phases;
  ptrdiff_t      index[HHT_MAX_DIM];
  double         theta[HHT_MAX_DIM];

  HHTUnflatten(column, g->dim, g->nv, index);
  for (int j = 0; j < g->dim; j++) theta[j] = -f->tau * HHTGridV(g, j, index[j]) * g->dk[j];
  HHTPhasesSet(phases, theta);
  HHTPhasesMultiply(phases, f->normalisation, line);
}

/* sum = |line|^2, or sum += |line|^2 */
static inline void add_norm2(HHTNumbers numbers, ptrdiff_t n, const void *restrict line, int first,
                             double *restrict sum)
{
  if (first)
    for (ptrdiff_t i = 0; i < n; i++) sum[i] = HHTEntryNorm2(numbers, line, i);
  else
    for (ptrdiff_t i = 0; i < n; i++) sum[i] += HHTEntryNorm2(numbers, line, i);
}

/* in x again: rho of a block of columns, in the order of its columns, then added in fixed point */
static void density_column(void *ctx, ptrdiff_t column, void *line)
{
  const HHTFlow        f     = ctx;
  const HHTFlowThread *t     = &f->thread[HHTTransformThread()];
  const ptrdiff_t      n     = f->grid->n_rows;
  const int            first = column % HHT_BLOCK == 0;

  switch (f->numbers) {
  case HHT_COMPLEX: add_norm2(HHT_COMPLEX, n, line, first, t->block_sum); break;
  case HHT_REAL: add_norm2(HHT_REAL, n, line, first, t->block_sum); break;
  case HHT_SINGLE_COMPLEX: add_norm2(HHT_SINGLE_COMPLEX, n, line, first, t->block_sum); break;
  case HHT_SINGLE_REAL: add_norm2(HHT_SINGLE_REAL, n, line, first, t->block_sum); break;
  }
  if (column % HHT_BLOCK != HHT_BLOCK - 1 && column != f->grid->n_cols - 1) return;
  for (ptrdiff_t i = 0; i < n; i++) t->fixed[i] += llrint(t->block_sum[i] * f->fixed_scale);
}

static PetscErrorCode clear_density(HHTFlow f)
{
  PetscFunctionBeginUser;
  for (int t = 0; t < f->threads; t++) PetscCall(PetscArrayzero(f->thread[t].fixed, (size_t)f->grid->n_rows));
  PetscFunctionReturn(0);
}

/* rho from the sums of all threads and ranks, which are integers: in any order */
static PetscErrorCode reduce_density(HHTFlow f, double scale)
{
  int64_t *fixed = f->thread[0].fixed;

  PetscFunctionBeginUser;
  for (int t = 1; t < f->threads; t++)
    for (ptrdiff_t i = 0; i < f->grid->n_rows; i++) fixed[i] += f->thread[t].fixed[i];
  HHTCallErrno(HHTFixedAllreduce(f->comm, fixed, f->rho, f->grid->n_rows, scale));
  PetscFunctionReturn(0);
}

static double total(const HHTFlow f)
{
  long double sum = 0;

  for (ptrdiff_t i = 0; i < f->grid->n_rows; i++) sum += f->rho[i];
  return (double)(sum * f->grid->cell_x);
}

/*
  The factor that makes both pairs of transforms unitary. The transforms gain mass, some 1e-16 a step and always of the same sign,
  because sqrt(1/2), their commonest twiddle factor, is rounded up. What has been gained since the state was set is
  taken back here, where it costs nothing; more than round-off is left to be seen.
*/
static void set_normalisation(HHTFlow f, double mass)
{
  const double limit = round_off[HHTNumbersPrecision(f->numbers)];
  double       gain;

  if (f->mass == 0) f->mass = mass;
  gain             = (mass - f->mass) / f->mass;
  f->normalisation = (1 - (fabs(gain) < limit ? gain / 2 : 0)) / ((double)f->grid->n_rows * (double)f->grid->n_cols);
}

PetscErrorCode HHTFlowKinetic(HHTFlow f, double tau)
{
  HHTColumnOperators operators = {.ctx = f, .in_k = kinetic_column, .after = density_column};
  PetscBool          phase;
  double             scale, mass;

  PetscFunctionBeginUser;
  PetscCall(know_moments(f));
  PetscCall(potential_rows(f, f->in_v ? HHT_ROWS_MERGED : HHT_ROWS_OPEN, &phase));
  if (phase) operators.in_x = phase_column;
  HHTCallErrno(HHTTransformToColumns(f->transform));
  f->tau = tau;
  mass   = total(f);
  scale  = HHTFixedScale(2 * mass);
  set_normalisation(f, mass);
  /* |.|^2 of the scaled work buffer times n_cols is the mass */
  f->fixed_scale = scale * (double)f->grid->n_cols;
  PetscCall(clear_density(f));
  HHTCallErrno(HHTTransformColumns(f->transform, &operators));
  HHTCallErrno(HHTTransformToRows(f->transform));
  PetscCall(reduce_density(f, scale * f->grid->cell_x));
  f->in_v        = PETSC_TRUE;
  f->rho_known   = PETSC_TRUE;
  f->J_known     = PETSC_FALSE;
  f->force_known = PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowPotential(HHTFlow f, double tau)
{
  PetscFunctionBeginUser;
  f->pending += tau;
  PetscFunctionReturn(0);
}

static PetscErrorCode create_modified(HHTFlow f)
{
  const size_t n = (size_t)f->grid->n_rows, d = (size_t)f->grid->dim;

  PetscFunctionBeginUser;
  PetscCall(HHTModifiedPotentialCreate(f->grid, f->field, &f->modified));
  PetscCall(PetscMalloc2(d * n, &f->grad_phi_mod, n, &f->g_mod));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowModifiedPotential(HHTFlow f, double tau)
{
  PetscFunctionBeginUser;
  if (!f->modified) PetscCall(create_modified(f));
  f->pending_gradient += tau;
  PetscFunctionReturn(0);
}

/* exp(-i tau G) on the rows at rest */
static void phase_rows(HHTFlow f)
{
  const HHTNumbers spectrum = HHTNumbersSpectrum(f->numbers);
  void            *rest     = HHTTransformGetRest(f->transform);
  ptrdiff_t        first, count, n = f->spectrum;

  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++)
    for (ptrdiff_t k = i * n; k < (i + 1) * n; k++)
      HHTEntrySet(spectrum, rest, k, HHTMultiply(HHTEntryGet(spectrum, rest, k), f->g_phase[first + i]));
}

/* A pending potential flow of a state that is at rest already. */
static PetscErrorCode potential_at_rest(HHTFlow f)
{
  const HHTNumbers spectrum = HHTNumbersSpectrum(f->numbers);
  void            *rest     = HHTTransformGetRest(f->transform);
  ptrdiff_t        first, count;

  PetscFunctionBeginUser;
  PetscCall(take_pending(f));
  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) potential_row(f, first + i, HHTEntryAt(spectrum, rest, i * f->spectrum));
  if (f->real) PetscFunctionReturn(0);
  PetscCall(set_g_phase(f));
  phase_rows(f);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowFinish(HHTFlow f)
{
  PetscBool phase;

  PetscFunctionBeginUser;
  if (!f->in_v && f->pending == 0 && f->pending_gradient == 0) PetscFunctionReturn(0);
  if (f->in_v) {
    PetscCall(potential_rows(f, HHT_ROWS_CLOSE, &phase));
    if (phase) phase_rows(f);
    f->in_v = PETSC_FALSE;
  } else {
    PetscCall(potential_at_rest(f));
  }
  PetscCall(HHTStateChanged(f->state));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetFields(HHTFlow f, HHTFields *fields)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowFinish(f));
  PetscCall(know_moments(f));
  PetscCall(HHTFlowSolveForce(f, f->phi));
  PetscCall(HHTFlowSolvePhase(f));
  *fields = (HHTFields){.rho = f->rho, .J = f->J, .phi = f->phi, .grad_phi = f->grad_phi, .g = f->g};
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetFieldTime(HHTFlow f, double *seconds)
{
  PetscFunctionBeginUser;
  *seconds = f->seconds;
  PetscFunctionReturn(0);
}
