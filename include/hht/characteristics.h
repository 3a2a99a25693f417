/*
  The mean-field characteristics x' = v, v' = -grad phi(t,x) of a run, and the phase that alpha gathers along them:

      alpha(t, z) = alpha(0, Z(0,t,z)) exp(-i int_0^t G(s, X(s)) ds).

  HHTCharacteristicsRecord() keeps what each flow of the run was made of; points are then moved by the very same flows,
  with grad phi and G between the points of the grid. So they agree with the state of the run to the error of the grid in phase
  space, whatever the splitting and the step.

  Between the points of a periodic box fields are trigonometric polynomials. With the free boundary they are the sums over
  the grid of the density and the current that its field solver takes: as accurate where Gamma is smooth, of first
  order in dx where it is singular.
*/
#ifndef HHT_CHARACTERISTICS_H
#define HHT_CHARACTERISTICS_H

#include <hht/flow.h>

typedef struct HHTCharacteristics_s *HHTCharacteristics;

/* An empty history. grid is copied, potential borrowed. Not collective. */
PetscErrorCode HHTCharacteristicsCreate(const HHTGrid *grid, HHTPotential potential, HHTCharacteristics *history);
PetscErrorCode HHTCharacteristicsDestroy(HHTCharacteristics *history); /* safe twice */

/*
  Keeps all flows of `flow` from now on, as its listener; each potential flow takes d + 1 numbers for each x of the grid, on
  every rank. End the recording by HHTFlowSetListener(flow, NULL, NULL). Not collective.
*/
PetscErrorCode HHTCharacteristicsRecord(HHTCharacteristics history, HHTFlow flow);

/* Bytes of so many kinetic and potential flows, these with or without a phase. */
double HHTCharacteristicsBytes(const HHTGrid *grid, HHTBoundary boundary, PetscBool phase, double kinetic,
                               double potential);

/* Forgets all that was recorded. */
PetscErrorCode HHTCharacteristicsClear(HHTCharacteristics history);

typedef enum { HHT_FORWARD, HHT_BACKWARD } HHTDirection;

/*
  HHTCharacteristicsMove - moves n points from the beginning of the history to its end, or back.

  z[(j) * n + i] is x_j of point i, z[(d + j) * n + i] its v_j; overwritten. phase[i], if not NULL, becomes the integral of G
  along the way from the beginning to the end, whatever the direction. Not collective: each rank moves points of its own; the
  result for a point does not depend on the others.
*/
PetscErrorCode HHTCharacteristicsMove(HHTCharacteristics history, HHTDirection direction, ptrdiff_t n, double z[],
                                      double phase[]);

#endif
