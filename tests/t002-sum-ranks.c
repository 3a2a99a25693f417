/* Sums over ranks have the same bits however the terms are dealt out. */
#include "random.h"
#include "test.h"
#include <hht/sum.h>

#define N 3000

static int rank, size;

static double term(int i, int which) { return ldexp(Random((uint64_t)(i + which * N)), i % 200 - 100); }

/* How term i is dealt out: round robin, in blocks, all to the last rank, at random. */
static int owner(int deal, int i)
{
  const int owners[] = {i % size, i / (N / size + 1), size - 1, (int)(RandomBits((uint64_t)i) % (uint64_t)size)};

  return owners[deal];
}

static void check_deal(int deal, const double expected[2])
{
  HHTSum sum[2];

  HHTSumClear(&sum[0]);
  HHTSumClear(&sum[1]);
  for (int i = 0; i < N; i++)
    for (int w = 0; w < 2 && owner(deal, i) == rank; w++) HHTSumAdd(&sum[w], term(i, w));
  TestCall(HHTSumAllreduce(MPI_COMM_WORLD, sum, 2));
  for (int w = 0; w < 2; w++)
    TestCheck(HHTSumValue(&sum[w]) == expected[w], "deal %d: got %.17g, alone %.17g", deal, HHTSumValue(&sum[w]),
              expected[w]);
  /* A total is a sum again: every rank may go on. */
  HHTSumAdd(&sum[0], -expected[0]);
  TestClose(HHTSumValue(&sum[0]), 0, 0x1p-52 * fabs(expected[0]), "total minus its value");
}

static void check_sums(void)
{
  HHTSum sum;
  double expected[2];

  for (int w = 0; w < 2; w++) {
    HHTSumClear(&sum);
    for (int i = N - 1; i >= 0; i--) HHTSumAdd(&sum, term(i, w));
    expected[w] = HHTSumValue(&sum);
  }
  TestCheck(expected[0] != expected[1], "both sums are %g", expected[0]);
  for (int deal = 0; deal < 4; deal++) check_deal(deal, expected);
}

static void check_invalid(void)
{
  HHTSum sum;

  HHTSumClear(&sum);
  HHTSumAdd(&sum, rank == size - 1 ? NAN : 1);
  TestCall(HHTSumAllreduce(MPI_COMM_WORLD, &sum, 1));
  TestCheck(isnan(HHTSumValue(&sum)), "a NaN of the last rank was lost: %g", HHTSumValue(&sum));
}

/* Shares of 1/size of the bound each, of either sign: exact to the resolution that the scale promises. */
static void check_fixed(double bound)
{
  const double scale = HHTFixedScale(bound), share = bound / size;
  int64_t      fixed[3] = {llrint(share * scale), llrint(-share * scale), rank == size - 1 ? 3 : 0};
  double       value[3];
  int          exponent;

  TestCheck(frexp(scale, &exponent) == 0.5, "the scale %g is not a power of two", scale);
  TestCheck(scale * bound <= 0x1p62, "%g times the scale %g does not fit", bound, scale);
  TestCheck(scale * bound >= 0x1p60 || scale == 0x1p960, "%g times the scale %g is too coarse", bound, scale);
  TestCall(HHTFixedAllreduce(MPI_COMM_WORLD, fixed, value, 3, scale));
  TestClose(value[0], bound, size / scale + 2e-16 * bound, "sum up to the bound");
  TestCheck(value[1] == -value[0], "got %.17g and %.17g", value[0], value[1]);
  TestCheck(value[2] == 3 / scale, "got %g, expected %g", value[2], 3 / scale);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  check_sums();
  check_invalid();
  for (int e = -300; e <= 300; e += 50) check_fixed(0.7 * pow(10, e));
  check_fixed(1);
  return TestEnd();
}
