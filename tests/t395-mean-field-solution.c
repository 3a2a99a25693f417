/* alpha(t) has the same bits whichever times were asked for before, and is the solution. */
#include "fixture.h"
#include "test.h"
#include <hht/mean_field_solution.h>
#include <string.h>

#define NX 16
#define NV 24
#define N  (NX * NV)

static double complex amplitude(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.3 * cos(x[0])) * cexp(-v[0] * v[0] / 2 + 0.3 * I * v[0] * sin(x[0]));
}

static PetscErrorCode fill(void *grid, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = grid;

  for (ptrdiff_t c = 0; c < NV; c++) {
    const double x = HHTGridX(g, 0, row), v = HHTGridV(g, 0, c);

    alpha[c] = amplitude(NULL, &x, &v);
  }
  return 0;
}

static void solve(Fixture *f, int n, const double times[], double complex alpha[])
{
  HHTMeanFieldProblem  problem = {.grid      = &f->one,
                                  .potential = f->gamma,
                                  .numbers   = HHT_COMPLEX,
                                  .fill      = fill,
                                  .ctx       = &f->one,
                                  .splitting = "strang",
                                  .dt        = 0.1};
  HHTMeanFieldSolution solution;

  TestCall(HHTMeanFieldSolutionCreate(&problem, &solution));
  for (int i = 0; i < n; i++) TestCall(HHTMeanFieldSolutionGet(solution, times[i], alpha));
  TestCall(HHTMeanFieldSolutionDestroy(&solution));
}

static double difference(Fixture *f, const double complex alpha[])
{
  double complex row[NV];
  ptrdiff_t      first, count;
  double         largest = 0;

  TestCall(HHTStateGetRows(f->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaRow(f->state, r, row));
    for (int c = 0; c < NV; c++) largest = fmax(largest, cabs(row[c] - alpha[r * NV + c]));
  }
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, PETSC_COMM_WORLD);
  return largest;
}

int main(int argc, char **argv)
{
  static double complex direct[N], stepwise[N];
  double                error;
  const double          often[] = {0, 0.1, 0.15, 0.1 + 0.1 + 0.1, 0.35, 0.55};
  Fixture               f       = {.grid      = FixtureGrid(1, NX, 0, 2 * PETSC_PI, NV, 5),
                                   .potential = {.type = "cosine", .strength = -1},
                                   .amplitude = amplitude,
                                   .mass      = 1};

  TestBegin(&argc, &argv);
  FixtureCreate(PETSC_COMM_WORLD, &f);
  solve(&f, 1, &often[5], direct);
  solve(&f, 6, often, stepwise);
  TestCheck(!memcmp(direct, stepwise, sizeof direct), "the bits depend on the times asked for");
  FixtureSolve(&f, "strang", 0.5, 5, PETSC_FALSE);
  solve(&f, 1, (double[]){0.5}, direct);
  error = difference(&f, direct);
  TestMeasured("difference %.1e", error);
  TestClose(error, 0, 1e-14, "from a run of its own");
  FixtureDestroy(&f);
  return TestEnd();
}
