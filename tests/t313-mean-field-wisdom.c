/* With measured plans too, a field that every rank solves alone has the same bits on all of them. */
#include "random.h"
#include "test.h"
#include <hht/mean_field.h>
#include <string.h>

static void check(ptrdiff_t nx)
{
  HHTGrid            grid   = {.dim = 1, .nx = {nx}, .nv = {4}, .x_length = {3}, .v_max = {1}};
  HHTPotentialParams params = {.type = "yukawa", .strength = 1, .kappa = 0.7};
  const size_t       n      = (size_t)nx;
  double            *rho = malloc(5 * n * sizeof *rho), *field = rho + n, *rank_0 = field + 2 * n;
  HHTPotential       potential;
  HHTMeanField       solver;

  for (size_t i = 0; i < n; i++) rho[i] = Random(i);
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &grid, potential, HHT_FIELD_REPLICATED, HHT_RIGOR_MEASURE, &solver));
  TestCall(HHTMeanFieldForce(solver, rho, field, field + n));
  memcpy(rank_0, field, 2 * n * sizeof *rho);
  MPI_Bcast(rank_0, 2 * (int)n, MPI_DOUBLE, 0, MPI_COMM_WORLD);
  TestCheck(!memcmp(rank_0, field, 2 * n * sizeof *rho), "%td points: other bits than on rank 0", nx);
  TestCall(HHTMeanFieldDestroy(&solver));
  TestCall(HHTPotentialDestroy(&potential));
  free(rho);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (ptrdiff_t nx = 60; nx <= 4000; nx = 2 * nx + 6) check(nx);
  for (ptrdiff_t nx = 64; nx <= 8192; nx *= 2) check(nx);
  return TestEnd();
}
