/* The largest drift of the energy and of H_Ht in a nonlinear complex run shrinks with the order of the method. */
#include "fixture.h"
#include "test.h"

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) *
         cexp(-v[0] * v[0] / 1.6 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0] + 1) + 0.1 * v[0] * v[0]));
}

typedef struct {
  double energy, hamiltonian; /* at the start */
  double energy_drift, hamiltonian_drift;
} Drift;

static void look(Fixture *f, double t, void *ctx)
{
  Drift               *drift  = ctx;
  const HHTDiagnostics values = FixtureDiagnose(f, t);

  if (t == 0) {
    drift->energy      = values.energy;
    drift->hamiltonian = values.hamiltonian;
  }
  drift->energy_drift      = fmax(drift->energy_drift, fabs(values.energy - drift->energy));
  drift->hamiltonian_drift = fmax(drift->hamiltonian_drift, fabs(values.hamiltonian - drift->hamiltonian));
}

static Drift solve(const char *splitting, int n)
{
  Drift   drift = {0};
  Fixture f     = {.grid      = FixtureGrid(1, 32, 0, 2 * PETSC_PI, 128, 6),
                   .potential = {.type = "cosine", .strength = -1},
                   .amplitude = initial,
                   .mass      = 1,
                   .look      = look,
                   .look_ctx  = &drift,
                   .every     = 1};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, splitting, 2, n, PETSC_FALSE);
  FixtureDestroy(&f);
  return drift;
}

int main(int argc, char **argv)
{
  /* steps such that the drift is well above round-off, and the next order well below it */
  static const struct {
    const char *name;
    double      order;
    int         n;
  } methods[] = {{"strang", 2, 40}, {"yoshida4", 4, 40}, {"suzuki4", 4, 20}, {"blanesmoan4", 4, 16}};

  TestBegin(&argc, &argv);
  for (int i = 0; i < 4; i++) {
    const Drift  coarse = solve(methods[i].name, methods[i].n), fine = solve(methods[i].name, 2 * methods[i].n);
    const double energy      = log2(coarse.energy_drift / fine.energy_drift);
    const double hamiltonian = log2(coarse.hamiltonian_drift / fine.hamiltonian_drift);

    TestMeasured("%s, energy %.2f", methods[i].name, energy);
    TestMeasured("%s, H_Ht %.2f", methods[i].name, hamiltonian);
    TestCheck(fabs(coarse.hamiltonian) > 1e-3, "H_Ht is %g, which tells nothing", coarse.hamiltonian);
    TestClose(energy, methods[i].order, 0.25, methods[i].name);
    TestClose(hamiltonian, methods[i].order, 0.25, methods[i].name);
  }
  return TestEnd();
}
