/*
  The absorbing layer in xi. Mode k of a filamenting state moves through xi at the speed k; without a layer it comes back from the
  edge of the window at the recurrence time. The layer damps what passes it:

      d_t alpha_hat_k(xi) = -sum_j c |k_j| s_j^p alpha_hat_k(xi),   s_j = (|xi_j| - xi_a) / (xi_max - xi_a) where > 0,

  xi_a = start xi_max. A mode passes the layer on both sides of the edge, which leaves exp(-2 c w / (p + 1)) of its amplitude,
  w = xi_max - xi_a, whatever k is. Mass and energy that are absorbed are lost.
*/
#ifndef HHT_ABSORBER_H
#define HHT_ABSORBER_H

#include <hht/state.h>

typedef enum { HHT_ABSORBER_NONE, HHT_ABSORBER_LAYER } HHTAbsorberType;

typedef struct {
  HHTAbsorberType type;
  double          strength; /* c > 0, a velocity */
  double          order;    /* p >= 0 */
  double          start;    /* xi_a / xi_max, between 0 and 1 */
} HHTAbsorberParams;

typedef struct HHTAbsorber_s *HHTAbsorber;

/* For states like this one, which is borrowed. Takes the memory of two copies of the columns that the layer covers. Collective. */
PetscErrorCode HHTAbsorberCreate(HHTState state, const HHTAbsorberParams *params, HHTAbsorber *absorber);
PetscErrorCode HHTAbsorberDestroy(HHTAbsorber *absorber); /* safe twice */

/* Damps the state, which is at rest, for a time dt >= 0. *mass: what is absorbed. Collective, the same bits on any ranks. */
PetscErrorCode HHTAbsorberApply(HHTAbsorber absorber, double dt, double *mass);

/* Bytes of all ranks together. */
double HHTAbsorberBytes(const HHTGrid *grid, HHTNumbers numbers, const HHTAbsorberParams *params);

/* What the layer leaves of the amplitude of a mode that moves along dimension j. */
double HHTAbsorberTransmission(const HHTGrid *grid, const HHTAbsorberParams *params, int j);

#endif
