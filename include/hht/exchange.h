/* The symmetry of a state of several particles under their exchange. */
#ifndef HHT_EXCHANGE_H
#define HHT_EXCHANGE_H

#include <hht/state.h>

/*
  The largest ||alpha_N o P - alpha_N|| / ||alpha_N|| over the transpositions P of two particles, for a state on
  HHTGridOfParticles(grid, particles); 0 for one particle. Rows travel to the ranks of their mirror images. The state must be at rest.
  Collective, the same bits on any ranks.
*/
PetscErrorCode HHTExchangeDefect(HHTState state, const HHTGrid *grid, int particles, double *defect);

#endif
