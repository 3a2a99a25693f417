/*
  A sum over a line is kept in LANES partial sums that a compiler can hold in vector registers; their number is fixed, so the order
  of additions is the same on every machine and rank.
*/
#include "line_moments.h"
#include "entries.h"
#include <math.h>

#define LANES 8

typedef struct {
  double total, first, second, edge;
} Run;

PetscErrorCode HHTAxesCreate(HHTNumbers numbers, PetscBool spectrum, int dim, const ptrdiff_t n[],
                             const double spacing[], HHTAxes *axes)
{
  PetscFunctionBeginUser;
  *axes      = (HHTAxes){.numbers = spectrum ? HHTNumbersSpectrum(numbers) : numbers, .dim = dim};
  axes->half = spectrum && HHTNumbersAreReal(numbers) ? PETSC_TRUE : PETSC_FALSE;
  axes->run  = axes->half ? n[dim - 1] / 2 + 1 : n[dim - 1];
  for (int j = 0; j < dim; j++) {
    axes->n[j] = n[j];
    PetscCall(PetscMalloc1(n[j], &axes->coordinate[j]));
    for (ptrdiff_t i = 0; i < n[j]; i++)
      axes->coordinate[j][i] = spacing[j] * (double)(spectrum ? HHTDerivative(i, n[j]) : HHTSigned(i, n[j]));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTAxesDestroy(HHTAxes *axes)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < axes->dim; j++) PetscCall(PetscFree(axes->coordinate[j]));
  axes->dim = 0;
  PetscFunctionReturn(0);
}

/* In FFT order the points beyond the edge are neighbours: first_edge(n) .. n - first_edge(n). */
static ptrdiff_t first_edge(ptrdiff_t n) { return (ptrdiff_t)floor(HHT_EDGE * (double)(n / 2)) + 1; }

static int is_edge(ptrdiff_t i, ptrdiff_t n) { return i >= first_edge(n) && i <= n - first_edge(n); }

static double fold(const double lane[LANES])
{
  return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

/* n contiguous points with coordinates c, edge points begin .. end among them. */
static inline Run run_moments(HHTNumbers numbers, ptrdiff_t n, const double *restrict c, const void *restrict a,
                              ptrdiff_t begin, ptrdiff_t end)
{
  double    total[LANES] = {0}, first[LANES] = {0}, second[LANES] = {0};
  ptrdiff_t i = 0;
  Run       run;

  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) {
      double p = HHTEntryNorm2(numbers, a, i + l), q = c[i + l] * p;

      total[l] += p;
      first[l] += q;
      second[l] += c[i + l] * q;
    }
  for (int l = 0; i < n; i++, l++) {
    double p = HHTEntryNorm2(numbers, a, i), q = c[i] * p;

    total[l] += p;
    first[l] += q;
    second[l] += c[i] * q;
  }
  run = (Run){.total = fold(total), .first = fold(first), .second = fold(second)};
  for (ptrdiff_t k = begin; k < end; k++) run.edge += HHTEntryNorm2(numbers, a, k);
  return run;
}

/* Run r of the line. */
static Run moments_of_run(const HHTAxes *axes, const void *line, ptrdiff_t r)
{
  const int       last = axes->dim - 1;
  const ptrdiff_t n = axes->run, begin = first_edge(axes->n[last]);
  const ptrdiff_t end = axes->half ? n : n - begin + 1;
  const double   *c   = axes->coordinate[last];
  const char     *a   = (const char *)line + (size_t)(r * n) * HHTNumbersSize(axes->numbers);

  switch (axes->numbers) {
  case HHT_COMPLEX: return run_moments(HHT_COMPLEX, n, c, a, begin, end);
  case HHT_REAL: return run_moments(HHT_REAL, n, c, a, begin, end);
  case HHT_SINGLE_COMPLEX: return run_moments(HHT_SINGLE_COMPLEX, n, c, a, begin, end);
  default: return run_moments(HHT_SINGLE_REAL, n, c, a, begin, end);
  }
}

/* Adds one run at the outer indices i[0 .. dim - 1). */
static void add_run(const HHTAxes *axes, const ptrdiff_t i[], Run run, HHTLineMoments *m)
{
  const int last  = axes->dim - 1;
  double    outer = 0;
  int       edge  = 0;

  for (int j = 0; j < last; j++) {
    double c = axes->coordinate[j][i[j]];

    m->first[j] += c * run.total;
    outer += c * c;
    edge |= is_edge(i[j], axes->n[j]);
  }
  m->total += run.total;
  m->first[last] += run.first;
  m->second += run.second + outer * run.total;
  m->edge += edge ? run.total : run.edge;
}

HHTLineMoments HHTLineMomentsOf(const HHTAxes *axes, const void *line)
{
  const int      last = axes->dim - 1;
  ptrdiff_t      runs = 1, i[HHT_MAX_DIM];
  HHTLineMoments m    = {0};

  for (int j = 0; j < last; j++) runs *= axes->n[j];
  for (ptrdiff_t r = 0; r < runs; r++) {
    HHTUnflatten(r, last, axes->n, i);
    add_run(axes, i, moments_of_run(axes, line, r), &m);
  }
  for (int j = 0; j < axes->dim && axes->half; j++) m.first[j] = 0;
  return m;
}
