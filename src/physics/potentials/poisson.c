/* poisson: -Laplace Gamma = delta. Periodic: 1/k^2 without k = 0; free: -|x|/2, -ln r/(2 pi), 1/(4 pi r). */
#include "potentials.h"
#include <math.h>

static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  const double k2 = WaveNumber2(grid, k);

  (void)p;
  return k2 > 0 ? 1 / k2 : 0;
}

static double value(const HHTPotentialParams *p, int dim, double r)
{
  (void)p;
  if (dim == 1) return -0.5 * r;
  return dim == 2 ? -log(r) / (2 * PETSC_PI) : 1 / (4 * PETSC_PI * r);
}

/* Gamma'(r) / r */
static double first(const HHTPotentialParams *p, int dim, double r)
{
  (void)p;
  if (dim == 1) return -0.5 / r;
  return dim == 2 ? -1 / (2 * PETSC_PI * r * r) : -1 / (4 * PETSC_PI * r * r * r);
}

const HHTPotentialMethods HHTPotential_Poisson = {.name = "poisson", .symbol = symbol, .value = value, .first = first};
