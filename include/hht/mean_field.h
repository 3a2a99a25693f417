/*
  The mean field of (HHt): W(x,xi) = -grad phi(x).xi + G(x), phi = Gamma * rho, G = sum_j (d_j Gamma * J_j).

  Convolutions over the x grid by FFT: periodic, or free by zero padding to twice the grid, with the kernel that HHTConvolution chooses. The FFTs are distributed
  over the ranks by slabs of the first dimension, or replicated on every rank where the grid is small; both give the
  same bits. rho, J, phi, grad phi and G are whole arrays (n_rows, J and grad phi d times n_rows) on every rank, rows
  flattened as in HHTGrid.
*/
#ifndef HHT_MEAN_FIELD_H
#define HHT_MEAN_FIELD_H

#include <hht/field.h>
#include <hht/grid.h>
#include <hht/potential.h>
#include <hht/transform.h>

typedef struct HHTMeanField_s *HHTMeanField;

typedef enum { HHT_FIELD_AUTO, HHT_FIELD_REPLICATED, HHT_FIELD_DISTRIBUTED } HHTFieldType;

PetscErrorCode HHTMeanFieldCreate(MPI_Comm comm, const HHTGrid *grid, HHTPotential potential, HHTFieldType type,
                                  HHTRigor rigor, HHTMeanField *field);
PetscErrorCode HHTMeanFieldDestroy(HHTMeanField *field);

/* What it holds on each of so many ranks, in bytes: symbols, and the two buffers of its transform. Not collective. */
double HHTMeanFieldBytes(const HHTGrid *grid, HHTBoundary boundary, HHTFieldType type, int ranks);

/* The field as a flow takes it; mean must outlive it. */
PetscErrorCode HHTMeanFieldGetField(HHTMeanField mean, HHTField *field);

/* grad_phi[j * n_rows + row] = d_j (Gamma * rho)(x_row). phi may be NULL, and the bits of grad_phi are
  the same then. Collective. */
PetscErrorCode HHTMeanFieldForce(HHTMeanField field, const double rho[], double grad_phi[], double phi[]);

/* g[row] = sum_j (d_j Gamma * J_j)(x_row), J[j * n_rows + row]. Collective. */
PetscErrorCode HHTMeanFieldPhase(HHTMeanField field, const double J[], double g[]);

/* Whether the FFTs are distributed, for the banner. */
PetscErrorCode HHTMeanFieldIsDistributed(HHTMeanField field, PetscBool *distributed);

#endif
