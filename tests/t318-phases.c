/*
  Phase factors against long double. Factor m is a product of at most levels factors of progressions, ceil(log8) of the length of
  each table, and one of the tables: each has errors of sin and cos (1 u, u = 2^-53), and each product sqrt(5) u. What rounding takes
  from an angle a is put back to first order, which leaves (a u)^2 / 2. So the error is at most 3.3 (levels + 2) u + (theta m u)^2.
  In single precision the result is rounded once more, to float: sqrt(2) 2^-25 of entries below 1.
*/
#include "../src/physics/entries.h"
#include "../src/physics/phases.h"
#include "random.h"
#include "test.h"

static double distance(double complex value, double theta, ptrdiff_t m)
{
  const long double angle = (long double)theta * (long double)m,
                    rest  = fmal((long double)theta, (long double)m, -angle);
  const long double c = cosl(angle) - rest * sinl(angle), s = sinl(angle) + rest * cosl(angle);

  return (double)hypotl(creal(value) - c, cimag(value) - s);
}

static double bound(double theta, ptrdiff_t m, ptrdiff_t n)
{
  int levels = 1;

  for (ptrdiff_t length = 8; length < n / 2; length *= 8) levels++;
  return 0x1p-53 * 3.3 * (levels + 2) + pow(0x1p-53 * theta * (double)m, 2);
}

/* A line of ones shows the factors. */
static void check_factors(HHTNumbers numbers, double theta, ptrdiff_t n)
{
  const ptrdiff_t  run      = HHTNumbersAreReal(numbers) ? n / 2 + 1 : n;
  const HHTNumbers spectrum = HHTNumbersSpectrum(numbers);
  const double     rounding = spectrum == HHT_SINGLE_COMPLEX ? M_SQRT2 * 0x1p-25 : 0;
  void            *line     = malloc((size_t)run * HHTNumbersSize(spectrum));
  HHTPhases        phases;
  double           worst = 0;

  for (ptrdiff_t i = 0; i < run; i++) HHTEntrySet(spectrum, line, i, 1);
  TestCall(HHTPhasesCreate(numbers, 1, &n, &phases));
  HHTPhasesSet(&phases, &theta);
  HHTPhasesMultiply(&phases, 1, line);
  for (ptrdiff_t i = 0; i < run; i++) {
    ptrdiff_t m = HHTDerivative(i, n);

    worst = fmax(worst, distance(HHTEntryGet(spectrum, line, i), theta, m) / (bound(theta, m, n) + rounding));
  }
  TestCheck(worst <= 1, "theta %g, n %td: %g times the bound", theta, n, worst);
  TestCheck(HHTEntryGet(spectrum, line, 0) == 1, "entry 0 is not 1");
  TestCheck(HHTEntryGet(spectrum, line, n / 2) == 1, "the Nyquist entry is not 1");
  TestCall(HHTPhasesDestroy(&phases));
  TestCall(HHTPhasesDestroy(&phases));
  free(line);
}

/* Tables follow theta: unchanged, changed in one dimension, and back. */
static void check_multiply(int dim, HHTNumbers numbers)
{
  const ptrdiff_t n[]        = {6, 4, 10};
  const double    theta[][3] = {{0.3, -1.1, 2}, {0.3, -1.1, 2}, {0.3, 0, 2}, {0.3, -1.1, -2}};
  ptrdiff_t       total      = 1, index[HHT_MAX_DIM];
  double complex  line[240];
  double          allowed = numbers == HHT_SINGLE_COMPLEX ? 0x1p-26 : 1e-15; /* entries are below 1/4 */
  HHTPhases       phases;

  for (int j = 0; j < dim; j++) total *= n[j];
  TestCall(HHTPhasesCreate(numbers, dim, n, &phases));
  for (int t = 0; t < 4; t++) {
    HHTPhasesSet(&phases, theta[t]);
    for (ptrdiff_t i = 0; i < total; i++) HHTEntrySet(numbers, line, i, RandomComplex((uint64_t)i));
    HHTPhasesMultiply(&phases, 0.999 / 7, line);
    for (ptrdiff_t i = 0; i < total; i++) {
      double angle = 0;

      HHTUnflatten(i, dim, n, index);
      for (int j = 0; j < dim; j++) angle += theta[t][j] * (double)HHTDerivative(index[j], n[j]);
      TestClose(cabs(HHTEntryGet(numbers, line, i) - 0.999 / 7 * RandomComplex((uint64_t)i) * cexp(I * angle)), 0,
                allowed, "multiplied line");
    }
  }
  TestCall(HHTPhasesDestroy(&phases));
}

int main(int argc, char **argv)
{
  static const ptrdiff_t odd_sizes[] = {6, 10, 12, 14, 18, 34, 96, 126, 130, 160, 192, 1000, 1026};
  static const double    theta[]     = {0, 1e-300, -1e-9, 0.1, -0.7, 1, PETSC_PI, -PETSC_PI / 3, 2.5, 100, -12345.678};

  TestBegin(&argc, &argv);
  for (size_t t = 0; t < sizeof theta / sizeof theta[0]; t++) {
    for (HHTNumbers numbers = HHT_COMPLEX; numbers <= HHT_SINGLE_REAL; numbers++) {
      for (ptrdiff_t n = 4; n <= 1 << 16; n *= 2) check_factors(numbers, theta[t], n);
      for (size_t i = 0; i < sizeof odd_sizes / sizeof odd_sizes[0]; i++)
        check_factors(numbers, theta[t], odd_sizes[i]);
    }
  }
  for (int dim = 1; dim <= 3; dim++) {
    check_multiply(dim, HHT_COMPLEX);
    check_multiply(dim, HHT_SINGLE_COMPLEX);
  }
  return TestEnd();
}
