/*
  Mass to 1e-13 in 1000 Strang steps of a nonlinear state, complex and real, with lengths that are powers of two and
  not. In single precision to what one step gains, some ulp of float: it is taken back in the next.
*/
#include "fixture.h"
#include "test.h"

static double complex complex_state(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) * cexp(-v[0] * v[0] / 1.2 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0])));
}

static double complex real_state(void *ctx, const double x[], const double v[])
{
  return creal(complex_state(ctx, x, v)); /* changes its sign */
}

static double drift(int nx, int nv, Amplitude amplitude, HHTPrecision precision)
{
  Fixture f = {.grid      = FixtureGrid(1, nx, 0, 2 * PETSC_PI, nv, 6),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = amplitude,
               .mass      = 3,
               .precision = precision};
  double  first, last;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCheck(f.real == (amplitude == real_state) || getenv("HHT_TEST_NUMBERS"), "alpha counts as %s",
            f.real ? "real" : "complex");
  TestCall(HHTStateMass(f.state, &first));
  TestClose(first, 3, precision == HHT_SINGLE ? 3 * 0x1p-24 : 1e-14, "mass at the start");
  FixtureSolve(&f, "strang", 50, 1000, PETSC_TRUE);
  TestCall(HHTStateMass(f.state, &last));
  FixtureDestroy(&f);
  return last / first - 1;
}

static void check(int nx, int nv, HHTPrecision precision, double allowed)
{
  const double of_complex = drift(nx, nv, complex_state, precision), of_real = drift(nx, nv, real_state, precision);

  TestMeasured("%s %.1e", precision == HHT_SINGLE ? "single" : "double", fmax(fabs(of_complex), fabs(of_real)));
  TestClose(of_complex, 0, allowed, "change of mass, complex");
  TestClose(of_real, 0, allowed, "change of mass, real");
}

int main(int argc, char **argv)
{
  static const int n[][2] = {{32, 64}, {30, 70}, {22, 78}};

  TestBegin(&argc, &argv);
  for (int i = 0; i < 3; i++) {
    check(n[i][0], n[i][1], HHT_DOUBLE, 1e-13);
    check(n[i][0], n[i][1], HHT_SINGLE, 4 * 0x1p-24);
  }
  return TestEnd();
}
