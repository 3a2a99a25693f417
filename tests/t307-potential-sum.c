/* The sum of several potentials: symbol, value, gradient and bound are the sums of theirs; the field is the sum of the fields. */
#include <hht/mean_field.h>
#include <string.h>

#include "test.h"

#define TERMS 3

static HHTPotential create_term(const HHTGrid *grid, HHTBoundary boundary, int i)
{
  static const char *const types[] = {"plummer", "gaussian", "expression"};

  HHTPotentialParams params = {.strength  = i - 1.4,
                               .boundary  = boundary,
                               .width     = 0.8,
                               .softening = 0.9,
                               .formula   = "cos(2*pi*x/8) * cos(2*pi*y/8) * (2 + r*0)"};
  HHTPotential       term;

  TestCall(PetscStrncpy(params.type, types[i], sizeof params.type));
  TestCall(HHTPotentialCreate(grid, &params, &term));
  return term;
}

static HHTPotential create_sum(const HHTGrid *grid, HHTBoundary boundary)
{
  HHTPotential sum = create_term(grid, boundary, 0);

  for (int i = 1; i < TERMS; i++) {
    HHTPotential term = create_term(grid, boundary, i);

    TestCall(HHTPotentialAdd(sum, &term));
    TestCheck(!term, "the term is still the caller's");
  }
  return sum;
}

static void check_symbol_and_bound(const HHTGrid *grid)
{
  const double k[] = {-2 * grid->dk[0], grid->dk[1]};
  HHTPotential sum = create_sum(grid, HHT_PERIODIC);
  double       symbol, bound, symbols = 0, bounds = 0;

  for (int i = 0; i < TERMS; i++) {
    HHTPotential term = create_term(grid, HHT_PERIODIC, i);

    TestCall(HHTPotentialSymbol(term, k, &symbol));
    TestCall(HHTPotentialBound(term, &bound));
    symbols += symbol;
    bounds += bound;
    TestCall(HHTPotentialDestroy(&term));
  }
  TestCall(HHTPotentialSymbol(sum, k, &symbol));
  TestCall(HHTPotentialBound(sum, &bound));
  TestClose(symbol, symbols, 1e-14, "symbol");
  TestClose(bound, bounds, 1e-12, "bound");
  TestCall(HHTPotentialDestroy(&sum));
}

static void solve(const HHTGrid *grid, HHTPotential potential, const double rho[], double grad_phi[], double phi[])
{
  HHTMeanField field;

  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, grid, potential, HHT_FIELD_AUTO, HHT_RIGOR_ESTIMATE, &field));
  TestCall(HHTMeanFieldForce(field, rho, grad_phi, phi));
  TestCall(HHTMeanFieldDestroy(&field));
}

static void check_field(const HHTGrid *grid, HHTBoundary boundary)
{
  const size_t n   = (size_t)grid->n_rows;
  double      *rho = calloc(7 * n, sizeof *rho), *of_sum = rho + n, *of_term = of_sum + 3 * n;
  HHTPotential sum = create_sum(grid, boundary);

  for (size_t i = 0; i < n; i++) rho[i] = exp(sin(0.7 * (double)i));
  solve(grid, sum, rho, of_sum, of_sum + 2 * n);
  for (int i = 0; i < TERMS; i++) {
    HHTPotential term = create_term(grid, boundary, i);

    solve(grid, term, rho, of_term, of_term + 2 * n);
    for (size_t k = 0; k < 3 * n; k++) of_sum[k] -= of_term[k];
    TestCall(HHTPotentialDestroy(&term));
  }
  for (size_t k = 0; k < 3 * n; k++) TestClose(of_sum[k], 0, 1e-11, "field of the sum less those of its terms");
  TestCall(HHTPotentialDestroy(&sum));
  free(rho);
}

int main(int argc, char **argv)
{
  HHTGrid grid = {.dim = 2, .nx = {16, 12}, .nv = {4, 4}, .x_length = {8, 8}, .v_max = {1, 1}};

  TestBegin(&argc, &argv);
  TestCall(HHTGridSetUp(&grid));
  check_symbol_and_bound(&grid);
  check_field(&grid, HHT_PERIODIC);
  check_field(&grid, HHT_FREE);
  return TestEnd();
}
