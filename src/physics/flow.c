/*
  The flows, as passes. HHTFlowPotential() only adds to `pending`; HHTFlowKinetic() is one row pass, which applies the pending potential
  flow on the way from xi to v, and one column pass:

      rows     [v -> xi, sum J,] exp(i tau grad phi . xi), xi -> v
      columns  exp(-i tau G), x -> k, exp(-i tau' k . v), k -> x, sum rho

  exp(-i tau G(x)) commutes with all that happens to a row, and J is complete only after the row pass, so it waits for the column
  pass. The potential flow changes neither rho nor J, so each is summed once.

  The flows of (Vl) are the same, with G = 0 and f in place of alpha: only rho is another sum.
*/
#include "flow_impl.h"
#include <math.h>
#include <string.h>

static PetscErrorCode create_rows(HHTFlow f)
{
  PetscMPIInt size;
  ptrdiff_t   first, count;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(f->comm, &size));
  PetscCall(PetscMalloc2(size, &f->row_counts, size, &f->row_offsets));
  HHTTransformGetRows(f->transform, &first, &count);
  HHTCallErrno(HHTTransformShares(f->comm, first, count, f->row_counts, f->row_offsets));
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
    PetscCall(PetscFree(f->thread[i].kinetic));
  }
  PetscCall(PetscFree(f->thread));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowCreateInField(HHTState state, const HHTField *field, HHTFlow *flow)
{
  HHTFlow f;
  size_t  n, d;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *flow    = f;
  f->state = state;
  f->field = *field;
  PetscCall(HHTStateIsReal(state, &f->real));
  PetscCall(HHTStateGetUnknown(state, &f->unknown));
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
  PetscCall(HHTFlowPaddingCreate(f));
  PetscCall(HHTAxesCreate(f->numbers, PETSC_TRUE, f->grid->dim, f->grid->nv, f->grid->dxi, NULL, &f->xi_axes));
  PetscCall(create_rows(f));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowCreate(HHTState state, HHTMeanField mean_field, HHTFlow *flow)
{
  HHTField field;

  PetscFunctionBeginUser;
  PetscCall(HHTMeanFieldGetField(mean_field, &field));
  PetscCall(HHTFlowCreateInField(state, &field, flow));
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
  PetscCall(HHTFlowPaddingDestroy(f));
  PetscCall(destroy_threads(f));
  PetscCall(HHTAxesDestroy(&f->xi_axes));
  PetscCall(HHTAxesDestroy(&f->v_axes));
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

static void store_J(HHTFlow f, ptrdiff_t row, const double first[])
{
  for (int j = 0; j < f->grid->dim; j++) f->J[j * f->grid->n_rows + row] = first[j] / f->grid->cell_x;
}

static PetscErrorCode gather_J(HHTFlow f)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < f->grid->dim; j++) PetscCall(gather_rows(f, f->J + j * f->grid->n_rows));
  f->J_known = PETSC_TRUE;
  PetscFunctionReturn(0);
}

static void store_moments(HHTFlow f, ptrdiff_t row, const void *alpha_hat)
{
  const HHTLineMoments m = HHTLineMomentsOf(&f->xi_axes, alpha_hat);

  f->rho[row] = m.total / f->grid->cell_x;
  if (!f->real) store_J(f, row, m.first);
}

static void forget_force(HHTFlow f)
{
  if (!f->field.fixed) f->force_known = PETSC_FALSE;
}

