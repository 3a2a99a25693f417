/*
  A d = 1 plasma along any axis of a d = 2 or 3 box, uniform in the others: the same alpha times the profile in the
  other velocities, which is not moved. Catches mixed-up axes, spacings and wave vectors.
*/
#include "fixture.h"
#include "test.h"

#define N_X   12
#define N_V   20
#define V_MAX 5.

typedef struct {
  int dim, axis;
} Turn;

static double complex wave(double x, double v)
{
  return sqrt(1 + 0.4 * cos(0.5 * x) + 0.2 * sin(x)) * cexp(-v * v / 4 + 0.3 * I * v * sin(0.5 * x));
}

/* The profile of the other velocities; the discrete sum of its square is used to scale. */
static double profile(double v) { return exp(-v * v / 3 + 0.2 * v); }

static double complex initial(void *ctx, const double x[], const double v[])
{
  const Turn    *turn  = ctx;
  double complex value = wave(x[turn->axis], v[turn->axis]);

  for (int j = 0; j < turn->dim; j++)
    if (j != turn->axis) value *= profile(v[j]);
  return value;
}

/* The box of the other axes differs in everything. Mean density 1, which is what the force depends on. */
static Fixture solve(MPI_Comm comm, Turn *turn)
{
  Fixture   f = {.grid      = FixtureGrid(turn->dim, 4, 1, 3, 6, 4),
                 .potential = {.type = "poisson", .strength = 1},
                 .amplitude = initial,
                 .ctx       = turn,
                 .mass      = 1};
  const int a = turn->axis;

  f.grid.nx[a]       = N_X;
  f.grid.nv[a]       = N_V;
  f.grid.x_min[a]    = 0;
  f.grid.x_length[a] = 4 * PETSC_PI;
  f.grid.v_max[a]    = V_MAX;
  for (int j = 0; j < turn->dim; j++) f.mass *= f.grid.x_length[j];
  FixtureCreate(comm, &f);
  FixtureSolve(&f, "blanesmoan4", 2, 10, PETSC_FALSE);
  return f;
}

static double complex alpha[N_X][N_V]; /* of the run with d = 1 */

static double complex turned(void *ctx, const double x[], const double v[])
{
  const Turn    *turn = ctx;
  const long     i = lround(x[turn->axis] * N_X / (4 * PETSC_PI)), m = lround(v[turn->axis] * N_V / (2 * V_MAX));
  double complex value = alpha[i][m < 0 ? m + N_V : m];

  for (int j = 0; j < turn->dim; j++) {
    double norm2 = 0;

    if (j == turn->axis) continue;
    for (int k = -3; k < 3; k++) norm2 += pow(profile(k * 4 / 3.), 2) * 4 / 3.;
    value *= profile(v[j]) / sqrt(norm2);
  }
  return value;
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  Turn    line = {1, 0};
  Fixture f    = solve(PETSC_COMM_SELF, &line);

  for (int i = 0; i < N_X; i++) TestCall(HHTStateGetAlphaRow(f.state, i, alpha[i]));
  FixtureDestroy(&f);
  for (int dim = 2; dim <= HHT_MAX_DIM; dim++)
    for (int axis = 0; axis < dim; axis++) {
      Turn   turn = {dim, axis};
      double error;

      f     = solve(PETSC_COMM_WORLD, &turn);
      error = FixtureAlphaError(&f, turned, &turn);
      TestMeasured("error %.1e", error);
      TestClose(error, 0, 1e-13, "alpha along the axis");
      FixtureDestroy(&f);
    }
  return TestEnd();
}
