/* A radial function from a file: for potential_type table. */
#ifndef HHT_RADIAL_TABLE_H
#define HHT_RADIAL_TABLE_H

#include <hht/potential.h>

/*
  HHTRadialTableRead - reads r and Gamma from the file `path`: where `dataset` is empty from text, a line a point with the two
  numbers and a comma or blanks between them, # beginning a comment; else from the HDF5 dataset of that name, n x 2.

  Rank 0 reads for all. Collective. HHT_EXIT_USAGE names the option potential_file or potential_dataset. Whether the numbers make
  a potential is for HHTPotentialCreate() to say.
*/
PetscErrorCode HHTRadialTableRead(MPI_Comm comm, const char *path, const char *dataset, HHTRadialTable *table);
PetscErrorCode HHTRadialTableDestroy(HHTRadialTable *table); /* safe twice */

/* The CRC-32 of the numbers as 8 hexadecimal digits. Not collective. */
#define HHT_CHECKSUM_LENGTH 9
PetscErrorCode HHTRadialTableChecksum(const HHTRadialTable *table, char checksum[HHT_CHECKSUM_LENGTH]);

#endif
