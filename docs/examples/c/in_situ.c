/*
  Analysis while a run goes on: after each step the first Fourier mode of the density, from which the damping rate and
  frequency of a plasma wave are fitted at the end. Theory: rate -0.153359, frequency 1.415662.
*/
#include <hht/hht.h>
#include <math.h>

#define STEPS 200
#define DT    0.1
#define K     0.5

typedef struct {
  HHTFlow flow;
  int     n;
  double  mode[STEPS]; /* int rho cos(k x) dx after each step */
} Analysis;

/* PETSc calls it after each step. The fields are whole arrays on every rank, so all of them find the same. */
static PetscErrorCode analyse(TS ts)
{
  Analysis      *a;
  HHTState       state;
  HHTFields      fields;
  const HHTGrid *g;
  double         mode = 0;

  PetscFunctionBeginUser;
  PetscCall(TSGetApplicationContext(ts, &a));
  PetscCall(HHTFlowGetState(a->flow, &state));
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTFlowGetFields(a->flow, &fields));
  for (ptrdiff_t i = 0; i < g->n_rows; i++) mode += fields.rho[i] * cos(K * HHTGridX(g, 0, i)) * g->cell_x;
  a->mode[a->n++] = mode;
  PetscFunctionReturn(0);
}

static PetscErrorCode set_amplitude(const HHTGrid *grid, HHTState state)
{
  HHTInitialParams params = {.type = "landau", .mass = NAN, .temperature = 1, .amplitude = 1e-3, .wavenumber = {K}};
  HHTInitial       initial;
  ptrdiff_t        first, count;
  double           mass;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetRows(state, &first, &count));
  PetscCall(HHTInitialCreate(PETSC_COMM_WORLD, grid, &params, first, count, &initial));
  PetscCall(HHTInitialMass(initial, &mass));
  PetscCall(HHTStateSetAmplitude(state, HHTInitialFillRow, initial, mass));
  PetscCall(HHTInitialDestroy(&initial));
  PetscFunctionReturn(0);
}

/* -ts_splitting_type, -ts_dt, -log_view, .. of PETSc work as they do in hht run. */
static PetscErrorCode solve(Analysis *a)
{
  HHTState state;
  Vec      alpha_hat;
  TS       ts;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetState(a->flow, &state));
  PetscCall(HHTStateGetVec(state, &alpha_hat));
  PetscCall(TSHHTSplittingRegister());
  PetscCall(TSCreate(PETSC_COMM_WORLD, &ts));
  PetscCall(TSSetType(ts, TSHHTSPLITTING));
  PetscCall(TSHHTSplittingSetFlow(ts, a->flow));
  PetscCall(TSSetTimeStep(ts, DT));
  PetscCall(TSSetMaxTime(ts, STEPS * DT));
  PetscCall(TSSetMaxSteps(ts, STEPS));
  PetscCall(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_STEPOVER));
  PetscCall(TSSetFromOptions(ts));
  PetscCall(TSSetApplicationContext(ts, a));
  PetscCall(TSSetPostStep(ts, analyse));
  PetscCall(TSSolve(ts, alpha_hat));
  PetscCall(TSDestroy(&ts));
  PetscFunctionReturn(0);
}

int main(int argc, char **argv)
{
  HHTGrid            grid      = {.dim = 1, .nx = {32}, .x_length = {2 * PETSC_PI / K}, .nv = {128}, .v_max = {6}};
  HHTPotentialParams params    = {.type = "poisson", .strength = 1, .boundary = HHT_PERIODIC};
  HHTPotential       potential = NULL;
  HHTMeanField       field     = NULL;
  HHTState           state     = NULL;
  Analysis           a         = {0};
  double             rate, frequency;

  PetscFunctionBeginUser;
  PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
  PetscCall(HHTGridSetUp(&grid));
  PetscCall(HHTPotentialCreate(&grid, &params, &potential));
  PetscCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &grid, potential, HHT_FIELD_AUTO, HHT_RIGOR_ESTIMATE, &field));
  PetscCall(HHTStateCreate(PETSC_COMM_WORLD, &grid, HHT_REAL, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &state));
  PetscCall(set_amplitude(&grid, state));
  PetscCall(HHTFlowCreate(state, field, &a.flow));
  PetscCall(solve(&a));

  /* The second half, where other modes of the wave have died away. */
  HHTFitOscillation(a.n / 2, DT, a.mode + a.n / 2, &rate, &frequency);
  PetscCall(PetscPrintf(PETSC_COMM_WORLD, "rate %.4f, frequency %.4f\n", rate, frequency));

  PetscCall(HHTFlowDestroy(&a.flow));
  PetscCall(HHTStateDestroy(&state));
  PetscCall(HHTMeanFieldDestroy(&field));
  PetscCall(HHTPotentialDestroy(&potential));
  return PetscFinalize();
}
