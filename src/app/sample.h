/* alpha(x, v) at every point, or every second one in each dimension, of a state: what states on a grid and on one twice as fine have in common. */
#ifndef HHT_SAMPLE_H
#define HHT_SAMPLE_H

#include <hht/state.h>

/*
  A new Vec of n_rows n_cols numbers of the grid that is `stride` (1 or 2) times coarser, rows in global order, each on the rank that has it in
  the state. Destroy it. Collective.
*/
PetscErrorCode HHTSampleCreate(HHTState state, int stride, Vec *alpha);

/*
  The L2 norm of a and of a - b over cells of the given size, and the largest |a| and |a - b|; a and b may be spread over the ranks
  differently, and so that rows of n_cols numbers are whole. b is used up: it may hold the difference then. The same bits on any number of
  ranks. Collective.
*/
typedef struct {
  double norm, difference; /* L2 */
  double largest, largest_difference;
} HHTDistance;
PetscErrorCode HHTSampleCompare(Vec a, Vec b, PetscInt n_cols, double cell, HHTDistance *distance);

/* Bytes that a sample on this grid, one of a state with `stride` times its points in each dimension, and their comparison take of one rank. */
double HHTSampleCompareBytes(const HHTGrid *grid, int stride, int ranks);

#endif
