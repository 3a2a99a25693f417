/* What the terminal shows, kept in the run's log.txt too. */
#ifndef HHT_LOG_H
#define HHT_LOG_H

#include <petscsys.h>

/*
  HHTLog - prints one formatted text on rank 0's standard output and, once opened, into the log file. Not collective:
  other ranks print nothing. The text carries its own line ends.
*/
PetscErrorCode HHTLog(MPI_Comm comm, const char *format, ...) PETSC_ATTRIBUTE_FORMAT(2, 3);

/* As HHTLog(), with "warning: " before and a line end after it, on standard error. */
PetscErrorCode HHTWarn(MPI_Comm comm, const char *format, ...) PETSC_ATTRIBUTE_FORMAT(2, 3);

/*
  One line of a table of progress: on a terminal it overwrites the one before, elsewhere and in the log file it is one
  more line.
*/
PetscErrorCode HHTLogProgress(MPI_Comm comm, const char *line);

/*
  HHTLogOpen - sends all that follows to the file `path` as well (rank 0 appends). Collective; HHT_EXIT_IO if it cannot.
*/
PetscErrorCode HHTLogOpen(MPI_Comm comm, const char *path);

/* HHTLogClose - flushes and closes the log file; HHT_EXIT_IO if not all of it could be written. Collective, safe twice. */
PetscErrorCode HHTLogClose(MPI_Comm comm);

#endif
