/* Diagnostics of a run in time, in memory on every rank. */
#ifndef HHT_SERIES_H
#define HHT_SERIES_H

#include <hht/output.h>

typedef struct {
  int             n, size;
  double         *time;   /* owned */
  HHTDiagnostics *values; /* owned */
} HHTSeries;

PetscErrorCode HHTSeriesAppend(HHTSeries *series, double time, const HHTDiagnostics *values);
PetscErrorCode HHTSeriesDestroy(HHTSeries *series); /* safe twice */

/*
  The largest |difference| of column number `column` of diagnostics.csv over the times that both series have, to within `slack`, and its largest
  |value| in `a` there; *times counts them.
*/
PetscErrorCode HHTSeriesCompare(const HHTSeries *a, const HHTSeries *b, HHTColumns of, int column, double slack,
                                double *difference, double *largest, int *times);

#endif
