/*
  What zero padding in x is for. K wave numbers on n > 3 K points move as they do on a grid twice as fine, but for products of three modes and
  more, which are of a higher order in the step. Without padding, products of two come back among those that are kept.
*/
#include "fixture.h"
#include "test.h"

#define K     6
#define TIME  2
#define MODES 4

static double complex initial(void *ctx, const double x[], const double v[])
{
  const double phase = ctx ? 0.5 * v[0] * sin(x[0]) : 0;

  return (1 + 0.4 * cos(x[0])) * cexp(-v[0] * v[0] / 1.6 + I * phase);
}

/* Modes 1 .. MODES of rho at TIME. */
static void solve(int n, HHTPadding padding, PetscBool phase, HHTUnknown unknown, int steps, double complex modes[])
{
  static int with_phase;
  Fixture    f = {.grid      = FixtureGrid(1, n, 0, 2 * PETSC_PI, 48, 6),
                  .potential = {.type = "poisson", .strength = -1},
                  .amplitude = initial,
                  .ctx       = phase ? &with_phase : NULL,
                  .unknown   = unknown,
                  .mass      = 4};
  HHTFields  fields;

  f.grid.padding = padding;
  f.kept         = padding ? K : 0;
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", TIME, steps, PETSC_TRUE);
  TestCall(HHTFlowGetFields(f.flow, &fields));
  for (int k = 1; k <= MODES; k++) {
    modes[k - 1] = 0;
    for (ptrdiff_t i = 0; i < f.grid.n_rows; i++)
      modes[k - 1] += fields.rho[i] * cexp(-I * (double)k * HHTGridX(&f.grid, 0, i)) * f.grid.cell_x;
  }
  FixtureDestroy(&f);
}

static double difference(const double complex a[], const double complex b[])
{
  double largest = 0;

  for (int k = 0; k < MODES; k++) largest = fmax(largest, cabs(a[k] - b[k]));
  return largest;
}

static void check(PetscBool phase, HHTUnknown unknown, const char *what)
{
  double complex galerkin[MODES], modes[MODES];
  double         padded[2], plain;

  for (int i = 0; i < 2; i++) {
    const int steps = 100 << i;

    solve(6 * K, HHT_PADDING_X, phase, unknown, steps, galerkin);
    solve(3 * K + 2, HHT_PADDING_X, phase, unknown, steps, modes);
    padded[i] = difference(modes, galerkin);
    solve(2 * K, HHT_PADDING_NONE, phase, unknown, steps, modes);
    plain = difference(modes, galerkin);
  }
  TestMeasured("%s %.1e", what, padded[0]);
  TestMeasured("%s, gain %.1f", what, padded[0] / padded[1]);
  TestMeasured("%s, without %.1e", what, plain);
  TestClose(padded[0], 0, 2e-11, "aliasing with padding");
  TestClose(padded[0] / padded[1], 2, 0.5, "and its fall with the step");
  TestCheck(plain > 1e5 * padded[0], "aliasing without padding is %g", plain);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(PETSC_FALSE, HHT_AMPLITUDE, "real alpha");
  check(PETSC_TRUE, HHT_AMPLITUDE, "alpha");
  check(PETSC_FALSE, HHT_DISTRIBUTION, "f");
  return TestEnd();
}
