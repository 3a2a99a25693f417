/* cosine: Gamma = sum_j cos(2 pi x_j / L_j), periodic only; the HMF model for d = 1, L = 2 pi, strength -1. */
#include "potentials.h"
#include <math.h>

/* V/2 at the 2 d wave vectors +- 2 pi/L_j e_j */
static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  double volume = 1, steps = 0;

  (void)p;
  for (int j = 0; j < grid->dim; j++) {
    volume *= grid->x_length[j];
    steps += fabs(round(k[j] / grid->dk[j]));
  }
  return steps == 1 ? 0.5 * volume : 0;
}

/*
  With k_j = 2 pi/L_j, all attained: |grad| <= sqrt(sum k_j^2), |D^2| = max k_j^2 and |D^3| = max k_j^3, because the
  derivatives are diagonal and sum_j k_j^3 |u_j|^3 <= max k_j^3 on the unit sphere.
*/
static double bound(const HHTPotentialParams *p, const HHTGrid *grid)
{
  double c = 0;

  (void)p;
  for (int j = 0; j < grid->dim; j++) c = fmax(c, pow(grid->dk[j], 3));
  for (int j = 0; j < grid->dim; j++) c = fmax(c, pow(grid->dk[j], 2));
  return fmax(c, sqrt(WaveNumber2(grid, grid->dk)));
}

const HHTPotentialMethods HHTPotential_Cosine = {.name = "cosine", .symbol = symbol, .bound = bound};
