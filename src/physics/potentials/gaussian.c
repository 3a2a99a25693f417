/* gaussian: Gamma = exp(-r^2 / (2 w^2)), w = width. */
#include "potentials.h"
#include <math.h>

static PetscErrorCode check(const HHTPotentialParams *p)
{
  return HHTPotentialCheckPositive("potential_width", p->width);
}

static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  const double w2 = p->width * p->width;

  return pow(2 * PETSC_PI * w2, 0.5 * grid->dim) * exp(-0.5 * w2 * WaveNumber2(grid, k));
}

static double value(const HHTPotentialParams *p, int dim, double r)
{
  const double z = r / p->width;

  (void)dim;
  return exp(-0.5 * z * z);
}

/* Gamma = exp(-u / w^2): each derivative in u = r^2/2 is one factor. */
static double first(const HHTPotentialParams *p, int dim, double r)
{
  return -value(p, dim, r) / (p->width * p->width);
}

static double second(const HHTPotentialParams *p, int dim, double r)
{
  return -first(p, dim, r) / (p->width * p->width);
}

static double third(const HHTPotentialParams *p, int dim, double r)
{
  return -second(p, dim, r) / (p->width * p->width);
}

const HHTPotentialMethods HHTPotential_Gaussian = {.name   = "gaussian",
                                                   .check  = check,
                                                   .symbol = symbol,
                                                   .value  = value,
                                                   .first  = first,
                                                   .second = second,
                                                   .third  = third};
