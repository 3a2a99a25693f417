#include "data_reader.h"
#include "hdf5_image.h"
#include "posix_file.h"
#include "structure_check.h"
#include <fcntl.h>
#include <hht/error.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GAP_BUFFER 65536

/* A dataset that has checksums, the same on all ranks. */
typedef struct {
  char    name[HHT_DATA_FILE_MAXNAME];
  HHTRows rows;
} Dataset;

struct HHTDataReader_s {
  MPI_Comm    comm; /* borrowed */
  PetscMPIInt rank, size;
  char        path[PETSC_MAX_PATH_LEN];
  HHTPlace    place;
  off_t       bytes; /* of the file */
  hid_t       hdf5;  /* on rank 0, negative elsewhere */
  int         n;
  Dataset     datasets[HHT_DATA_FILE_MAX];
};

static PetscErrorCode open_file(HHTDataReader r)
{
  struct stat status;

  PetscFunctionBeginUser;
  r->place.fd = open(r->path, O_RDONLY);
  if (r->place.fd < 0 || fstat(r->place.fd, &status)) PetscFunctionReturn(HHTPosixError("read", r->path));
  if (!S_ISREG(status.st_mode)) PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s' is not a regular file", r->path));
  r->bytes = status.st_size;
  PetscFunctionReturn(0);
}

static PetscErrorCode check_size(HHTDataReader r, const char *structure)
{
  const size_t size = HHTHDF5ImageFileSize(structure);

  if ((size_t)r->bytes == size) return 0;
  return HHTError(HHT_EXIT_IO, "'%s': the file is %s: it has %lld bytes and must have %zu", r->path,
                  (size_t)r->bytes < size ? "truncated" : "too long", (long long)r->bytes, size);
}

/* The first bytes of the file, and right behind them their checksum. */
static PetscErrorCode check_structure(HHTDataReader r, char structure[HHT_STRUCTURE_BYTES])
{
  const size_t present = (size_t)PetscMin(r->bytes, HHT_STRUCTURE_BYTES);
  uint32_t     checksum;

  PetscFunctionBeginUser;
  memset(structure, 0, HHT_STRUCTURE_BYTES);
  PetscCall(HHTReadAt(r->place.fd, r->path, structure, present, 0));
  if (!HHTHDF5ImageHasSignature(structure))
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s' is no HDF5 file: signature not found", r->path));
  if (r->bytes < HHT_STRUCTURE_BYTES + (off_t)sizeof(checksum))
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': no file of hht, or a truncated one", r->path));
  PetscCall(HHTReadAt(r->place.fd, r->path, &checksum, sizeof(checksum), HHT_STRUCTURE_BYTES));
  if (HHTRowChecksum(structure, HHT_STRUCTURE_BYTES) != checksum) {
    PetscFunctionReturn(HHTError(
        HHT_EXIT_IO, "'%s': no file of hht, or the structure of the file is corrupt: it fails its checksum", r->path));
  }
  PetscCall(check_size(r, structure));
  PetscCall(HHTStructureCheck(r->path, structure, r->bytes));
  PetscFunctionReturn(0);
}

static PetscErrorCode open_hdf5(HHTDataReader r)
{
  PetscErrorCode ierr;
  char          *structure;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(HHT_STRUCTURE_BYTES, &structure));
  ierr = check_structure(r, structure);
  PetscCall(PetscFree(structure));
  PetscCall(ierr);
  PetscCall(HHTHDF5OpenRead(r->path, &r->hdf5));
  PetscFunctionReturn(0);
}

static PetscBool inside(const HHTDataReader r, off_t offset, size_t size)
{
  return offset >= HHT_STRUCTURE_BYTES && (size_t)offset <= (size_t)r->bytes && size <= (size_t)(r->bytes - offset)
             ? PETSC_TRUE
             : PETSC_FALSE;
}

/* Where the rows of a dataset and of its checksums lie. */
static PetscErrorCode find_rows(HHTDataReader r, hid_t dataset, hid_t checksums, HHTRows *rows)
{
  const hsize_t bytes = H5Dget_storage_size(dataset), n = H5Dget_storage_size(checksums) / sizeof(uint32_t);

  PetscFunctionBeginUser;
  if (!n || !bytes || bytes % n)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': %llu checksums do not fit %llu bytes", r->path,
                                 (unsigned long long)n, (unsigned long long)bytes));
  *rows = (HHTRows){.n               = (ptrdiff_t)n,
                    .size            = (size_t)(bytes / n),
                    .offset          = (off_t)H5Dget_offset(dataset),
                    .checksum_offset = (off_t)H5Dget_offset(checksums)};
  if (inside(r, rows->offset, bytes) && inside(r, rows->checksum_offset, n * sizeof(uint32_t))) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': a dataset does not lie inside the file", r->path));
}

