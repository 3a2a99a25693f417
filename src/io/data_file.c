#include "data_file.h"
#include "hdf5_image.h"
#include "posix_file.h"
#include <fcntl.h>
#include <hht/error.h>
#include <string.h>
#include <unistd.h>

/* Index of the structure among the datasets. */
#define STRUCTURE 0

/* Where a dataset lies, the same on all ranks. */
typedef struct {
  char    name[HHT_DATA_FILE_MAXNAME];
  HHTRows rows;
} Dataset;

/* What this rank wrote of it. */
typedef struct {
  ptrdiff_t first, count;
  uint32_t *checksums; /* count of them, owned */
} Written;

struct HHTDataFile_s {
  MPI_Comm    comm; /* borrowed */
  PetscMPIInt rank;
  char        path[PETSC_MAX_PATH_LEN];
  char        aside[PETSC_MAX_PATH_LEN];
  int         fd;   /* of aside, -1 when closed */
  hid_t       hdf5; /* of aside, opened by each rank; negative when closed */
  PetscBool   committed;
  int         n;
  Dataset     datasets[HHT_DATA_FILE_MAX];
  Written     written[HHT_DATA_FILE_MAX];
};

/*
  Opens the file of which rank 0 has written the structure. Only numbers are written from here on, to places that the file has already. When
  it closes a file HDF5 writes the superblock once more, the same bytes; ranks that had opened the file together would wait there for one
  that could not, so that each opens it for itself.
*/
static PetscErrorCode open_hdf5(HHTDataFile file)
{
  hid_t access;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5BeSilent(file->path));
  HHTCallHDF5(file->path, access = H5Pcreate(H5P_FILE_ACCESS));
  HHTCallHDF5(file->path, H5Pset_fapl_mpio(access, MPI_COMM_SELF, MPI_INFO_NULL));
  HHTCallHDF5(file->path, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG));
  HHTCallHDF5(file->path, file->hdf5 = H5Fopen(file->aside, H5F_ACC_RDWR, access));
  HHTCallHDF5(file->path, H5Pclose(access));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileName(PetscInt step, const char *dataset, char name[HHT_DATA_FILE_MAXNAME])
{
  return PetscSNPrintf(name, HHT_DATA_FILE_MAXNAME, "/data/%" PetscInt_FMT "/%s", step, dataset);
}

PetscErrorCode HHTDataFileCreate(MPI_Comm comm, const char *path, HHTDataFile *file)
{
  HHTDataFile f;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *file   = f;
  f->comm = comm;
  f->fd   = -1;
  f->hdf5 = -1;
  PetscCallMPI(MPI_Comm_rank(comm, &f->rank));
  PetscCall(PetscStrncpy(f->path, path, sizeof(f->path)));
  PetscCall(HHTPathAside(path, f->aside));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileDestroy(HHTDataFile *file)
{
  HHTDataFile f = *file;

  PetscFunctionBeginUser;
  if (!f) PetscFunctionReturn(0);
  (void)HHTHDF5CloseWritten(f->path, &f->hdf5);
  if (f->fd >= 0) (void)close(f->fd);
  if (!f->rank && !f->committed) (void)unlink(f->aside);
  for (int i = 0; i < HHT_DATA_FILE_MAX; i++) PetscCall(PetscFree(f->written[i].checksums));
  PetscCall(PetscFree(*file));
  PetscFunctionReturn(0);
}

/* A contiguous dataset that has its place in the file but no numbers. */
static PetscErrorCode create_dataset(const char *path, hid_t hdf5, const char *name, hid_t type, int n_axes,
                                     const hsize_t shape[], hid_t *dataset)
{
  hid_t space, creation;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5CreateGroups(path, hdf5, name));
  HHTCallHDF5(path, space = H5Screate_simple(n_axes, shape, NULL));
  HHTCallHDF5(path, creation = H5Pcreate(H5P_DATASET_CREATE));
  HHTCallHDF5(path, H5Pset_layout(creation, H5D_CONTIGUOUS));
  HHTCallHDF5(path, H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY));
  HHTCallHDF5(path, H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER));
  PetscCall(HHTHDF5SetObjectCreation(path, creation, PETSC_FALSE));
  HHTCallHDF5(path, *dataset = H5Dcreate2(hdf5, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT));
  HHTCallHDF5(path, H5Pclose(creation));
  HHTCallHDF5(path, H5Sclose(space));
  PetscFunctionReturn(0);
}

