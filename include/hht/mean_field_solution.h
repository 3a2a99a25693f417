/*
  alpha(t) of (HHt) on a small grid, whole on every rank, at times that increase. It takes steps of one length from t = 0, and to a time
  between them a shorter one of its own, aside: what it gives at a time does not depend on which times were asked for before, so that a
  run that was stopped and goes on gets the same bits.
*/
#ifndef HHT_MEAN_FIELD_SOLUTION_H
#define HHT_MEAN_FIELD_SOLUTION_H

#include <hht/mean_field.h>
#include <hht/splitting.h>

typedef struct {
  const HHTGrid  *grid; /* borrowed */
  HHTPotential    potential;
  HHTNumbers      numbers; /* of the state */
  HHTAmplitudeRow fill;    /* of alpha(0), which has mass 1 */
  void           *ctx;
  const char     *splitting; /* the name of the method */
  double          dt;
} HHTMeanFieldProblem;

typedef struct HHTMeanFieldSolution_s *HHTMeanFieldSolution;

/* Every rank solves alone. Not collective; the same bits on every rank. */
PetscErrorCode HHTMeanFieldSolutionCreate(const HHTMeanFieldProblem *problem, HHTMeanFieldSolution *solution);
/* Bytes of its states. */
double HHTMeanFieldSolutionBytes(const HHTGrid *grid, HHTNumbers numbers);

PetscErrorCode HHTMeanFieldSolutionDestroy(HHTMeanFieldSolution *solution); /* safe twice */

/* alpha(t, x, v) as [n_rows][n_cols], FFT order in v; t must not be less than in the call before. */
PetscErrorCode HHTMeanFieldSolutionGet(HHTMeanFieldSolution solution, double t, double complex alpha[]);

#endif
