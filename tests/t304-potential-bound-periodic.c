/*
  C_Gamma of periodic sums: never below 1/V sum_k |k|^p |Gamma_k|, and close to it, in small boxes and in large ones.
*/
#include <hht/potential.h>

#include "test.h"

/* The largest of the three sums over the cube |n_j| <= n: an octant, times its mirror images. */
static double lattice_sum(HHTPotential potential, const HHTGrid *g, int n)
{
  const int last[] = {n, g->dim > 1 ? n : 0, g->dim > 2 ? n : 0};
  double    sum[3] = {0}, volume = 1, symbol;

  for (int j = 0; j < g->dim; j++) volume *= g->x_length[j];
  for (int a = 0; a <= last[0]; a++) {
    for (int b = 0; b <= last[1]; b++) {
      for (int c = 0; c <= last[2]; c++) {
        const double k[]    = {a * g->dk[0], b * g->dk[1], c * g->dk[2]};
        const double k1     = sqrt(k[0] * k[0] + (b ? k[1] * k[1] : 0) + (c ? k[2] * k[2] : 0));
        const double images = (a ? 2 : 1) * (b ? 2 : 1) * (c ? 2 : 1);
        TestCall(HHTPotentialSymbol(potential, k, &symbol));
        for (int p = 0; p < 3; p++) sum[p] += images * pow(k1, p + 1) * fabs(symbol) / volume;
      }
    }
  }
  return fmax(sum[0], fmax(sum[1], sum[2]));
}

/* slack: what the bound of the part beyond the directly summed ball may add */
static void check(int dim, const char *type, double width, int n, double slack)
{
  HHTGrid            grid   = {.dim = dim, .x_length = {4, 5, 6}};
  HHTPotentialParams params = {.strength = -1.5, .width = width, .softening = width};
  HHTPotential       potential;
  double             c, sum;

  for (int j = 0; j < dim; j++) {
    grid.nx[j] = grid.nv[j] = 8;
    grid.v_max[j]           = 1;
  }
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTPotentialBound(potential, &c));
  sum = lattice_sum(potential, &grid, n);
  TestCheck(c >= sum * (1 - 1e-12), "%s, dim %d, width %g: %.15g is below the sum %.15g", type, dim, width, c, sum);
  TestCheck(c <= sum * (1 + slack), "%s, dim %d, width %g: %.15g is far above the sum %.15g", type, dim, width, c, sum);
  TestCall(HHTPotentialDestroy(&potential));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(1, "gaussian", 0.5, 40, 1e-10);
  check(2, "gaussian", 0.5, 40, 1e-10);
  check(3, "gaussian", 0.8, 20, 1e-10);
  check(1, "gaussian", 1e-3, 10000, 1e-10);
  check(2, "gaussian", 0.015, 600, 0.05);
  check(3, "gaussian", 0.1, 60, 0.05);
  check(1, "plummer", 0.5, 60, 1e-10);
  check(2, "plummer", 0.5, 60, 1e-10);
  check(3, "plummer", 1, 35, 1e-10);
  check(3, "plummer", 0.25, 70, 0.05);
  return TestEnd();
}
