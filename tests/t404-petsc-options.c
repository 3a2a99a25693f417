/* PETSc's own options act on the TS: the method by -ts_splitting_type, a line a step by -ts_monitor, one line for a wrong name. */
#include "fixture.h"
#include "scratch.h"
#include "test.h"
#include <string.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.5 * cos(x[0])) * exp(-v[0] * v[0] / 2);
}

