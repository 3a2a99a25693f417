/*
  TSSPLITTING: the TS type "splitting" for (HHt), a loop over a table of coefficients. With an adaptor other than none, -ts_adapt_type
  basic, the step follows the error of a step in the L2 norm, which is kept below ts_atol + ts_rtol times the state's norm.

      TSSetType(ts, TSHHTSPLITTING);  TSHHTSplittingSetFlow(ts, flow);
      -ts_splitting_type lie | strang | yoshida4 | suzuki4 | blanesmoan4 | nystrom4 | chin4
                         | kahanli6 | blanesmoan6 | nystrom6 | casas6
*/
#ifndef HHT_SPLITTING_H
#define HHT_SPLITTING_H

#include <hht/flow.h>
#include <petscts.h>

#define TSHHTSPLITTING "splitting"

/*
  One step: potential[0], kinetic[0], potential[1], .., kinetic[stages - 1], potential[stages], each times dt. Force-gradient methods add
  modified[i] times dt^3 of HHTFlowModifiedPotential() to the potential flow i.
*/
typedef struct {
  const char   *name;
  int           order;
  int           stages;
  const double *potential; /* stages + 1 */
  const double *kinetic;   /* stages */
  const double *modified;  /* stages + 1; NULL: none */
  const char   *reference;
} HHTSplitting;

PetscErrorCode HHTSplittingFind(const char *name, const HHTSplitting **splitting); /* NULL if unknown */
PetscErrorCode HHTSplittingList(const HHTSplitting **table, int *n);

/*
  So many steps of length dt, one after the other. Potential flows that meet are merged, and the last of them is left pending: HHTFlowFinish()
  brings the state to rest. Collective.
*/
PetscErrorCode HHTSplittingAdvance(const HHTSplitting *splitting, HHTFlow flow, PetscInt steps, double dt);

/* Registers the TS type and its log stages; call once after PetscInitialize(). */
PetscErrorCode TSHHTSplittingRegister(void);
PetscErrorCode TSHHTSplittingSetFlow(TS ts, HHTFlow flow);
PetscErrorCode TSHHTSplittingSetType(TS ts, const char *name);

/*
  Asks before each step ends whether somebody looks at the state then; by default every step ends at rest. When seen()
  says no, the last potential flow is left to merge with the next step's.
*/
typedef PetscErrorCode (*HHTSeen)(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *ctx);
PetscErrorCode TSHHTSplittingSetSeen(TS ts, HHTSeen seen, void *ctx);

#endif
