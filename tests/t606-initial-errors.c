/* Wrong parameters of initial data: exit code 2 on every rank and one line that begins with the option's name. */
#include <string.h>

#include "initial.h"

static HHTInitialParams with(const char *type)
{
  HHTInitialParams params = {
      .mass = NAN, .temperature = 1, .beam_fraction = 0.1, .beam_temperature = 1, .v0 = 1, .edge = 0.1};

  params.m[0] = params.m[3] = 1;
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  return params;
}

/* One wrong field each. */
#define EXPECT(type, field, value, message) \
  do { \
    HHTInitialParams params = with(type); \
    params.field            = value; \
    TestInitialError(&grid, &params, message); \
  } while (0)

#define EXPECT_FORMULA(type, field, formula, message) \
  do { \
    HHTInitialParams params = with(type); \
    TestCall(PetscStrncpy(params.field, formula, sizeof params.field)); \
    TestInitialError(&grid, &params, message); \
  } while (0)

static void check_amplitude(const HHTGrid *grid)
{
  HHTInitialParams params = with("landau");

  params.amplitude     = 0.1;
  params.wavenumber[0] = 2;
  TestInitialError(grid, &params, "initial_wavenumber: 2 in dimension 1 is not allowed; it must be a multiple");
  params.wavenumber[0] = 2 * PETSC_PI;
  TestInitialError(grid, &params, "initial_wavenumber: 6.28319 in dimension 1");
  params.amplitude = -1.5;
  TestInitialError(grid, &params, "initial_amplitude: -1.5 is not allowed; it must be between -1 and 1");
}

static void check_both_formulas(const HHTGrid *grid)
{
  HHTInitialParams params = with("expression");

  TestInitialError(grid, &params, "initial_f, initial_alpha: none is given");
  params.f[0] = params.alpha[0] = '1';
  TestInitialError(grid, &params, "initial_f, initial_alpha: both are given");
}

int main(int argc, char **argv)
{
  HHTGrid grid;

  TestBegin(&argc, &argv);
  grid = TestGrid(1, 8, 12);
  EXPECT_FORMULA("landau", type, "landua",
                 "initial_type: 'landua' is not allowed; it must be one of maxwellian, landau");
  EXPECT("landau", mass, 0, "initial_mass: 0 is not allowed");
  EXPECT("landau", mass, INFINITY, "initial_mass: inf");
  EXPECT("maxwellian", temperature, -1, "initial_temperature: -1 is not allowed");
  EXPECT("two_stream", temperature, NAN, "initial_temperature: nan");
  EXPECT("beams", drift, NAN, "initial_drift: nan");
  EXPECT("bump_on_tail", beam_fraction, 1, "initial_beam_fraction: 1 is not allowed; it must be between 0 and 1");
  EXPECT("bump_on_tail", beam_temperature, 0, "initial_beam_temperature: 0");
  EXPECT("waterbag", v0, 0, "initial_v0: 0 is not allowed");
  EXPECT("waterbag", edge, -0.1, "initial_edge: -0.1 is not allowed");
  EXPECT("gaussian", m[1], 0.5, "initial_m: 0+0i in row 2, column 1 is not allowed; the matrix must be symmetric");
  EXPECT("gaussian", m[3], -2 + I, "initial_m: -2+1i in row 2 is not allowed; the real part must be a positive");
  EXPECT("gaussian", m[3], NAN, "initial_m: nan");
  EXPECT("gaussian", kappa[1], INFINITY, "initial_kappa: inf");
  EXPECT("gaussian", center[0], NAN, "initial_center: nan");
  EXPECT_FORMULA("expression", f, "1 + y", "initial_f: '1 + y' is not allowed; at position 5");
  EXPECT_FORMULA("expression", alpha, "sin(x", "initial_alpha: 'sin(x' is not allowed; at position 6");
  EXPECT_FORMULA("maxwellian", phase, "x +* v", "initial_phase: 'x +* v' is not allowed; at position 4");
  EXPECT("file", mass, NAN, "initial_path: it is missing; initial_type file needs the path");
  check_amplitude(&grid);
  check_both_formulas(&grid);
  return TestEnd();
}
