/*
  Sums that do not depend on the order of their terms, hence not on the number of ranks. MPI only, no PETSc.

  HHTSum is exact: a double is split over integer limbs of 32 bits that span its whole exponent range (Kulisch's long
  accumulator), so addition is associative and the rounding happens once, when the value is read. It costs some ns a
  term: use it for one term per row or block. For whole arrays (the density) HHTFixed is the cheap form: 64-bit fixed
  point against a known bound.
*/
#ifndef HHT_SUM_H
#define HHT_SUM_H

#include <mpi.h>
#include <stddef.h>
#include <stdint.h>

#define HHT_SUM_LIMBS 70

typedef struct {
  int64_t limb[HHT_SUM_LIMBS];
  int64_t terms;   /* since limbs were last carried; the carry runs before they can overflow */
  int64_t invalid; /* how many terms were not finite; the value is then NaN */
} HHTSum;

void   HHTSumClear(HHTSum *sum);
void   HHTSumAdd(HHTSum *sum, double term);
void   HHTSumMerge(HHTSum *sum, HHTSum *other); /* adds other, which keeps its value */
double HHTSumValue(const HHTSum *sum);          /* correctly rounded up to one ulp; NaN if a term was not finite */

/* Adds up `n` sums over the ranks; every rank gets all totals. Collective. Returns 0 or an errno. */
int HHTSumAllreduce(MPI_Comm comm, HHTSum sums[], int n);

/* The power of two, at most 2^960, by which values bounded by `bound` in total are scaled to 62-bit integers. */
double HHTFixedScale(double bound);

/*
  Adds the int64 arrays of all ranks and writes value[i] = total[i] / scale. fixed is overwritten. Collective. 0 or
  errno.
*/
int HHTFixedAllreduce(MPI_Comm comm, int64_t fixed[], double value[], ptrdiff_t n, double scale);

#endif
