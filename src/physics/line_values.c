/* Sums in LANES parts, as in line_moments.c. */
#include "line_values.h"
#include "entries.h"
#include "logarithm.h"
#include <math.h>

#define LANES 32

typedef struct {
  double min[LANES], negative[LANES], square[LANES], entropy[LANES];
} Sums;

/* Points first .. first + n of the line, n <= LANES. */
static inline void add_points(HHTNumbers numbers, HHTUnknown unknown, double factor, const void *restrict line,
                              ptrdiff_t first, ptrdiff_t n, Sums *restrict s)
{
  double f[LANES];

  for (ptrdiff_t l = 0; l < n; l++) f[l] = factor * HHTEntryDensity(numbers, unknown, line, first + l);
  for (ptrdiff_t l = 0; l < n; l++) {
    s->min[l] = f[l] < s->min[l] ? f[l] : s->min[l];
    s->negative[l] += f[l] < 0 ? -f[l] : 0;
    s->square[l] += f[l] * f[l];
  }
  /* Without a branch: of 0 the logarithm is finite. */
  for (ptrdiff_t l = 0; l < n; l++) {
    const double positive = f[l] > 0 ? f[l] : 0;

    s->entropy[l] -= positive * HHTLogarithm(positive);
  }
}

static inline void add_line(HHTNumbers numbers, HHTUnknown unknown, double factor, ptrdiff_t n, const void *line,
                            Sums *s)
{
  ptrdiff_t i = 0;

  for (; i + LANES <= n; i += LANES) add_points(numbers, unknown, factor, line, i, LANES, s);
  add_points(numbers, unknown, factor, line, i, n - i, s);
}

static void add_amplitude(HHTNumbers numbers, double factor, ptrdiff_t n, const void *line, Sums *s)
{
  switch (numbers) {
  case HHT_COMPLEX: add_line(HHT_COMPLEX, HHT_AMPLITUDE, factor, n, line, s); break;
  case HHT_REAL: add_line(HHT_REAL, HHT_AMPLITUDE, factor, n, line, s); break;
  case HHT_SINGLE_COMPLEX: add_line(HHT_SINGLE_COMPLEX, HHT_AMPLITUDE, factor, n, line, s); break;
  case HHT_SINGLE_REAL: add_line(HHT_SINGLE_REAL, HHT_AMPLITUDE, factor, n, line, s); break;
  }
}

static void add_distribution(HHTNumbers numbers, double factor, ptrdiff_t n, const void *line, Sums *s)
{
  if (numbers == HHT_SINGLE_REAL)
    add_line(HHT_SINGLE_REAL, HHT_DISTRIBUTION, factor, n, line, s);
  else
    add_line(HHT_REAL, HHT_DISTRIBUTION, factor, n, line, s);
}

HHTLineValues HHTLineValuesOf(HHTNumbers numbers, HHTUnknown unknown, double factor, ptrdiff_t n, const void *line)
{
  Sums          s = {0};
  HHTLineValues v = {.min = INFINITY};

  for (int l = 0; l < LANES; l++) s.min[l] = INFINITY;
  if (unknown == HHT_AMPLITUDE)
    add_amplitude(numbers, factor, n, line, &s);
  else
    add_distribution(numbers, factor, n, line, &s);
  for (int l = 0; l < LANES; l++) {
    v.min = fmin(v.min, s.min[l]);
    v.negative += s.negative[l];
    v.square += s.square[l];
    v.entropy += s.entropy[l];
  }
  return v;
}
