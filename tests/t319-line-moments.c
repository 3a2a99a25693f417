/*
  Moments of |a|^2, and of real a, over a line against sums written out in long double, with the edge of the window, d = 1, 2, 3. They are sums of
  doubles, to the round-off of those also for lines of floats.
*/
#include "../src/physics/entries.h"
#include "../src/physics/line_moments.h"
#include "random.h"
#include "test.h"
#include <inttypes.h>

typedef struct {
  long double total, first[HHT_MAX_DIM], second, fourth, edge, size[3]; /* size: sums of |c|^2k |p| */
} Exact;

/* 0.95 in integers: |s| > 19/20 n/2 */
static PetscBool beyond_edge(ptrdiff_t i, ptrdiff_t n)
{
  return 40 * imaxabs(HHTSigned(i, n)) > 19 * n ? PETSC_TRUE : PETSC_FALSE;
}

static long double square(double complex a)
{
  return (long double)creal(a) * creal(a) + (long double)cimag(a) * cimag(a);
}

static void add_point(HHTUnknown unknown, int dim, const ptrdiff_t n[], const double spacing[], PetscBool derivative,
                      ptrdiff_t flat, double complex a, Exact *e)
{
  long double p    = unknown == HHT_AMPLITUDE ? square(a) : (long double)creal(a);
  long double c2   = 0;
  PetscBool   edge = PETSC_FALSE;
  ptrdiff_t   i[HHT_MAX_DIM];

  HHTUnflatten(flat, dim, n, i);
  for (int j = 0; j < dim; j++) {
    long double c = (long double)spacing[j] *
                    (long double)(derivative ? HHTDerivative(i[j], n[j]) : HHTSigned(i[j], n[j]));

    e->first[j] += c * p;
    c2 += c * c;
    if (beyond_edge(i[j], n[j])) edge = PETSC_TRUE;
  }
  e->total += p;
  e->second += c2 * p;
  e->fourth += c2 * c2 * p;
  for (int k = 0; k < 3; k++) e->size[k] += powl(c2, k) * fabsl(p);
  if (edge) e->edge += fabsl(p);
}

static void check(HHTNumbers numbers, HHTUnknown unknown, int dim, const ptrdiff_t n[], PetscBool derivative)
{
  const double    spacing[] = {0.3, 1.7, 0.01};
  ptrdiff_t       total     = 1;
  double complex *line;
  Exact           e = {0};
  HHTAxes         axes;
  HHTLineMoments  m;
  double          tol, first[HHT_MAX_DIM];

  for (int j = 0; j < dim; j++) total *= n[j];
  line = malloc((size_t)total * sizeof *line);
  for (ptrdiff_t i = 0; i < total; i++) {
    HHTEntrySet(numbers, line, i, RandomComplex((uint64_t)i) + 0.3);
    add_point(unknown, dim, n, spacing, derivative, i, HHTEntryGet(numbers, line, i), &e);
  }
  TestCall(HHTAxesCreate(numbers, derivative, dim, n, spacing, NULL, &axes));
  axes.unknown = unknown;
  m            = HHTLineMomentsOf(&axes, line);
  tol          = 1e-14 * (double)e.size[0];
  TestClose(m.total, (double)e.total, tol, "total");
  TestClose(m.edge, (double)e.edge, tol, "edge");
  TestClose(m.second, (double)e.second, 1e-14 * (double)e.size[1], "second");
  TestClose(m.fourth, (double)e.fourth, 1e-14 * (double)e.size[2], "fourth");
  for (int j = 0; j < dim; j++) TestClose(m.first[j], (double)e.first[j], tol * spacing[j] * (double)n[j], "first");
  if (!HHTNumbersAreReal(numbers)) {
    HHTLineFirstMoments(&axes, line, first);
    for (int j = 0; j < dim; j++)
      TestClose(first[j], (double)e.first[j], tol * spacing[j] * (double)n[j], "first alone");
  }
  for (int j = dim; j < HHT_MAX_DIM; j++) TestCheck(m.first[j] == 0, "first moment %g of no dimension", m.first[j]);
  TestCall(HHTAxesDestroy(&axes));
  TestCall(HHTAxesDestroy(&axes));
  free(line);
}

/* One point alone: it is in the edge or not, exactly. */
static void check_edge(ptrdiff_t n)
{
  const double    spacing = 1;
  double complex *line    = calloc((size_t)n, sizeof *line);
  HHTAxes         axes;

  TestCall(HHTAxesCreate(HHT_COMPLEX, PETSC_FALSE, 1, &n, &spacing, NULL, &axes));
  for (ptrdiff_t i = 0; i < n; i++) {
    line[i] = 2 * I;
    TestCheck(HHTLineMomentsOf(&axes, line).edge == (beyond_edge(i, n) ? 4 : 0), "point %td of %td", i, n);
    line[i] = 0;
  }
  TestCall(HHTAxesDestroy(&axes));
  free(line);
}

int main(int argc, char **argv)
{
  static const ptrdiff_t sizes[][3] = {{4, 4, 4},   {6, 10, 8},  {40, 6, 4},  {8, 80, 40},
                                       {10, 4, 42}, {64, 16, 2}, {82, 12, 6}, {4, 40, 14}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    for (int dim = 1; dim <= 3; dim++) {
      for (HHTNumbers numbers = HHT_COMPLEX; numbers <= HHT_SINGLE_REAL; numbers++)
        check(numbers, HHT_AMPLITUDE, dim, sizes[i], PETSC_FALSE);
      check(HHT_REAL, HHT_DISTRIBUTION, dim, sizes[i], PETSC_FALSE);
      check(HHT_SINGLE_REAL, HHT_DISTRIBUTION, dim, sizes[i], PETSC_FALSE);
      check(HHT_COMPLEX, HHT_AMPLITUDE, dim, sizes[i], PETSC_TRUE);
      check(HHT_SINGLE_COMPLEX, HHT_AMPLITUDE, dim, sizes[i], PETSC_TRUE);
    }
  for (ptrdiff_t n = 4; n <= 1000; n += 2) check_edge(n);
  return TestEnd();
}
