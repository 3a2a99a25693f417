/* The inside of HHTPotential, for the files that implement it. */
#ifndef HHT_POTENTIAL_IMPL_H
#define HHT_POTENTIAL_IMPL_H

#include <hht/potential.h>

struct HHTPotential_s {
  const HHTPotentialMethods *methods; /* static */
  HHTPotentialParams         params;
  HHTGrid                    grid;
  double  at_origin; /* Gamma(0) for strength 1, a cell's average where that is infinite; 0 if periodic or sampled */
  void   *data;      /* of a sampled type, its own */
  double *symbol;    /* of a sampled periodic type, n_rows numbers as HHTPotentialSampledSymbol() has them; owned */
  HHTPotential next; /* the next term of a sum, owned; NULL: none */
};

/*
  Potentials that are known by their values. The symbol is the discrete Fourier transform of the samples on the x grid, times
  cell_x: the convolution is then the sum over the grid, and exact up to what the grid does not resolve. n_rows numbers,
  x slowest, in FFT order.
*/
PetscErrorCode HHTPotentialSampleSymbol(HHTPotential potential);

/* The symbol at the wave vector k of the box, 0 beyond those of the grid. */
double HHTPotentialSampledSymbol(const struct HHTPotential_s *potential, const double k[]);

#endif
