/*
  (HLv^N): N particles of unit mass with H_N = sum v^2/2 + c sum_{m<n} Gamma(x_m - x_n), moved by a splitting into drifts and
  kicks with the coefficients of HHTSplitting, which is symplectic. alpha_N(t) = alpha_N(0) o Z_N(0,t) is what its backward flow
  carries. The paper's coupling is c = 1/(N-1) for mass 1.
*/
#ifndef HHT_NBODY_H
#define HHT_NBODY_H

#include <hht/characteristics.h>
#include <hht/pair_force.h>
#include <hht/splitting.h>

/*
  HHTNBodyMove - `steps` steps of dt of this rank's particles; backward undoes them, to round-off.

  z[j * count + i] is x_j of particle i of this rank's count, z[(d + j) * count + i] its v_j; overwritten. Collective on the
  communicator of the force; the same bits on any ranks.
*/
PetscErrorCode HHTNBodyMove(HHTPairForce force, int dim, const HHTSplitting *splitting, double dt, PetscInt steps,
                            HHTDirection direction, double z[]);

/* H_N. Collective, same bits on any ranks. */
PetscErrorCode HHTNBodyEnergy(MPI_Comm comm, HHTPairForce force, int dim, const double z[], double *energy);

#endif
