/* The inside of HHTPotential, for the files that implement it. */
#ifndef HHT_POTENTIAL_IMPL_H
#define HHT_POTENTIAL_IMPL_H

#include <hht/potential.h>

struct HHTPotential_s {
  const HHTPotentialMethods *methods; /* static */
  HHTPotentialParams         params;
  HHTGrid                    grid;
  double at_origin; /* Gamma(0) for strength 1, a cell's average where that is infinite; 0 if periodic */
};

#endif
