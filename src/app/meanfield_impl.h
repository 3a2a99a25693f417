/* The inside of `hht meanfield`, shared by the files meanfield*.c. */
#ifndef HHT_MEANFIELD_IMPL_H
#define HHT_MEANFIELD_IMPL_H

#include "run_impl.h"
#include <hht/characteristics.h>
#include <hht/monte_carlo.h>

#define HHT_BATCH 100 /* samples between two looks at the clock */

/* All that is known of one N. The sums grow batch by batch, always in the same order. */
typedef struct {
  ptrdiff_t   n;
  PetscInt    batches; /* of samples that are finished */
  HHTEstimate estimates[HHT_ESTIMATES];
  PetscBool   moved;    /* the trajectories are compared */
  double      distance; /* root mean square over the particles of the distance in phase space */
  double      drift;    /* of H_N, relative */
} HHTRung;

typedef struct {
  HHTRun             run; /* what `hht run` has too */
  HHTInitial         initial;
  HHTCharacteristics history;
  HHTMonteCarlo      setup;
  int                n_rungs;
  HHTRung           *rung; /* owned */
} HHTLadder;

/* meanfield_ladder.c: the rungs that the options ask for; HHT_EXIT_USAGE. */
PetscErrorCode HHTLadderCreate(HHTLadder *ladder);
PetscErrorCode HHTLadderDestroy(HHTLadder *ladder);
/* Solves the mean field and records its characteristics. Collective, as are all here. */
PetscErrorCode HHTLadderSolveMeanField(HHTLadder *ladder);
/* One rung's trajectories, or its next batch of samples. */
PetscErrorCode HHTLadderMove(HHTLadder *ladder, HHTRung *rung);
PetscErrorCode HHTLadderSample(HHTLadder *ladder, HHTRung *rung);
/* Batches that the rung needs in all; P_k that are sampled. */
PetscInt HHTLadderBatches(const HHTLadder *ladder, const HHTRung *rung);
int      HHTLadderWeights(const HHTLadder *ladder, ptrdiff_t n);

/* meanfield_progress.c: keeps what is finished in meanfield_progress.txt; reads it into the rungs, HHT_EXIT_IO for a damaged file. */
PetscErrorCode HHTLadderSave(HHTLadder *ladder);
PetscErrorCode HHTLadderLoad(HHTLadder *ladder);

/* meanfield_table.c: a line of the table, its head, meanfield.csv, and the rates. */
PetscErrorCode HHTLadderHead(HHTLadder *ladder);
PetscErrorCode HHTLadderLine(HHTLadder *ladder, const HHTRung *rung);
PetscErrorCode HHTLadderTable(HHTLadder *ladder);
PetscErrorCode HHTLadderRates(HHTLadder *ladder);

#endif