static PetscErrorCode checksum_name(const Dataset *d, char name[], size_t size)
{
  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(name, size, "%s%s", HHT_CHECKSUMS, d->name));
  PetscFunctionReturn(0);
}

static PetscErrorCode add_checksums(HHTDataFile file, hid_t hdf5, Dataset *d)
{
  char    name[HHT_DATA_FILE_MAXNAME + sizeof(HHT_CHECKSUMS)];
  hsize_t n = (hsize_t)d->rows.n;
  hid_t   dataset;

  PetscFunctionBeginUser;
  PetscCall(checksum_name(d, name, sizeof(name)));
  PetscCall(create_dataset(file->path, hdf5, name, H5T_NATIVE_UINT32, 1, &n, &dataset));
  d->rows.checksum_offset = (off_t)H5Dget_offset(dataset);
  HHTCallHDF5(file->path, H5Dclose(dataset));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileAdd(HHTDataFile file, hid_t hdf5, const char *name, hid_t type, int n_axes,
                              const hsize_t shape[], ptrdiff_t n_rows)
{
  Dataset *d    = &file->datasets[file->n];
  size_t   size = H5Tget_size(type);
  hid_t    dataset;

  PetscFunctionBeginUser;
  PetscCheck(file->n < HHT_DATA_FILE_MAX && strlen(name) < sizeof(d->name), PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE,
             "no room for dataset %s", name);
  for (int i = 0; i < n_axes; i++) size *= shape[i];
  PetscCall(PetscStrncpy(d->name, name, sizeof(d->name)));
  PetscCall(create_dataset(file->path, hdf5, name, type, n_axes, shape, &dataset));
  d->rows = (HHTRows){.n = n_rows, .size = size / (size_t)n_rows, .offset = (off_t)H5Dget_offset(dataset)};
  HHTCallHDF5(file->path, H5Dclose(dataset));
  PetscCall(add_checksums(file, hdf5, d));
  file->n++;
  PetscFunctionReturn(0);
}

/* The structure is checked as if it were a dataset of one row; its place and size are known in advance. */
static PetscErrorCode add_structure(HHTDataFile file, hid_t hdf5)
{
  Dataset *d = &file->datasets[STRUCTURE];

  PetscFunctionBeginUser;
  file->n = STRUCTURE + 1;
  PetscCall(PetscStrncpy(d->name, HHT_STRUCTURE, sizeof(d->name)));
  d->rows = (HHTRows){.n = 1, .size = HHT_STRUCTURE_BYTES, .offset = 0};
  PetscCall(add_checksums(file, hdf5, d));
  /* Readers look for it before they let HDF5 see the file. */
  PetscCheck(d->rows.checksum_offset == HHT_STRUCTURE_BYTES, PETSC_COMM_SELF, PETSC_ERR_LIB,
             "%s: HDF5 has put data inside its structure", file->path);
  PetscFunctionReturn(0);
}

static PetscErrorCode make_structure(HHTDataFile file, HHTDataDefine define, void *ctx, HHTHDF5Image *image)
{
  PetscErrorCode ierr;
  hid_t          hdf5;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ImageOpen(file->path, image, &hdf5));
  ierr = add_structure(file, hdf5);
  if (!ierr) ierr = define(ctx, file, hdf5, file->path);
  if (ierr)
    (void)H5Fclose(hdf5);
  else
    ierr = HHTHDF5ImageClose(file->path, image, hdf5);
  PetscFunctionReturn(ierr);
}

