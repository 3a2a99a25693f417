/*
  exp(i theta m), m = 0, 1, .., is a geometric progression. It is built in levels of radix 8: the first 8^l entries times
  exp(i theta q 8^l), q = 1 .. 7, give the next ones. So an entry is a product of at most log8(n) factors, each from sin and cos
  themselves, and there are 7 sines a level instead of one a point.

  A line of one dimension, for which every table is used once, is taken as a two-dimensional array of chunks: its two short tables cost less
  than one as long as the line. In three dimensions it is the other way: a table of the last two is used n[0] times, and longer than the
  short runs of the last.
*/
#include "phases.h"
#include "entries.h"
#include <math.h>

#define RADIX          8
#define LONGEST_CHUNK  64
#define SHORTEST_CHUNK 16

/* The longest chunk of which a whole number makes up half of n, else n: no chunks. */
static ptrdiff_t chunk_length(int dim, ptrdiff_t n)
{
  for (ptrdiff_t chunk = LONGEST_CHUNK; chunk >= SHORTEST_CHUNK && dim == 1; chunk /= 2)
    if (n / 2 % chunk == 0 && n / 2 > chunk) return chunk;
  return n;
}

PetscErrorCode HHTPhasesCreate(HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTPhases *phases)
{
  const ptrdiff_t last = n[dim - 1];

  PetscFunctionBeginUser;
  *phases       = (HHTPhases){.spectrum = HHTNumbersSpectrum(numbers), .dim = dim};
  phases->run   = HHTNumbersAreReal(numbers) ? last / 2 + 1 : last;
  phases->chunk = chunk_length(dim, last);
  for (int j = 0; j < dim; j++) {
    phases->n[j]     = n[j];
    phases->theta[j] = NAN;
    if (j < dim - 1) PetscCall(PetscMalloc1(n[j], &phases->table[j]));
  }
  PetscCall(PetscMalloc2((size_t)(last / phases->chunk), &phases->outer, (size_t)phases->chunk, &phases->inner));
  if (dim == 3) PetscCall(PetscMalloc1((size_t)(n[1] * phases->run), &phases->plane));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPhasesDestroy(HHTPhases *phases)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < phases->dim; j++) PetscCall(PetscFree(phases->table[j]));
  PetscCall(PetscFree2(phases->outer, phases->inner));
  PetscCall(PetscFree(phases->plane));
  phases->dim = 0;
  PetscFunctionReturn(0);
}

static void scale_copy(ptrdiff_t n, double complex w, const double complex *restrict from, double complex *restrict to)
{
  for (ptrdiff_t m = 0; m < n; m++) to[m] = HHTMultiply(from[m], w);
}

/* exp(i theta k), with what rounding takes from the angle: long lines have large ones. */
static double complex factor(double theta, double k)
{
  const double         angle = theta * k, rest = fma(theta, k, -angle);
  const double complex w = HHTPhase(angle);

  return CMPLX(creal(w) - rest * cimag(w), cimag(w) + rest * creal(w));
}

static void progression(double theta, ptrdiff_t n, double complex *table)
{
  table[0] = 1;
  for (ptrdiff_t length = 1; length < n; length *= RADIX)
    for (ptrdiff_t first = length; first < n && first < RADIX * length; first += length)
      scale_copy(PetscMin(length, n - first), factor(theta, (double)first), table, table + first);
}

static void set_table(double theta, ptrdiff_t n, double complex *restrict table)
{
  ptrdiff_t half = n / 2;

  progression(theta, half, table);
  table[half] = 1; /* the Nyquist entry */
  for (ptrdiff_t m = 1; m < half; m++) table[n - m] = conj(table[m]);
}

static void set_chunks(double theta, HHTPhases *p)
{
  const ptrdiff_t n = p->n[p->dim - 1], half = n / 2 / p->chunk; /* chunks with m >= 0 */

  if (p->chunk == n) {
    p->outer[0] = 1;
    set_table(theta, n, p->inner);
    return;
  }
  progression(theta, p->chunk, p->inner);
  progression(theta * (double)p->chunk, half, p->outer);
  p->outer[half] = factor(-theta, (double)(n / 2));
  for (ptrdiff_t c = 1; c < half; c++) p->outer[2 * half - c] = conj(p->outer[c]);
}

static void set_plane(HHTPhases *p)
{
  for (ptrdiff_t i = 0; i < p->n[1]; i++) scale_copy(p->run, p->table[1][i], p->inner, p->plane + i * p->run);
}

static void set_dimension(HHTPhases *p, int j)
{
  if (j < p->dim - 1)
    set_table(p->theta[j], p->n[j], p->table[j]);
  else
    set_chunks(p->theta[j], p);
}

void HHTPhasesSet(HHTPhases *phases, const double theta[])
{
  int last = -1; /* dimension that has changed */

  for (int j = 0; j < phases->dim; j++) {
    if (theta[j] == phases->theta[j]) continue;
    phases->theta[j] = theta[j];
    set_dimension(phases, j);
    last = j;
  }
  if (phases->dim == 3 && last > 0) set_plane(phases);
}

static inline void multiply_entries(HHTNumbers numbers, ptrdiff_t n, double complex w,
                                    const double complex *restrict table, void *restrict line)
{
  for (ptrdiff_t i = 0; i < n; i++)
    HHTEntrySet(numbers, line, i, HHTMultiply(HHTEntryGet(numbers, line, i), HHTMultiply(w, table[i])));
}

/* Entries first .. first + n of the line, by w and a table of n factors. */
static void multiply_table(const HHTPhases *p, ptrdiff_t n, double complex w, const double complex *table, void *line,
                           ptrdiff_t first)
{
  void *entries = HHTEntryAt(p->spectrum, line, first);

  if (p->spectrum == HHT_SINGLE_COMPLEX)
    multiply_entries(HHT_SINGLE_COMPLEX, n, w, table, entries);
  else
    multiply_entries(HHT_COMPLEX, n, w, table, entries);
}

/* A line of one dimension. The Nyquist entry begins a chunk, or is alone behind the chunks of a half spectrum. */
static void multiply_chunks(const HHTPhases *p, double complex w, void *line)
{
  const ptrdiff_t      half = p->n[0] / 2, chunks = p->run / p->chunk;
  const double complex nyquist = HHTEntryGet(p->spectrum, line, half);

  for (ptrdiff_t c = 0; c < chunks; c++)
    multiply_table(p, p->chunk, HHTMultiply(w, p->outer[c]), p->inner, line, c * p->chunk);
  HHTEntrySet(p->spectrum, line, half, HHTMultiply(nyquist, w));
}

void HHTPhasesMultiply(const HHTPhases *p, double factor, void *line)
{
  const double complex *inner = p->dim == 3 ? p->plane : p->inner;
  const ptrdiff_t       n     = p->dim == 3 ? p->n[1] * p->run : p->run;

  if (p->dim > 1)
    for (ptrdiff_t i = 0; i < p->n[0]; i++) multiply_table(p, n, factor * p->table[0][i], inner, line, i * n);
  else if (p->chunk < p->n[0])
    multiply_chunks(p, factor, line);
  else
    multiply_table(p, n, factor, inner, line, 0);
}
