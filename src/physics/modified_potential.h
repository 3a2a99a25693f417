/*
  The modified potential of force-gradient methods for the mean field.

  With V(rho) = 1/2 int phi rho dx the double bracket of V, T and V is the functional U(rho) = int rho |grad phi|^2 dx of rho alone, so that
  its flow is a potential flow as that of V is. Its potential is the variation of U,

      phi_mod = |grad phi|^2 - 2 sum_j (d_j Gamma * (rho d_j phi)),

  and the phase of a complex alpha turns by the variation of -int grad phi_mod . J dx,

      G_mod = 2 grad phi . grad G - 2 sum_j (d_j Gamma * (q d_j phi + rho d_j G)),   q = div J, G = Gamma * q.

  Derivatives of phi and G are convolutions of grad Gamma with derivatives of rho and J, which decay where matter does: this holds for
  the free boundary too. All arrays are whole on every rank, as in HHTMeanField.
*/
#ifndef HHT_MODIFIED_POTENTIAL_H
#define HHT_MODIFIED_POTENTIAL_H

#include <hht/field.h>
#include <hht/grid.h>

typedef struct HHTModifiedPotential_s *HHTModifiedPotential;

/* A mean field, which is copied: force and phase convolve with grad Gamma whatever they are given. Not collective. */
PetscErrorCode HHTModifiedPotentialCreate(const HHTGrid *grid, const HHTField *field, HHTModifiedPotential *modified);
PetscErrorCode HHTModifiedPotentialDestroy(HHTModifiedPotential *modified); /* safe twice */

/* grad phi_mod, d times n_rows, from rho and the grad phi that it makes. d + 1 field solves. Collective. */
PetscErrorCode HHTModifiedPotentialForce(HHTModifiedPotential modified, const double rho[], const double grad_phi[],
                                         double grad_phi_mod[]);

/* G_mod, n_rows numbers. Two field solves. Collective. */
PetscErrorCode HHTModifiedPotentialPhase(HHTModifiedPotential modified, const double rho[], const double J[],
                                         const double grad_phi[], double g_mod[]);

#endif
