/* Runs of numbers of an array in row-major order, as HDF5 selections. Not collective. */
#ifndef HHT_ROW_SELECTION_H
#define HHT_ROW_SELECTION_H

#include <hdf5.h>
#include <petscsys.h>

/*
  HHTSelectRun - selects the numbers [first, first + count) of the flattened array that `space` describes. HDF5 goes through a selection in
  row-major order, so these are the numbers of a contiguous buffer in turn. HHT_EXIT_IO if HDF5 refuses.
*/
PetscErrorCode HHTSelectRun(const char *path, hid_t space, hsize_t first, hsize_t count);

#endif
