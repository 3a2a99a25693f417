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

/* n points 0.1 apart, Gamma = 1 but for the last. */
static void expect_table_error(HHTBoundary boundary, int n, double first, double last, const char *message)
{
  double               r[] = {first, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7}, gamma[] = {1, 1, 1, 1, 1, 1, 1, last};
  const HHTRadialTable table = {.n = n, .r = r, .gamma = gamma};

  if (first > 0)
    for (int i = 1; i < n; i++) r[i] += first;
  expect_error((HHTPotentialParams){.type = "table", .strength = 1, .boundary = boundary, .table = &table}, message);
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

  expect_error((HHTPotentialParams){.type = "expression", .strength = 1},
               "potential_formula: it is missing; potential_type expression");
  expect_error((HHTPotentialParams){.type = "expression", .strength = 1, .formula = "r + z"},
               "potential_formula: 'r + z' is not allowed; at position 5");
  expect_error((HHTPotentialParams){.type = "expression", .strength = 1, .formula = "cos(x + y/3) + sin(y)"},
               "potential_formula: it differs by");
  expect_error((HHTPotentialParams){.type = "expression", .strength = 1, .formula = "1/r"},
               "potential_formula: the formula gives inf at x = 0, y = 0, r = 0");
  expect_table_error(HHT_PERIODIC, 3, 0, 0, "potential_file: a table of 3 points");
  expect_table_error(HHT_PERIODIC, 8, 0.1, 0, "potential_file: the first r is 0.1");
  expect_table_error(HHT_PERIODIC, 8, 0, 0.5, "potential_file: the table ends at r = 0.7 with Gamma = 0.5");
  expect_table_error(HHT_FREE, 8, 0, 0.5,
                     "potential_file: the table ends at r = 0.7 with Gamma = 0.5; it must reach r = 1.23744");
  expect_table_error(HHT_FREE, 8, 0, NAN, "potential_file: point 8 is (0.7, nan)");

  expect_error(params, "potential_type: 'cubic'");
  TestCall(HHTPotentialRegister(&cubic));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTPotentialSymbol(potential, k, &symbol));
  TestClose(symbol, 5, 1e-14, "symbol of a registered type");
  TestCall(HHTPotentialDestroy(&potential));
  TestCall(HHTPotentialDestroy(&potential));
  return TestEnd();
}
