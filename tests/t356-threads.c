/* The same bits on any number of threads: states, diagnostics; complex and real, both precisions, d = 1 and 2, columns that are no whole number of blocks. */
#include "fixture.h"
#include "test.h"
#include <string.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  const int dim = *(const int *)ctx;
  double    f = 1, phase = 0;

  for (int j = 0; j < dim; j++) {
    f *= (1 + 0.3 * cos(x[j] + j)) * exp(-0.5 * v[j] * v[j]);
    phase += v[j] * sin(x[j]);
  }
  return dim == 2 ? f : f * cexp(0.3 * I * phase); /* real for d = 2 */
}

static Fixture solve(int *dim, HHTPrecision precision, int threads, HHTDiagnostics *values)
{
  const int nv = *dim == 1 ? 52 : 6;
  Fixture   f  = {.grid      = FixtureGrid(*dim, *dim == 1 ? 32 : 8, 0, 2 * PETSC_PI, nv, 6),
                  .potential = {.type = "poisson", .strength = 1},
                  .amplitude = initial,
                  .ctx       = dim,
                  .mass      = 1,
                  .threads   = threads,
                  .precision = precision};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 0.5, 5, PETSC_TRUE);
  TestCall(HHTDiagnose(f.diagnoser, 0.5, values));
  return f;
}

static void check(int dim, HHTPrecision precision)
{
  HHTDiagnostics one, many;
  Fixture        alone = solve(&dim, precision, 1, &one);

  for (int threads = 2; threads <= 5; threads++) {
    Fixture f = solve(&dim, precision, threads, &many);

    TestCheck(FixtureDifference(&alone, &f) == 0, "%d threads: another state", threads);
    many.m1_bound = one.m1_bound; /* NaN */
    TestCheck(!memcmp(&one, &many, sizeof one), "%d threads: other diagnostics", threads);
    FixtureDestroy(&f);
  }
  FixtureDestroy(&alone);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 2; dim++) {
    check(dim, HHT_DOUBLE);
    check(dim, HHT_SINGLE);
  }
  return TestEnd();
}
