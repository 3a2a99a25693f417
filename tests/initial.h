/* What the tests of initial data share: a grid, and every row of the data on the rank that owns it. */
#ifndef HHT_TEST_INITIAL_H
#define HHT_TEST_INITIAL_H

#include <hht/initial.h>

#include "test.h"

typedef void (*TestPoint)(const double x[], const double v[], double complex alpha);

static inline HHTGrid TestGrid(int dim, ptrdiff_t nx, ptrdiff_t nv)
{
  HHTGrid grid = {.dim = dim};

  for (int j = 0; j < dim; j++) {
    grid.nx[j]       = nx + 2 * j;
    grid.nv[j]       = nv - 2 * j;
    grid.x_min[j]    = -1 + j;
    grid.x_length[j] = 4 + j;
    grid.v_max[j]    = 5 + 0.5 * j;
  }
  TestCall(HHTGridSetUp(&grid));
  return grid;
}

/* This rank's share of n rows: uneven, and empty on the last ranks when there are few. */
static inline void TestRows(ptrdiff_t n, ptrdiff_t *first, ptrdiff_t *count)
{
  int rank, size;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  *count = PetscMin((n + size - 1) / size, PetscMax(0, n - rank * ((n + size - 1) / size)));
  *first = PetscMin(n, rank * ((n + size - 1) / size));
}

/* Calls point() at every grid point of this rank's rows. */
static inline void TestInitial(const HHTGrid *grid, const HHTInitialParams *params, TestPoint point)
{
  double complex *alpha = malloc((size_t)grid->n_cols * sizeof *alpha);
  HHTInitial      initial;
  ptrdiff_t       first, count, i[HHT_MAX_DIM], s[HHT_MAX_DIM];
  double          x[HHT_MAX_DIM] = {0}, v[HHT_MAX_DIM] = {0};

  TestRows(grid->n_rows, &first, &count);
  TestCall(HHTInitialCreate(MPI_COMM_WORLD, grid, params, first, count, &initial));
  for (ptrdiff_t row = first; row < first + count; row++) {
    TestCall(HHTInitialFillRow(initial, row, alpha));
    HHTUnflatten(row, grid->dim, grid->nx, i);
    for (ptrdiff_t col = 0; col < grid->n_cols; col++) {
      HHTUnflatten(col, grid->dim, grid->nv, s);
      for (int j = 0; j < grid->dim; j++) {
        x[j] = HHTGridX(grid, j, i[j]);
        v[j] = HHTGridV(grid, j, s[j]);
      }
      point(x, v, alpha[col]);
    }
  }
  TestCall(HHTInitialDestroy(&initial));
  TestCall(HHTInitialDestroy(&initial));
  free(alpha);
}

/* HHTInitialCreate() must fail with exit code 2 and a message that begins like this, on every rank. */
static inline void TestInitialError(const HHTGrid *grid, const HHTInitialParams *params, const char *message)
{
  HHTInitial     initial;
  ptrdiff_t      first, count;
  PetscErrorCode ierr;

  TestRows(grid->n_rows, &first, &count);
  ierr = HHTInitialCreate(MPI_COMM_WORLD, grid, params, first, count, &initial);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "%s: returned %d", message, (int)ierr);
  TestCheck(!initial, "%s: an object came back", message);
  TestCheck(strstr(HHTErrorMessage(), message) == HHTErrorMessage(), "%s: got '%s'", message, HHTErrorMessage());
  TestCheck(!strchr(HHTErrorMessage(), '\n'), "%s: more than one line", message);
  HHTErrorClear();
}

#endif
