/*
  Initial data of two or more particles, symmetric in them: the product of one-particle amplitudes alpha(z_1) .. alpha(z_N), times a
  pair correlation prod_{m<n} (1 + c cos(2 pi (x_m - x_n) / x_length)), with which they are entangled.
*/
#ifndef HHT_PARTICLE_INITIAL_H
#define HHT_PARTICLE_INITIAL_H

#include <hht/initial.h>

typedef struct HHTParticleInitial_s *HHTParticleInitial;

/*
  grid and params are those of one particle; correlation is c, in (-1, 1). Every rank holds alpha whole, which is little beside the state.
  HHT_EXIT_USAGE as HHTInitialCreate() and HHTInitialFillRow(), and for data without mass. Collective.
*/
PetscErrorCode HHTParticleInitialCreate(MPI_Comm comm, const HHTGrid *grid, const HHTInitialParams *params,
                                        int particles, double correlation, HHTParticleInitial *initial);
PetscErrorCode HHTParticleInitialDestroy(HHTParticleInitial *initial); /* safe twice */

/* A row of alpha_N on HHTGridOfParticles(), an HHTAmplitudeRow with ctx = the HHTParticleInitial. Not collective. */
PetscErrorCode HHTParticleInitialFillRow(void *initial, ptrdiff_t row, double complex *alpha);

/* A row of the one-particle alpha, which has mass 1; an HHTAmplitudeRow too. */
PetscErrorCode HHTParticleInitialFillOne(void *initial, ptrdiff_t row, double complex *alpha);

PetscErrorCode HHTParticleInitialIsReal(HHTParticleInitial initial, PetscBool *real);

#endif
