/* `hht info`: what a snapshot or checkpoint holds, and whether its data are what was once written. Rank 0 reads. */
#include "data_file.h"
#include "hdf5_image.h"
#include "posix_file.h"
#include <errno.h>
#include <fcntl.h>
#include <hht/error.h>
#include <hht/grid.h>
#include <hht/log.h>
#include <hht/output.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX 8 /* of groups, so that a loop of links ends */
#define TEXT_MAX  256

typedef struct {
  MPI_Comm    comm;
  const char *path;
  hid_t       hdf5;
  int         fd;       /* the same file: data are read past HDF5 */
  int         datasets; /* seen */
  char        bad[HHT_DATA_FILE_MAXNAME];
  ptrdiff_t   bad_row; /* of the first dataset that fails its checksums */
} Description;

static PetscErrorCode print_header(Description *d)
{
  char   kind[TEXT_MAX], software[TEXT_MAX], version[TEXT_MAX], others[TEXT_MAX];
  double step, time, dt;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadString(d->path, d->hdf5, "kind", TEXT_MAX, kind));
  PetscCall(HHTHDF5ReadString(d->path, d->hdf5, "software", TEXT_MAX, software));
  PetscCall(HHTHDF5ReadString(d->path, d->hdf5, "softwareVersion", TEXT_MAX, version));
  PetscCall(HHTHDF5ReadString(d->path, d->hdf5, "softwareDependencies", TEXT_MAX, others));
  PetscCall(HHTHDF5ReadDoubles(d->path, d->hdf5, "step", 1, &step, NULL));
  PetscCall(HHTHDF5ReadDoubles(d->path, d->hdf5, "time", 1, &time, NULL));
  PetscCall(HHTHDF5ReadDoubles(d->path, d->hdf5, "dt", 1, &dt, NULL));
  PetscCall(HHTLog(d->comm, "%s: %s of %s %s (%s)\n", d->path, kind, software, version, others));
  PetscCall(HHTLog(d->comm, "  step %.0f, time %.15g, dt %.15g\n", step, time, dt));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_grid(Description *d)
{
  static const char *const names[] = {"dim", "nx", "nv", "x_min", "x_length", "v_max"};
  double                   values[HHT_MAX_DIM];
  int                      n;

  PetscFunctionBeginUser;
  PetscCall(HHTLog(d->comm, "  grid:"));
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    PetscCall(HHTHDF5ReadDoubles(d->path, d->hdf5, names[i], HHT_MAX_DIM, values, &n));
    PetscCall(HHTLog(d->comm, "%s %s", i ? "," : "", names[i]));
    for (int j = 0; j < n; j++) PetscCall(HHTLog(d->comm, " %.15g", values[j]));
  }
  PetscCall(HHTLog(d->comm, "\n"));
  PetscFunctionReturn(0);
}

/* "64 x 256" */
static PetscErrorCode shape_text(const char *path, hid_t dataset, char text[TEXT_MAX])
{
  hsize_t shape[H5S_MAX_RANK];
  hid_t   space;
  int     n, used = 0;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, space = H5Dget_space(dataset));
  HHTCallHDF5(path, n = H5Sget_simple_extent_dims(space, shape, NULL));
  text[0] = 0;
  for (int i = 0; i < n && used < TEXT_MAX - 32; i++) {
    used += snprintf(text + used, (size_t)(TEXT_MAX - used), "%s%llu", i ? " x " : "", (unsigned long long)shape[i]);
  }
  HHTCallHDF5(path, H5Sclose(space));
  PetscFunctionReturn(0);
}

static const char *type_text(hid_t dataset)
{
  const hid_t       type = H5Dget_type(dataset);
  const H5T_class_t kind = H5Tget_class(type);

  (void)H5Tclose(type);
  return kind == H5T_FLOAT ? "real" : kind == H5T_COMPOUND ? "complex" : kind == H5T_INTEGER ? "integer" : "other";
}

/* Where the rows of a dataset and of its checksums lie; n = 0 if they are not such as this program writes. */
static void find_rows(hid_t dataset, hid_t checksums, HHTRows *rows)
{
  const hsize_t bytes = H5Dget_storage_size(dataset), n = H5Dget_storage_size(checksums) / sizeof(uint32_t);
  const haddr_t data = H5Dget_offset(dataset), sums = H5Dget_offset(checksums);

  *rows = (HHTRows){0};
  if (!n || !bytes || bytes % n || data == HADDR_UNDEF || sums == HADDR_UNDEF) return;
  *rows = (HHTRows){(ptrdiff_t)n, (size_t)(bytes / n), (off_t)data, (off_t)sums};
}

static PetscErrorCode verify(Description *d, hid_t dataset, const char *name, const char **verdict)
{
  char      sums_name[HHT_DATA_FILE_MAXNAME + sizeof(HHT_CHECKSUMS)];
  HHTRows   rows;
  ptrdiff_t bad;
  hid_t     sums;

  PetscFunctionBeginUser;
  *verdict = "none";
  PetscCall(PetscSNPrintf(sums_name, sizeof(sums_name), "%s%s", HHT_CHECKSUMS, name));
  sums = H5Dopen2(d->hdf5, sums_name, H5P_DEFAULT);
  if (sums < 0) PetscFunctionReturn(0);
  find_rows(dataset, sums, &rows);
  HHTCallHDF5(d->path, H5Dclose(sums));
  if (!rows.n) PetscFunctionReturn(0);
  PetscCall(HHTRowsVerify(&rows, d->fd, d->path, 0, rows.n, NULL, &bad));
  *verdict = bad < 0 ? "OK" : "BAD";
  if (bad < 0 || d->bad[0]) PetscFunctionReturn(0);
  PetscCall(PetscStrncpy(d->bad, name, sizeof(d->bad)));
  d->bad_row = bad;
  PetscFunctionReturn(0);
}

