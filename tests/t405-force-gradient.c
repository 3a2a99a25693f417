/*
  The order of force-gradient methods on nonlinear complex states in the cases that t400 does not have: two dimensions, where all parts of the
  modified potential and of its phase act, and the free boundary. A wrong part leaves an error of second order; so does what the grid does not
  resolve, which is why the sixth order is seen in one dimension only, where a fine grid is cheap. For f of (Vl) the modified potential is the same.
*/
#include "fixture.h"
#include "test.h"

static double complex wave(void *ctx, const double x[], const double v[])
{
  double phase = 0;

  (void)ctx;
  for (int j = 0; j < 2; j++) phase += 0.5 * v[j] * sin(x[j]) + 0.2 * cos(x[0] + x[1]);
  return sqrt(1 + 0.4 * cos(x[0]) * cos(x[1])) * cexp(-(v[0] * v[0] + v[1] * v[1]) / 2 + I * phase);
}

static double complex cloud(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return cexp(-x[0] * x[0] / 2 - v[0] * v[0] / 2 + I * (0.4 * x[0] * v[0] + 0.3 * x[0] * x[0]));
}

static Fixture plane(void)
{
  return (Fixture){.grid      = FixtureGrid(2, 16, 0, 2 * PETSC_PI, 24, 5),
                   .potential = {.type = "gaussian", .strength = -0.3, .width = 1.5},
                   .amplitude = wave,
                   .mass      = 2};
}

static Fixture isolated(void)
{
  return (Fixture){.grid      = FixtureGrid(1, 128, -13, 26, 160, 9),
                   .potential = {.type = "plummer", .strength = -2, .softening = 1, .boundary = HHT_FREE},
                   .amplitude = cloud,
                   .mass      = 1};
}

static Fixture isolated_distribution(void)
{
  Fixture f = isolated();

  f.unknown = HHT_DISTRIBUTION;
  return f;
}

typedef Fixture (*Make)(void);

static Fixture solve(Make make, const char *splitting, int n)
{
  Fixture f = make();

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, splitting, 1, n, PETSC_TRUE);
  return f;
}

static double error(Make make, const char *splitting, int n, Fixture *reference)
{
  Fixture f = solve(make, splitting, n);
  double  e = FixtureDifference(&f, reference);

  FixtureDestroy(&f);
  return e;
}

static void check_order(Make make, const char *name, const char *splitting, int order, int n)
{
  Fixture      reference = solve(make, "nystrom6", 4 * n);
  const double coarse = error(make, splitting, n, &reference), fine = error(make, splitting, 2 * n, &reference);

  TestMeasured("%s, %s, error %.1e", name, splitting, fine);
  TestMeasured("%s, %s, order %.2f", name, splitting, log2(coarse / fine));
  TestCheck(fine > 1e-12, "the error is too small for an order");
  TestClose(log2(coarse / fine), order, 0.2, splitting);
  FixtureDestroy(&reference);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_order(plane, "d = 2", "chin4", 4, 3);
  check_order(isolated, "free boundary", "chin4", 4, 8);
  check_order(isolated, "free boundary", "casas6", 6, 3);
  check_order(isolated_distribution, "free boundary, f", "chin4", 4, 8);
  return TestEnd();
}
