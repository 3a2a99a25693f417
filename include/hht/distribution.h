/*
  Integrals of f over phase space, and distances of two of them, from rows that the caller hands over one by one. The same bits on any
  number of ranks.

      HHTDistributionSum sum;
      HHTDistributionClear(&sum);
      for each row of this rank: HHTDistributionAdd(&sum, n, f);
      HHTDistributionGet(comm, grid, &sum, &values);
*/
#ifndef HHT_DISTRIBUTION_H
#define HHT_DISTRIBUTION_H

#include <hht/grid.h>
#include <hht/sum.h>

typedef struct {
  double min, max;
  double negative_mass; /* int of -f where f < 0 */
  double l1, l2;        /* norms */
  double entropy;       /* -int f ln f where f > 0 */
} HHTDistributionValues;

typedef struct {
  HHTSum sum[4];
  double min, max;
} HHTDistributionSum;

void HHTDistributionClear(HHTDistributionSum *sum);
/* n points of f; a distance is that of the difference, and its largest value max(-min, max). */
void           HHTDistributionAdd(HHTDistributionSum *sum, ptrdiff_t n, const double f[]);
PetscErrorCode HHTDistributionGet(MPI_Comm comm, const HHTGrid *grid, HHTDistributionSum *sum,
                                  HHTDistributionValues *values); /* collective */

#endif
