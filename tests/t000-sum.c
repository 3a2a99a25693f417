/* HHTSum is exact: cases in which any floating-point order of additions fails, over the whole range of exponents. */
#include "random.h"
#include "test.h"
#include <float.h>
#include <hht/sum.h>

#define N 4096

static double sum_of(int n, const double term[])
{
  HHTSum sum;

  HHTSumClear(&sum);
  for (int i = 0; i < n; i++) HHTSumAdd(&sum, term[i]);
  return HHTSumValue(&sum);
}

static void check_cases(void)
{
  static const struct {
    int    n;
    double term[4], expected;
  } cases[] = {
      {0, {0}, 0},
      {1, {-0.0}, 0},
      {3, {1e300, 1, -1e300}, 1},
      {3, {-1e300, -1, 1e300}, -1},
      {4, {1e300, 1e-300, -1e300, 1e-300}, 2e-300},
      {3, {DBL_TRUE_MIN, DBL_TRUE_MIN, DBL_TRUE_MIN}, 3 * DBL_TRUE_MIN},
      {3, {-1, -DBL_TRUE_MIN, 1}, -DBL_TRUE_MIN},
      {2, {DBL_MIN, -DBL_TRUE_MIN}, DBL_MIN - DBL_TRUE_MIN},
      {1, {DBL_MAX}, DBL_MAX},
      {1, {-DBL_MAX}, -DBL_MAX},
      {3, {DBL_MAX, DBL_MAX, -DBL_MAX}, DBL_MAX},
      {2, {-DBL_MAX, -DBL_MAX}, -INFINITY},
      {2, {1 + DBL_EPSILON, -1}, DBL_EPSILON},
      {4, {0x1p53, 1, 1, -0x1p53}, 2},
      {4, {0x1p200, -0x1p200 + 0x1p147, -0x1p147 + 0x1p94, -0x1p94 + 0x1p41}, 0x1p41},
  };

  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double value = sum_of(cases[i].n, cases[i].term);

    TestCheck(value == cases[i].expected, "case %zu: got %.17g, expected %.17g", i, value, cases[i].expected);
  }
}

static void check_invalid(void)
{
  const double bad[] = {NAN, INFINITY, -INFINITY};

  for (int i = 0; i < 3; i++) {
    const double term[] = {1, bad[i], 2};

    TestCheck(isnan(sum_of(3, term)), "%g among the terms: got %g", bad[i], sum_of(3, term));
  }
}

static void swap(double *a, double *b)
{
  double t = *a;

  *a = *b;
  *b = t;
}

/* Terms of all sizes that cancel in pairs but for the remainder, in random order. */
static void check_cancellation(double remainder)
{
  static double term[2 * N + 1];

  for (int i = 0; i < N; i++) {
    term[2 * i]     = ldexp(Random((uint64_t)i), (int)(RandomBits((uint64_t)(N + i)) % 2000) - 1000);
    term[2 * i + 1] = -term[2 * i];
  }
  term[2 * N] = remainder;
  for (int i = 2 * N; i > 0; i--) swap(&term[i], &term[RandomBits((uint64_t)i) % (uint64_t)(i + 1)]);
  TestCheck(sum_of(2 * N + 1, term) == remainder, "got %.17g, expected %.17g", sum_of(2 * N + 1, term), remainder);
}

/* One value, added until carries have run twice; the product is exact in long double to 64 bits. */
static void check_many(double term)
{
  const int   n = (2 << 20) + 5;
  HHTSum      sum;
  long double exact = (long double)term * n;

  HHTSumClear(&sum);
  for (int i = 0; i < n; i++) HHTSumAdd(&sum, term);
  TestClose(HHTSumValue(&sum), (double)exact, DBL_EPSILON * fabs((double)exact), "many equal terms");
}

/* Neumaier's compensated sum in long double is far more accurate than one ulp of a double here. */
static void check_rounding(int n)
{
  static double term[N];
  long double   total = 0, lost = 0;
  double        value;

  for (int i = 0; i < n; i++) {
    long double t = term[i] = ldexp(Random((uint64_t)(i + 7 * N)), i % 90 - 45), next = total + t;

    lost += fabsl(total) >= fabsl(t) ? (total - next) + t : (t - next) + total;
    total = next;
  }
  value = (double)(total + lost);
  TestClose(sum_of(n, term), value, fabs(nextafter(value, INFINITY) - value), "random terms of both signs");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_cases();
  check_invalid();
  check_cancellation(0);
  check_cancellation(0.1);
  check_cancellation(-3 * DBL_TRUE_MIN);
  check_many(1.0 / 3);
  check_many(-1e-310);
  check_many(-1e290);
  for (int n = 1; n <= N; n = 2 * n + 1) check_rounding(n);
  return TestEnd();
}