static PetscErrorCode print_dataset(Description *d, hid_t dataset, const char *name)
{
  char        shape[TEXT_MAX];
  const char *verdict;

  PetscFunctionBeginUser;
  PetscCall(shape_text(d->path, dataset, shape));
  PetscCall(verify(d, dataset, name, &verdict));
  PetscCall(HHTLog(d->comm, "  %-32s %-8s %-20s %s\n", name, type_text(dataset), shape, verdict));
  d->datasets++;
  PetscFunctionReturn(0);
}

static PetscErrorCode print_group(Description *d, hid_t group, const char *name, int depth);

static PetscErrorCode print_member(Description *d, hid_t object, const char *name, int depth)
{
  PetscFunctionBeginUser;
  if (H5Iget_type(object) == H5I_DATASET) PetscCall(print_dataset(d, object, name));
  if (H5Iget_type(object) == H5I_GROUP && depth < DEPTH_MAX) PetscCall(print_group(d, object, name, depth + 1));
  PetscFunctionReturn(0);
}

/* openPMD's meshes are second names of the datasets beside them. */
static PetscErrorCode print_group(Description *d, hid_t group, const char *name, int depth)
{
  H5G_info_t info;

  PetscFunctionBeginUser;
  HHTCallHDF5(d->path, H5Gget_info(group, &info));
  for (hsize_t i = 0; i < info.nlinks; i++) {
    char  member[HHT_DATA_FILE_MAXNAME], path[HHT_DATA_FILE_MAXNAME];
    hid_t object;

    HHTCallHDF5(d->path,
                H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, member, sizeof(member), H5P_DEFAULT));
    if (!strcmp(member, "meshes")) continue;
    PetscCall(PetscSNPrintf(path, sizeof(path), "%s/%s", name, member));
    HHTCallHDF5(d->path, object = H5Oopen(group, member, H5P_DEFAULT));
    PetscCall(print_member(d, object, path, depth));
    HHTCallHDF5(d->path, H5Oclose(object));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode print_data(Description *d)
{
  hid_t data;

  PetscFunctionBeginUser;
  PetscCall(HHTLog(d->comm, "  %-32s %-8s %-20s %s\n", "dataset", "numbers", "shape", "checksum"));
  HHTCallHDF5(d->path, data = H5Gopen2(d->hdf5, "/data", H5P_DEFAULT));
  PetscCall(print_group(d, data, "/data", 0));
  HHTCallHDF5(d->path, H5Gclose(data));
  if (!d->datasets) PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': /data holds no dataset", d->path));
  if (!d->bad[0]) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the data of %s are corrupt, row %td fails its checksum", d->path,
                               d->bad, d->bad_row));
}

/* HDF5 notices that its structure is damaged only where it has checksums of its own. */
static PetscErrorCode verify_structure(Description *d)
{
  HHTRows   rows = {.n = 1, .size = HHT_STRUCTURE_BYTES};
  ptrdiff_t bad;
  hid_t     checksum;

  PetscFunctionBeginUser;
  checksum = H5Dopen2(d->hdf5, HHT_CHECKSUMS HHT_STRUCTURE, H5P_DEFAULT);
  if (checksum < 0) {
    PetscFunctionReturn(
        HHTError(HHT_EXIT_IO, "'%s': no file of hht, it has no dataset %s", d->path, HHT_CHECKSUMS HHT_STRUCTURE));
  }
  rows.checksum_offset = (off_t)H5Dget_offset(checksum);
  HHTCallHDF5(d->path, H5Dclose(checksum));
  PetscCall(HHTRowsVerify(&rows, d->fd, d->path, 0, 1, NULL, &bad));
  if (bad < 0) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_IO, "'%s': the structure of the file is corrupt, it fails its checksum", d->path));
}

static PetscErrorCode describe_open(Description *d)
{
  PetscFunctionBeginUser;
  PetscCall(verify_structure(d));
  PetscCall(print_header(d));
  PetscCall(print_grid(d));
  PetscCall(print_data(d));
  PetscFunctionReturn(0);
}

static PetscErrorCode describe(MPI_Comm comm, const char *path)
{
  Description    d = {.comm = comm, .path = path};
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  d.fd = open(path, O_RDONLY);
  if (d.fd < 0) PetscFunctionReturn(HHTPosixError("read", path));
  ierr = HHTHDF5OpenRead(path, &d.hdf5);
  if (!ierr) {
    ierr = describe_open(&d);
    (void)H5Fclose(d.hdf5);
  }
  (void)HHTClose(&d.fd, path);
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTFileDescribe(MPI_Comm comm, const char *path)
{
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank) ierr = describe(comm, path);
  PetscCall(HHTAgree(comm, ierr));
  PetscFunctionReturn(0);
}
