/* Runs of numbers of a dataset, flattened in row-major order. Not collective. */
#ifndef HHT_HDF5_RUN_H
#define HHT_HDF5_RUN_H

#include <hdf5.h>
#include <petscsys.h>

/*
  HHTHDF5WriteRun - writes `count` numbers of the dataset's own type to the places first, first + 1, .. of the flattened
  dataset: an independent write, also where the file was opened by all ranks. HHT_EXIT_IO.
*/
PetscErrorCode HHTHDF5WriteRun(const char *path, hid_t dataset, hsize_t first, hsize_t count, const void *data);

#endif
