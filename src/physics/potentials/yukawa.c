/*
  yukawa: (kappa^2 - Laplace) Gamma = delta. Free: exp(-kappa r)/(2 kappa), K_0(kappa r)/(2 pi), exp(-kappa r)/(4 pi
  r).
*/
#include "../bessel.h"
#include "potentials.h"
#include <math.h>

static PetscErrorCode check(const HHTPotentialParams *p)
{
  return HHTPotentialCheckPositive("potential_kappa", p->kappa);
}

static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  return 1 / (WaveNumber2(grid, k) + p->kappa * p->kappa);
}

static double value(const HHTPotentialParams *p, int dim, double r)
{
  const double z = p->kappa * r;

  if (dim == 1) return exp(-z) / (2 * p->kappa);
  return dim == 2 ? HHTBesselK(0, z) / (2 * PETSC_PI) : exp(-z) / (4 * PETSC_PI * r);
}

/* Gamma'(r) / r */
static double first(const HHTPotentialParams *p, int dim, double r)
{
  const double z = p->kappa * r;

  if (dim == 1) return -0.5 * exp(-z) / r;
  return dim == 2 ? -p->kappa * HHTBesselK(1, z) / (2 * PETSC_PI * r) : -(1 + z) * exp(-z) / (4 * PETSC_PI * r * r * r);
}

/* 1 / (k^2 + kappa^2), less what is beyond the radius. */
static double truncated(const HHTPotentialParams *p, int dim, double k, double radius)
{
  const double z = k * radius, y = p->kappa * radius;
  double       beyond;

  if (dim == 1)
    beyond = exp(-y) * (cos(z) - k / p->kappa * sin(z));
  else if (dim == 2)
    beyond = y * HHTBesselK(1, y) * j0(z) - z * j1(z) * HHTBesselK(0, y);
  else
    beyond = exp(-y) * (cos(z) + (z > 0 ? y * sin(z) / z : y));
  return (1 - beyond) / (k * k + p->kappa * p->kappa);
}

const HHTPotentialMethods HHTPotential_Yukawa = {
    .name = "yukawa", .check = check, .symbol = symbol, .value = value, .first = first, .truncated = truncated};
