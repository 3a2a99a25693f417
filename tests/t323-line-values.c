/*
  The values of f over a line, from alpha and as f itself: smallest value, negative part, square and entropy against sums in
  long double, on lengths with and without a remainder; and a line without a positive value. The logarithm to 2 ulp, over all powers of two
  and close to 1.
*/
#include "../src/physics/entries.h"
#include "../src/physics/line_values.h"
#include "../src/physics/logarithm.h"
#include "random.h"
#include "test.h"

typedef struct {
  long double min, negative, square, entropy, size;
} Exact;

static void add_point(long double f, Exact *e)
{
  e->min = fminl(e->min, f);
  e->square += f * f;
  if (f < 0) e->negative -= f;
  if (f > 0) e->entropy -= f * logl(f);
  if (f > 0) e->size += fabsl(f * logl(f));
}

static long double density(HHTNumbers numbers, HHTUnknown unknown, const void *line, ptrdiff_t i)
{
  const double complex a = HHTEntryGet(numbers, line, i);

  if (unknown == HHT_DISTRIBUTION) return creal(a);
  return (long double)creal(a) * creal(a) + (long double)cimag(a) * cimag(a);
}

static void check(HHTNumbers numbers, HHTUnknown unknown, ptrdiff_t n)
{
  const double    factor = 0.37;
  double complex *line   = malloc((size_t)n * sizeof *line);
  Exact           e      = {.min = INFINITY};
  HHTLineValues   v;

  for (ptrdiff_t i = 0; i < n; i++) {
    HHTEntrySet(numbers, line, i, RandomComplex((uint64_t)(7 * n + i)) + 0.3);
    add_point(factor * density(numbers, unknown, line, i), &e);
  }
  v = HHTLineValuesOf(numbers, unknown, factor, n, line);
  TestClose(v.min, (double)e.min, 1e-15 * fabs((double)e.min), "min");
  TestClose(v.negative, (double)e.negative, 1e-14 * (double)e.negative, "negative part");
  TestClose(v.square, (double)e.square, 1e-14 * (double)e.square, "square");
  TestClose(v.entropy, (double)e.entropy, 1e-14 * (double)e.size, "entropy");
  TestCheck((v.negative > 0) == (unknown == HHT_DISTRIBUTION), "negative part %g", v.negative);
  free(line);
}

static void check_no_logarithm(void)
{
  static const double line[]   = {0, -2, 0, -0., -1};
  const HHTLineValues negative = HHTLineValuesOf(HHT_REAL, HHT_DISTRIBUTION, 1, 5, line);

  TestCheck(negative.min == -2 && negative.negative == 3 && negative.square == 5 && negative.entropy == 0,
            "%g %g %g %g", negative.min, negative.negative, negative.square, negative.entropy);
}

static double ulps(double x)
{
  const long double exact = logl(x);

  return (double)fabsl((HHTLogarithm(x) - exact) / exact) * 0x1p52;
}

static void check_logarithm(void)
{
  double worst = 0;

  for (int i = 0; i < 1000; i++) {
    const double m = 1 + fabs(creal(RandomComplex((uint64_t)i))), near = ldexp(m, -1 - i % 52);

    for (int e = -1022; e < 1023; e += 1 + i % 7) worst = fmax(worst, ulps(ldexp(m, e)));
    worst = fmax(worst, fmax(ulps(1 + near), ulps(1 - near / 2)));
  }
  TestClose(worst, 0, 4, "units of 2^-52 of the logarithm");
  TestClose(HHTLogarithm(1), 0, 0, "ln 1");
  TestCheck(isfinite(HHTLogarithm(0)), "ln 0 is %g", HHTLogarithm(0));
}

int main(int argc, char **argv)
{
  static const ptrdiff_t lengths[] = {16, 31, 32, 33, 64, 1000};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    for (HHTNumbers numbers = HHT_COMPLEX; numbers <= HHT_SINGLE_REAL; numbers++)
      check(numbers, HHT_AMPLITUDE, lengths[i]);
    check(HHT_REAL, HHT_DISTRIBUTION, lengths[i]);
    check(HHT_SINGLE_REAL, HHT_DISTRIBUTION, lengths[i]);
  }
  check_no_logarithm();
  check_logarithm();
  return TestEnd();
}
