/*
  Weak Landau damping, k = 0.5, amplitude 0.01, over two decades of the force, against a Lagrangian code with 32 x 1280
  nodes (reference case landau_k0.5_eps0.01).
*/
#include "fixture.h"
#include "test.h"

/* t; L2 norm of the force */
static const double series[][2] = {
    {0, 0.05013256549262411},     {1, 0.02308099223635003},     {2, 0.01859765033096209},
    {3, 0.01975203100062748},     {4, 0.008099793400780998},    {5, 0.016557918805007173},
    {6, 0.001529601364213716},    {7, 0.012579845779681022},    {8, 0.0022143462234501987},
    {9, 0.008667097753513993},    {10, 0.003927700074949555},   {11, 0.005333336073836449},
    {12, 0.004303837866791109},   {13, 0.002780227586937146},   {14, 0.003903356713854486},
    {15, 0.0010074870604102318},  {16, 0.003137989791281961},   {17, 9.386238500523854e-05},
    {18, 0.0022822177454894627},  {19, 0.0006770653560412895},  {20, 0.001497241025115978},
    {21, 0.0008974215582446229},  {22, 0.0008608196954769879},  {23, 0.0008900872741782078},
    {24, 0.0003942376924786069},  {25, 0.0007601056749022524},  {26, 8.546653538717075e-05},
    {27, 0.0005818068388940824},  {28, 9.417946308998514e-05},  {29, 0.0004022734979139853},
    {30, 0.00017826163144536234}, {31, 0.00024738819116598514}, {32, 0.00019847917202767124},
    {33, 0.0001277597943963222},  {34, 0.00018099774789079537}, {35, 4.4297608736731696e-05},
    {36, 0.00014542301527982723}, {37, 7.593821441983995e-06},  {38, 0.00010498476505067393},
    {39, 3.482292317660646e-05},  {40, 6.76417895878219e-05},
};

typedef struct {
  int    n;
  double force; /* largest error so far */
} Comparison;

static void compare(Fixture *f, double t, void *ctx)
{
  Comparison          *c = ctx;
  const HHTDiagnostics d = FixtureDiagnose(f, t);
  const double        *r = series[c->n++];

  TestClose(t, r[0], 1e-9, "time of the sample");
  c->force = fmax(c->force, fabs(sqrt(2 * d.field_energy) - r[1]));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  Comparison c = {0};
  Fixture    f = {.grid           = FixtureGrid(1, 16, 0, 4 * PETSC_PI, 256, 8.5),
                  .potential      = {.type = "poisson", .strength = 1},
                  .initial        = "landau",
                  .initial_params = {.temperature = 1, .amplitude = 0.01, .wavenumber = {0.5}},
                  .mass           = NAN,
                  .look           = compare,
                  .look_ctx       = &c,
                  .every          = 8};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", 40, 320, PETSC_TRUE);
  PetscPrintf(PETSC_COMM_WORLD, "force %.1e\n", c.force);
  TestClose(c.force, 0, 2e-8, "L2 norm of the force");
  FixtureDestroy(&f);
  return TestEnd();
}
