/*
  Potentials that are known by their values against the same ones in closed form: the Gaussian as a table and as a formula,
  cosine as a formula, and a wave that tells the signs of wave numbers apart; d = 1, 2, 3, periodic and free.
*/
#include <hht/potential.h>
#include <string.h>

#include "test.h"

#define WIDTH    0.9
#define STRENGTH 1.7

static HHTGrid make_grid(int dim)
{
  HHTGrid grid = {.dim = dim, .nx = {24, 20, 18}, .nv = {4, 4, 4}, .x_length = {9, 8, 7}, .v_max = {1, 1, 1}};

  TestCall(HHTGridSetUp(&grid));
  return grid;
}

static HHTPotential create(const HHTGrid *grid, HHTBoundary boundary, const char *type, const char *formula,
                           const HHTRadialTable *table)
{
  HHTPotentialParams params = {.strength = STRENGTH, .boundary = boundary, .width = WIDTH, .table = table};
  HHTPotential       potential;

  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(PetscStrncpy(params.formula, formula, sizeof params.formula));
  TestCall(HHTPotentialCreate(grid, &params, &potential));
  return potential;
}

/* The Gaussian at n points of 0 .. 8 widths, closer together about 0. */
static HHTPotential create_table(const HHTGrid *grid, HHTBoundary boundary, int n)
{
  HHTRadialTable table = {.n = n, .r = calloc((size_t)n, sizeof(double)), .gamma = calloc((size_t)n, sizeof(double))};
  HHTPotential   potential;

  for (int i = 0; i < n; i++) {
    const double s = (double)i / (n - 1);

    table.r[i]     = 8 * WIDTH * s * (1 + s) / 2;
    table.gamma[i] = exp(-0.5 * pow(table.r[i] / WIDTH, 2));
  }
  potential = create(grid, boundary, "table", "", &table);
  free(table.r);
  free(table.gamma);
  return potential;
}

/* The largest difference of the symbols at the wave vectors of the grid. */
static double symbol_error(const HHTGrid *g, HHTPotential a, HHTPotential b)
{
  double    error = 0, of_a, of_b, k[HHT_MAX_DIM];
  ptrdiff_t index[HHT_MAX_DIM];

  for (ptrdiff_t i = 0; i < g->n_rows; i++) {
    HHTUnflatten(i, g->dim, g->nx, index);
    for (int j = 0; j < g->dim; j++) k[j] = (double)HHTSigned(index[j], g->nx[j]) * g->dk[j];
    TestCall(HHTPotentialSymbol(a, k, &of_a));
    TestCall(HHTPotentialSymbol(b, k, &of_b));
    error = fmax(error, fabs(of_a - of_b));
  }
  return error;
}

/* Of values and gradients at displacements of the grid. */
static double value_error(const HHTGrid *g, HHTPotential a, HHTPotential b, double *of_gradient)
{
  double    error = 0, of_a, of_b, grad_a[HHT_MAX_DIM], grad_b[HHT_MAX_DIM], x[HHT_MAX_DIM];
  ptrdiff_t index[HHT_MAX_DIM];

  *of_gradient = 0;
  for (ptrdiff_t i = 0; i < g->n_rows; i++) {
    HHTUnflatten(i, g->dim, g->nx, index);
    for (int j = 0; j < g->dim; j++) x[j] = (double)HHTSigned(index[j], g->nx[j]) * g->dx[j] * (j == 1 ? 1.9 : 1);
    TestCall(HHTPotentialValue(a, x, &of_a, grad_a));
    TestCall(HHTPotentialValue(b, x, &of_b, grad_b));
    error = fmax(error, fabs(of_a - of_b));
    for (int j = 0; j < g->dim; j++) *of_gradient = fmax(*of_gradient, fabs(grad_a[j] - grad_b[j]));
  }
  return error;
}

static void destroy(HHTPotential *a, HHTPotential *b)
{
  TestCall(HHTPotentialDestroy(a));
  TestCall(HHTPotentialDestroy(b));
}

