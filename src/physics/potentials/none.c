/* none: no interaction, free transport. */
#include "potentials.h"

static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  (void)p, (void)grid, (void)k;
  return 0;
}

static double radial(const HHTPotentialParams *p, int dim, double r)
{
  (void)p, (void)dim, (void)r;
  return 0;
}

static double bound(const HHTPotentialParams *p, const HHTGrid *grid)
{
  (void)p, (void)grid;
  return 0;
}

const HHTPotentialMethods HHTPotential_None = {.name   = "none",
                                               .symbol = symbol,
                                               .value  = radial,
                                               .first  = radial,
                                               .second = radial,
                                               .third  = radial,
                                               .bound  = bound};
