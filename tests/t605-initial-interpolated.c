/*
  Data from a file on another grid of the same box: a band-limited function is interpolated to round-off, from coarser
  and finer grids, odd numbers of points included, and real data stay exactly real.
*/
#include "initial_file.h"

static int dim;

/* Modes 0 and +-1 of each axis of TestGrid(). */
static double complex function(const double x[], const double v[])
{
  double complex value = 0.7;

  for (int j = 0; j < dim; j++) {
    const double kx = 2 * PETSC_PI / (4 + j), kv = PETSC_PI / (5 + 0.5 * j);
    value *= 1 + 0.5 * cos(kx * x[j] + 0.3) - 0.4 * sin(kv * v[j] + 0.2) +
             (0.3 - 0.1 * j) * I * cos(kv * v[j] - kx * x[j]);
  }
  return value;
}

static void check_complex(const double x[], const double v[], double complex alpha)
{
  const double complex expected = function(x, v);

  TestClose(creal(alpha), creal(expected), 1e-14, "real part");
  TestClose(cimag(alpha), cimag(expected), 1e-14, "imaginary part");
}

static void check_real(const double x[], const double v[], double complex alpha)
{
  TestClose(creal(alpha), creal(function(x, v)), 1e-14, "real data");
  TestCheck(cimag(alpha) == 0, "imaginary part %g", cimag(alpha));
}

/* The grid of the file: sizes that HHTGridSetUp() does not allow are set behind its back. */
static HHTGrid file_grid(ptrdiff_t nx, ptrdiff_t nv)
{
  HHTGrid grid = TestGrid(dim, 4, 8);

  grid.n_rows = grid.n_cols = 1;
  for (int j = 0; j < dim; j++) {
    grid.nx[j] = nx + j;
    grid.nv[j] = nv - j;
    grid.dx[j] = grid.x_length[j] / (double)grid.nx[j];
    grid.dv[j] = 2 * grid.v_max[j] / (double)grid.nv[j];
    grid.n_rows *= grid.nx[j];
    grid.n_cols *= grid.nv[j];
  }
  return grid;
}

static void check(HHTInitialParams *params, ptrdiff_t nx, ptrdiff_t nv)
{
  const HHTGrid grid = TestGrid(dim, 6, 10), from = file_grid(nx, nv);
  const hid_t   type = TestComplexType();

  TestWrite(params->path, params->dataset, &from, type, function);
  TestInitial(&grid, params, check_complex);
  MPI_Barrier(MPI_COMM_WORLD);
  TestWrite(params->path, params->dataset, &from, H5T_NATIVE_DOUBLE, function);
  TestInitial(&grid, params, check_real);
  MPI_Barrier(MPI_COMM_WORLD);
  H5Tclose(type);
}

int main(int argc, char **argv)
{
  HHTInitialParams params = {.type = "file", .mass = NAN, .dataset = "alpha"};

  TestBegin(&argc, &argv);
  TestPath("t605", params.path, sizeof params.path);
  for (dim = 1; dim <= 2; dim++) {
    check(&params, 4, 5);  /* coarser */
    check(&params, 9, 12); /* finer */
    check(&params, 12, 7); /* finer in x, coarser in v */
    check(&params, 6, 14); /* d = 1: the same in x */
    check(&params, 3, 10); /* d = 1: the same in v */
  }
  dim = 3;
  check(&params, 4, 6);
  TestRemove(params.path);
  return TestEnd();
}
