/* What diagnostics.csv holds: the integrals of one state at rest. */
#ifndef HHT_DIAGNOSTICS_H
#define HHT_DIAGNOSTICS_H

#include <hht/bounds.h>
#include <hht/flow.h>

/* Of N particles; zero else. */
typedef struct {
  double symmetry_defect;           /* largest ||alpha_N o P - alpha_N|| / ||alpha_N|| over transpositions P */
  double dz1_norm, dz1_bound;       /* ||D_{z_1} alpha_N|| and (1) */
  double d2z1z2_norm, d2z1z2_bound; /* ||D^2_{(z_1, z_2)} alpha_N|| and (2) */
  /* Against the mean-field solution, of two particles or more. */
  double beta, q_1;          /* beta_N and <q_1> */
  double P[HHT_MAX_DIM + 1]; /* the weight with k particles outside it */
  double marginal_distance;  /* of the one-particle marginal to f in L1 */
} HHTParticleDiagnostics;

typedef struct {
  double mass;                    /* int f, f = |alpha|^2 where the state is alpha */
  double momentum[HHT_MAX_DIM];   /* int v f */
  double kinetic_energy;          /* int v^2/2 f */
  double potential_energy;        /* 1/2 int phi rho dx; int phi rho dx where phi is given */
  double energy;                  /* their sum, H(f) */
  double hamiltonian;             /* H_Ht; 0 when alpha is real; NaN, as are the norms of alpha, where the state is f */
  double field_energy;            /* 1/2 int |grad phi|^2 dx */
  double l2_norm;                 /* ||alpha_hat|| */
  double m1_norm;                 /* Definition 3.9 */
  double m1_bound;                /* (8) as corrected in docs; NaN outside (Pot) */
  double xi_edge_fraction;        /* share of |alpha_hat|^2, or |f_hat|^2, in the outer 5 % of the xi window */
  double v_edge_fraction;         /* and of |f| in that of the v window */
  double absorbed_mass;           /* 0 without an absorber */
  double x_momentum[HHT_MAX_DIM]; /* P_x = <-i grad_x>; 0 where the state is real */
  double absorbed_energy;         /* 0 without an absorber */
  double d2_norm;                 /* ||D^2 alpha||, all second derivatives in x and v; NaN where it is left out */
  double d2_bound;                /* (11) as in docs; NaN outside (Pot) and without d2_norm */
  double distance;                /* L^2 distance to another solution; NaN without one */
  double distance_bound;          /* (7), Corollary 3.7 */
  double larger_m1_norm;          /* M of (7), at the start: of this solution and of the other; NaN without one */
  double k_edge_fraction;         /* share of |alpha|^2, or f^2, in the outer 5 % of the wave numbers in x */
  double f_min;                   /* smallest f on the grid */
  double negative_mass;           /* int of -f where f < 0, so that int |f| = mass + 2 negative_mass */
  double f_l2_norm;               /* (int f^2)^(1/2) */
  double entropy;                 /* -int f ln f where f > 0 */
  HHTParticleDiagnostics particles;
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
