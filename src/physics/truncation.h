/*
  Zero padding by the 2/3 rule: what lies beyond the kept signed indices of a spectrum (a d-dimensional array in FFT order, or the half of it
  that real numbers need) is 0. Of modes that are kept, products of two are then free of aliasing where they are kept.
*/
#ifndef HHT_TRUNCATION_H
#define HHT_TRUNCATION_H

#include <hht/grid.h>
#include <hht/numbers.h>

typedef struct {
  HHTNumbers numbers; /* of the spectrum */
  PetscBool  half;    /* it is that of real numbers */
  int        dim;
  ptrdiff_t  n[HHT_MAX_DIM], kept[HHT_MAX_DIM]; /* points, and the largest signed index that stays */
  ptrdiff_t  run;                               /* entries along the last dimension */
} HHTTruncation;

/* Of the spectra of lines of n points of such numbers. */
HHTTruncation HHTTruncationOf(HHTNumbers numbers, int dim, const ptrdiff_t n[], const ptrdiff_t kept[]);

/*
  Sets what is not kept to 0 and returns the sum of |.|^2 over it. In a half spectrum an entry that stands for two counts `twice` times:
  2, or 1 where it carries the factor sqrt(2), see HHTTransform.
*/
double HHTTruncate(const HHTTruncation *truncation, double twice, void *spectrum);

#endif
