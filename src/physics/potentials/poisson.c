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

static double truncated(const HHTPotentialParams *p, int dim, double k, double radius)
{
  const double z = k * radius, r2 = radius * radius, half = sin(0.5 * z);

  (void)p;
  switch (dim) {
  case 1: return z > 0 ? (2 * half * half - z * sin(z)) / (k * k) : -0.5 * r2;
  case 2: return z > 0 ? (1 - j0(z) - z * log(radius) * j1(z)) / (k * k) : 0.25 * r2 * (1 - 2 * log(radius));
  default: return z > 0 ? 2 * half * half / (k * k) : 0.5 * r2;
  }
}

const HHTPotentialMethods HHTPotential_Poisson = {
    .name = "poisson", .symbol = symbol, .value = value, .first = first, .truncated = truncated};
