/*
  Single against double precision: the same state, fields and diagnostics to float's round-off, real and complex, d = 1, 2, 3.
  FFTW's constants are rounded the same way in every transform, so that round-off grows with the number of flows, not with its root.
*/
#include "fixture.h"
#include "test.h"

#define STEPS    20
#define STRENGTH 0.7
#define ALLOWED  (0x1p-24 * STEPS) /* relative */

typedef struct {
  int       dim;
  PetscBool complex_alpha;
} Data;

/* Sheared, so that nothing is symmetric in v. */
static double complex initial(void *ctx, const double x[], const double v[])
{
  const Data    *data  = ctx;
  double complex value = 1;

  for (int j = 0; j < data->dim; j++) {
    const double u = v[j] - 0.4 * sin(x[j]);

    value *= (1 + 0.3 * cos(x[j] + 0.2 * j)) * exp(-0.5 * u * u);
    if (data->complex_alpha) value *= cexp(I * (0.3 * v[j] * cos(x[j]) + 0.2 * sin(x[j])));
  }
  return value;
}

static Fixture solve(Data *data, HHTPrecision precision)
{
  const int nx[] = {32, 12, 6}, nv[] = {64, 20, 10}, d = data->dim;
  Fixture   f = {.grid      = FixtureGrid(d, nx[d - 1], 0, 2 * PETSC_PI, nv[d - 1], 6),
                 .potential = {.type = "poisson", .strength = STRENGTH},
                 .amplitude = initial,
                 .ctx       = data,
                 .mass      = 1,
                 .precision = precision};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 1, STEPS, PETSC_TRUE);
  return f;
}

static double largest(ptrdiff_t n, const double a[], const double b[])
{
  double value = 0;

  for (ptrdiff_t i = 0; i < n; i++) value = fmax(value, fabs(a[i] - (b ? b[i] : 0)));
  return value;
}

/* All come from the density, with wave numbers and velocities of 1, and what they lose is a share of it, also where they are small. */
static void compare_fields(Fixture *single, Fixture *twice)
{
  const ptrdiff_t n = twice->grid.n_rows, d = twice->grid.dim;
  HHTFields       a, b;
  double          allowed;

  TestCall(HHTFlowGetFields(single->flow, &a));
  TestCall(HHTFlowGetFields(twice->flow, &b));
  allowed = ALLOWED * largest(n, b.rho, NULL);
  TestClose(largest(n, a.rho, b.rho), 0, allowed, "rho");
  TestClose(largest(d * n, a.J, b.J), 0, allowed, "J");
  TestClose(largest(n, a.phi, b.phi), 0, allowed * STRENGTH, "phi");
  TestClose(largest(d * n, a.grad_phi, b.grad_phi), 0, allowed * STRENGTH, "grad phi");
  TestClose(largest(n, a.g, b.g), 0, allowed * STRENGTH, "G");
}

static void compare_diagnostics(Fixture *single, Fixture *twice)
{
  const HHTDiagnostics a = FixtureDiagnose(single, 1), b = FixtureDiagnose(twice, 1);

  TestClose(a.mass, b.mass, ALLOWED, "mass");
  TestClose(a.l2_norm, b.l2_norm, ALLOWED, "L2 norm");
  TestClose(a.energy, b.energy, ALLOWED * b.energy, "energy");
  TestClose(a.kinetic_energy, b.kinetic_energy, ALLOWED * b.energy, "kinetic energy");
  TestClose(a.potential_energy, b.potential_energy, ALLOWED * b.energy, "potential energy");
  TestClose(a.field_energy, b.field_energy, ALLOWED * b.energy, "field energy");
  TestClose(a.hamiltonian, b.hamiltonian, ALLOWED * b.energy, "H_Ht");
  TestClose(a.m1_norm, b.m1_norm, ALLOWED * b.m1_norm, "M^1 norm");
  TestClose(a.xi_edge_fraction, b.xi_edge_fraction, ALLOWED, "xi edge");
  TestClose(a.v_edge_fraction, b.v_edge_fraction, ALLOWED, "v edge");
  for (int j = 0; j < twice->grid.dim; j++) {
    TestClose(a.momentum[j], b.momentum[j], ALLOWED, "momentum");
    TestClose(a.x_momentum[j], b.x_momentum[j], ALLOWED, "<-i grad_x>");
  }
}

static void compare(int dim, PetscBool complex_alpha)
{
  Data    data   = {dim, complex_alpha};
  Fixture single = solve(&data, HHT_SINGLE), twice = solve(&data, HHT_DOUBLE);
  double  difference = FixtureDifference(&single, &twice);

  TestMeasured("alpha_hat %.1e", difference);
  TestCheck(single.real == !complex_alpha || getenv("HHT_TEST_NUMBERS"), "alpha counts as %s",
            single.real ? "real" : "complex");
  TestClose(difference, 0, ALLOWED, "alpha_hat");
  TestCheck(difference > 1e-10, "a state in single precision differs by only %g", difference);
  compare_fields(&single, &twice);
  compare_diagnostics(&single, &twice);
  FixtureDestroy(&single);
  FixtureDestroy(&twice);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++) {
    compare(dim, PETSC_FALSE);
    compare(dim, PETSC_TRUE);
  }
  return TestEnd();
}