/* `name` is an absolute path; the dataset /checksums<name> exists. */
static PetscErrorCode add_dataset(HHTDataReader r, const char *name)
{
  Dataset *d = &r->datasets[r->n];
  char     sums_name[HHT_DATA_FILE_MAXNAME + sizeof(HHT_CHECKSUMS)];
  hid_t    dataset, checksums;

  PetscFunctionBeginUser;
  if (r->n == HHT_DATA_FILE_MAX || strlen(name) >= sizeof(d->name))
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': more datasets than a file of hht holds", r->path));
  PetscCall(PetscStrncpy(d->name, name, sizeof(d->name)));
  PetscCall(PetscSNPrintf(sums_name, sizeof(sums_name), "%s%s", HHT_CHECKSUMS, name));
  HHTCallHDF5(r->path, dataset = H5Dopen2(r->hdf5, name, H5P_DEFAULT));
  HHTCallHDF5(r->path, checksums = H5Dopen2(r->hdf5, sums_name, H5P_DEFAULT));
  PetscCall(find_rows(r, dataset, checksums, &d->rows));
  HHTCallHDF5(r->path, H5Dclose(checksums));
  HHTCallHDF5(r->path, H5Dclose(dataset));
  r->n++;
  PetscFunctionReturn(0);
}

typedef struct {
  HHTDataReader  reader;
  PetscErrorCode ierr;
} Visit;

/* HDF5 gives the path below /checksums, without the slash before it. */
static herr_t visit_checksums(hid_t group, const char *name, const H5O_info_t *info, void *ctx)
{
  Visit *visit = ctx;
  char   path[HHT_DATA_FILE_MAXNAME];

  (void)group;
  if (info->type != H5O_TYPE_DATASET || !strcmp(name, &HHT_STRUCTURE[1])) return 0;
  (void)PetscSNPrintf(path, sizeof(path), "/%s", name);
  visit->ierr = add_dataset(visit->reader, path);
  return visit->ierr ? -1 : 0;
}

static PetscErrorCode find_datasets(HHTDataReader r)
{
  Visit  visit = {.reader = r};
  herr_t status;

  PetscFunctionBeginUser;
  status = H5Ovisit_by_name(r->hdf5, HHT_CHECKSUMS, H5_INDEX_NAME, H5_ITER_INC, visit_checksums, &visit, H5P_DEFAULT);
  PetscCall(visit.ierr);
  HHTCallHDF5(r->path, status);
  PetscFunctionReturn(0);
}

static PetscErrorCode open_first(HHTDataReader r)
{
  PetscFunctionBeginUser;
  PetscCall(open_file(r));
  PetscCall(open_hdf5(r));
  PetscCall(find_datasets(r));
  PetscFunctionReturn(0);
}