static PetscErrorCode define_sample(void *ctx, HHTDataFile file, hid_t hdf5, const char *path)
{
  const hsize_t shape[]   = {2, 2};
  const double  numbers[] = {1, 2};
  hid_t         type;

  PetscFunctionBeginUser;
  (void)ctx;
  PetscCall(HHTHDF5WriteString(path, hdf5, "text", "sample"));
  PetscCall(HHTHDF5WriteDoubles(path, hdf5, "numbers", 2, numbers));
  PetscCall(HHTHDF5NumbersType(path, HHT_COMPLEX, &type));
  PetscCall(HHTDataFileAdd(file, hdf5, "/data/0/sample", type, 2, shape, 2));
  HHTCallHDF5(path, H5Tclose(type));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileSample(HHTHDF5Image *image)
{
  HHTDataFile    file;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileCreate(PETSC_COMM_SELF, "sample", &file));
  ierr            = make_structure(file, define_sample, NULL, image);
  file->committed = PETSC_TRUE; /* there is no file to remove */
  PetscCall(HHTDataFileDestroy(&file));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode open_aside(HHTDataFile file, int flags)
{
  file->fd = open(file->aside, flags, 0666);
  return file->fd < 0 ? HHTPosixError("write", file->path) : 0;
}

static PetscErrorCode prepare_rows(HHTDataFile file, int i, ptrdiff_t first, ptrdiff_t count)
{
  Written *w = &file->written[i];

  PetscFunctionBeginUser;
  w->first = first;
  w->count = count;
  PetscCall(PetscMalloc1(count, &w->checksums));
  PetscFunctionReturn(0);
}

/* The file gets its full length first, so that other ranks, and HDF5 later, find all of it there. */
static PetscErrorCode write_image(HHTDataFile file, HHTHDF5Image *image)
{
  const HHTRows *rows = &file->datasets[STRUCTURE].rows;

  PetscFunctionBeginUser;
  PetscCall(open_aside(file, O_RDWR | O_CREAT | O_TRUNC));
  if (ftruncate(file->fd, (off_t)image->file_size)) PetscFunctionReturn(HHTPosixError("write", file->path));
  PetscCall(prepare_rows(file, STRUCTURE, 0, 1));
  file->written[STRUCTURE].checksums[0] = HHTRowChecksum(image->bytes, rows->size);
  PetscCall(HHTWriteAt(file->fd, file->path, image->bytes, rows->size, rows->offset));
  PetscCall(HHTSync(file->fd, file->path));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_structure(HHTDataFile file, HHTDataDefine define, void *ctx)
{
  HHTHDF5Image   image = {0};
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  ierr = make_structure(file, define, ctx, &image);
  if (!ierr) ierr = write_image(file, &image);
  PetscCall(HHTHDF5ImageDestroy(&image));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTDataFileDefine(HHTDataFile file, HHTDataDefine define, void *ctx)
{
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  if (!file->rank) ierr = write_structure(file, define, ctx);
  PetscCall(HHTAgree(file->comm, ierr));
  PetscCallMPI(MPI_Bcast(&file->n, 1, MPI_INT, 0, file->comm));
  PetscCallMPI(MPI_Bcast(file->datasets, (int)sizeof(file->datasets), MPI_BYTE, 0, file->comm));
  if (file->rank) ierr = open_aside(file, O_RDWR);
  PetscCall(HHTAgree(file->comm, ierr));
  PetscCall(HHTAgree(file->comm, open_hdf5(file)));
  PetscFunctionReturn(0);
}

static PetscErrorCode find_dataset(HHTDataFile file, const char *name, int *index)
{
  PetscFunctionBeginUser;
  for (*index = 0; *index < file->n; (*index)++) {
    if (!strcmp(file->datasets[*index].name, name)) PetscFunctionReturn(0);
  }
  SETERRQ(PETSC_COMM_SELF, PETSC_ERR_ARG_WRONG, "the file has no dataset %s", name);
}

static PetscErrorCode write_rows(HHTDataFile file, int i, ptrdiff_t first, ptrdiff_t count, HHTDataRow row, void *ctx)
{
  const Dataset *d     = &file->datasets[i];
  const HHTPlace place = {file->fd, file->path};
  char           name[HHT_DATA_FILE_MAXNAME + sizeof(HHT_CHECKSUMS)];
  hid_t          dataset, checksums;

  PetscFunctionBeginUser;
  PetscCall(prepare_rows(file, i, first, count));
  PetscCall(checksum_name(d, name, sizeof(name)));
  HHTCallHDF5(file->path, dataset = H5Dopen2(file->hdf5, d->name, H5P_DEFAULT));
  HHTCallHDF5(file->path, checksums = H5Dopen2(file->hdf5, name, H5P_DEFAULT));
  PetscCall(HHTRowsWrite(&d->rows, dataset, checksums, &place, first, count, row, ctx, file->written[i].checksums));
  HHTCallHDF5(file->path, H5Dclose(checksums));
  HHTCallHDF5(file->path, H5Dclose(dataset));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileWrite(HHTDataFile file, const char *name, ptrdiff_t first, ptrdiff_t count, HHTDataRow row,
                                void *ctx)
{
  int i;

  PetscFunctionBeginUser;
  PetscCall(find_dataset(file, name, &i));
  PetscCall(HHTAgree(file->comm, write_rows(file, i, first, count, row, ctx)));
  PetscFunctionReturn(0);
}

static PetscErrorCode compare(HHTDataFile file, int i)
{
  const HHTPlace place = {file->fd, file->path};
  const Written *w     = &file->written[i];
  ptrdiff_t      bad;

  PetscFunctionBeginUser;
  PetscCall(HHTRowsRead(&file->datasets[i].rows, &place, w->first, w->count, w->checksums, NULL, NULL, &bad));
  if (bad < 0) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': what is read back of row %td of %s is not what was written",
                               file->path, bad, file->datasets[i].name));
}

static PetscErrorCode sync_and_compare(HHTDataFile file)
{
  PetscFunctionBeginUser;
  PetscCall(HHTSync(file->fd, file->path));
  for (int i = STRUCTURE + 1; i < file->n; i++) PetscCall(compare(file, i));
  PetscFunctionReturn(0);
}

/* On rank 0, when all else is on disk: the checksum of the structure makes the file a complete one, the rename a known one. */
static PetscErrorCode seal(HHTDataFile file)
{
  const HHTRows *rows = &file->datasets[STRUCTURE].rows;

  PetscFunctionBeginUser;
  PetscCall(
      HHTWriteAt(file->fd, file->path, file->written[STRUCTURE].checksums, sizeof(uint32_t), rows->checksum_offset));
  PetscCall(HHTSync(file->fd, file->path));
  PetscCall(compare(file, STRUCTURE));
  PetscCall(HHTClose(&file->fd, file->path));
  PetscCall(HHTRename(file->aside, file->path));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataFileCommit(HHTDataFile file, double *bytes)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAgree(file->comm, HHTHDF5CloseWritten(file->path, &file->hdf5)));
  PetscCall(HHTAgree(file->comm, sync_and_compare(file)));
  PetscCall(HHTAgree(file->comm, file->rank ? HHTClose(&file->fd, file->path) : seal(file)));
  file->committed = PETSC_TRUE;
  if (bytes) *bytes = 0;
  for (int i = STRUCTURE + 1; bytes && i < file->n; i++)
    *bytes += (double)file->datasets[i].rows.n * (double)file->datasets[i].rows.size;
  PetscFunctionReturn(0);
}