PetscErrorCode HHTFlowMoments(HHTFlow f, const void *rows)
{
  const size_t bytes = (size_t)f->spectrum * HHTNumbersSize(HHTNumbersSpectrum(f->numbers));
  ptrdiff_t    first, count;

  PetscFunctionBeginUser;
  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) {
    const void *row = (const char *)rows + (size_t)i * bytes;

    if (f->unknown == HHT_AMPLITUDE)
      store_moments(f, first + i, row);
    else
      f->rho[first + i] = HHTDistributionDensity(f->grid, HHTNumbersSpectrum(f->numbers), row);
  }
  PetscCall(gather_rows(f, f->rho));
  PetscCall(gather_J(f));
  f->rho_known = PETSC_TRUE;
  forget_force(f);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowSolveForce(HHTFlow f, double phi[])
{
  double start = MPI_Wtime();

  PetscFunctionBeginUser;
  PetscCall(f->field.force(f->field.ctx, f->rho, f->grad_phi, phi));
  f->force_known = PETSC_TRUE;
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

static PetscBool has_phase(const HHTFlow f) { return !f->real && f->field.phase ? PETSC_TRUE : PETSC_FALSE; }

PetscErrorCode HHTFlowSolvePhase(HHTFlow f)
{
  double start = MPI_Wtime();

  PetscFunctionBeginUser;
  if (has_phase(f)) PetscCall(f->field.phase(f->field.ctx, f->J, f->g));
  f->seconds += MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowReset(HHTFlow f)
{
  PetscFunctionBeginUser;
  f->rho_known = f->J_known = PETSC_FALSE;
  forget_force(f);
  f->pending = f->pending_gradient = f->mass = f->norm = 0;
  f->in_v                                              = PETSC_FALSE;
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

/* in xi: sum J where it is not known yet, zero padding, and exp(i tau grad phi . xi) */
static void potential_row(void *ctx, ptrdiff_t row, void *line)
{
  HHTFlow    f      = ctx;
  HHTPhases *phases = &f->thread[HHTTransformThread()].row_phases;
  double     theta[HHT_MAX_DIM], first[HHT_MAX_DIM];

  if (!f->J_known && !f->real) {
    HHTLineFirstMoments(&f->xi_axes, line, first);
    store_J(f, row, first);
  }
  HHTFlowPadRow(f, line);
  if (!moves(f)) return;
  for (int j = 0; j < f->grid->dim; j++) theta[j] = f->kick[j * f->grid->n_rows + row] * f->grid->dxi[j];
  HHTPhasesSet(phases, theta);
  HHTPhasesMultiply(phases, 1, line);
}

PetscErrorCode HHTFlowSetListener(HHTFlow f, HHTFlowListener listener, void *ctx)
{
  PetscFunctionBeginUser;
  f->listener     = listener;
  f->listener_ctx = ctx;
  PetscFunctionReturn(0);
}

static PetscErrorCode tell_kinetic(HHTFlow f)
{
  PetscFunctionBeginUser;
  if (f->listener) PetscCall(f->listener(f->listener_ctx, f->tau, NULL));
  PetscFunctionReturn(0);
}

/* When rho, J, grad phi and G are those of the flow over f->tau. */
static PetscErrorCode tell_potential(HHTFlow f)
{
  const HHTFields fields = {
      .rho = f->rho, .J = f->real ? NULL : f->J, .grad_phi = f->grad_phi, .g = has_phase(f) ? f->g : NULL};

  PetscFunctionBeginUser;
  if (!f->listener) PetscFunctionReturn(0);
  PetscCheck(f->tau_gradient == 0, f->comm, PETSC_ERR_SUP, "A listener cannot be told of a modified potential flow");
  if (f->tau != 0) PetscCall(f->listener(f->listener_ctx, f->tau, &fields));
  PetscFunctionReturn(0);
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
  f->pass = pass;
  HHTCallErrno(HHTTransformRows(f->transform, pass, &operators));
  if (!f->J_known && !f->real) PetscCall(gather_J(f));
  f->J_known = PETSC_TRUE;
  *phase     = moves(f) && has_phase(f) ? PETSC_TRUE : PETSC_FALSE;
  if (*phase) PetscCall(set_g_phase(f));
  PetscCall(tell_potential(f));
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

/* in k: zero padding, exp(-i tau k . v), and the normalisation of both pairs of transforms */
static void kinetic_column(void *ctx, ptrdiff_t column, void *line)
{
  HHTFlow        f      = ctx;
  const HHTGrid *g      = f->grid;
  HHTPhases     *phases = &f->thread[HHTTransformThread()].column_phases;
  ptrdiff_t      index[HHT_MAX_DIM];
  double         theta[HHT_MAX_DIM];

  HHTUnflatten(column, g->dim, g->nv, index);
  for (int j = 0; j < g->dim; j++) theta[j] = -f->tau * HHTGridV(g, j, index[j]) * g->dk[j];
  HHTFlowPadColumn(f, line);
  HHTPhasesSet(phases, theta);
  HHTPhasesMultiply(phases, f->normalisation, line);
}

PetscErrorCode HHTFlowKinetic(HHTFlow f, double tau)
{
  HHTColumnOperators operators = {.ctx = f, .in_k = kinetic_column, .after = HHTFlowDensityColumn};
  PetscBool          phase;

  PetscFunctionBeginUser;
  PetscCall(know_moments(f));
  PetscCall(HHTFlowKnowInvariants(f));
  PetscCall(potential_rows(f, f->in_v ? HHT_ROWS_MERGED : HHT_ROWS_OPEN, &phase));
  if (phase) operators.in_x = phase_column;
  HHTCallErrno(HHTTransformToColumns(f->transform));
  f->tau = tau;
  PetscCall(tell_kinetic(f));
  PetscCall(HHTFlowDensityBegin(f));
  HHTCallErrno(HHTTransformColumns(f->transform, &operators));
  HHTCallErrno(HHTTransformToRows(f->transform));
  PetscCall(HHTFlowDensityEnd(f));
  PetscCall(HHTFlowPaddingSettle(f));
  f->in_v      = PETSC_TRUE;
  f->rho_known = PETSC_TRUE;
  f->J_known   = PETSC_FALSE;
  forget_force(f);
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
  PetscCall(HHTModifiedPotentialCreate(f->grid, &f->field, &f->modified));
  PetscCall(PetscMalloc2(d * n, &f->grad_phi_mod, n, &f->g_mod));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowModifiedPotential(HHTFlow f, double tau)
{
  PetscFunctionBeginUser;
  PetscCheck(!f->field.fixed, f->comm, PETSC_ERR_SUP, "A given potential has no modified potential");
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
  f->pass = HHT_ROWS_CLOSE;
  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) potential_row(f, first + i, HHTEntryAt(spectrum, rest, i * f->spectrum));
  if (moves(f) && has_phase(f)) {
    PetscCall(set_g_phase(f));
    phase_rows(f);
  }
  PetscCall(tell_potential(f));
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
  *fields = (HHTFields){.rho          = f->rho,
                        .J            = f->J,
                        .phi          = f->phi,
                        .grad_phi     = f->grad_phi,
                        .g            = f->g,
                        .energy_share = f->field.energy_share};
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowGetFieldTime(HHTFlow f, double *seconds)
{
  PetscFunctionBeginUser;
  *seconds = f->seconds;
  PetscFunctionReturn(0);
}
