/* The box: indices in FFT order, spacings, and what HHTGridSetUp() does not allow. */
#include "test.h"
#include <hht/grid.h>
#include <string.h>

static HHTGrid valid(void)
{
  return (HHTGrid){
      .dim = 3, .nx = {4, 6, 8}, .nv = {10, 4, 6}, .x_min = {-1, 0, 2}, .x_length = {2, 3, 4}, .v_max = {5, 6, 7}};
}

static void check_signed(void)
{
  const ptrdiff_t even[] = {0, 1, 2, -3, -2, -1}, derivative[] = {0, 1, 2, 0, -2, -1}, odd[] = {0, 1, 2, -2, -1};

  for (ptrdiff_t i = 0; i < 6; i++) {
    TestCheck(HHTSigned(i, 6) == even[i], "HHTSigned(%td, 6) = %td", i, HHTSigned(i, 6));
    TestCheck(HHTDerivative(i, 6) == derivative[i], "HHTDerivative(%td, 6) = %td", i, HHTDerivative(i, 6));
  }
  for (ptrdiff_t i = 0; i < 5; i++) {
    TestCheck(HHTSigned(i, 5) == odd[i], "HHTSigned(%td, 5) = %td", i, HHTSigned(i, 5));
    TestCheck(HHTDerivative(i, 5) == odd[i], "HHTDerivative(%td, 5) = %td", i, HHTDerivative(i, 5));
  }
}

static void check_unflatten(int dim)
{
  const ptrdiff_t n[]   = {3, 4, 5};
  ptrdiff_t       total = 1, flat, index[HHT_MAX_DIM];

  for (int j = 0; j < dim; j++) total *= n[j];
  for (ptrdiff_t i = 0; i < total; i++) {
    HHTUnflatten(i, dim, n, index);
    flat = 0;
    for (int j = 0; j < dim; j++) {
      TestCheck(index[j] >= 0 && index[j] < n[j], "index %td of dimension %d", index[j], j);
      flat = flat * n[j] + index[j];
    }
    for (int j = dim; j < HHT_MAX_DIM; j++) TestCheck(index[j] == 0, "unused index %td", index[j]);
    TestCheck(flat == i, "%td became %td", i, flat);
  }
}

static void check_derived(void)
{
  HHTGrid g = valid();

  TestCall(HHTGridSetUp(&g));
  TestCheck(g.n_rows == 192 && g.n_cols == 240, "%td rows, %td columns", g.n_rows, g.n_cols);
  for (int j = 0; j < 3; j++) {
    TestClose(g.dx[j] * (double)g.nx[j], g.x_length[j], 1e-15, "dx");
    TestClose(g.dv[j] * (double)g.nv[j], 2 * g.v_max[j], 2e-15, "dv");
    TestClose(g.dk[j] * g.x_length[j], 2 * PETSC_PI, 1e-15, "dk");
    TestClose(g.dxi[j] * g.dv[j] * (double)g.nv[j], 2 * PETSC_PI, 2e-15, "dxi dv nv = 2 pi");
    TestClose(HHTGridXi(&g, j, g.nv[j] / 2), -PETSC_PI / g.dv[j], 1e-14, "first xi");
    TestClose(HHTGridV(&g, j, g.nv[j] / 2), -g.v_max[j], 1e-15, "first v");
    TestClose(HHTGridX(&g, j, g.nx[j] - 1), g.x_min[j] + g.x_length[j] - g.dx[j], 1e-15, "last x");
  }
  TestClose(g.cell_x, 24.0 / 192, 1e-15, "cell_x");
  TestClose(g.cell_v, 10.0 * 12 * 14 / 240, 1e-14, "cell_v");
  TestClose(g.cell_xi, pow(PETSC_PI, 3) / 210, 1e-15, "cell_xi");
}

/* Entries of unused dimensions are not read, and become one point of width 1. */
static void check_unused(void)
{
  HHTGrid g = valid();

  g.dim = 1, g.nx[1] = 3, g.nv[2] = -7, g.x_length[1] = NAN, g.v_max[2] = 0;
  TestCall(HHTGridSetUp(&g));
  TestCheck(g.n_rows == 4 && g.n_cols == 10, "%td rows, %td columns", g.n_rows, g.n_cols);
  for (int j = 1; j < 3; j++)
    TestCheck(g.nx[j] == 1 && g.nv[j] == 1 && g.dx[j] == 1 && g.dxi[j] == 1, "dimension %d is not one point", j + 1);
}

static void check_refused(HHTGrid g, const char *option)
{
  PetscErrorCode ierr = HHTGridSetUp(&g);

  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "%s: code %d", option, HHTErrorExitCode(ierr));
  TestCheck(!strncmp(HHTErrorMessage(), option, strlen(option)), "'%s' does not name %s", HHTErrorMessage(), option);
  TestCheck(!strchr(HHTErrorMessage(), '\n'), "more than one line: '%s'", HHTErrorMessage());
  HHTErrorClear();
}

static void check_points(ptrdiff_t n)
{
  HHTGrid g = valid();

  g.nx[2] = n;
  check_refused(g, "grid_nx");
  g       = valid();
  g.nv[0] = n;
  check_refused(g, "grid_nv");
}

static void check_length(double length)
{
  HHTGrid g = valid();

  g.x_length[1] = length;
  check_refused(g, "grid_x_length");
  g          = valid();
  g.v_max[2] = length;
  check_refused(g, "grid_v_max");
}

static void check_errors(void)
{
  const ptrdiff_t points[]  = {3, 2, 0, -4, 5, PTRDIFF_MAX, PTRDIFF_MAX - 1, PTRDIFF_MIN};
  const double    lengths[] = {0, -1, NAN, INFINITY, -INFINITY, 1e-320};
  HHTGrid         g;

  for (int i = 0; i < 8; i++) check_points(points[i]);
  for (int i = 0; i < 6; i++) check_length(lengths[i]);
  g = valid(), g.dim = 0, check_refused(g, "grid_dim");
  g = valid(), g.dim = 4, check_refused(g, "grid_dim");
  g = valid(), g.x_min[2] = NAN, check_refused(g, "grid_x_min");
  g = valid(), g.nx[0] = g.nx[1] = g.nx[2] = 1 << 30, check_refused(g, "grid_nx");
  g = valid(), g.nx[0] = g.nx[1] = g.nv[0] = g.nv[1] = 1 << 20, check_refused(g, "grid_nx");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_signed();
  for (int dim = 1; dim <= 3; dim++) check_unflatten(dim);
  check_derived();
  check_unused();
  check_errors();
  return TestEnd();
}
