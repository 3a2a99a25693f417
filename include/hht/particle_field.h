/*
  The field of N particles, (PsQM^N): Phi(x_1, .., x_N) = sum_{m<n} Gamma(x_m - x_n) / (N - 1), a given function on the grid of all
  particles, and G = 0. For N = 1 there is no pair: then Gamma itself is an external potential around the middle of the box,
  Phi(x) = Gamma(x - x_min - x_length / 2).
*/
#ifndef HHT_PARTICLE_FIELD_H
#define HHT_PARTICLE_FIELD_H

#include <hht/field.h>
#include <hht/grid.h>
#include <hht/potential.h>

typedef struct HHTParticleField_s *HHTParticleField;

/* grid and potential are those of one particle, and read here only. Not collective, the same bits on every rank. */
PetscErrorCode HHTParticleFieldCreate(const HHTGrid *grid, int particles, HHTPotential potential,
                                      HHTParticleField *field);
PetscErrorCode HHTParticleFieldDestroy(HHTParticleField *field); /* safe twice */

/* The field as a flow takes it; particles must outlive it. */
PetscErrorCode HHTParticleFieldGetField(HHTParticleField particles, HHTField *field);

#endif
