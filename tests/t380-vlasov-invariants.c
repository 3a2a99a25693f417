/*
  (Vl): int f to 1e-13 in 1000 Strang steps, and the L2 norm to what the transforms gain, some 1e-16 a step, also where f is
  not resolved and turns negative; the entropy of (HHt) and of (Vl) while it is resolved. At rest int f, momentum and energy are those of the
  alpha that f was made of.
*/
#include "fixture.h"
#include "test.h"

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) * cexp(-(v[0] - 0.3) * (v[0] - 0.3) / 1.2 + 0.5 * I * v[0] * sin(x[0]));
}

static Fixture create(HHTUnknown unknown, int nx, int nv, HHTPrecision precision)
{
  Fixture f = {.grid      = FixtureGrid(1, nx, 0, 2 * PETSC_PI, nv, 6),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = initial,
               .unknown   = unknown,
               .precision = precision,
               .mass      = 3};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  return f;
}

static void check_start(void)
{
  Fixture              a = create(HHT_AMPLITUDE, 32, 64, HHT_DOUBLE), b = create(HHT_DISTRIBUTION, 32, 64, HHT_DOUBLE);
  const HHTDiagnostics of_alpha = FixtureDiagnose(&a, 0), of_f = FixtureDiagnose(&b, 0);
  const double         tol = 1e-14;

  TestClose(of_f.mass, 3, 10 * tol, "mass");
  TestClose(of_f.momentum[0], of_alpha.momentum[0], tol, "momentum");
  TestClose(of_f.kinetic_energy, of_alpha.kinetic_energy, 10 * tol, "kinetic energy");
  TestClose(of_f.potential_energy, of_alpha.potential_energy, 10 * tol, "potential energy");
  TestClose(of_f.field_energy, of_alpha.field_energy, 10 * tol, "field energy");
  TestClose(of_f.f_l2_norm, of_alpha.f_l2_norm, tol, "L2 norm of f");
  TestClose(of_f.entropy, of_alpha.entropy, 100 * tol, "entropy");
  TestClose(of_f.v_edge_fraction, of_alpha.v_edge_fraction, tol, "v edge");
  TestCheck(isnan(of_f.hamiltonian) && isnan(of_f.l2_norm) && isnan(of_f.m1_norm), "f has norms of alpha");
  FixtureDestroy(&a);
  FixtureDestroy(&b);
}

static void check_long(int nx, int nv, HHTPrecision precision, double mass, double norm)
{
  Fixture        f = create(HHT_DISTRIBUTION, nx, nv, precision);
  HHTDiagnostics first, last;

  first = FixtureDiagnose(&f, 0);
  FixtureSolve(&f, "strang", 50, 1000, PETSC_TRUE);
  last = FixtureDiagnose(&f, 50);
  TestMeasured("%s, mass %.1e", precision == HHT_SINGLE ? "single" : "double", fabs(last.mass / first.mass - 1));
  TestMeasured("%s, L2 norm %.1e", precision == HHT_SINGLE ? "single" : "double",
               fabs(last.f_l2_norm / first.f_l2_norm - 1));
  TestClose(last.mass / first.mass, 1, mass, "change of int f");
  TestClose(last.f_l2_norm / first.f_l2_norm, 1, norm, "change of the L2 norm");
  TestCheck(last.f_min < -1e-3, "f is resolved: f_min %g", last.f_min);
  TestCheck(last.negative_mass > 1e-3, "f is resolved: negative mass %g", last.negative_mass);
  FixtureDestroy(&f);
}

static void check_entropy(HHTUnknown unknown)
{
  Fixture        f = create(unknown, 64, 256, HHT_DOUBLE);
  HHTDiagnostics first, last;
  const double   tol = 1e-13;

  first = FixtureDiagnose(&f, 0);
  FixtureSolve(&f, "strang", 1.5, 15, PETSC_TRUE);
  last = FixtureDiagnose(&f, 1.5);
  PetscPrintf(PETSC_COMM_WORLD, "%s: entropy %.1e  L2 norm of f %.1e\n", unknown == HHT_AMPLITUDE ? "alpha" : "f",
              last.entropy / first.entropy - 1, last.f_l2_norm / first.f_l2_norm - 1);
  TestClose(last.entropy / first.entropy, 1, tol, "change of the entropy");
  TestClose(last.f_l2_norm / first.f_l2_norm, 1, tol, "change of the L2 norm of f");
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_start();
  check_long(32, 64, HHT_DOUBLE, 1e-13, 1e-12);
  check_long(30, 70, HHT_DOUBLE, 1e-13, 1e-12);
  check_long(32, 64, HHT_SINGLE, 1e-5, 1e-3);
  check_entropy(HHT_AMPLITUDE);
  check_entropy(HHT_DISTRIBUTION);
  return TestEnd();
}
