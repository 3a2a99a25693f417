/*
  The two-stream instability from its linear start into saturation, k = 0.5, amplitude 0.01, against a Lagrangian code
  with 256 x 1536 nodes (reference case twostream_k0.5_eps0.01).
*/
#include "fixture.h"
#include "test.h"

/* t; L2 norm of the force; kinetic and potential energy */
static const double series[][4] = {
    {0, 0.050132565492617, 18.849555921504713, 0.0012566370614357663},
    {1, 0.015581217618384246, 18.850691171394914, 0.00012138717123572381},
    {2, 0.014412743650560141, 18.850708694976376, 0.00010386358976838082},
    {3, 0.013895878213461579, 18.850716010850483, 9.654771566167807e-05},
    {4, 0.028141777995027234, 18.850416578731796, 0.0003959798343606995},
    {5, 0.009022416285283233, 18.850771856568333, 4.070199781247205e-05},
    {6, 0.015538282060174267, 18.85069183946146, 0.00012071910469076672},
    {7, 0.03876990796263846, 18.850061005684438, 0.0007515528817157287},
    {8, 0.039660399866465995, 18.85002608490736, 0.000786473658783988},
    {9, 0.042017098170153436, 18.849929840296838, 0.0008827182693201556},
    {10, 0.06615259562684339, 18.848624475612077, 0.00218808295408433},
    {11, 0.08772852710659414, 18.84696441133201, 0.003848147234146211},
    {12, 0.10408607254359954, 18.84539560331736, 0.005416955248775733},
    {13, 0.13713527396529926, 18.841409516883367, 0.00940304168276884},
    {14, 0.1832527185398888, 18.834021779140016, 0.016790779426129852},
    {15, 0.23217718459662465, 18.823859436042547, 0.026953122523607556},
    {16, 0.296071256459205, 18.80698346411549, 0.04382909445066618},
    {17, 0.38306032263869966, 18.77744495317612, 0.07336760539003233},
    {18, 0.48585445279193784, 18.732785283917273, 0.11802727464887668},
    {19, 0.6033280756920217, 18.66881017510702, 0.18200238345911898},
    {20, 0.7349821738031659, 18.580713160661922, 0.27009939790421356},
};

typedef struct {
  int    n;
  double force, energy; /* largest error so far */
} Comparison;

static void compare(Fixture *f, double t, void *ctx)
{
  Comparison          *c = ctx;
  const HHTDiagnostics d = FixtureDiagnose(f, t);
  const double        *r = series[c->n++];

  TestClose(t, r[0], 1e-9, "time of the sample");
  c->force  = fmax(c->force, fabs(sqrt(2 * d.field_energy) - r[1]));
  c->energy = fmax(c->energy, fabs(d.kinetic_energy - r[2]));
  c->energy = fmax(c->energy, fabs(d.potential_energy - r[3]));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  Comparison c = {0};
  Fixture    f = {.grid           = FixtureGrid(1, 64, 0, 4 * PETSC_PI, 256, 8),
                  .potential      = {.type = "poisson", .strength = 1},
                  .initial        = "two_stream",
                  .initial_params = {.temperature = 1, .amplitude = 0.01, .wavenumber = {0.5}},
                  .mass           = NAN,
                  .look           = compare,
                  .look_ctx       = &c,
                  .every          = 10};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", 20, 200, PETSC_TRUE);
  PetscPrintf(PETSC_COMM_WORLD, "force %.1e  energies %.1e\n", c.force, c.energy);
  TestClose(c.force, 0, 1e-7, "L2 norm of the force");
  TestClose(c.energy, 0, 1e-7, "energies");
  FixtureDestroy(&f);
  return TestEnd();
}
