/* hht run --error-check: the case again with half the step, and with half the grid spacing, and what that changes. */
#ifndef HHT_ERROR_CHECK_H
#define HHT_ERROR_CHECK_H

#include "run_impl.h"

/* Counts the memory that the check needs. HHT_EXIT_USAGE for a run that cannot be checked: one that goes on, adapts its steps, or would not fit into memory. Collective. */
PetscErrorCode HHTErrorCheckPrepare(HHTRun *run, const HHTArguments *arguments);

/*
  Runs the case again, without files, prints what differs and writes it to error_check.txt in the run's folder. The run is complete; its problem
  is destroyed to make room. HHT_EXIT_STOPPED when asked to stop. Collective.
*/
PetscErrorCode HHTErrorCheck(HHTRun *run, const HHTArguments *arguments);

#endif
