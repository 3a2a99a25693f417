/*
  Wrong parameters of a potential: exit code 2 and a message that names the option; a type of one's own can be
  registered.
*/
#include <hht/potential.h>
#include <string.h>

#include "test.h"

static HHTGrid grid = {.dim = 2, .nx = {8, 8}, .nv = {8, 8}, .x_length = {1, 1}, .v_max = {1, 1}};

static void expect_error(HHTPotentialParams params, const char *message)
{
  HHTPotential         potential = NULL;
  const PetscErrorCode ierr      = HHTPotentialCreate(&grid, &params, &potential);

  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "%s: returned %d", message, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), message) == HHTErrorMessage(), "%s: got '%s'", message, HHTErrorMessage());
  HHTErrorClear();
  TestCall(HHTPotentialDestroy(&potential));
}

static double cubic_symbol(const HHTPotentialParams *p, const HHTGrid *g, const double k[])
{
  (void)p;
  return pow(fabs(k[0]), 3) + g->dim;
}

int main(int argc, char **argv)
{
  const HHTPotentialMethods cubic  = {.name = "cubic", .symbol = cubic_symbol};
  const double              k[]    = {-2, 0};
  HHTPotentialParams        params = {.type = "cubic", .strength = 0.5};
  HHTPotential              potential;
  double                    symbol;

  TestBegin(&argc, &argv);
  TestCall(HHTGridSetUp(&grid));
  expect_error((HHTPotentialParams){.type = "coulomb", .strength = 1},
               "potential_type: 'coulomb' is not allowed; it must be one of none, cosine");
  expect_error((HHTPotentialParams){.type = "poisson", .strength = NAN}, "potential_strength: nan");
  expect_error((HHTPotentialParams){.type = "harmonic", .strength = 1}, "potential_boundary: periodic");
  expect_error((HHTPotentialParams){.type = "cosine", .strength = 1, .boundary = HHT_FREE}, "potential_boundary: free");
  expect_error((HHTPotentialParams){.type = "yukawa", .strength = 1}, "potential_kappa: 0");
  expect_error((HHTPotentialParams){.type = "gaussian", .strength = 1, .width = -2}, "potential_width: -2");
  expect_error((HHTPotentialParams){.type = "plummer", .strength = 1, .softening = INFINITY},
               "potential_softening: inf");

  expect_error(params, "potential_type: 'cubic'");
  TestCall(HHTPotentialRegister(&cubic));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTPotentialSymbol(potential, k, &symbol));
  TestClose(symbol, 5, 1e-14, "symbol of a registered type");
  TestCall(HHTPotentialDestroy(&potential));
  TestCall(HHTPotentialDestroy(&potential));
  return TestEnd();
}
