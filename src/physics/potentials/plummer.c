/* plummer: Gamma = 1 / sqrt(r^2 + a^2), a = softening: softened Coulomb repulsion or gravity. */
#include "../bessel.h"
#include "potentials.h"
#include <math.h>

static PetscErrorCode check(const HHTPotentialParams *p)
{
  return HHTPotentialCheckPositive("potential_softening", p->softening);
}

/* Of long range in every dimension, so k = 0 is dropped. */
static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  const double k1 = sqrt(WaveNumber2(grid, k)), a = p->softening;

  if (!(k1 > 0)) return 0;
  if (grid->dim == 1) return 2 * HHTBesselK(0, a * k1);
  return grid->dim == 2 ? 2 * PETSC_PI * exp(-a * k1) / k1 : 4 * PETSC_PI * a * HHTBesselK(1, a * k1) / k1;
}

/* Gamma = (2 u + a^2)^(-1/2) and its derivatives in u = r^2/2. */
static double value(const HHTPotentialParams *p, int dim, double r)
{
  (void)dim;
  return 1 / hypot(r, p->softening);
}

static double first(const HHTPotentialParams *p, int dim, double r) { return -pow(value(p, dim, r), 3); }

static void first_many(const HHTPotentialParams *p, int n, const double r2[], double result[])
{
  const double a2 = p->softening * p->softening;

  for (int i = 0; i < n; i++) {
    const double s = r2[i] + a2;

    result[i] = -1 / (s * sqrt(s));
  }
}

static double second(const HHTPotentialParams *p, int dim, double r) { return 3 * pow(value(p, dim, r), 5); }

static double third(const HHTPotentialParams *p, int dim, double r) { return -15 * pow(value(p, dim, r), 7); }

const HHTPotentialMethods HHTPotential_Plummer = {.name       = "plummer",
                                                  .check      = check,
                                                  .symbol     = symbol,
                                                  .value      = value,
                                                  .first      = first,
                                                  .second     = second,
                                                  .third      = third,
                                                  .first_many = first_many};
