#include "dataset.h"
#include <errno.h>
#include <hht/error.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Rows are read one by one, so a chunk with many rows must stay in memory between them. */
#define CHUNK_CACHE_BYTES ((size_t)64 << 20)
#define CHUNK_CACHE_SLOTS 12421 /* a prime, as HDF5 asks for */

struct HHTDataset_s {
  HHTDatasetOptions options;

  hid_t     file, data, memory_type; /* H5I_INVALID_HID where not open */
  int       rank;
  hsize_t   sizes[HHT_DATASET_MAX_RANK];
  PetscBool real;
  char      path[PETSC_MAX_PATH_LEN], name[PETSC_MAX_PATH_LEN];
};

/* HDF5 prints its errors unless told not to; ours are one line. */
typedef struct {
  H5E_auto2_t handler;
  void       *data;
} Silence;

static Silence silence_begin(void)
{
  Silence s = {0};

  H5Eget_auto2(H5E_DEFAULT, &s.handler, &s.data);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  return s;
}

static void silence_end(Silence s) { H5Eset_auto2(H5E_DEFAULT, s.handler, s.data); }

/* Read-only, so without the lock that some parallel file systems refuse. */
static PetscErrorCode open_file(HHTDataset d)
{
  hid_t access_list;

  if (access(d->path, R_OK))
    return HHTError(HHT_EXIT_USAGE, "%s: cannot open '%s': %s; give the path of an HDF5 file", d->options.path, d->path,
                    strerror(errno));
  access_list = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_file_locking(access_list, 0, 1);
  d->file = H5Fopen(d->path, H5F_ACC_RDONLY, access_list);
  H5Pclose(access_list);
  if (d->file < 0)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' is not a readable HDF5 file; h5ls must be able to list it",
                    d->options.path, d->path);
  return 0;
}

static PetscErrorCode open_data(HHTDataset d)
{
  hid_t access_list = H5Pcreate(H5P_DATASET_ACCESS);

  H5Pset_chunk_cache(access_list, CHUNK_CACHE_SLOTS, CHUNK_CACHE_BYTES, H5D_CHUNK_CACHE_W0_DEFAULT);
  d->data = H5Dopen2(d->file, d->name, access_list);
  H5Pclose(access_list);
  if (d->data < 0)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' has no dataset '%s'; h5ls -r lists those that it has", d->options.dataset,
                    d->path, d->name);
  return 0;
}

static PetscErrorCode check_sizes(HHTDataset d, int rank)
{
  hid_t     space = H5Dget_space(d->data);
  const int found = H5Sget_simple_extent_ndims(space);

  d->rank = rank;
  if (found == rank) H5Sget_simple_extent_dims(space, d->sizes, NULL);
  H5Sclose(space);
  if (found != rank)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' has %d dimensions; it must have %d", d->options.dataset, d->name, found,
                    rank);
  for (int j = 0; j < rank; j++)
    if (!d->sizes[j] || d->sizes[j] > INT_MAX)
      return HHTError(HHT_EXIT_USAGE, "%s: '%s' has %llu points in dimension %d; it must be a positive int",
                      d->options.dataset, d->name, (unsigned long long)d->sizes[j], j + 1);
  return 0;
}

static PetscBool has_float_member(hid_t type, const char *name)
{
  const int index = H5Tget_member_index(type, name);

  return index >= 0 && H5Tget_member_class(type, (unsigned)index) == H5T_FLOAT ? PETSC_TRUE : PETSC_FALSE;
}

static PetscErrorCode check_type(HHTDataset d)
{
  hid_t type               = H5Dget_type(d->data);
  const H5T_class_t class  = H5Tget_class(type);
  const PetscBool complex_ = class == H5T_COMPOUND && has_float_member(type, "r") && has_float_member(type, "i");

  H5Tclose(type);
  d->real = class == H5T_FLOAT ? PETSC_TRUE : PETSC_FALSE;
  if (!d->real && !complex_)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' has a wrong type; it must be floating point or a compound {r, i} of it",
                    d->options.dataset, d->name);
  if (d->real) {
    d->memory_type = H5Tcopy(H5T_NATIVE_DOUBLE);
  } else {
    d->memory_type = H5Tcreate(H5T_COMPOUND, sizeof(double complex));
    H5Tinsert(d->memory_type, "r", 0, H5T_NATIVE_DOUBLE);
    H5Tinsert(d->memory_type, "i", sizeof(double), H5T_NATIVE_DOUBLE);
  }
  return 0;
}

