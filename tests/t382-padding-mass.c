/*
  Zero padding of a state that is not resolved, with and without a phase, d = 1, 2: mass and what was cut of it are conserved to
  round-off; of a distribution nothing of its mass goes; merged steps are the same.
*/
#include "fixture.h"
#include "test.h"

#define STEPS 100

typedef struct {
  int       dim;
  PetscBool phase;
} Data;

/* x and v have dim entries. */
static double complex initial(void *ctx, const double x[], const double v[])
{
  const Data  *data  = ctx;
  const double phase = data->phase ? 0.5 * v[0] * sin(x[0]) : 0;
  double       v2 = v[0] * v[0], wave = 0.4 * cos(x[0]);

  if (data->dim > 1) {
    v2 += v[1] * v[1];
    wave *= 1 + 0.3 * sin(x[1]);
  }
  return sqrt(1 + wave) * cexp(-v2 / 1.6 + I * phase);
}

static Fixture create(int dim, HHTPadding padding, PetscBool phase, HHTUnknown unknown)
{
  Fixture     f = {.grid      = dim == 1 ? FixtureGrid(1, 16, 0, 2 * PETSC_PI, 32, 6)
                                         : FixtureGrid(2, 8, 0, 2 * PETSC_PI, 12, 5),
                   .potential = {.type = "cosine", .strength = -1},
                   .amplitude = initial,
                   .unknown   = unknown,
                   .mass      = 1};
  static Data data;

  data           = (Data){dim, phase};
  f.ctx          = &data;
  f.grid.padding = padding;
  FixtureCreate(PETSC_COMM_WORLD, &f);
  return f;
}

static void check_mass(int dim, HHTPadding padding, PetscBool phase, HHTUnknown unknown)
{
  Fixture        f     = create(dim, padding, phase, unknown);
  HHTDiagnostics first = FixtureDiagnose(&f, 0), last;

  FixtureSolve(&f, "strang", 5, STEPS, PETSC_TRUE);
  last = FixtureDiagnose(&f, 5);
  PetscPrintf(PETSC_COMM_WORLD, "d = %d, padding %d, %s: cut %.1e, balance %.1e\n", dim, padding,
              unknown == HHT_DISTRIBUTION ? "f"
              : f.real                    ? "real alpha"
                                          : "alpha",
              last.absorbed_mass, last.mass + last.absorbed_mass - first.mass);
  TestMeasured("balance %.1e", fabs(last.mass + last.absorbed_mass - first.mass));
  TestClose(last.mass + last.absorbed_mass, first.mass, 1e-13, "mass with what was cut");
  if (unknown == HHT_DISTRIBUTION)
    TestCheck(last.absorbed_mass == 0, "of f %g was cut", last.absorbed_mass);
  else
    TestCheck(last.absorbed_mass > 1e-8 && last.absorbed_mass < 0.5, "cut: %g", last.absorbed_mass);
  FixtureDestroy(&f);
}

static void check_merged(HHTPadding padding)
{
  Fixture a = create(1, padding, PETSC_TRUE, HHT_AMPLITUDE), b = create(1, padding, PETSC_TRUE, HHT_AMPLITUDE);

  FixtureSolve(&a, "strang", 2, 40, PETSC_FALSE);
  FixtureSolve(&b, "strang", 2, 40, PETSC_TRUE);
  TestClose(FixtureDifference(&a, &b), 0, 40 * 1e-16, "merged steps");
  FixtureDestroy(&a);
  FixtureDestroy(&b);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (HHTPadding padding = HHT_PADDING_X; padding <= HHT_PADDING_XV; padding++) {
    for (int dim = 1; dim <= 2; dim++) {
      check_mass(dim, padding, PETSC_FALSE, HHT_AMPLITUDE);
      check_mass(dim, padding, PETSC_TRUE, HHT_AMPLITUDE);
      check_mass(dim, padding, PETSC_FALSE, HHT_DISTRIBUTION);
    }
    check_merged(padding);
  }
  return TestEnd();
}
