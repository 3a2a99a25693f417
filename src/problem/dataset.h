/* A dataset of real or complex numbers in an HDF5 file, read by each rank on its own. */
#ifndef HHT_DATASET_H
#define HHT_DATASET_H

#include <complex.h>
#include <hdf5.h>
#include <petscsys.h>
#include <stddef.h>

#define HHT_DATASET_MAX_RANK 6

typedef struct HHTDataset_s *HHTDataset;

/* The options that named a dataset, for messages. */
typedef struct {
  const char *path, *dataset;
} HHTDatasetOptions;

/*
  HHTDatasetOpen - opens the dataset `name` of the file `path` for reading. It must have `rank` dimensions, none
  empty, and hold floating-point numbers or compounds {r, i} of them. HHT_EXIT_USAGE names one of the options, whose texts
  are borrowed. Not collective.
*/
PetscErrorCode HHTDatasetOpen(const HHTDatasetOptions *options, const char *path, const char *name, int rank,
                              HHTDataset *dataset);
PetscErrorCode HHTDatasetClose(HHTDataset *dataset); /* safe twice */

PetscErrorCode HHTDatasetGetSizes(HHTDataset dataset, ptrdiff_t sizes[]);

/* Whether it holds real numbers rather than compounds. */
PetscBool HHTDatasetIsReal(HHTDataset dataset);

/*
  HHTDatasetRead - reads the box [first[j], first[j] + count[j]) as complex numbers, the last index fastest. Imaginary
  parts of a real dataset are exactly 0. HHT_EXIT_USAGE when it cannot be read or holds a number that is not finite.
  Not collective.
*/
PetscErrorCode HHTDatasetRead(HHTDataset dataset, const hsize_t first[], const hsize_t count[], double complex *values);

#endif
