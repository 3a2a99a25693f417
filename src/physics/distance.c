#include "entries.h"
#include <hht/error.h>
#include <hht/state.h>
#include <hht/sum.h>
#include <math.h>

/* What |a - b|^2 is summed over: the rows at rest of both, n numbers each. */
static inline double row_distance2(HHTNumbers numbers, ptrdiff_t n, const void *restrict a, const void *restrict b)
{
  double sum = 0;

  for (ptrdiff_t i = 0; i < n; i++) {
    const double complex difference = HHTEntryGet(numbers, a, i) - HHTEntryGet(numbers, b, i);

    sum += HHTNorm2(difference);
  }
  return sum;
}

PetscErrorCode HHTStateDistance(HHTState a, HHTState b, double *distance)
{
  HHTTransform first, second;
  HHTNumbers   numbers;
  ptrdiff_t    row, rows, n;
  MPI_Comm     comm;
  HHTSum       sum;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetComm(a, &comm));
  PetscCall(HHTStateGetTransform(a, &first));
  PetscCall(HHTStateGetTransform(b, &second));
  PetscCall(HHTStateGetRows(a, &row, &rows));
  numbers = HHTNumbersSpectrum(HHTTransformGetNumbers(first));
  n       = HHTTransformGetSpectrumSize(first);
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < rows; i++)
    HHTSumAdd(&sum, row_distance2(numbers, n, HHTEntryAt(numbers, HHTTransformGetRest(first), i * n),
                                  HHTEntryAt(numbers, HHTTransformGetRest(second), i * n)));
  HHTCallErrno(HHTSumAllreduce(comm, &sum, 1));
  *distance = sqrt(HHTSumValue(&sum));
  PetscFunctionReturn(0);
}
