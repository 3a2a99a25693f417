/*
  A run of the flattened array is cut into boxes: as long as it does not begin at the beginning of a row of dimension j,
  the rest of that row, from the last dimension on; then whole rows of ever higher dimensions, and the same on the way
  down at the end. At most two boxes a dimension.
*/
#include "hdf5_run.h"
#include "hdf5_calls.h"

#define AXES_MAX 8

typedef struct {
  const char *path;
  hid_t       space;
  int         n;
  hsize_t     shape[AXES_MAX];
  hsize_t     size[AXES_MAX]; /* numbers in one index of axis j */
} Array;

/* The box that begins at number `first` and runs over `count` whole indices of axis j. */
static PetscErrorCode add_box(const Array *a, hsize_t first, int j, hsize_t count)
{
  hsize_t start[AXES_MAX], extent[AXES_MAX];

  PetscFunctionBeginUser;
  for (int i = 0; i < a->n; i++) {
    start[i]  = first / a->size[i] % a->shape[i];
    extent[i] = i < j ? 1 : i == j ? count : a->shape[i];
  }
  HHTCallHDF5(a->path, H5Sselect_hyperslab(a->space, H5S_SELECT_OR, start, NULL, extent, NULL));
  PetscFunctionReturn(0);
}

/* The highest axis of which whole indices begin at `first` and fit into `count`. */
static int largest_axis(const Array *a, hsize_t first, hsize_t count)
{
  int j = a->n - 1;

  while (j > 0 && first % a->size[j - 1] == 0 && count >= a->size[j - 1]) j--;
  return j;
}

/* How many indices of axis j one box can take: up to the end of the axis. */
static hsize_t indices(const Array *a, hsize_t first, hsize_t count, int j)
{
  hsize_t left = a->shape[j] - first / a->size[j] % a->shape[j], fit = count / a->size[j];

  return fit < left ? fit : left;
}

/* Selects the run in `space`; HDF5 goes through it in row-major order. */
static PetscErrorCode select_run(const char *path, hid_t space, hsize_t first, hsize_t count)
{
  Array a = {.path = path, .space = space, .n = H5Sget_simple_extent_ndims(space)};

  PetscFunctionBeginUser;
  PetscCheck(a.n > 0 && a.n <= AXES_MAX, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "%d axes", a.n);
  HHTCallHDF5(path, H5Sget_simple_extent_dims(space, a.shape, NULL));
  for (int j = a.n - 1; j >= 0; j--) a.size[j] = j == a.n - 1 ? 1 : a.size[j + 1] * a.shape[j + 1];
  HHTCallHDF5(path, H5Sselect_none(space));
  while (count > 0) {
    const int     j = largest_axis(&a, first, count);
    const hsize_t n = indices(&a, first, count, j);

    PetscCall(add_box(&a, first, j, n));
    first += n * a.size[j];
    count -= n * a.size[j];
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5WriteRun(const char *path, hid_t dataset, hsize_t first, hsize_t count, const void *data)
{
  hid_t type, file_space, memory_space;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, type = H5Dget_type(dataset));
  HHTCallHDF5(path, file_space = H5Dget_space(dataset));
  HHTCallHDF5(path, memory_space = H5Screate_simple(1, &count, NULL));
  PetscCall(select_run(path, file_space, first, count));
  HHTCallHDF5(path, H5Dwrite(dataset, type, memory_space, file_space, H5P_DEFAULT, data));
  HHTCallHDF5(path, H5Sclose(memory_space));
  HHTCallHDF5(path, H5Sclose(file_space));
  HHTCallHDF5(path, H5Tclose(type));
  PetscFunctionReturn(0);
}
