/* What commands keep of work that is finished, to go on with later: lines of text, and a checksum of them all. */
#ifndef HHT_PROGRESS_FILE_H
#define HHT_PROGRESS_FILE_H

#include <petscsys.h>

/* Written aside, synced and renamed. Collective, as all here. */
PetscErrorCode HHTProgressWrite(MPI_Comm comm, const char *folder, const char *name, const char *lines);

/* Hands the lines over, if there is a file. HHT_EXIT_IO for one that is damaged, and what parse() returns. */
typedef PetscErrorCode (*HHTProgressParse)(void *ctx, const char *path, const char *lines);
PetscErrorCode HHTProgressRead(MPI_Comm comm, const char *folder, const char *name, HHTProgressParse parse, void *ctx);

/* HHT_EXIT_IO. Not collective. */
PetscErrorCode HHTProgressDamaged(const char *path);

#endif