PetscBool HHTDatasetIsReal(HHTDataset d) { return d->real; }

static PetscErrorCode open_all(HHTDataset d, int rank)
{
  PetscErrorCode ierr = open_file(d);

  if (!ierr) ierr = open_data(d);
  if (!ierr) ierr = check_sizes(d, rank);
  if (!ierr) ierr = check_type(d);
  return ierr;
}

PetscErrorCode HHTDatasetOpen(const HHTDatasetOptions *options, const char *path, const char *name, int rank,
                              HHTDataset *dataset)
{
  PetscErrorCode ierr;
  Silence        silence;

  PetscFunctionBeginUser;
  *dataset = NULL;
  PetscCall(PetscNew(dataset));
  **dataset = (struct HHTDataset_s){
      .options = *options, .file = H5I_INVALID_HID, .data = H5I_INVALID_HID, .memory_type = H5I_INVALID_HID};
  PetscCall(PetscStrncpy((*dataset)->path, path, sizeof(*dataset)->path));
  PetscCall(PetscStrncpy((*dataset)->name, name, sizeof(*dataset)->name));
  silence = silence_begin();
  ierr    = open_all(*dataset, rank);
  silence_end(silence);
  if (ierr) PetscCall(HHTDatasetClose(dataset));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTDatasetClose(HHTDataset *dataset)
{
  HHTDataset d = *dataset;

  PetscFunctionBeginUser;
  if (!d) PetscFunctionReturn(0);
  if (d->memory_type >= 0) H5Tclose(d->memory_type);
  if (d->data >= 0) H5Dclose(d->data);
  if (d->file >= 0) H5Fclose(d->file);
  PetscCall(PetscFree(*dataset));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDatasetGetSizes(HHTDataset d, ptrdiff_t sizes[])
{
  PetscFunctionBeginUser;
  for (int j = 0; j < d->rank; j++) sizes[j] = (ptrdiff_t)d->sizes[j];
  PetscFunctionReturn(0);
}

static herr_t read_box(HHTDataset d, const hsize_t first[], const hsize_t count[], void *values)
{
  hid_t   file_space = H5Dget_space(d->data), memory_space = H5Screate_simple(d->rank, count, NULL);
  Silence silence = silence_begin();
  herr_t  status  = H5Sselect_hyperslab(file_space, H5S_SELECT_SET, first, NULL, count, NULL);

  if (status >= 0) status = H5Dread(d->data, d->memory_type, memory_space, file_space, H5P_DEFAULT, values);
  silence_end(silence);
  H5Sclose(memory_space);
  H5Sclose(file_space);
  return status;
}

/*
  n doubles at the front of values become n complex numbers; from the back, so that none is overwritten before it
  moved.
*/
static void widen(double complex *values, hsize_t n)
{
  const double *real = (const double *)values;

  for (hsize_t i = n; i-- > 0;) {
    const double value = real[i];
    values[i]          = value;
  }
}

PetscErrorCode HHTDatasetRead(HHTDataset d, const hsize_t first[], const hsize_t count[], double complex *values)
{
  hsize_t n = 1;

  PetscFunctionBeginUser;
  for (int j = 0; j < d->rank; j++) n *= count[j];
  if (read_box(d, first, count, values) < 0)
    return HHTError(HHT_EXIT_USAGE, "%s: dataset '%s' of '%s' cannot be read; the file is damaged: make it anew",
                    d->options.path, d->name, d->path);
  if (d->real) widen(values, n);
  for (hsize_t i = 0; i < n; i++)
    if (!isfinite(creal(values[i])) || !isfinite(cimag(values[i])))
      return HHTError(HHT_EXIT_USAGE, "%s: '%s' of '%s' holds a number that is not finite; all must be",
                      d->options.dataset, d->name, d->path);
  PetscFunctionReturn(0);
}
