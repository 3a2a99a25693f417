/* L2 norms of derivatives of alpha_N with respect to some of its phase-space axes: those of Lemma 3.4. */
#ifndef HHT_DERIVATIVES_H
#define HHT_DERIVATIVES_H

#include <hht/state.h>

/*
  d1 = ||D^1 alpha|| with respect to the first `axes1` of the state's axes, x and v of each, and d2 = ||D^2 alpha||, all second derivatives
  with respect to the first `axes2`, mixed ones twice (the Frobenius norm). By Plancherel's theorem in x and v. The state must be at
  rest. Two read-only passes. Collective, the same bits on any ranks.
*/
PetscErrorCode HHTDerivativeNorms(HHTState state, int axes1, int axes2, double *d1, double *d2);

#endif
