/*
  With Gamma = -sum_j cos x_j a product of solutions for d = 1 with mass 1 solves the equation in two and three
  dimensions, on the grid as in the continuum: the runs differ by round-off only.
*/
#include "fixture.h"
#include "test.h"

#define N_X 8
#define N_V 10

static double complex factor(int j, double x, double v)
{
  static const double amplitude[] = {0.3, -0.5, 0.4}, temperature[] = {0.6, 0.9, 0.7}, phase[] = {0.4, -0.3, 0.2};

  return sqrt(1 + amplitude[j] * cos(x + j)) *
         cexp(-v * v / (4 * temperature[j]) + I * phase[j] * (sin(x) * (1 + v) + 0.2 * v));
}

static double complex one(void *ctx, const double x[], const double v[]) { return factor(*(int *)ctx, x[0], v[0]); }

static double complex product(void *ctx, const double x[], const double v[])
{
  double complex value = 1;

  for (int j = 0; j < *(int *)ctx; j++) value *= factor(j, x[j], v[j]);
  return value;
}

static Fixture solve(MPI_Comm comm, int dim, Amplitude amplitude, int *ctx)
{
  Fixture f = {.grid      = FixtureGrid(dim, N_X, 0, 2 * PETSC_PI, N_V, 5),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = amplitude,
               .ctx       = ctx,
               .mass      = 1};

  FixtureCreate(comm, &f);
  FixtureSolve(&f, "strang", 1, 5, PETSC_TRUE);
  return f;
}

static double complex alpha[HHT_MAX_DIM][N_X][N_V]; /* of the runs with d = 1 */

static void solve_factor(int j)
{
  Fixture f = solve(PETSC_COMM_SELF, 1, one, &j);

  for (int i = 0; i < N_X; i++) TestCall(HHTStateGetAlphaRow(f.state, i, alpha[j][i]));
  FixtureDestroy(&f);
}

/* From coordinates back to the indices of alpha. */
static double complex product_of_runs(void *ctx, const double x[], const double v[])
{
  double complex value = 1;

  for (int j = 0; j < *(int *)ctx; j++) {
    const long i = lround(x[j] * N_X / (2 * PETSC_PI)), m = lround(v[j] * N_V / 10);

    value *= alpha[j][i][m < 0 ? m + N_V : m];
  }
  return value;
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int j = 0; j < HHT_MAX_DIM; j++) solve_factor(j);
  for (int dim = 2; dim <= HHT_MAX_DIM; dim++) {
    Fixture f     = solve(PETSC_COMM_WORLD, dim, product, &dim);
    double  error = FixtureAlphaError(&f, product_of_runs, &dim);

    TestMeasured("error %.1e", error);
    TestClose(error, 0, 1e-14, "product of runs");
    FixtureDestroy(&f);
  }
  return TestEnd();
}
