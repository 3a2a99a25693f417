/* First derivatives of real functions on the x grid, spectral as those of the kinetic flow. */
#ifndef HHT_X_GRADIENT_H
#define HHT_X_GRADIENT_H

#include <hht/grid.h>

typedef struct HHTXGradient_s *HHTXGradient;

/* Every rank has the whole grid, and its own transform of it. Not collective. */
PetscErrorCode HHTXGradientCreate(const HHTGrid *grid, HHTXGradient *gradient);
PetscErrorCode HHTXGradientDestroy(HHTXGradient *gradient); /* safe twice */

/* out = d_j f, n_rows numbers each, which may be the same array. */
PetscErrorCode HHTXGradientApply(HHTXGradient gradient, int j, const double f[], double out[]);

/* out = sum_j d_j F_j; F is d times n_rows numbers, out another array. */
PetscErrorCode HHTXGradientDivergence(HHTXGradient gradient, const double F[], double out[]);

#endif
