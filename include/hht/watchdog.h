/*
  A limit on the time that one step, or writing one file, may take. A hung file system or a stopped rank would else hold the
  job, and what it costs, until its time limit. When the limit is passed the process ends with one line and
  HHT_EXIT_IO; the launcher ends the others. A process that was itself suspended has the whole
  time again when it goes on.
*/
#ifndef HHT_WATCHDOG_H
#define HHT_WATCHDOG_H

#include <petscsys.h>

/* How long that may be, 900 s unless set here. Not collective; the same on all ranks. */
PetscErrorCode HHTWatchdogSetLimit(double seconds);

/*
  Starts to watch what is done to the file `path`, or a step where that is NULL; and stops. Nested: while a file is written the step
  around it waits, and has its whole time again then. Not collective, though every rank of comm is meant to call.
*/
PetscErrorCode HHTWatchdogStart(MPI_Comm comm, const char *path);
PetscErrorCode HHTWatchdogStop(void);

/* The innermost watch has its whole time again. */
PetscErrorCode HHTWatchdogRenew(void);

#endif
