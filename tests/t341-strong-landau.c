/*
  Strong Landau damping, k = 0.5, amplitude 0.5, against a Lagrangian code with 384 x 3072 nodes (reference case
  strong_landau_k0.5_eps0.5).
*/
#include "fixture.h"
#include "test.h"

/* t; L2 norm of the force; kinetic and potential energy */
static const double series[][4] = {
    {0, 2.506628274630848, 6.283185307156245, 3.1415926535894108},
    {1, 1.1524710795429198, 8.76068316615422, 0.6640947945914115},
    {2, 0.8672594961429871, 9.048708443920567, 0.376069516825094},
    {3, 0.7801818006841597, 9.120436139686273, 0.30434182105938895},
    {4, 0.3848947985972893, 9.350705957752067, 0.07407200299362396},
    {5, 0.478152160257237, 9.310463216566333, 0.11431474417933123},
    {6, 0.09245696865004091, 9.42050381521971, 0.004274145525977324},
    {7, 0.20165959540358558, 9.404444664536523, 0.020333296209168916},
    {8, 0.05413424893044457, 9.423312702292044, 0.0014652584536316697},
    {9, 0.021029342461115444, 9.424556844123511, 0.00022111662217343648},
    {10, 0.10694670130490987, 9.419059162285688, 0.005718798460000805},
    {11, 0.08001085227858554, 9.421577092504519, 0.0032008682411728178},
    {12, 0.07575684685488059, 9.421908410822988, 0.0028695499226969157},
    {13, 0.1028976297098046, 9.419483999645738, 0.00529396109994803},
    {14, 0.0071646379763142505, 9.424752294727012, 2.5666018665822178e-05},
    {15, 0.0757436806322259, 9.42190940816783, 0.0028685525778583167},
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
  Fixture    f = {.grid           = FixtureGrid(1, 64, 0, 4 * PETSC_PI, 512, 7.5),
                  .potential      = {.type = "poisson", .strength = 1},
                  .initial        = "landau",
                  .initial_params = {.temperature = 1, .amplitude = 0.5, .wavenumber = {0.5}},
                  .mass           = NAN,
                  .look           = compare,
                  .look_ctx       = &c,
                  .every          = 20};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", 15, 300, PETSC_TRUE);
  PetscPrintf(PETSC_COMM_WORLD, "force %.1e  energies %.1e\n", c.force, c.energy);
  TestClose(c.force, 0, 2e-8, "L2 norm of the force");
  TestClose(c.energy, 0, 2e-8, "energies");
  FixtureDestroy(&f);
  return TestEnd();
}
