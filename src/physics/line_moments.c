/*
  A sum over a line is kept in LANES partial sums, which compilers add to by whole vector registers. Their number is fixed, so the order of
  additions is the same on every machine and rank, and larger than the loops that compilers unroll before they look for vectors.
*/
#include "line_moments.h"
#include "entries.h"
#include <math.h>

#define LANES 32

typedef struct {
  double total[LANES], first[HHT_MAX_DIM][LANES], second[LANES], fourth[LANES], edge[LANES];
} Sums;

static ptrdiff_t first_edge(ptrdiff_t used) { return (ptrdiff_t)floor(HHT_EDGE * (double)used) + 1; }

PetscErrorCode HHTAxesCreate(HHTNumbers numbers, PetscBool spectrum, int dim, const ptrdiff_t n[],
                             const double spacing[], const ptrdiff_t used[], HHTAxes *axes)
{
  PetscFunctionBeginUser;
  *axes      = (HHTAxes){.numbers = spectrum ? HHTNumbersSpectrum(numbers) : numbers, .dim = dim};
  axes->half = spectrum && HHTNumbersAreReal(numbers) ? PETSC_TRUE : PETSC_FALSE;
  axes->run  = axes->half ? n[dim - 1] / 2 + 1 : n[dim - 1];
  for (int j = 0; j < dim; j++) {
    axes->n[j]    = n[j];
    axes->edge[j] = first_edge(used ? used[j] : n[j] / 2);
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

/* In FFT order the points beyond the edge are neighbours. */
static int is_edge(const HHTAxes *axes, int j, ptrdiff_t i)
{
  return i >= axes->edge[j] && i <= axes->n[j] - axes->edge[j];
}

static double fold(double lane[LANES])
{
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int l = 0; l < half; l++) lane[l] += lane[l + half];
  return lane[0];
}

/* What the points of one run of the last dimension have: coordinates c there, and outer[0 .. last) in the others. */
typedef struct {
  int           last;
  const double *c;
  double        outer[HHT_MAX_DIM], outer2;
} Run;

/* Points first .. first + n of a run, n <= LANES. */
static inline void add_points(HHTNumbers numbers, HHTUnknown unknown, const Run *run, const void *restrict a,
                              ptrdiff_t first, ptrdiff_t n, Sums *restrict sums)
{
  const double *restrict c = run->c + first;

  for (ptrdiff_t l = 0; l < n; l++) {
    double p = HHTEntryDensity(numbers, unknown, a, first + l), q = c[l] * p, r = c[l] * q + run->outer2 * p;

    sums->total[l] += p;
    sums->first[run->last][l] += q;
    sums->second[l] += r;
    sums->fourth[l] += (c[l] * c[l] + run->outer2) * r;
  }
  for (int j = 0; j < run->last; j++)
    for (ptrdiff_t l = 0; l < n; l++)
      sums->first[j][l] += run->outer[j] * HHTEntryDensity(numbers, unknown, a, first + l);
}

/* A run of n points, of which begin .. end are edge points. */
static inline void add_run(HHTNumbers numbers, HHTUnknown unknown, const Run *run, const void *a, ptrdiff_t n,
                           ptrdiff_t begin, ptrdiff_t end, Sums *sums)
{
  ptrdiff_t i = 0;

  for (; i + LANES <= n; i += LANES) add_points(numbers, unknown, run, a, i, LANES, sums);
  add_points(numbers, unknown, run, a, i, n - i, sums);
  for (ptrdiff_t k = begin; k < end; k++) sums->edge[k % LANES] += fabs(HHTEntryDensity(numbers, unknown, a, k));
}

static void add_amplitude(HHTNumbers numbers, const Run *run, const void *a, ptrdiff_t n, ptrdiff_t begin,
                          ptrdiff_t end, Sums *sums)
{
  switch (numbers) {
  case HHT_COMPLEX: add_run(HHT_COMPLEX, HHT_AMPLITUDE, run, a, n, begin, end, sums); break;
  case HHT_REAL: add_run(HHT_REAL, HHT_AMPLITUDE, run, a, n, begin, end, sums); break;
  case HHT_SINGLE_COMPLEX: add_run(HHT_SINGLE_COMPLEX, HHT_AMPLITUDE, run, a, n, begin, end, sums); break;
  case HHT_SINGLE_REAL: add_run(HHT_SINGLE_REAL, HHT_AMPLITUDE, run, a, n, begin, end, sums); break;
  }
}

static void add_distribution(HHTNumbers numbers, const Run *run, const void *a, ptrdiff_t n, ptrdiff_t begin,
                             ptrdiff_t end, Sums *sums)
{
  if (numbers == HHT_SINGLE_REAL)
    add_run(HHT_SINGLE_REAL, HHT_DISTRIBUTION, run, a, n, begin, end, sums);
  else
    add_run(HHT_REAL, HHT_DISTRIBUTION, run, a, n, begin, end, sums);
}

/* Run r of the line; edge points are begin .. end of it, or all. */
static void add_run_of(const HHTAxes *axes, const void *line, ptrdiff_t r, Sums *sums)
{
  const int       last = axes->dim - 1;
  const ptrdiff_t n    = axes->run;
  const char     *a    = (const char *)line + (size_t)(r * n) * HHTNumbersSize(axes->numbers);
  ptrdiff_t       i[HHT_MAX_DIM], begin = axes->edge[last];
  ptrdiff_t       end = axes->half ? n : n - begin + 1;
  Run             run = {.last = last, .c = axes->coordinate[last]};

  HHTUnflatten(r, last, axes->n, i);
  for (int j = 0; j < last; j++) {
    run.outer[j] = axes->coordinate[j][i[j]];
    run.outer2 += run.outer[j] * run.outer[j];
    if (is_edge(axes, j, i[j])) begin = 0, end = n;
  }
  if (axes->unknown == HHT_AMPLITUDE)
    add_amplitude(axes->numbers, &run, a, n, begin, end, sums);
  else
    add_distribution(axes->numbers, &run, a, n, begin, end, sums);
}

HHTLineMoments HHTLineMomentsOf(const HHTAxes *axes, const void *line)
{
  ptrdiff_t      runs = 1;
  Sums           sums = {0};
  HHTLineMoments m    = {0};

  for (int j = 0; j < axes->dim - 1; j++) runs *= axes->n[j];
  for (ptrdiff_t r = 0; r < runs; r++) add_run_of(axes, line, r, &sums);
  m.total  = fold(sums.total);
  m.second = fold(sums.second);
  m.fourth = fold(sums.fourth);
  m.edge   = fold(sums.edge);
  for (int j = 0; j < axes->dim && !axes->half; j++) m.first[j] = fold(sums.first[j]);
  return m;
}

/* Points first .. first + n of a run, n <= LANES. */
static inline void add_first(HHTNumbers numbers, int last, const Run *run, const void *restrict a, ptrdiff_t first,
                             ptrdiff_t n, Sums *restrict sums)
{
  for (ptrdiff_t l = 0; l < n; l++) {
    const double p = HHTEntryNorm2(numbers, a, first + l);

    for (int j = 0; j < last; j++) sums->first[j][l] += run->outer[j] * p;
    sums->first[last][l] += run->c[first + l] * p;
  }
}

static inline void add_first_of_run(HHTNumbers numbers, int last, const Run *run, const void *a, ptrdiff_t n,
                                    Sums *sums)
{
  ptrdiff_t i = 0;

  for (; i + LANES <= n; i += LANES) add_first(numbers, last, run, a, i, LANES, sums);
  add_first(numbers, last, run, a, i, n - i, sums);
}

/* Inlined with constants for numbers and the last dimension. */
static inline void add_first_of_line(HHTNumbers numbers, int last, const HHTAxes *axes, const char *line, Sums *sums)
{
  const ptrdiff_t n   = axes->run;
  Run             run = {.c = axes->coordinate[last]};

  for (ptrdiff_t i = 0; i < (last > 1 ? axes->n[0] : 1); i++)
    for (ptrdiff_t k = 0; k < (last > 0 ? axes->n[last - 1] : 1); k++) {
      if (last > 0) run.outer[last - 1] = axes->coordinate[last - 1][k];
      if (last > 1) run.outer[0] = axes->coordinate[0][i];
      add_first_of_run(numbers, last, &run, line, n, sums);
      line += (size_t)n * HHTNumbersSize(numbers);
    }
}

static inline void add_first_of(HHTNumbers numbers, const HHTAxes *axes, const void *line, Sums *sums)
{
  switch (axes->dim) {
  case 1: add_first_of_line(numbers, 0, axes, line, sums); break;
  case 2: add_first_of_line(numbers, 1, axes, line, sums); break;
  default: add_first_of_line(numbers, 2, axes, line, sums);
  }
}

void HHTLineFirstMoments(const HHTAxes *axes, const void *line, double first[])
{
  Sums sums = {0};

  if (axes->numbers == HHT_SINGLE_COMPLEX)
    add_first_of(HHT_SINGLE_COMPLEX, axes, line, &sums);
  else
    add_first_of(HHT_COMPLEX, axes, line, &sums);
  for (int j = 0; j < axes->dim; j++) first[j] = fold(sums.first[j]);
}
