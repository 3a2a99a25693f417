/* harmonic: Gamma = r^2/2, free boundary only. Its force is unbounded, so it is outside (Pot). */
#include "potentials.h"

static double value(const HHTPotentialParams *p, int dim, double r)
{
  (void)p, (void)dim;
  return 0.5 * r * r;
}

static double first(const HHTPotentialParams *p, int dim, double r)
{
  (void)p, (void)dim, (void)r;
  return 1;
}

const HHTPotentialMethods HHTPotential_Harmonic = {
    .name = "harmonic", .value = value, .first = first, .quadratic = PETSC_TRUE};
