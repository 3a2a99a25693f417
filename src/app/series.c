#include "series.h"
#include <hht/output.h>
#include <math.h>

PetscErrorCode HHTSeriesAppend(HHTSeries *s, double time, const HHTDiagnostics *values)
{
  PetscFunctionBeginUser;
  if (s->n == s->size) {
    s->size = PetscMax(64, 2 * s->size);
    PetscCall(PetscRealloc((size_t)s->size * sizeof *s->time, &s->time));
    PetscCall(PetscRealloc((size_t)s->size * sizeof *s->values, &s->values));
  }
  s->time[s->n]     = time;
  s->values[s->n++] = *values;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSeriesDestroy(HHTSeries *s)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(s->time));
  PetscCall(PetscFree(s->values));
  s->n = s->size = 0;
  PetscFunctionReturn(0);
}

/* fmax() would pass over a NaN. */
static double larger(double a, double b) { return b <= a ? a : b; }

PetscErrorCode HHTSeriesCompare(const HHTSeries *a, const HHTSeries *b, HHTColumns of, int column, double slack,
                                double *difference, double *largest, int *times)
{
  double x[HHT_COLUMNS_MAX], y[HHT_COLUMNS_MAX];

  PetscFunctionBeginUser;
  *difference = *largest = 0;
  *times                 = 0;
  for (int i = 0, k = 0; i < a->n && k < b->n;) {
    const double ahead = a->time[i] - b->time[k];

    if (fabs(ahead) <= slack) {
      PetscCall(HHTDiagnosticsValues(of, &a->values[i++], x));
      PetscCall(HHTDiagnosticsValues(of, &b->values[k++], y));
      *difference = larger(*difference, fabs(x[column] - y[column]));
      *largest    = larger(*largest, fabs(x[column]));
      (*times)++;
    } else if (ahead < 0) {
      i++;
    } else {
      k++;
    }
  }
  PetscFunctionReturn(0);
}
