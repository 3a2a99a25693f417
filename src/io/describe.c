/* `hht info`: what a snapshot or checkpoint holds, and whether its data are what was once written. Rank 0 reads. */
#include "data_reader.h"
#include "header.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/output.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX   8   /* of groups, so that a loop of links ends .. */
#define OBJECTS_MAX 256 /* .. and soon */
#define TEXT_MAX    256

typedef struct {
  MPI_Comm      comm;
  const char   *path;
  HHTDataReader reader;
  hid_t         hdf5;
  int           objects, datasets; /* seen */
  char          bad[HHT_DATA_FILE_MAXNAME];
  ptrdiff_t     bad_row; /* of the first dataset that fails its checksums */
} Description;

static PetscErrorCode print_points(Description *d, const char *name, int dim, const ptrdiff_t n[])
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(d->comm, ", %s", name));
  for (int j = 0; j < dim; j++) PetscCall(HHTLog(d->comm, " %td", n[j]));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_axis(Description *d, const char *name, int dim, const double values[])
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(d->comm, ", %s", name));
  for (int j = 0; j < dim; j++) PetscCall(HHTLog(d->comm, " %.15g", values[j]));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_header(Description *d)
{
  HHTHeader      h;
  const HHTGrid *g = &h.grid;

  PetscFunctionBeginUser;
  PetscCall(HHTHeaderRead(d->path, d->hdf5, &h));
  PetscCall(HHTLog(d->comm, "%s: %s of %s by %s %s (%s)\n", d->path, h.kind, HHTUnknownName(h.unknown), h.software,
                   h.version, h.dependencies));
  PetscCall(HHTLog(d->comm, "  step %" PetscInt_FMT ", time %.15g, dt %.15g\n", h.step, h.time, h.dt));
  PetscCall(HHTLog(d->comm, "  grid: dim %d", g->dim));
  PetscCall(print_points(d, "nx", g->dim, g->nx));
  PetscCall(print_points(d, "nv", g->dim, g->nv));
  PetscCall(print_axis(d, "x_min", g->dim, g->x_min));
  PetscCall(print_axis(d, "x_length", g->dim, g->x_length));
  PetscCall(print_axis(d, "v_max", g->dim, g->v_max));
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

static PetscErrorCode verify(Description *d, const char *name, const char **verdict)
{
  const HHTRows *rows = HHTDataReaderFind(d->reader, name);
  ptrdiff_t      bad;

  PetscFunctionBeginUser;
  *verdict = "none";
  if (!rows) PetscFunctionReturn(0);
  PetscCall(HHTDataReaderCheck(d->reader, rows, &bad));
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
  PetscCall(verify(d, name, &verdict));
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

/* openPMD's meshes are second names of the datasets beside them; checksums are told with what they are of. */
static PetscBool is_hidden(const char *member, int depth)
{
  return !strcmp(member, "meshes") || (!depth && !strcmp(member, &HHT_CHECKSUMS[1])) ? PETSC_TRUE : PETSC_FALSE;
}

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
    if (is_hidden(member, depth)) continue;
    if (d->objects++ == OBJECTS_MAX)
      PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': more objects than a file of hht holds", d->path));
    PetscCall(PetscSNPrintf(path, sizeof(path), "%s/%s", name, member));
    HHTCallHDF5(d->path, object = H5Oopen(group, member, H5P_DEFAULT));
    PetscCall(print_member(d, object, path, depth));
    HHTCallHDF5(d->path, H5Oclose(object));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode print_data(Description *d)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(d->comm, "  %-32s %-8s %-20s %s\n", "dataset", "numbers", "shape", "checksum"));
  PetscCall(print_group(d, d->hdf5, "", 0));
  if (!d->datasets) PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s' holds no dataset", d->path));
  if (!d->bad[0]) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the data of %s are corrupt, row %td fails its checksum", d->path,
                               d->bad, d->bad_row));
}

static PetscErrorCode describe(MPI_Comm comm, const char *path, HHTDataReader reader)
{
  Description d = {.comm = comm, .path = path, .reader = reader, .hdf5 = HHTDataReaderHDF5(reader)};

  PetscFunctionBeginUser;
  PetscCall(print_header(&d));
  PetscCall(print_data(&d));
  PetscCall(HHTDataReaderCheckGaps(reader));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFileDescribe(MPI_Comm comm, const char *path)
{
  HHTDataReader  reader;
  PetscMPIInt    rank;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTDataReaderOpen(comm, path, &reader));
  ierr = HHTAgree(comm, rank ? 0 : describe(comm, path, reader));
  PetscCall(HHTDataReaderClose(&reader));
  PetscFunctionReturn(ierr);
}
