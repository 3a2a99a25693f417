/*
  openPMD 1.1.0 keeps meshes in a folder below /data/<step>/. The names that people use, /data/<step>/density, come
  first here; openPMD's readers find the same objects by hard links in /data/<step>/meshes.
*/
#include "snapshot_layout.h"
#include "header.h"
#include <stdio.h>
#include <string.h>

static PetscErrorCode write_openpmd(const char *path, hid_t file)
{
  PetscFunctionBeginUser;
  PetscCall(HHTHDF5WriteString(path, file, "openPMD", "1.1.0"));
  PetscCall(HHTHDF5WriteUInt32(path, file, "openPMDextension", 0));
  PetscCall(HHTHDF5WriteString(path, file, "basePath", "/data/%T/"));
  PetscCall(HHTHDF5WriteString(path, file, "meshesPath", "meshes/"));
  PetscCall(HHTHDF5WriteString(path, file, "iterationEncoding", "fileBased"));
  PetscCall(HHTHDF5WriteString(path, file, "iterationFormat", "snapshot_%010T.h5"));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_root(const char *path, hid_t file, const HHTSnapshotLayout *layout)
{
  const HHTSnapshotInfo *info = layout->info;

  PetscFunctionBeginUser;
  PetscCall(HHTHeaderWrite(path, file, "snapshot", layout->unknown, layout->grid, info->step, info->time, info->dt));
  PetscCall(write_openpmd(path, file));
  PetscFunctionReturn(0);
}

/* What openPMD asks of a mesh as a whole; everything is in the code's own units. */
static PetscErrorCode write_mesh(const char *path, hid_t loc, const HHTMesh *m)
{
  const double none[7] = {0};
  const char  *labels[HHT_MAX_DIM];
  double       spacing[HHT_MAX_DIM], offset[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (int i = 0; i < m->n_axes; i++) {
    labels[i]  = m->axes[i].label;
    spacing[i] = m->axes[i].spacing;
    offset[i]  = m->axes[i].offset;
  }
  PetscCall(HHTHDF5WriteString(path, loc, "geometry", "cartesian"));
  PetscCall(HHTHDF5WriteString(path, loc, "dataOrder", "C"));
  PetscCall(HHTHDF5WriteStrings(path, loc, "axisLabels", (hsize_t)m->n_axes, labels));
  PetscCall(HHTHDF5WriteDoubles(path, loc, "gridSpacing", (hsize_t)m->n_axes, spacing));
  PetscCall(HHTHDF5WriteDoubles(path, loc, "gridGlobalOffset", (hsize_t)m->n_axes, offset));
  PetscCall(HHTHDF5WriteDouble(path, loc, "gridUnitSI", 1));
  PetscCall(HHTHDF5WriteDoubles(path, loc, "unitDimension", 7, none));
  PetscCall(HHTHDF5WriteDouble(path, loc, "timeOffset", 0));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_component(const char *path, hid_t loc, const HHTMesh *m)
{
  const double position[HHT_MAX_DIM] = {0};

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5WriteDouble(path, loc, "unitSI", 1));
  PetscCall(HHTHDF5WriteDoubles(path, loc, "position", (hsize_t)m->n_axes, position));
  PetscFunctionReturn(0);
}

static PetscErrorCode add_dataset(HHTDataFile file, hid_t hdf5, const char *path, PetscInt step, const HHTMesh *m)
{
  char    name[HHT_DATA_FILE_MAXNAME];
  hsize_t shape[HHT_MAX_DIM];
  hid_t   complex_type;

  PetscFunctionBeginUser;
  for (int i = 0; i < m->n_axes; i++) shape[i] = (hsize_t)m->axes[i].n;
  PetscCall(HHTDataFileName(step, m->name, name));
  PetscCall(HHTHDF5NumbersType(path, HHT_COMPLEX, &complex_type));
  PetscCall(
      HHTDataFileAdd(file, hdf5, name, m->is_complex ? complex_type : H5T_NATIVE_DOUBLE, m->n_axes, shape, m->n_rows));
  HHTCallHDF5(path, H5Tclose(complex_type));
  PetscFunctionReturn(0);
}

/* The mesh itself, or the group of a vector, which its first component describes. */
static PetscErrorCode describe_record(const char *path, hid_t iteration, hid_t links, const HHTMesh *m)
{
  char  name[HHT_DATA_FILE_MAXNAME];
  hid_t record;

  PetscFunctionBeginUser;
  PetscCall(PetscStrncpy(name, m->name, sizeof(name)));
  name[strcspn(name, "/")] = 0;
  if (H5Lexists(links, name, H5P_DEFAULT) > 0) PetscFunctionReturn(0);
  HHTCallHDF5(path, H5Lcreate_hard(iteration, name, links, name, H5P_DEFAULT, H5P_DEFAULT));
  HHTCallHDF5(path, record = H5Oopen(iteration, name, H5P_DEFAULT));
  PetscCall(write_mesh(path, record, m));
  HHTCallHDF5(path, H5Oclose(record));
  PetscFunctionReturn(0);
}

static PetscErrorCode describe_component(const char *path, hid_t iteration, const HHTMesh *m)
{
  hid_t dataset;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, dataset = H5Oopen(iteration, m->name, H5P_DEFAULT));
  PetscCall(write_component(path, dataset, m));
  HHTCallHDF5(path, H5Oclose(dataset));
  PetscFunctionReturn(0);
}

static PetscErrorCode describe_iteration(const char *path, hid_t iteration, const HHTSnapshotLayout *layout)
{
  hid_t links;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5WriteDouble(path, iteration, "time", layout->info->time));
  PetscCall(HHTHDF5WriteDouble(path, iteration, "dt", layout->info->dt));
  PetscCall(HHTHDF5WriteDouble(path, iteration, "timeUnitSI", 1));
  HHTCallHDF5(path, links = H5Gopen2(iteration, "meshes", H5P_DEFAULT));
  for (int i = 0; i < layout->meshes->n; i++) {
    PetscCall(describe_record(path, iteration, links, &layout->meshes->mesh[i]));
    PetscCall(describe_component(path, iteration, &layout->meshes->mesh[i]));
  }
  HHTCallHDF5(path, H5Gclose(links));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSnapshotDefine(void *ctx, HHTDataFile file, hid_t hdf5, const char *path)
{
  const HHTSnapshotLayout *layout = ctx;
  char                     name[HHT_DATA_FILE_MAXNAME];
  hid_t                    iteration;

  PetscFunctionBeginUser;
  PetscCall(write_root(path, hdf5, layout));
  for (int i = 0; i < layout->meshes->n; i++) {
    PetscCall(add_dataset(file, hdf5, path, layout->info->step, &layout->meshes->mesh[i]));
  }
  PetscCall(HHTDataFileName(layout->info->step, "meshes/", name));
  PetscCall(HHTHDF5CreateGroups(path, hdf5, name));
  PetscCall(HHTDataFileName(layout->info->step, "", name));
  HHTCallHDF5(path, iteration = H5Gopen2(hdf5, name, H5P_DEFAULT));
  PetscCall(describe_iteration(path, iteration, layout));
  HHTCallHDF5(path, H5Gclose(iteration));
  PetscFunctionReturn(0);
}
