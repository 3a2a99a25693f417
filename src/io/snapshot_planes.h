/* f in planes of phase space, for d > 1. */
#ifndef HHT_SNAPSHOT_PLANES_H
#define HHT_SNAPSHOT_PLANES_H

#include <hht/output.h>

/* f from the number that a row of the source holds. */
static inline double HHTSourceDensity(const HHTSnapshotSource *s, double complex a)
{
  return s->unknown == HHT_AMPLITUDE ? HHTNorm2(a) : creal(a);
}

/* How many numbers the planes (x_j, v_j) of all dimensions have. */
ptrdiff_t HHTPlanesSize(const HHTGrid *grid);

/*
  The marginals and the slices of f in the planes (x_j, v_j), j after j, [nx_j][nv_j] with both axes in increasing
  order: f integrated over all other coordinates, and f in the middle of the box. Whole on every rank, the same bits
  on any number of ranks. amplitudes is room for one row. Collective.
*/
PetscErrorCode HHTPlanesMarginals(const HHTSnapshotSource *source, double complex *amplitudes, double marginals[]);
PetscErrorCode HHTPlanesSlices(const HHTSnapshotSource *source, double complex *amplitudes, double slices[]);

#endif
