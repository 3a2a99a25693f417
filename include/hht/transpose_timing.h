/*
  How long a step takes with one of the transposes, on the real grid: what HHT_TRANSPOSE_AUTO is chosen by where there is time to
  try. MPI and FFTW only.
*/
#ifndef HHT_TRANSPOSE_TIMING_H
#define HHT_TRANSPOSE_TIMING_H

#include <hht/transform.h>

/* What HHTTransformCreate() takes, but for the transpose; and the threads of a rank's passes. */
typedef struct {
  HHTNumbers       numbers;
  int              dim;
  const ptrdiff_t *nx, *nv; /* borrowed */
  HHTRigor         rigor;
  int              threads;
} HHTTransposeProblem;

/*
  HHTTransposeTime - seconds of the fastest of a few steps without operators: both passes and both transposes, because engines
  that move nothing leave the moving to the passes. The slowest rank's, the same on all ranks. Makes a transform for it, so
  that as much memory is needed as in a run, and destroys it. Collective. 0, or an errno where this transpose cannot be.
*/
int HHTTransposeTime(MPI_Comm comm, const HHTTransposeProblem *problem, HHTTransposeType type, double *seconds);

#endif
