/*
  f = |alpha|^2 of (HHt), with a phase and without, against f of (Vl). Each flow moves both along the same characteristics, so they agree
  at any time step to what the grid resolves; with the step both err, at the order of the splitting.
*/
#include "fixture.h"
#include "test.h"

static double complex real_state(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) * exp(-v[0] * v[0] / 1.6);
}

static double complex complex_state(void *ctx, const double x[], const double v[])
{
  return real_state(ctx, x, v) * cexp(I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0] + 1)));
}

static Fixture solve(HHTUnknown unknown, Amplitude amplitude, int nx, int nv, int steps)
{
  Fixture f = {.grid      = FixtureGrid(1, nx, 0, 2 * PETSC_PI, nv, 6),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = amplitude,
               .unknown   = unknown,
               .mass      = 1};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 3, steps, PETSC_TRUE);
  return f;
}

static double density(const Fixture *f, double complex a)
{
  return f->unknown == HHT_AMPLITUDE ? creal(a * conj(a)) : creal(a);
}

/* The largest difference of f, on one grid. */
static double difference(Fixture *a, Fixture *b)
{
  const ptrdiff_t n       = a->grid.n_cols;
  double complex *row     = malloc((size_t)(2 * n) * sizeof *row);
  double          largest = 0;
  ptrdiff_t       first, count;

  TestCall(HHTStateGetRows(a->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaRow(a->state, r, row));
    TestCall(HHTStateGetAlphaRow(b->state, r, row + n));
    for (ptrdiff_t i = 0; i < n; i++) largest = fmax(largest, fabs(density(a, row[i]) - density(b, row[n + i])));
  }
  free(row);
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, PETSC_COMM_WORLD);
  return largest;
}

static void check_agreement(const char *name, Amplitude amplitude, int steps, double tol)
{
  Fixture a = solve(HHT_AMPLITUDE, amplitude, 64, 256, steps), b = solve(HHT_DISTRIBUTION, amplitude, 64, 256, steps);
  double  e = difference(&a, &b);

  TestMeasured("%s, %d steps, difference %.1e", name, steps, e);
  TestClose(e, 0, tol, "f of (HHt) and of (Vl)");
  FixtureDestroy(&a);
  FixtureDestroy(&b);
}

/* The errors of both at the coarse step are the same, and of second order. */
static void check_order(HHTUnknown unknown)
{
  Fixture reference = solve(unknown, real_state, 64, 256, 480), coarse = solve(unknown, real_state, 64, 256, 15),
          fine    = solve(unknown, real_state, 64, 256, 30);
  double errors[] = {difference(&coarse, &reference), difference(&fine, &reference)};

  TestMeasured("error of the step %.1e", errors[0]);
  TestClose(log2(errors[0] / errors[1]), 2, 0.1, "order of Strang on f");
  FixtureDestroy(&reference);
  FixtureDestroy(&coarse);
  FixtureDestroy(&fine);
}

int main(int argc, char **argv)
{
  const double tol = 1e-9;

  TestBegin(&argc, &argv);
  check_agreement("real", real_state, 15, tol);
  check_agreement("complex", complex_state, 15, tol);
  check_agreement("complex", complex_state, 60, tol);
  check_order(HHT_AMPLITUDE);
  check_order(HHT_DISTRIBUTION);
  return TestEnd();
}
