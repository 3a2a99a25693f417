/* The values of f over one line in v, as against its moments: positivity, and what else is conserved for each value alone. */
#ifndef HHT_LINE_VALUES_H
#define HHT_LINE_VALUES_H

#include <hht/numbers.h>
#include <hht/unknown.h>

typedef struct {
  double min;
  double negative; /* sum of -f where f < 0 */
  double square;   /* sum f^2 */
  double entropy;  /* sum -f ln f where f > 0 */
} HHTLineValues;

/* f is factor times |a|^2, or a itself, of the n numbers of the line. */
HHTLineValues HHTLineValuesOf(HHTNumbers numbers, HHTUnknown unknown, double factor, ptrdiff_t n, const void *line);

#endif
