/* What diagnostics.csv holds: the integrals of one state at rest. */
#ifndef HHT_DIAGNOSTICS_H
#define HHT_DIAGNOSTICS_H

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
  double k_edge_fraction;         /* share of the mass in the outer 5 % of the wave numbers in x */
} HHTDiagnostics;

typedef struct HHTDiagnoser_s *HHTDiagnoser;

/* flow is borrowed; c_gamma is C_Gamma of (Pot) or NaN. The bound (8) starts at the first call of HHTDiagnose(). */
PetscErrorCode HHTDiagnoserCreate(HHTFlow flow, double c_gamma, HHTDiagnoser *diagnoser);
PetscErrorCode HHTDiagnoserDestroy(HHTDiagnoser *diagnoser);

/* Starts the bound (8) from m1_norm at time t instead: for runs that go on. */
PetscErrorCode HHTDiagnoserStart(HHTDiagnoser diagnoser, double m1_norm, double t);

/*
  Integrates the state at rest at time t by one read-only pass over rows and columns. Collective, same bits on any
  ranks.
*/
PetscErrorCode HHTDiagnose(HHTDiagnoser diagnoser, double t, HHTDiagnostics *values);

/* The bound b(t) of (8) with Q(0) = 2M: M [1 + C M^2 + (1 + 3 C M^2) exp((1 + 2 C M^2) t)] / (1 + 2 C M^2). */
double HHTM1Bound(double m1_norm_at_0, double c_gamma, double t);

#endif
