/* What diagnostics.csv holds: the integrals of one state at rest. */
#ifndef HHT_DIAGNOSTICS_H
#define HHT_DIAGNOSTICS_H

#include <hht/bounds.h>
#include <hht/flow.h>

typedef struct {
  double mass;                    /* int |alpha|^2 */
  double momentum[HHT_MAX_DIM];   /* int v |alpha|^2 */
  double kinetic_energy;          /* int v^2/2 |alpha|^2 */
  double potential_energy;        /* 1/2 int phi rho dx */
  double energy;                  /* their sum, H(|alpha|^2) */
  double hamiltonian;             /* H_Ht; 0 when alpha is real */
  double field_energy;            /* 1/2 int |grad phi|^2 dx */
  double l2_norm;                 /* ||alpha_hat|| */
  double m1_norm;                 /* Definition 3.9 */
  double m1_bound;                /* (8) as corrected in docs; NaN outside (Pot) */
  double xi_edge_fraction;        /* share of the mass in the outer 5 % of the xi window */
  double v_edge_fraction;         /* and of the v window */
  double absorbed_mass;           /* 0 without an absorber */
  double x_momentum[HHT_MAX_DIM]; /* P_x = <-i grad_x> */
  double d2_norm;                 /* ||D^2 alpha||, all second derivatives in x and v; NaN where it is left out */
  double d2_bound;                /* (11) as in docs; NaN outside (Pot) and without d2_norm */
  double distance;                /* L^2 distance to another solution; NaN without one */
  double distance_bound;          /* (7), Corollary 3.7 */
  double larger_m1_norm;          /* M of (7), at the start: of this solution and of the other; NaN without one */
  double k_edge_fraction;         /* share of the mass in the outer 5 % of the wave numbers in x */
} HHTDiagnostics;

typedef struct HHTDiagnoser_s *HHTDiagnoser;

/* flow is borrowed; c_gamma is C_Gamma of (Pot) or NaN. Bounds start at the first call of HHTDiagnose(). */
PetscErrorCode HHTDiagnoserCreate(HHTFlow flow, double c_gamma, HHTDiagnoser *diagnoser);
PetscErrorCode HHTDiagnoserDestroy(HHTDiagnoser *diagnoser);

/* Whether d2_norm is computed, which takes one more pass over the state; it is unless set here. */
PetscErrorCode HHTDiagnoserSetD2Norm(HHTDiagnoser diagnoser, PetscBool on);

/* The solution that distance is measured to, on the same grid and ranks, of the same numbers; at rest when the other is. Borrowed. */
PetscErrorCode HHTDiagnoserSetOther(HHTDiagnoser diagnoser, HHTFlow other);

/* Starts bounds from `first`, diagnostics made at time t, instead: for runs that go on. */
PetscErrorCode HHTDiagnoserStart(HHTDiagnoser diagnoser, const HHTDiagnostics *first, double t);

/*
  Integrates the state at rest at time t by read-only passes over rows and columns. Collective, same bits on any
  ranks.
*/
PetscErrorCode HHTDiagnose(HHTDiagnoser diagnoser, double t, HHTDiagnostics *values);

#endif
