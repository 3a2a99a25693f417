/* The scales that a run is told against: points, the recurrence time, relative changes. */
#include "run_impl.h"
#include <math.h>

double HHTRunPoints(const HHTCase *c)
{
  const HHTGrid g = HHTCaseStateGrid(c);

  return (double)g.n_rows * (double)g.n_cols;
}

double HHTRecurrenceTime(const HHTCase *c)
{
  double shortest = INFINITY;

  for (int j = 0; j < c->grid.dim; j++) {
    double k = fmax(fabs(c->initial.wavenumber[j]), c->grid.dk[j]);

    shortest = fmin(shortest, 2 * PETSC_PI / (k * c->grid.dv[j]));
  }
  return shortest;
}

double HHTRunDrift(double now, double first)
{
  return first != 0 ? fabs(now - first) / fabs(first) : fabs(now - first);
}
