/* The inside of HHTPairForce, shared by pair_force.c, pair_modes.c and pair_sums.c. */
#ifndef HHT_PAIR_FORCE_IMPL_H
#define HHT_PAIR_FORCE_IMPL_H

#include "off_grid.h"
#include <hht/pair_force.h>

/* One wave vector k of a half space; -k comes with it. */
typedef struct {
  int    index[HHT_MAX_DIM]; /* k_j = index[j] dk_j */
  double gamma;              /* 2 c Gamma_k / V */
} HHTPairMode;

struct HHTPairForce_s {
  MPI_Comm     comm; /* PETSc's reference */
  int          size;
  HHTGrid      grid;
  HHTPotential potential; /* borrowed */
  double       coupling;
  ptrdiff_t    n, first, count;  /* particles; first and, but for the last rank, count are multiples of HHT_POINTS */
  int         *counts, *offsets; /* of all ranks */

  /* periodic */
  int          n_modes, highest[HHT_MAX_DIM]; /* index of all modes */
  HHTPairMode *mode;                          /* owned */
  double       zero;                          /* c Gamma_0 / V */
  HHTPoints   *wave[HHT_MAX_DIM]; /* cos and sin of m dk_j x_j: 2 (highest + 1) for each block of particles, owned */
  double      *sum;               /* 2 n_modes: cos and sin sums over all particles, owned */
  int64_t     *fixed;             /* the same in fixed point, owned */

  /* free */
  double *all; /* d * n: positions of all particles, owned */
};

/* Periodic. */
PetscErrorCode HHTPairModesCreate(HHTPairForce force);
PetscErrorCode HHTPairModesGradient(HHTPairForce force, const double x[], double gradient[]);
PetscErrorCode HHTPairModesEnergy(HHTPairForce force, const double x[], double *energy);

/* Free. */
PetscErrorCode HHTPairSumsGradient(HHTPairForce force, const double x[], double gradient[]);
PetscErrorCode HHTPairSumsEnergy(HHTPairForce force, const double x[], double *energy);

#endif
