/* A real alpha in real and in complex numbers: the same state and the same diagnostics to round-off, d = 1, 2, 3. */
#include "fixture.h"
#include "test.h"

/* Sheared, so that nothing is symmetric in v. */
static double complex initial(void *ctx, const double x[], const double v[])
{
  const int dim   = *(const int *)ctx;
  double    value = 1;

  for (int j = 0; j < dim; j++)
    value *= (1 + 0.3 * cos(x[j] + 0.2 * j)) * exp(-0.5 * (v[j] - 0.4 * sin(x[j])) * (v[j] - 0.4 * sin(x[j])));
  return value;
}

static Fixture solve(int dim, int *ctx, PetscBool complex_numbers, HHTDiagnostics *values)
{
  const int nx[] = {32, 12, 6}, nv[] = {64, 20, 10};
  Fixture   f = {.grid      = FixtureGrid(dim, nx[dim - 1], 0, 2 * PETSC_PI, nv[dim - 1], 6),
                 .potential = {.type = "poisson", .strength = 0.7},
                 .amplitude = initial,
                 .ctx       = ctx,
                 .mass      = 1};

  f.complex_numbers = complex_numbers;
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 1, 20, PETSC_TRUE);
  TestCall(HHTDiagnose(f.diagnoser, 1, values));
  return f;
}

/* The largest difference of alpha_hat and of alpha over this rank's rows. */
static void compare_states(const Fixture *a, const Fixture *b)
{
  typedef PetscErrorCode (*GetRow)(HHTState, ptrdiff_t, double complex *);
  const GetRow    get[] = {HHTStateGetAlphaHatRow, HHTStateGetAlphaRow};
  const ptrdiff_t n     = a->grid.n_cols;
  double complex *row   = malloc((size_t)(2 * n) * sizeof *row);
  ptrdiff_t       first, count;

  TestCall(HHTStateGetRows(a->state, &first, &count));
  for (int g = 0; g < 2; g++) {
    double difference = 0, size = 0;

    for (ptrdiff_t r = first; r < first + count; r++) {
      TestCall(get[g](a->state, r, row));
      TestCall(get[g](b->state, r, row + n));
      for (ptrdiff_t i = 0; i < n; i++) {
        difference = fmax(difference, cabs(row[i] - row[n + i]));
        size       = fmax(size, cabs(row[i]));
      }
    }
    TestClose(difference, 0, 1e-13 * size, g ? "alpha" : "alpha_hat");
  }
  free(row);
}

static void compare(int dim)
{
  HHTDiagnostics a, b;
  Fixture        real = solve(dim, &dim, PETSC_FALSE, &a), full = solve(dim, &dim, PETSC_TRUE, &b);

  TestCheck(!full.real, "numbers are real although complex ones were asked for");
  compare_states(&real, &full);
  TestClose(a.mass, b.mass, 1e-13, "mass");
  TestClose(a.energy, b.energy, 1e-13 * b.energy, "energy");
  TestClose(a.kinetic_energy, b.kinetic_energy, 1e-13 * b.energy, "kinetic energy");
  TestClose(a.field_energy, b.field_energy, 1e-13 * b.energy, "field energy");
  TestClose(a.m1_norm, b.m1_norm, 1e-13 * b.m1_norm, "M^1 norm");
  TestClose(a.xi_edge_fraction, b.xi_edge_fraction, 1e-13, "xi edge");
  TestClose(a.v_edge_fraction, b.v_edge_fraction, 1e-13, "v edge");
  TestCheck(!real.real || a.hamiltonian == 0, "H_Ht of a real alpha is %g", a.hamiltonian);
  TestClose(b.hamiltonian, 0, 1e-13, "H_Ht in complex numbers");
  for (int j = 0; j < dim; j++) TestClose(a.momentum[j], b.momentum[j], 1e-13, "momentum");
  FixtureDestroy(&real);
  FixtureDestroy(&full);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++) compare(dim);
  return TestEnd();
}
