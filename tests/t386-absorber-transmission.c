/*
  A mode of free transport that has passed the layer comes back at the recurrence time with exp(-2 c w / (p + 1)) of its amplitude,
  for several strengths, orders and widths; without a layer all of it comes back.
*/
#include "fixture.h"
#include "test.h"

#define K     0.5
#define STEPS 400

/* The first harmonic of the density perturbation, as a share of what it is at the start. */
static double echo(const HHTAbsorberParams *params, double *predicted)
{
  Fixture     f           = {.grid           = FixtureGrid(1, 8, 0, 2 * PETSC_PI / K, 64, 8),
                             .potential      = {.type = "none", .strength = 1},
                             .initial        = "maxwellian",
                             .initial_params = {.temperature = 1, .amplitude = 1e-4, .wavenumber = {K}},
                             .mass           = NAN};
  HHTAbsorber absorber    = NULL;
  double      harmonic[2] = {0}, recurrence;
  HHTFields   fields;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  recurrence = 2 * PETSC_PI / (K * f.grid.dv[0]);
  *predicted = HHTAbsorberTransmission(&f.grid, params, 0);
  if (params->type == HHT_ABSORBER_LAYER) TestCall(HHTAbsorberCreate(f.state, params, &absorber));
  TestCall(HHTFlowSetAbsorber(f.flow, absorber));
  for (int i = 0; i < 2; i++) {
    if (i) FixtureSolve(&f, "strang", recurrence, STEPS, PETSC_TRUE);
    TestCall(HHTFlowGetFields(f.flow, &fields));
    for (ptrdiff_t r = 0; r < f.grid.n_rows; r++) harmonic[i] += fields.rho[r] * cos(K * HHTGridX(&f.grid, 0, r));
  }
  FixtureDestroy(&f);
  TestCall(HHTAbsorberDestroy(&absorber));
  return harmonic[1] / harmonic[0];
}

int main(int argc, char **argv)
{
  static const HHTAbsorberParams layers[] = {
      {HHT_ABSORBER_NONE, 0, 0, 0},    {HHT_ABSORBER_LAYER, 0.5, 2, 0.5}, {HHT_ABSORBER_LAYER, 1, 2, 0.5},
      {HHT_ABSORBER_LAYER, 1, 3, 0.5}, {HHT_ABSORBER_LAYER, 1, 2, 0.7},   {HHT_ABSORBER_LAYER, 2, 2, 0.5},
  };
  double predicted, measured;

  TestBegin(&argc, &argv);
  for (int i = 0; i < 6; i++) {
    measured = echo(&layers[i], &predicted);
    TestMeasured("per cent %.1f", 100 * fabs(measured / predicted - 1));
    TestClose(measured / predicted, 1, 0.02, "echo");
  }
  measured = echo(&(HHTAbsorberParams){HHT_ABSORBER_LAYER, 8, 2, 0.5}, &predicted);
  TestMeasured("default layer %.1e", measured);
  TestClose(measured, 0, 1e-8, "echo of the default layer");
  return TestEnd();
}
