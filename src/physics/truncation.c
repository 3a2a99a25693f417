#include "truncation.h"
#include "entries.h"
#include <string.h>

#define LANES 8 /* partial sums, so that compilers add by whole vector registers; fixed, as is the order of additions */

HHTTruncation HHTTruncationOf(HHTNumbers numbers, int dim, const ptrdiff_t n[], const ptrdiff_t kept[])
{
  HHTTruncation t = {.numbers = HHTNumbersSpectrum(numbers), .dim = dim};

  t.half = HHTNumbersAreReal(numbers) ? PETSC_TRUE : PETSC_FALSE;
  t.run  = t.half ? n[dim - 1] / 2 + 1 : n[dim - 1];
  for (int j = 0; j < dim; j++) {
    t.n[j]    = n[j];
    t.kept[j] = kept[j];
  }
  return t;
}

static inline double sum_norm2(HHTNumbers numbers, ptrdiff_t begin, ptrdiff_t end, const void *run)
{
  double    lane[LANES] = {0};
  ptrdiff_t i           = begin;

  for (; i + LANES <= end; i += LANES)
    for (int l = 0; l < LANES; l++) lane[l] += HHTEntryNorm2(numbers, run, i + l);
  for (int l = 0; i < end; l++, i++) lane[l] += HHTEntryNorm2(numbers, run, i);
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

static double norm2(HHTNumbers numbers, ptrdiff_t begin, ptrdiff_t end, const void *run)
{
  return numbers == HHT_SINGLE_COMPLEX ? sum_norm2(HHT_SINGLE_COMPLEX, begin, end, run)
                                       : sum_norm2(HHT_COMPLEX, begin, end, run);
}

/* Entries begin .. end of one run of the last dimension. */
static double truncate_run(const HHTTruncation *t, double twice, ptrdiff_t begin, ptrdiff_t end, void *run)
{
  const ptrdiff_t nyquist = t->half ? t->run - 1 : end, inner = begin > 0 || !t->half ? begin : 1;
  double          sum = (t->half ? twice : 1) * norm2(t->numbers, inner, nyquist < end ? nyquist : end, run);

  if (inner > begin) sum += norm2(t->numbers, begin, inner, run);
  if (nyquist < end) sum += norm2(t->numbers, nyquist, end, run);
  memset(HHTEntryAt(t->numbers, run, begin), 0, (size_t)(end - begin) * HHTNumbersSize(t->numbers));
  return sum;
}

/* Whether run r, of all but the last dimension, is kept. */
static int keeps_run(const HHTTruncation *t, ptrdiff_t r)
{
  ptrdiff_t index[HHT_MAX_DIM];

  HHTUnflatten(r, t->dim - 1, t->n, index);
  return HHTIsKept(t->dim - 1, t->n, t->kept, index);
}

double HHTTruncate(const HHTTruncation *t, double twice, void *spectrum)
{
  const ptrdiff_t last = t->dim - 1, begin = t->kept[last] + 1;
  const ptrdiff_t end  = t->half ? t->run : PetscMax(begin, t->n[last] - t->kept[last]); /* in FFT order one piece */
  ptrdiff_t       runs = 1;
  double          sum  = 0;

  for (int j = 0; j < last; j++) runs *= t->n[j];
  for (ptrdiff_t r = 0; r < runs; r++) {
    void *run = HHTEntryAt(t->numbers, spectrum, r * t->run);

    sum += keeps_run(t, r) ? truncate_run(t, twice, begin, end, run) : truncate_run(t, twice, 0, t->run, run);
  }
  return sum;
}
