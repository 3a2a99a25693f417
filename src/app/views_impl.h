/* The inside of `hht views`, shared by the files views*.c. */
#ifndef HHT_VIEWS_IMPL_H
#define HHT_VIEWS_IMPL_H

#include "run_impl.h"
#include <hht/characteristics.h>
#include <hht/distribution.h>

/* The views: |alpha|^2 of (HHt), |alpha|^2 along the characteristics of its field, f of (Vl). */
typedef enum { HHT_VIEW_HHT, HHT_VIEW_CHARACTERISTICS, HHT_VIEW_VLASOV, HHT_VIEWS } HHTView;

/* Pairs of them, in the order of the table. */
#define HHT_PAIRS 3
extern const HHTView HHTViewPairs[HHT_PAIRS][2];
extern const char   *HHTViewName(HHTView view);

/* What is said of one time. */
typedef struct {
  double                time;
  HHTDistributionValues value[HHT_VIEWS];
  HHTDistributionValues difference[HHT_PAIRS]; /* of f */
  HHTDistributionValues amplitude;             /* |alpha - alpha along the characteristics| */
} HHTViewsSample;

typedef struct {
  HHTRun              run; /* what `hht run` has too; its problem is that of (HHt) */
  HHTProblem          vlasov;
  HHTInitial          initial; /* alpha at the feet of characteristics */
  double              scale;   /* to the mass of the case */
  HHTCharacteristics  history; /* of the field of (HHt) */
  const HHTSplitting *splitting;
  int                 n;        /* samples so far */
  int                 finished; /* that an earlier part of the run has made */
  HHTViewsSample     *sample;   /* owned */
} HHTViews;

/* views_solve.c: the problems of a case, HHT_EXIT_USAGE. Collective, as are all here. */
PetscErrorCode HHTViewsCreate(HHTViews *views);
PetscErrorCode HHTViewsDestroy(HHTViews *views);
/* How many samples there will be, and the time of each: every output_snapshot_interval, and the last. */
int    HHTViewsSamples(const HHTViews *views);
double HHTViewsTime(const HHTViews *views, int i);
/* Moves both states on from sample i - 1 to sample i, in steps of at most ts_dt. HHT_EXIT_STOPPED if that is asked for between two. */
PetscErrorCode HHTViewsAdvance(HHTViews *views, int i);

/* views_compare.c: the next sample, of the states at rest. */
PetscErrorCode HHTViewsCompare(HHTViews *views, double time, HHTViewsSample *sample);

/* views_progress.c: keeps the samples so far in views_progress.txt; reads those that are finished, HHT_EXIT_IO for a damaged file. */
PetscErrorCode HHTViewsSave(HHTViews *views);
PetscErrorCode HHTViewsLoad(HHTViews *views);

/* views_table.c: the terminal's table, and views.csv. */
PetscErrorCode HHTViewsHead(HHTViews *views);
PetscErrorCode HHTViewsLine(HHTViews *views);
PetscErrorCode HHTViewsTable(HHTViews *views);

#endif
