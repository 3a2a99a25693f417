/* alpha between the points of the phase-space grid: the trigonometric polynomial through its values there, and 0 beyond v_max. */
#ifndef HHT_INTERPOLANT_H
#define HHT_INTERPOLANT_H

#include <hht/state.h>

typedef struct HHTInterpolant_s *HHTInterpolant;

/* Through what fill gives for each row; grid is copied. Not collective: every rank holds it all. */
PetscErrorCode HHTInterpolantCreate(const HHTGrid *grid, HHTAmplitudeRow fill, void *ctx, HHTInterpolant *interpolant);
PetscErrorCode HHTInterpolantDestroy(HHTInterpolant *interpolant); /* safe twice */

/* Bytes of it. */
double HHTInterpolantBytes(const HHTGrid *grid);

/*
  At n points, x of any period of the box; z[j * n + i] is x_j of point i, z[(d + j) * n + i] its v_j. It takes time for all points of the grid at
  each. Real where the values are.
*/
PetscErrorCode HHTInterpolantValues(HHTInterpolant interpolant, ptrdiff_t n, const double z[], double complex alpha[]);

#endif
