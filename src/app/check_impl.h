/* The inside of `hht check`: a table of groups of checks, one file each, and what they share. */
#ifndef HHT_CHECK_IMPL_H
#define HHT_CHECK_IMPL_H

#include "problem.h"

typedef struct {
  MPI_Comm comm;
  int      total, failed;
} HHTCheck;

/*
  One line of the table: an error that is 0 in exact arithmetic and in the limit of fine grids and steps. A NaN fails.
*/
PetscErrorCode HHTCheckError(HHTCheck *check, const char *what, double error, double allowed);

/* One line of the table: a value whose relative distance from the reference may be `allowed`. */
PetscErrorCode HHTCheckValue(HHTCheck *check, const char *what, double value, double reference, double allowed);

/* The groups. Collective. */
PetscErrorCode HHTCheckGaussians(HHTCheck *check);
PetscErrorCode HHTCheckSeparable(HHTCheck *check);
PetscErrorCode HHTCheckNonlinear(HHTCheck *check);
PetscErrorCode HHTCheckMass(HHTCheck *check);
PetscErrorCode HHTCheckRates(HHTCheck *check);
PetscErrorCode HHTCheckRanks(HHTCheck *check);

/* ---- check_solve.c ---- */

/*
  Fills `c` with a box that is the same in every dimension, no potential, and the order-4 splitting of the smallest
  error.
*/
PetscErrorCode HHTCheckSetCase(int dim, ptrdiff_t nx, double x_min, double x_length, ptrdiff_t nv, double v_max,
                               HHTCase *c);

/* Sees the problem at rest at time t. */
typedef PetscErrorCode (*HHTCheckLook)(HHTProblem *problem, double t, void *ctx);

/*
  Solves a case from 0 to its max_time. look (may be NULL) is called at the start, every diagnostics_interval steps (0:
  never) and at the end. Collective on comm.
*/
PetscErrorCode HHTCheckSolve(MPI_Comm comm, const HHTCase *c, HHTCheckLook look, void *ctx);

/* The same for the case on every rank by itself, keeping the problem at its end; destroy it. Not collective. */
PetscErrorCode HHTCheckSolveAlone(const HHTCase *c, HHTProblem *problem);

#endif
