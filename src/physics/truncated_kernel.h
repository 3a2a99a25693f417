/*
  The kernel of a free convolution by the method of Vico, Greengard and Ferrando (J. Comput. Phys. 323, 2016). No two points of the box
  are farther apart than its diagonal R, so a potential that is cut off there gives the same field; its Fourier symbol is smooth
  although Gamma is singular, and known. On a periodic box that is longer by R the Fourier series then is exact up to what
  the grid does not resolve of the density: spectral accuracy. The sum of that series at the displacements of the grid is a kernel for the
  convolution on twice the grid.
*/
#ifndef HHT_TRUNCATED_KERNEL_H
#define HHT_TRUNCATED_KERNEL_H

#include <hht/potential.h>

/* Values at displacements >= 0 in each dimension, in which the kernel is even, or along `odd` odd. */
typedef struct {
  int       dim, odd;       /* odd: -1 for Gamma, j for d_j Gamma */
  ptrdiff_t n[HHT_MAX_DIM]; /* points of `value` */
  double   *value;          /* owned; NULL if the potential has no truncated part */
} HHTTruncatedKernel;

/* Of the terms that HHTPotentialTruncatedSymbol() knows. Every rank for itself, the same bits on each. */
PetscErrorCode HHTTruncatedKernelCreate(HHTPotential potential, const HHTGrid *grid, int odd,
                                        HHTTruncatedKernel *kernel);
PetscErrorCode HHTTruncatedKernelDestroy(HHTTruncatedKernel *kernel);

/* At the displacement of m[j] points in dimension j, |m[j]| <= nx[j]. */
double HHTTruncatedKernelAt(const HHTTruncatedKernel *kernel, const ptrdiff_t m[]);

#endif
