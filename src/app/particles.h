/* What equation_type nbody adds to a problem: the field of the particles, their initial data, and what is compared with the mean field. */
#ifndef HHT_PARTICLES_H
#define HHT_PARTICLES_H

#include <hht/case.h>
#include <hht/diagnostics.h>
#include <hht/particle_initial.h>

typedef struct HHTParticles_s *HHTParticles;

/* c_gamma is C_Gamma of (Pot), NaN outside. HHT_EXIT_USAGE for initial data that cannot be. Collective. */
PetscErrorCode HHTParticlesCreate(MPI_Comm comm, const HHTCase *c, HHTPotential potential, double c_gamma,
                                  HHTParticles *particles);
/* Bytes of the mean field that several particles are compared with, which every rank holds: alpha of the initial data too, and the marginal. */
double HHTParticlesMeanFieldBytes(const HHTCase *c, HHTNumbers numbers);

PetscErrorCode HHTParticlesDestroy(HHTParticles *particles); /* safe twice */

PetscErrorCode HHTParticlesGetField(HHTParticles particles, HHTField *field);

/* Borrowed; NULL for one particle, whose initial data are those of HHTInitial. */
PetscErrorCode HHTParticlesGetInitial(HHTParticles particles, HHTParticleInitial *initial);

/* Starts the bounds of Lemma 3.4 from these diagnostics of the initial data: for runs that go on. */
PetscErrorCode HHTParticlesStart(HHTParticles particles, const HHTDiagnostics *first);

/*
  HHTParticlesDiagnose - makes of what HHTDiagnose() says of the state at rest, a point of several particles, what one says of the particles:
  momenta in total, and values->particles. Times must increase. Collective, the same bits on any ranks.
*/
PetscErrorCode HHTParticlesDiagnose(HHTParticles particles, HHTState state, double t, HHTDiagnostics *values);

#endif
