/*
  The state alpha_hat(x, xi) at rest: a PETSc Vec over the transform's rows.

  Stored numbers are alpha_hat times sqrt(cell_x cell_xi), so that VecNorm(NORM_2) is the L2 norm and its square the
  mass. In double precision the Vec is the `rest` buffer of the transform (no copy). PETSc sees the entries of whole rows,
  in global order: n_cols a row, or HHTTransformGetSpectrumSize() with real numbers. In single precision, which PETSc's complex
  numbers are not, the Vec has one entry a row: the L2 norm of that row.

  The same buffers hold the distribution f of the classical Vlasov equation (Vl), a real number at each point, and f_hat at rest, for a
  state that HHTStateSetUnknown() tells so.
*/
#ifndef HHT_STATE_H
#define HHT_STATE_H

#include <hht/grid.h>
#include <hht/transform.h>
#include <hht/unknown.h>
#include <petscvec.h>

typedef struct HHTState_s *HHTState;

/*
  grid must be set up. In single precision the state and its transforms are float; phases, fields and sums stay
  double. With real numbers the state can hold real alpha only, K = G = 0, in half the memory and time: the
  rows of the Vec are the half spectra of HHTTransform, weighted so that norms hold. Collective. HHT_EXIT_USAGE if a
  rank's share cannot be allocated.
*/
PetscErrorCode HHTStateCreate(MPI_Comm comm, const HHTGrid *grid, HHTNumbers numbers, HHTTransposeType type,
                              HHTRigor rigor, HHTState *state);
/* Bytes that it takes of one of so many ranks: the state at rest, and the buffer that it is worked on in. */
double HHTStateBytes(const HHTGrid *grid, HHTNumbers numbers, int ranks);

PetscErrorCode HHTStateDestroy(HHTState *state);

PetscErrorCode HHTStateIsReal(HHTState state, PetscBool *real);

/* HHT_AMPLITUDE unless set. A distribution needs real numbers. Call it before the state is filled, and before HHTFlowCreate(). */
PetscErrorCode HHTStateSetUnknown(HHTState state, HHTUnknown unknown);
PetscErrorCode HHTStateGetUnknown(HHTState state, HHTUnknown *unknown);

/* Runs the passes on so many threads a rank, 1 unless set. Call it before HHTFlowCreate(). HHT_EXIT_USAGE in a build without OpenMP. */
PetscErrorCode HHTStateSetThreads(HHTState state, int threads);

PetscErrorCode HHTStateGetVec(HHTState state, Vec *alpha_hat); /* borrowed */
PetscErrorCode HHTStateGetGrid(HHTState state, const HHTGrid **grid);
PetscErrorCode HHTStateGetTransform(HHTState state, HHTTransform *transform);
PetscErrorCode HHTStateGetComm(HHTState state, MPI_Comm *comm);
PetscErrorCode HHTStateGetRows(HHTState state, ptrdiff_t *first, ptrdiff_t *count);

/*
  Tells PETSc that the numbers in the Vec changed through the transform's buffer, so that it forgets cached norms; in single
  precision renews the Vec. Collective.
*/
PetscErrorCode HHTStateChanged(HHTState state);

/* Gives alpha(x_row, v), or f, for all n_cols velocities in FFT order. row is global. */
typedef PetscErrorCode (*HHTAmplitudeRow)(void *ctx, ptrdiff_t row, double complex *alpha);

/*
  HHTStateSetAmplitude - fills the state from alpha(x, v), or f, row by row and scales it to the given mass (pass NaN to keep
  its own). Collective. HHT_EXIT_USAGE when the data hold a number that is not finite, or an imaginary part in a state
  of real numbers, or have no mass.
*/
PetscErrorCode HHTStateSetAmplitude(HHTState state, HHTAmplitudeRow fill, void *ctx, double mass);

/*
  One local row (global index row) of alpha(x, v) or alpha_hat(x, xi), n_cols numbers in FFT order, true amplitudes; of a
  distribution f and f_hat. Not collective.
*/
PetscErrorCode HHTStateGetAlphaRow(HHTState state, ptrdiff_t row, double complex *alpha);
PetscErrorCode HHTStateGetAlphaHatRow(HHTState state, ptrdiff_t row, double complex *alpha_hat);

/*
  The mass ||alpha_hat||^2, or int f, and the L2 norm; the same bits on any number of ranks (VecNorm is not). Collective.
*/
PetscErrorCode HHTStateMass(HHTState state, double *mass);
PetscErrorCode HHTStateNorm(HHTState state, double *norm);

/* int f(x_row, v) dv from one row of f_hat at rest: its entry at xi = 0. */
double HHTDistributionDensity(const HHTGrid *grid, HHTNumbers spectrum, const void *f_hat);

/* ||a - b|| of two states at rest, of the same grid, ranks and numbers; the same bits on any number of ranks. Collective. */
PetscErrorCode HHTStateDistance(HHTState a, HHTState b, double *distance);

#endif
