#include "fixture.h"
#include "test.h"

static PetscErrorCode fill(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Fixture *f = ctx;
  const HHTGrid *g = &f->grid;
  ptrdiff_t      i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double         x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) v[j] = HHTGridV(g, j, m[j]);
    alpha[c] = f->amplitude(f->ctx, x, v);
  }
  return 0;
}

HHTGrid FixtureGrid(int dim, int nx, double x_min, double x_length, int nv, double v_max)
{
  HHTGrid g = {.dim = dim};

  for (int j = 0; j < dim; j++) {
    g.nx[j]       = nx;
    g.nv[j]       = nv;
    g.x_min[j]    = x_min;
    g.x_length[j] = x_length;
    g.v_max[j]    = v_max;
  }
  return g;
}

void FixtureCreate(MPI_Comm comm, Fixture *f)
{
  TestCall(HHTGridSetUp(&f->grid));
  TestCall(HHTPotentialCreate(&f->grid, &f->potential, &f->gamma));
  TestCall(HHTMeanFieldCreate(comm, &f->grid, f->gamma, f->field_type, HHT_RIGOR_ESTIMATE, &f->field));
  TestCall(HHTStateCreate(comm, &f->grid, f->transpose, HHT_RIGOR_ESTIMATE, &f->state));
  TestCall(HHTStateSetAmplitude(f->state, fill, f, f->mass, &f->real));
  TestCall(HHTFlowCreate(f->state, f->field, f->real, &f->flow));
}

void FixtureDestroy(Fixture *f)
{
  TestCall(HHTFlowDestroy(&f->flow));
  TestCall(HHTStateDestroy(&f->state));
  TestCall(HHTMeanFieldDestroy(&f->field));
  TestCall(HHTPotentialDestroy(&f->gamma));
}

static PetscErrorCode never_seen(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *ctx)
{
  (void)ts, (void)step, (void)time, (void)ctx;
  *seen = PETSC_FALSE;
  return 0;
}

void FixtureSolve(Fixture *f, const char *splitting, double t, int n, PetscBool merged)
{
  static PetscBool registered = PETSC_FALSE;
  MPI_Comm         comm;
  TS               ts;
  Vec              vec;

  if (!registered) TestCall(TSHHTSplittingRegister());
  registered = PETSC_TRUE;
  TestCall(HHTStateGetComm(f->state, &comm));
  TestCall(HHTStateGetVec(f->state, &vec));
  TestCall(TSCreate(comm, &ts));
  TestCall(TSSetType(ts, TSHHTSPLITTING));
  TestCall(TSHHTSplittingSetType(ts, splitting));
  TestCall(TSHHTSplittingSetFlow(ts, f->flow));
  if (merged) TestCall(TSHHTSplittingSetSeen(ts, never_seen, NULL));
  TestCall(TSSetSolution(ts, vec));
  TestCall(TSSetTimeStep(ts, t / n));
  TestCall(TSSetMaxTime(ts, t));
  TestCall(TSSetMaxSteps(ts, n + 2));
  TestCall(TSSolve(ts, vec));
  TestCall(HHTFlowFinish(f->flow));
  TestCall(TSDestroy(&ts));
}

double FixtureError(Fixture *f, Amplitude exact, void *ctx)
{
  const HHTGrid  *g = &f->grid;
  ptrdiff_t       first, count, i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double          x[HHT_MAX_DIM], xi[HHT_MAX_DIM], error = 0;
  double complex *row = malloc((size_t)g->n_cols * sizeof *row);
  MPI_Comm        comm;

  TestCall(HHTStateGetComm(f->state, &comm));
  TestCall(HHTStateGetRows(f->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaHatRow(f->state, r, row));
    HHTUnflatten(r, g->dim, g->nx, i);
    for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
    for (ptrdiff_t c = 0; c < g->n_cols; c++) {
      HHTUnflatten(c, g->dim, g->nv, m);
      for (int j = 0; j < g->dim; j++) xi[j] = HHTGridXi(g, j, m[j]);
      error = fmax(error, cabs(row[c] - exact(ctx, x, xi)));
    }
  }
  free(row);
  MPI_Allreduce(MPI_IN_PLACE, &error, 1, MPI_DOUBLE, MPI_MAX, comm);
  return error;
}
