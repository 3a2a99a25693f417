/*
  Forces between N particles with the pair potential Gamma, coupling c:  grad_m sum_{n != m} c Gamma(x_m - x_n).

  Free boundary: sums over pairs, O(N^2) in all; the harmonic one, whose force is that of the centre of mass, O(N). Periodic:
  Gamma is its Fourier series over the modes of the grid below the Nyquist ones, as in the mean field, by sums over modes,
  O(N) for each; those whose share of Gamma is below round-off are left out (cosine has one a dimension).

  Ranks share the particles. All results have the same bits on any number of ranks.
*/
#ifndef HHT_PAIR_FORCE_H
#define HHT_PAIR_FORCE_H

#include <hht/potential.h>

typedef struct HHTPairForce_s *HHTPairForce;

/* n >= 2 particles. grid is copied, potential borrowed. Collective. */
PetscErrorCode HHTPairForceCreate(MPI_Comm comm, const HHTGrid *grid, HHTPotential potential, ptrdiff_t n,
                                  double coupling, HHTPairForce *force);
PetscErrorCode HHTPairForceDestroy(HHTPairForce *force); /* safe twice */

/* This rank's particles [first, first + count), perhaps none. */
PetscErrorCode HHTPairForceGetShare(HHTPairForce force, ptrdiff_t *first, ptrdiff_t *count);

/* gradient[j * count + i] at x[j * count + i] of this rank's particles. Collective. */
PetscErrorCode HHTPairForceGradient(HHTPairForce force, const double x[], double gradient[]);

/* c sum_{m < n} Gamma(x_m - x_n). Collective. */
PetscErrorCode HHTPairForceEnergy(HHTPairForce force, const double x[], double *energy);

#endif
