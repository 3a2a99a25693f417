/* The amplitude between the points of the grid. */
#ifndef HHT_INTERPOLATE_H
#define HHT_INTERPOLATE_H

#include <complex.h>
#include <hht/state.h>

/*
  HHTStateInterpolate - alpha(x, v) at any point of phase space (dim entries each) by the trigonometric polynomial
  through all points of the grid: exact up to what the grid does not resolve. The state must be at rest. Collective; the
  same bits on any ranks.
*/
PetscErrorCode HHTStateInterpolate(HHTState state, const double x[], const double v[], double complex *alpha);

#endif