static PetscErrorCode open_all(HHTDataReader r)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAgree(r->comm, r->rank ? 0 : open_first(r)));
  PetscCall(HHTAgree(r->comm, r->rank ? open_file(r) : 0));
  PetscCallMPI(MPI_Bcast(&r->n, 1, MPI_INT, 0, r->comm));
  PetscCallMPI(MPI_Bcast(r->datasets, (int)sizeof(r->datasets), MPI_BYTE, 0, r->comm));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataReaderOpen(MPI_Comm comm, const char *path, HHTDataReader *reader)
{
  HHTDataReader  r;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  r = calloc(1, sizeof(*r));
  PetscCheck(r, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a reader");
  *reader  = r;
  r->comm  = comm;
  r->hdf5  = -1;
  r->place = (HHTPlace){.fd = -1, .path = r->path};
  PetscCallMPI(MPI_Comm_rank(comm, &r->rank));
  PetscCallMPI(MPI_Comm_size(comm, &r->size));
  PetscCall(PetscStrncpy(r->path, path, sizeof(r->path)));
  ierr = open_all(r);
  if (ierr) PetscCall(HHTDataReaderClose(reader));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTDataReaderClose(HHTDataReader *reader)
{
  HHTDataReader r = *reader;

  PetscFunctionBeginUser;
  if (!r) PetscFunctionReturn(0);
  if (r->hdf5 >= 0) (void)H5Fclose(r->hdf5);
  if (r->place.fd >= 0) (void)close(r->place.fd);
  free(r);
  *reader = NULL;
  PetscFunctionReturn(0);
}

hid_t HHTDataReaderHDF5(HHTDataReader r) { return r->hdf5; }

static const Dataset *find(const HHTDataReader r, const char *name)
{
  for (int i = 0; i < r->n; i++) {
    if (!strcmp(r->datasets[i].name, name)) return &r->datasets[i];
  }
  return NULL;
}

const HHTRows *HHTDataReaderFind(HHTDataReader r, const char *name)
{
  const Dataset *d = find(r, name);

  return d ? &d->rows : NULL;
}

PetscErrorCode HHTDataReaderCheck(HHTDataReader r, const HHTRows *rows, ptrdiff_t *bad)
{
  PetscFunctionBeginUser;
  PetscCall(HHTRowsRead(rows, &r->place, 0, rows->n, NULL, NULL, NULL, bad));
  PetscFunctionReturn(0);
}

static PetscErrorCode corrupt(const HHTDataReader r, const Dataset *d, ptrdiff_t row)
{
  return HHTError(HHT_EXIT_IO, "'%s': the data of %s are corrupt, row %td fails its checksum", r->path, d->name, row);
}

static PetscErrorCode read_rows(HHTDataReader r, const Dataset *d, ptrdiff_t first, ptrdiff_t count, HHTDataTake take,
                                void *ctx)
{
  ptrdiff_t bad;

  PetscFunctionBeginUser;
  PetscCall(HHTRowsRead(&d->rows, &r->place, first, count, NULL, take, ctx, &bad));
  PetscFunctionReturn(bad < 0 ? 0 : corrupt(r, d, bad));
}

/* ---- what stands between the datasets: nothing ---- */

typedef struct {
  off_t begin, end;
} Range;

static int by_begin(const void *a, const void *b)
{
  const off_t first = ((const Range *)a)->begin, second = ((const Range *)b)->begin;

  return (first > second) - (first < second);
}

static PetscErrorCode check_gap(HHTDataReader r, off_t begin, off_t end)
{
  char buffer[GAP_BUFFER];

  PetscFunctionBeginUser;
  while (begin < end) {
    const size_t n = (size_t)PetscMin(end - begin, GAP_BUFFER);

    PetscCall(HHTReadAt(r->place.fd, r->path, buffer, n, begin));
    for (size_t i = 0; i < n; i++) {
      if (!buffer[i]) continue;
      PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the file is corrupt, byte %lld belongs to nothing and is not 0",
                                   r->path, (long long)begin + (long long)i));
    }
    begin += (off_t)n;
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataReaderCheckGaps(HHTDataReader r)
{
  Range ranges[2 * HHT_DATA_FILE_MAX + 2];
  int   n = 0;

  PetscFunctionBeginUser;
  ranges[n++] = (Range){0, HHT_STRUCTURE_BYTES + (off_t)sizeof(uint32_t)};
  for (int i = 0; i < r->n; i++) {
    const HHTRows *rows = &r->datasets[i].rows;

    ranges[n++] = (Range){rows->offset, rows->offset + (off_t)rows->size * rows->n};
    ranges[n++] = (Range){rows->checksum_offset, rows->checksum_offset + (off_t)sizeof(uint32_t) * rows->n};
  }
  ranges[n++] = (Range){r->bytes, r->bytes};
  qsort(ranges, (size_t)n, sizeof(ranges[0]), by_begin);
  for (int i = 1; i < n; i++) PetscCall(check_gap(r, ranges[i - 1].end, ranges[i].begin));
  PetscFunctionReturn(0);
}

/* This rank's share of every dataset; rank 0 looks between them too. */
static PetscErrorCode verify_share(HHTDataReader r)
{
  PetscFunctionBeginUser;
  for (int i = 0; i < r->n; i++) {
    const Dataset  *d     = &r->datasets[i];
    const ptrdiff_t first = d->rows.n * r->rank / r->size, end = d->rows.n * (r->rank + 1) / r->size;

    PetscCall(read_rows(r, d, first, end - first, NULL, NULL));
  }
  if (!r->rank) PetscCall(HHTDataReaderCheckGaps(r));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataReaderVerify(HHTDataReader r)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAgree(r->comm, verify_share(r)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDataReaderRead(HHTDataReader r, const char *name, ptrdiff_t n_rows, size_t size, ptrdiff_t first,
                                 ptrdiff_t count, HHTDataTake take, void *ctx)
{
  const Dataset *d = find(r, name);

  PetscFunctionBeginUser;
  if (!d || d->rows.n != n_rows || d->rows.size != size)
    PetscFunctionReturn(
        HHTError(HHT_EXIT_IO, "'%s': there is no %s of %td rows of %zu bytes", r->path, name, n_rows, size));
  PetscCall(HHTAgree(r->comm, read_rows(r, d, first, count, take, ctx)));
  PetscFunctionReturn(0);
}
