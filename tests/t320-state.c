/*
  The state from an amplitude and back, in all kinds of numbers: mass, norm, alpha_hat against the closed transform, same bits on
  any ranks.
*/
#include "random.h"
#include "test.h"
#include <hht/state.h>

static HHTGrid grid_of(int dim, ptrdiff_t nx, ptrdiff_t nv, double v_max)
{
  HHTGrid g = {.dim = dim};

  for (int j = 0; j < dim; j++) g.nx[j] = nx + 2 * j, g.nv[j] = nv, g.x_length[j] = 3 + j, g.v_max[j] = v_max;
  TestCall(HHTGridSetUp(&g));
  return g;
}

static HHTNumbers numbers; /* of the states */

/* What an error counts that is 1 ulp in double precision. */
static double ulps(double error) { return HHTNumbersPrecision(numbers) == HHT_SINGLE ? 0x1p29 * error : error; }

static HHTState create(MPI_Comm comm, const HHTGrid *grid)
{
  HHTState state;

  TestCall(HHTStateCreate(comm, grid, numbers, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &state));
  return state;
}

static double complex datum(ptrdiff_t i)
{
  const double complex random = RandomComplex((uint64_t)i);

  return HHTNumbersAreReal(numbers) ? creal(random) : random;
}

static PetscErrorCode fill_random(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = ctx;

  for (ptrdiff_t i = 0; i < g->n_cols; i++) alpha[i] = datum(row * g->n_cols + i);
  return 0;
}

/* cell_x cell_v sum |alpha|^2 */
static double sum_of_squares(const HHTGrid *g)
{
  long double sum = 0;

  for (ptrdiff_t i = 0; i < g->n_rows * g->n_cols; i++) sum += powl(cabsl((long double complex)datum(i)), 2);
  return (double)sum * g->cell_x * g->cell_v;
}

static void check_rows(HHTState s, const HHTGrid *g, double factor)
{
  double complex *row = malloc((size_t)g->n_cols * sizeof *row);
  ptrdiff_t       first, count;
  double          error = 0;

  TestCall(HHTStateGetRows(s, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaRow(s, r, row));
    for (ptrdiff_t i = 0; i < g->n_cols; i++) error = fmax(error, cabs(row[i] / factor - datum(r * g->n_cols + i)));
  }
  TestClose(error, 0, ulps(4e-15), "alpha again");
  free(row);
}

static void check_mass(HHTState s, double expected)
{
  double mass, norm;
  Vec    vec;

  TestCall(HHTStateMass(s, &mass));
  TestClose(mass, expected, ulps(2e-15) * expected, "mass");
  TestCall(HHTStateGetVec(s, &vec));
  TestCall(VecNorm(vec, NORM_2, &norm));
  TestClose(norm, sqrt(mass), 1e-13 * norm, "VecNorm");
}

static void check_round_trip(int dim, double given)
{
  HHTGrid      g   = grid_of(dim, 6, dim == 3 ? 4 : 10, 2.5);
  const double own = sum_of_squares(&g), mass = isnan(given) ? own : given;
  HHTState     state = create(PETSC_COMM_WORLD, &g), alone = create(PETSC_COMM_SELF, &g);
  double       here, there;

  /* Another mass before, whose norm PETSc must not remember. */
  TestCall(HHTStateSetAmplitude(state, fill_random, &g, 1));
  check_mass(state, 1);
  TestCall(HHTStateSetAmplitude(state, fill_random, &g, given));
  check_rows(state, &g, sqrt(mass / own));
  check_mass(state, mass);
  TestCall(HHTStateSetAmplitude(alone, fill_random, &g, given));
  TestCall(HHTStateMass(state, &here));
  TestCall(HHTStateMass(alone, &there));
  TestCheck(here == there, "d = %d: mass %.17g, on one rank %.17g", dim, here, there);
  TestCall(HHTStateDestroy(&alone));
  TestCall(HHTStateDestroy(&state));
  TestCall(HHTStateDestroy(&state));
}

/* alpha = (row + 1) prod_j exp(-(v_j - a)^2 / 2 + i b v_j), b = 0 where numbers are real */
#define A 0.5
#define B (HHTNumbersAreReal(numbers) ? 0 : -0.7)
static PetscErrorCode fill_gaussian(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = ctx;
  ptrdiff_t      m[HHT_MAX_DIM];

  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    HHTUnflatten(c, g->dim, g->nv, m);
    alpha[c] = (double)(row + 1);
    for (int j = 0; j < g->dim; j++) {
      const double v = HHTGridV(g, j, m[j]);
      alpha[c] *= cexp(-0.5 * (v - A) * (v - A) + I * B * v);
    }
  }
  return 0;
}

/* (FT) of it: prod_j exp(-(xi_j - b)^2 / 2 - i a (xi_j - b)) */
static void check_transform(int dim)
{
  HHTGrid         g     = grid_of(dim, 4, dim == 3 ? 36 : 48, 9);
  HHTState        state = create(PETSC_COMM_WORLD, &g);
  double complex *row   = malloc((size_t)g.n_cols * sizeof *row);
  ptrdiff_t       first, count, m[HHT_MAX_DIM];
  double          error = 0;

  TestCall(HHTStateSetAmplitude(state, fill_gaussian, &g, NAN));
  TestCall(HHTStateGetRows(state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaHatRow(state, r, row));
    for (ptrdiff_t c = 0; c < g.n_cols; c++) {
      double complex expected = (double)(r + 1);

      HHTUnflatten(c, dim, g.nv, m);
      for (int j = 0; j < dim; j++) {
        const double y = HHTGridXi(&g, j, m[j]) - B;
        expected *= cexp(-0.5 * y * y - I * A * y);
      }
      error = fmax(error, cabs(row[c] - expected) / (double)(r + 1));
    }
  }
  TestClose(error, 0, HHTNumbersPrecision(numbers) == HHT_SINGLE ? 1e-6 : 1e-13, "alpha_hat of a Gaussian");
  free(row);
  TestCall(HHTStateDestroy(&state));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (numbers = HHT_COMPLEX; numbers <= HHT_SINGLE_REAL; numbers++) {
    for (int dim = 1; dim <= 3; dim++) {
      check_round_trip(dim, NAN);
      check_round_trip(dim, 7.25);
    }
    check_transform(1);
    check_transform(2);
  }
  return TestEnd();
}
