/* Interpolation along one axis of a periodic array by its Fourier series. */
#ifndef HHT_RESAMPLE_H
#define HHT_RESAMPLE_H

#include <complex.h>
#include <petscsys.h>
#include <stddef.h>

typedef struct HHTResampler_s *HHTResampler;

/* From n_in to n_out points of the same period, both starting at the same end. */
PetscErrorCode HHTResamplerCreate(ptrdiff_t n_in, ptrdiff_t n_out, HHTResampler *resampler);
PetscErrorCode HHTResamplerDestroy(HHTResampler *resampler); /* safe twice */

/*
  in[before][n_in][after] -> out[before][count][after], the points [first, first + count) of n_out. in and out must
  not overlap. A line's arithmetic does not depend on the others, nor on first and count. n_in = n_out copies.
*/
PetscErrorCode HHTResamplerApply(HHTResampler resampler, ptrdiff_t before, ptrdiff_t after, ptrdiff_t first,
                                 ptrdiff_t count, const double complex *in, double complex *out);

#endif
