/* Measured plans are rank 0's on every rank: the same row gets the same bits everywhere. */
#include "../src/physics/entries.h"
#include "random.h"
#include "test.h"
#include <complex.h>
#include <fftw3.h>
#include <hht/transform.h>
#include <string.h>

static void check_row(HHTTransform t, int sign, int n)
{
  const HHTNumbers numbers = HHTTransformGetNumbers(t);
  const size_t     bytes   = (size_t)n * HHTNumbersSize(numbers);
  void            *row = malloc(bytes), *first = malloc(bytes);

  for (int i = 0; i < n; i++) HHTEntrySet(numbers, row, i, RandomComplex((uint64_t)i));
  TestCall(HHTTransformRow(t, sign, row));
  memcpy(first, row, bytes);
  MPI_Bcast(first, (int)bytes, MPI_BYTE, 0, MPI_COMM_WORLD);
  TestCheck(!memcmp(first, row, bytes), "length %d, sign %d: the row differs from rank 0's", n, sign);
  free(row), free(first);
}

/* A pair of transforms gives the row times n. */
static void check_pair(HHTTransform t, int n)
{
  const HHTNumbers numbers = HHTTransformGetNumbers(t);
  void            *row     = malloc((size_t)n * HHTNumbersSize(numbers));
  double           error   = 0;

  for (int i = 0; i < n; i++) HHTEntrySet(numbers, row, i, RandomComplex((uint64_t)i));
  TestCall(HHTTransformRow(t, FFTW_FORWARD, row));
  TestCall(HHTTransformRow(t, FFTW_BACKWARD, row));
  for (int i = 0; i < n; i++) error = fmax(error, cabs(HHTEntryGet(numbers, row, i) / n - RandomComplex((uint64_t)i)));
  TestClose(error, 0, numbers == HHT_SINGLE_COMPLEX ? 1e-6 : 1e-14, "forward and backward");
  free(row);
}

static void check(HHTNumbers numbers, HHTTransposeType type, ptrdiff_t n)
{
  const ptrdiff_t rows = 24;
  HHTTransform    t;

  TestCall(HHTTransformCreate(MPI_COMM_WORLD, numbers, 1, &rows, 1, &n, type, HHT_RIGOR_MEASURE, &t));
  check_row(t, FFTW_FORWARD, (int)n);
  check_row(t, FFTW_BACKWARD, (int)n);
  check_pair(t, (int)n);
  TestCall(HHTTransformDestroy(&t));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (ptrdiff_t n = 60; n <= 4000; n = 2 * n + 6) {
    check(HHT_COMPLEX, HHT_TRANSPOSE_ALLTOALL, n);
    check(HHT_COMPLEX, HHT_TRANSPOSE_FFTW, n);
    check(HHT_COMPLEX, HHT_TRANSPOSE_SHARED, n);
    check(HHT_SINGLE_COMPLEX, HHT_TRANSPOSE_SHARED, n);
  }
  return TestEnd();
}
