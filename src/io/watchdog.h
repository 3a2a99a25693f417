/*
  A limit on the time that writing a file may take. A hung file system or a stopped rank would else hold the job, and
  what it costs, until its time limit. When the limit is passed the process ends with one line and HHT_EXIT_IO; the
  launcher ends the others.
*/
#ifndef HHT_WATCHDOG_H
#define HHT_WATCHDOG_H

#include <petscsys.h>

/*
  Starts to watch what is done to `path`, and stops. Not nested. Not collective, though every rank of comm is meant to
  call.
*/
PetscErrorCode HHTWatchdogStart(MPI_Comm comm, const char *path);
PetscErrorCode HHTWatchdogStop(void);

#endif
