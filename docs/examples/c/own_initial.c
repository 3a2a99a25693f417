/*
  Initial data of one's own: two packets in phase space that interfere, moving freely. The exact solution is
  alpha(t, x, v) = alpha_0(x - t v, v), with which the rows of the final state are compared.
*/
#include <hht/hht.h>
#include <math.h>

static double complex packet(double x, double v, double x0, double v0)
{
  return exp(-0.5 * (x - x0) * (x - x0) - 2 * (v - v0) * (v - v0)) * cexp(1.5 * I * (x - x0) * v);
}

static double complex alpha_0(double x, double v) { return packet(x, v, -2, 1) + packet(x, v, 2, -1); }

/* One row of the state: alpha_0 at x_row and all velocities. ctx is whatever HHTStateSetAmplitude() was given. */
static PetscErrorCode fill(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = ctx;

  for (ptrdiff_t m = 0; m < g->n_cols; m++) alpha[m] = alpha_0(HHTGridX(g, 0, row), HHTGridV(g, 0, m));
  return 0;
}

/* The largest difference from the exact solution at time t. */
static PetscErrorCode largest_error(HHTState state, double t, double *error)
{
  const HHTGrid  *g;
  double complex *alpha;
  ptrdiff_t       first, count;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetRows(state, &first, &count));
  PetscCall(PetscMalloc1(g->n_cols, &alpha));
  *error = 0;
  for (ptrdiff_t row = first; row < first + count; row++) {
    PetscCall(HHTStateGetAlphaRow(state, row, alpha));
    for (ptrdiff_t m = 0; m < g->n_cols; m++) {
      const double v = HHTGridV(g, 0, m), x = HHTGridX(g, 0, row) - t * v;

      *error = fmax(*error, cabs(alpha[m] - alpha_0(x, v)));
    }
  }
  PetscCall(PetscFree(alpha));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, error, 1, MPI_DOUBLE, MPI_MAX, PETSC_COMM_WORLD));
  PetscFunctionReturn(0);
}

int main(int argc, char **argv)
{
  HHTGrid            grid      = {.dim = 1, .nx = {128}, .x_min = {-10}, .x_length = {20}, .nv = {128}, .v_max = {5}};
  HHTPotentialParams params    = {.type = "none"};
  HHTPotential       potential = NULL;
  HHTMeanField       field     = NULL;
  HHTState           state     = NULL;
  HHTFlow            flow      = NULL;
  double             error;

  PetscFunctionBeginUser;
  PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
  PetscCall(HHTGridSetUp(&grid));
  PetscCall(HHTPotentialCreate(&grid, &params, &potential));
  PetscCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &grid, potential, HHT_FIELD_AUTO, HHT_RIGOR_ESTIMATE, &field));
  PetscCall(HHTStateCreate(PETSC_COMM_WORLD, &grid, HHT_COMPLEX, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &state));
  PetscCall(HHTStateSetAmplitude(state, fill, &grid, NAN)); /* NAN: the data keep the mass that they have */
  PetscCall(HHTFlowCreate(state, field, &flow));

  /* The kinetic flow is exact for any time. HHTFlowFinish() brings the state to rest, where it can be read. */
  PetscCall(HHTFlowKinetic(flow, 2.0));
  PetscCall(HHTFlowFinish(flow));
  PetscCall(largest_error(state, 2.0, &error));
  PetscCall(PetscPrintf(PETSC_COMM_WORLD, "largest error of alpha at t = 2: %.1e\n", error));

  PetscCall(HHTFlowDestroy(&flow));
  PetscCall(HHTStateDestroy(&state));
  PetscCall(HHTMeanFieldDestroy(&field));
  PetscCall(HHTPotentialDestroy(&potential));
  return PetscFinalize();
}
