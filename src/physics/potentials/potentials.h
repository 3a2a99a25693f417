/* The types of pair potential that come with the program, and what their files share. */
#ifndef HHT_POTENTIALS_H
#define HHT_POTENTIALS_H

#include <hht/potential.h>

extern const HHTPotentialMethods HHTPotential_None, HHTPotential_Cosine, HHTPotential_Poisson, HHTPotential_Yukawa,
    HHTPotential_Gaussian, HHTPotential_Plummer, HHTPotential_Harmonic, HHTPotential_Table, HHTPotential_Expression;

/* HHT_EXIT_USAGE unless value is finite and > 0. */
PetscErrorCode HHTPotentialCheckPositive(const char *option, double value);

/* |k|^2 over the grid's dimensions */
static inline double WaveNumber2(const HHTGrid *grid, const double k[])
{
  double sum = 0;

  for (int j = 0; j < grid->dim; j++) sum += k[j] * k[j];
  return sum;
}

#endif
