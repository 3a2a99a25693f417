/*
  Entries of a line as doubles, whatever numbers it is made of. Made for loops in functions that are inlined with a constant for
  `numbers`: one text for all, and in none a branch.
*/
#ifndef HHT_ENTRIES_H
#define HHT_ENTRIES_H

#include <hht/numbers.h>
#include <hht/unknown.h>

static inline double complex HHTEntryGet(HHTNumbers numbers, const void *line, ptrdiff_t i)
{
  switch (numbers) {
  case HHT_COMPLEX: return ((const double complex *)line)[i];
  case HHT_REAL: return ((const double *)line)[i];
  case HHT_SINGLE_COMPLEX: return ((const float complex *)line)[i];
  default: return ((const float *)line)[i];
  }
}

/* Of real numbers the real part is set. */
static inline void HHTEntrySet(HHTNumbers numbers, void *line, ptrdiff_t i, double complex value)
{
  switch (numbers) {
  case HHT_COMPLEX: ((double complex *)line)[i] = value; break;
  case HHT_REAL: ((double *)line)[i] = creal(value); break;
  case HHT_SINGLE_COMPLEX: ((float complex *)line)[i] = (float complex)value; break;
  default: ((float *)line)[i] = (float)creal(value);
  }
}

static inline double HHTEntryNorm2(HHTNumbers numbers, const void *line, ptrdiff_t i)
{
  const double complex a = HHTEntryGet(numbers, line, i);

  return HHTNumbersAreReal(numbers) ? creal(a) * creal(a) : HHTNorm2(a);
}

/* f, but for a factor: |a|^2, or a itself, which is real. */
static inline double HHTEntryDensity(HHTNumbers numbers, HHTUnknown unknown, const void *line, ptrdiff_t i)
{
  return unknown == HHT_AMPLITUDE ? HHTEntryNorm2(numbers, line, i) : creal(HHTEntryGet(numbers, line, i));
}

/* Entry i itself. */
static inline void *HHTEntryAt(HHTNumbers numbers, void *line, ptrdiff_t i)
{
  return (char *)line + (size_t)i * HHTNumbersSize(numbers);
}

#endif
