/*
  An HDF5 file whose structure is made in memory. HDF5 1.10 does not survive a failed H5Fclose() -- it crashes when it
  is ended, inside MPI_Finalize() -- so it is not let near a disk that may be full.

  Datasets are contiguous, allocated early and never written: they take addresses but no memory. All else lies in the
  first bytes of the file; these are the image. The caller writes them, extends the file to its full size, and puts
  the numbers in their places.
*/
#ifndef HHT_HDF5_IMAGE_H
#define HHT_HDF5_IMAGE_H

#include "hdf5_calls.h"

/* The structure has this much room at the start of the file, before all data; the image is just that. */
#define HHT_STRUCTURE_BYTES 65536

typedef struct {
  char  *bytes; /* owned */
  size_t size;  /* of bytes */
  size_t file_size;
} HHTHDF5Image;

/* path is only for messages. image must stay where it is until the close. Not collective. */
PetscErrorCode HHTHDF5ImageOpen(const char *path, HHTHDF5Image *image, hid_t *file);
PetscErrorCode HHTHDF5ImageClose(const char *path, HHTHDF5Image *image, hid_t file);
PetscErrorCode HHTHDF5ImageDestroy(HHTHDF5Image *image); /* safe twice */

/* Whether HDF5's signature begins the bytes of a structure, and the size of the whole file that they tell of; 0 if they do not. */
PetscBool HHTHDF5ImageHasSignature(const char *bytes);
size_t    HHTHDF5ImageFileSize(const char *bytes);

#endif