/* A cubic spline errs by h^4 in value and h^3 in slope: twice the points, about 16 and 8 times less. */
static void check_table(int dim)
{
  HHTGrid      grid   = make_grid(dim);
  const double volume = STRENGTH * pow(2 * PETSC_PI * WIDTH * WIDTH, 0.5 * dim);
  double       periodic[2], value[2], gradient[2];

  for (int i = 0; i < 2; i++) {
    HHTPotential a = create(&grid, HHT_PERIODIC, "gaussian", "", NULL), b = create_table(&grid, HHT_PERIODIC, 200 << i);
    periodic[i] = symbol_error(&grid, a, b) / volume;
    destroy(&a, &b);
    a        = create(&grid, HHT_FREE, "gaussian", "", NULL);
    b        = create_table(&grid, HHT_FREE, 200 << i);
    value[i] = value_error(&grid, a, b, &gradient[i]);
    destroy(&a, &b);
  }
  TestMeasured("table, symbol %.1e", periodic[1]);
  TestMeasured("table, value %.1e", value[1]);
  TestMeasured("table, gradient %.1e", gradient[1]);
  TestMeasured("d = %d, gain of value %.0f", dim, value[0] / value[1]);
  TestMeasured("d = %d, gain of gradient %.0f", dim, gradient[0] / gradient[1]);
  TestClose(periodic[1], 0, 1e-9, "symbol of a table");
  TestClose(value[1], 0, 1e-9, "value of a table");
  TestClose(gradient[1], 0, 2e-7, "gradient of a table");
  TestCheck(value[0] > 10 * value[1], "value: %.2e, then %.2e", value[0], value[1]);
  TestCheck(gradient[0] > 6 * gradient[1], "gradient: %.2e, then %.2e", gradient[0], gradient[1]);
}

static void check_formula(int dim)
{
  static const char *const cosines[] = {"cos(2*pi*x/9)", "cos(2*pi*x/9) + cos(2*pi*y/8)",
                                        "cos(2*pi*x/9) + cos(2*pi*y/8) + cos(2*pi*z/7)"};

  HHTGrid      grid = make_grid(dim);
  HHTPotential a    = create(&grid, HHT_PERIODIC, "cosine", "", NULL),
               b    = create(&grid, HHT_PERIODIC, "expression", cosines[dim - 1], NULL);
  double of_symbol, of_gradient, volume = STRENGTH, of_a, of_b;

  for (int j = 0; j < dim; j++) volume *= grid.x_length[j];
  of_symbol = symbol_error(&grid, a, b) / volume;
  TestMeasured("formula, symbol %.1e", of_symbol);
  TestClose(of_symbol, 0, 1e-15, "symbol of a formula");
  TestCall(HHTPotentialBound(a, &of_a));
  TestCall(HHTPotentialBound(b, &of_b));
  TestCheck(of_b >= of_a * (1 - 1e-12) && of_b <= dim * of_a, "bounds %g and %g", of_a, of_b);
  destroy(&a, &b);

  a = create(&grid, HHT_FREE, "gaussian", "", NULL);
  b = create(&grid, HHT_FREE, "expression", "exp(-r^2 / (2*0.9^2))", NULL);
  TestClose(value_error(&grid, a, b, &of_gradient), 0, 1e-14, "value of a formula");
  TestMeasured("formula, gradient %.1e", of_gradient);
  TestClose(of_gradient, 0, 1e-12, "gradient of a formula");
  destroy(&a, &b);
}

/* V/2 at +-(1, 2), and nothing at (1, -2). */
static void check_signs(int dim)
{
  const double k[][3] = {{1, 2, 0}, {-1, -2, 0}, {1, -2, 0}, {-1, 2, 0}, {0, 0, 0}};

  HHTGrid      grid      = make_grid(dim);
  HHTPotential potential = create(&grid, HHT_PERIODIC, "expression", "cos(2*pi*(x/9 + 2*y/8))", NULL);
  double       volume    = STRENGTH, symbol;

  for (int j = 0; j < dim; j++) volume *= grid.x_length[j];
  for (int i = 0; i < 5; i++) {
    const double at[] = {k[i][0] * grid.dk[0], k[i][1] * grid.dk[1], 0};
    TestCall(HHTPotentialSymbol(potential, at, &symbol));
    TestClose(symbol / volume, i < 2 ? 0.5 : 0, 1e-15, "symbol of an oblique wave");
  }
  TestCall(HHTPotentialDestroy(&potential));
}

/* The Gaussian's bound is found from its values; a kink is outside (Pot). */
static void check_bound(void)
{
  HHTGrid      grid = make_grid(1);
  HHTPotential a = create(&grid, HHT_PERIODIC, "gaussian", "", NULL), b = create_table(&grid, HHT_PERIODIC, 1600);
  double       of_a, of_b;

  TestCall(HHTPotentialBound(a, &of_a));
  TestCall(HHTPotentialBound(b, &of_b));
  TestClose(of_b / of_a, 1, 1e-5, "bound of a table");
  destroy(&a, &b);
  a = create(&grid, HHT_PERIODIC, "expression", "abs(x)", NULL);
  b = create(&grid, HHT_FREE, "expression", "exp(-x^2)", NULL);
  TestCall(HHTPotentialBound(a, &of_a));
  TestCall(HHTPotentialBound(b, &of_b));
  TestCheck(isnan(of_a), "bound %g of a kink", of_a);
  TestCheck(isnan(of_b), "bound %g of a free formula", of_b);
  destroy(&a, &b);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++) {
    check_table(dim);
    check_formula(dim);
  }
  check_signs(2);
  check_signs(3);
  check_bound();
  return TestEnd();
}
