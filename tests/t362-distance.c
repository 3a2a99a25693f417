/* The L^2 distance of two solutions: its closed value, kept by free transport; 0 for equal data; and below its bound (7) in a weak field. */
#include "fixture.h"
#include "test.h"

/* Gaussians in v whose centers are `shift` apart, with a phase. */
static double complex amplitude(void *ctx, const double x[], const double v[])
{
  const double shift = *(const double *)ctx, u = v[0] - shift;

  return sqrt(1 + 0.5 * cos(x[0])) * exp(-u * u / 4) * cexp(0.4 * I * sin(x[0]) * v[0]);
}

static double complex real_amplitude(void *ctx, const double x[], const double v[])
{
  return cabs(amplitude(ctx, x, v));
}

/* n Strang steps of both. */
static void solve(Fixture pair[2], double t, int n)
{
  for (int i = 0; i < 2 * n; i++) {
    TestCall(HHTFlowPotential(pair[i % 2].flow, t / n / 2));
    TestCall(HHTFlowKinetic(pair[i % 2].flow, t / n));
    TestCall(HHTFlowPotential(pair[i % 2].flow, t / n / 2));
  }
}

static void create(Fixture pair[2], double shifts[2], const char *potential, PetscBool real)
{
  for (int i = 0; i < 2; i++) {
    pair[i] = (Fixture){.grid      = FixtureGrid(1, 32, 0, 2 * PETSC_PI, 128, 10),
                        .potential = {.strength = -0.05},
                        .amplitude = real ? real_amplitude : amplitude,
                        .ctx       = &shifts[i],
                        .mass      = 1};
    TestCall(PetscStrncpy(pair[i].potential.type, potential, sizeof pair[i].potential.type));
    FixtureCreate(PETSC_COMM_WORLD, &pair[i]);
  }
  TestCall(HHTDiagnoserSetOther(pair[0].diagnoser, pair[1].flow));
}

/* ||alpha - beta||^2 = 2 - 2 exp(-s^2 / 8) for a shift by s where the phases are the same. */
static void check(double shift, const char *potential, PetscBool real)
{
  const double   expected = sqrt(-2 * expm1(-shift * shift / 8)), times[] = {0.2, 0.5, 1};
  double         shifts[2] = {0.1, 0.1 + shift}, at = 0;
  Fixture        pair[2];
  HHTDiagnostics d;

  create(pair, shifts, potential, real);
  d = FixtureDiagnose(&pair[0], 0);
  TestClose(d.distance, expected, 1e-13, "distance at the start");
  TestCheck(d.distance_bound == d.distance, "its bound at the start, %.17g", d.distance_bound);
  TestClose(d.larger_m1_norm, fmax(d.m1_norm, FixtureDiagnose(&pair[1], 0).m1_norm), 1e-15, "M of (7)");
  for (int i = 0; i < 3; i++) {
    solve(pair, times[i] - at, 10);
    at = times[i];
    d  = FixtureDiagnose(&pair[0], at);
    TestMeasured("%s, share of the bound %.2f", potential, shift == 0 ? 0 : d.distance / d.distance_bound);
    TestCheck(d.distance <= d.distance_bound, "distance %g above its bound %g", d.distance, d.distance_bound);
    if (!strcmp(potential, "none")) TestClose(d.distance, expected, 1e-13, "distance after free transport");
    if (shift == 0) TestCheck(d.distance == 0, "distance %g of equal data", d.distance);
  }
  TestCheck(shift == 0 || isfinite(d.distance_bound), "the bound says nothing");
  for (int i = 0; i < 2; i++) FixtureDestroy(&pair[i]);
}

int main(int argc, char **argv)
{
  Fixture alone = {.grid      = FixtureGrid(1, 8, 0, 2 * PETSC_PI, 32, 8),
                   .potential = {.type = "cosine", .strength = 1},
                   .amplitude = real_amplitude,
                   .ctx       = &(double){0},
                   .mass      = 1};

  TestBegin(&argc, &argv);
  for (int real = 0; real <= 1; real++) {
    check(0.3, "none", real ? PETSC_TRUE : PETSC_FALSE);
    check(0.3, "cosine", real ? PETSC_TRUE : PETSC_FALSE);
    check(0, "cosine", real ? PETSC_TRUE : PETSC_FALSE);
  }
  FixtureCreate(PETSC_COMM_WORLD, &alone);
  TestCheck(isnan(FixtureDiagnose(&alone, 0).distance), "a distance to nothing");
  FixtureDestroy(&alone);
  return TestEnd();
}
