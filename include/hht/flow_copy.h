/*
  A flow's state put aside at rest, to return to it or to measure how far the flow has come from it.

      HHTFlowCopyCreate(flow, &copy);
      HHTFlowCopySave(copy);  ..  HHTFlowCopyDistance(copy, &distance);  HHTFlowCopyRestore(copy);
*/
#ifndef HHT_FLOW_COPY_H
#define HHT_FLOW_COPY_H

#include <hht/flow.h>

typedef struct HHTFlowCopy_s *HHTFlowCopy;

/* flow is borrowed. The copy takes as much memory as the state at rest. */
PetscErrorCode HHTFlowCopyCreate(HHTFlow flow, HHTFlowCopy *copy);
PetscErrorCode HHTFlowCopyDestroy(HHTFlowCopy *copy); /* safe twice */

/* Finishes the flow and copies where it stands. Collective. */
PetscErrorCode HHTFlowCopySave(HHTFlowCopy copy);
/* Puts the flow back to where it was saved; it goes on with the same bits. Not collective. */
PetscErrorCode HHTFlowCopyRestore(HHTFlowCopy copy);
/* The L2 norm of the difference between the state, which must be at rest, and the copy: the same bits on any number of ranks. Collective. */
PetscErrorCode HHTFlowCopyDistance(HHTFlowCopy copy, double *distance);

#endif
