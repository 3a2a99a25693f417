/*
  Whether the structure of a file is one that HHTDataFile makes. HDF5 1.10 crashes on structures that somebody forged, checksums and all; so
  before it sees a file, each byte of the structure that it would read is looked at here, and what the writer never makes is refused.

  Where this program's own HDF5 makes other structures than those that are known here, all are taken.
*/
#ifndef HHT_STRUCTURE_CHECK_H
#define HHT_STRUCTURE_CHECK_H

#include <petscsys.h>
#include <sys/types.h>

/* structure has HHT_STRUCTURE_BYTES, file_size is that of the file. HHT_EXIT_IO. Not collective. */
PetscErrorCode HHTStructureCheck(const char *path, const char *structure, off_t file_size);

#endif
