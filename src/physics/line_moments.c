/*
  A sum over a line is kept in LANES partial sums, which compilers add to by whole vector registers. Their number is fixed, so the order of
  additions is the same on every machine and rank, and larger than the loops that compilers unroll before they look for vectors.
*/
#include "line_moments.h"
#include "phases.h"
#include <math.h>

#define LANES 32

typedef struct {
  double total[LANES], first[HHT_MAX_DIM][LANES], second[LANES], edge[LANES];
} Sums;

PetscErrorCode HHTAxesCreate(HHTLineKind kind, int dim, const ptrdiff_t n[], const double spacing[],
                             PetscBool derivative, HHTAxes *axes)
{
  PetscFunctionBeginUser;
  *axes     = (HHTAxes){.kind = kind, .dim = dim};
  axes->run = kind == HHT_LINE_HALF ? n[dim - 1] / 2 + 1 : n[dim - 1];
  for (int j = 0; j < dim; j++) {
    axes->n[j] = n[j];
    PetscCall(PetscMalloc1(n[j], &axes->coordinate[j]));
    for (ptrdiff_t i = 0; i < n[j]; i++)
      axes->coordinate[j][i] = spacing[j] * (double)(derivative ? HHTDerivative(i, n[j]) : HHTSigned(i, n[j]));
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

static double fold(double lane[LANES])
{
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int l = 0; l < half; l++) lane[l] += lane[l + half];
  return lane[0];
}

static inline double norm2(const void *a, ptrdiff_t i, int real)
{
  return real ? ((const double *)a)[i] * ((const double *)a)[i] : HHTNorm2(((const double complex *)a)[i]);
}

/* What the points of one run of the last dimension have: coordinates c there, and outer[0 .. last) in the others. */
typedef struct {
  int           last;
  const double *c;
  double        outer[HHT_MAX_DIM], outer2;
} Run;

/* Points first .. first + n of a run, n <= LANES; inlined for real and complex numbers. */
static inline void add_points(const Run *run, const void *restrict a, int real, ptrdiff_t first, ptrdiff_t n,
                              Sums *restrict sums)
{
  const double *restrict c = run->c + first;

  for (ptrdiff_t l = 0; l < n; l++) {
    double p = norm2(a, first + l, real), q = c[l] * p;

    sums->total[l] += p;
    sums->first[run->last][l] += q;
    sums->second[l] += c[l] * q + run->outer2 * p;
  }
  for (int j = 0; j < run->last; j++)
    for (ptrdiff_t l = 0; l < n; l++) sums->first[j][l] += run->outer[j] * norm2(a, first + l, real);
}

static inline void add_run(const Run *run, const void *a, int real, ptrdiff_t n, Sums *sums)
{
  ptrdiff_t i = 0;

  for (; i + LANES <= n; i += LANES) add_points(run, a, real, i, LANES, sums);
  add_points(run, a, real, i, n - i, sums);
}

static inline void add_edge(const void *a, int real, ptrdiff_t begin, ptrdiff_t end, Sums *sums)
{
  for (ptrdiff_t k = begin; k < end; k++) sums->edge[k % LANES] += norm2(a, k, real);
}

/* Run r of the line; edge points are begin .. end of it, or all. */
static void add_run_of(const HHTAxes *axes, const void *line, ptrdiff_t r, Sums *sums)
{
  const int       last = axes->dim - 1;
  const ptrdiff_t n    = axes->run;
  ptrdiff_t       i[HHT_MAX_DIM], begin = first_edge(axes->n[last]);
  ptrdiff_t       end = axes->kind == HHT_LINE_HALF ? n : n - begin + 1;
  Run             run = {.last = last, .c = axes->coordinate[last]};

  HHTUnflatten(r, last, axes->n, i);
  for (int j = 0; j < last; j++) {
    run.outer[j] = axes->coordinate[j][i[j]];
    run.outer2 += run.outer[j] * run.outer[j];
    if (is_edge(i[j], axes->n[j])) begin = 0, end = n;
  }
  if (axes->kind == HHT_LINE_REAL) {
    add_run(&run, (const double *)line + r * n, 1, n, sums);
    add_edge((const double *)line + r * n, 1, begin, end, sums);
  } else {
    add_run(&run, (const double complex *)line + r * n, 0, n, sums);
    add_edge((const double complex *)line + r * n, 0, begin, end, sums);
  }
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
  m.edge   = fold(sums.edge);
  for (int j = 0; j < axes->dim && axes->kind != HHT_LINE_HALF; j++) m.first[j] = fold(sums.first[j]);
  return m;
}
