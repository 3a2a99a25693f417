/*
  What drives a state: W(x, xi) = -grad phi(x).xi + G(x). The systems differ only in where grad phi and G come from: HHTMeanField
  solves them from rho and J, HHTParticleField has grad phi once and for all, and G = 0.

  Arrays are whole on every rank: rho, phi and G have n_rows numbers, grad phi and J d * n_rows.
*/
#ifndef HHT_FIELD_H
#define HHT_FIELD_H

#include <petscsys.h>

typedef struct {
  void *ctx; /* of both functions, borrowed */
  /* grad phi, and phi unless it is NULL, from rho. Collective. */
  PetscErrorCode (*force)(void *ctx, const double rho[], double grad_phi[], double phi[]);
  /* G from J. NULL: G = 0. Collective. */
  PetscErrorCode (*phase)(void *ctx, const double J[], double g[]);
  PetscBool fixed;        /* phi does not depend on rho */
  double    energy_share; /* of int phi rho that is potential energy: 1/2 where rho makes phi, 1 where phi is given */
} HHTField;

#endif
