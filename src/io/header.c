#include "header.h"
#include <hht/error.h>
#include <math.h>
#include <string.h>

static PetscErrorCode write_versions(const char *path, hid_t file)
{
  char     text[128];
  unsigned major, minor, release;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, H5get_libversion(&major, &minor, &release));
  PetscCall(PetscSNPrintf(text, sizeof(text), "HDF5 %u.%u.%u, PETSc %d.%d.%d", major, minor, release,
                          PETSC_VERSION_MAJOR, PETSC_VERSION_MINOR, PETSC_VERSION_SUBMINOR));
  PetscCall(HHTHDF5WriteString(path, file, "software", "hht"));
  PetscCall(HHTHDF5WriteString(path, file, "softwareVersion", HHT_VERSION));
  PetscCall(HHTHDF5WriteString(path, file, "softwareDependencies", text));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_grid(const char *path, hid_t file, const HHTGrid *g)
{
  const hsize_t d = (hsize_t)g->dim;
  int64_t       nx[HHT_MAX_DIM], nv[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) nx[j] = g->nx[j], nv[j] = g->nv[j];
  PetscCall(HHTHDF5WriteInt(path, file, "dim", g->dim));
  PetscCall(HHTHDF5WriteInts(path, file, "nx", d, nx));
  PetscCall(HHTHDF5WriteInts(path, file, "nv", d, nv));
  PetscCall(HHTHDF5WriteDoubles(path, file, "x_min", d, g->x_min));
  PetscCall(HHTHDF5WriteDoubles(path, file, "x_length", d, g->x_length));
  PetscCall(HHTHDF5WriteDoubles(path, file, "v_max", d, g->v_max));
  PetscFunctionReturn(0);
}

const char *HHTUnknownName(HHTUnknown unknown) { return unknown == HHT_AMPLITUDE ? "alpha" : "f"; }

PetscErrorCode HHTHeaderWrite(const char *path, hid_t file, const char *kind, HHTUnknown unknown, const HHTGrid *grid,
                              PetscInt step, double time, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(HHTHDF5WriteString(path, file, "kind", kind));
  PetscCall(HHTHDF5WriteString(path, file, "unknown", HHTUnknownName(unknown)));
  PetscCall(write_versions(path, file));
  PetscCall(HHTHDF5WriteInt(path, file, "step", step));
  PetscCall(HHTHDF5WriteDouble(path, file, "time", time));
  PetscCall(HHTHDF5WriteDouble(path, file, "dt", dt));
  PetscCall(write_grid(path, file, grid));
  PetscFunctionReturn(0);
}

/* One number for each dimension. */
static PetscErrorCode read_axis(const char *path, hid_t file, const char *name, int dim, double values[])
{
  int n;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadDoubles(path, file, name, HHT_MAX_DIM, values, &n));
  if (n == dim) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_IO, "'%s': the attribute %s has %d numbers; it must have %d", path, name, n, dim));
}

static PetscErrorCode read_points(const char *path, hid_t file, const char *name, int dim, ptrdiff_t n[])
{
  double points[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  PetscCall(read_axis(path, file, name, dim, points));
  for (int j = 0; j < dim; j++) {
    if (!(points[j] >= 1 && points[j] <= PETSC_MAX_INT))
      PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': %s = %g is no number of points", path, name, points[j]));
    n[j] = (ptrdiff_t)points[j];
  }
  PetscFunctionReturn(0);
}

/* What HHTGridSetUp() says of a grid that cannot be is about options; here it is the file that is wrong. */
static PetscErrorCode set_up_grid(const char *path, HHTGrid *grid)
{
  PetscErrorCode ierr = HHTGridSetUp(grid);

  if (!ierr) return 0;
  HHTErrorClear();
  return HHTError(HHT_EXIT_IO, "'%s': the grid of the file cannot be", path);
}

static PetscErrorCode read_grid(const char *path, hid_t file, HHTGrid *g)
{
  double dim;

  PetscFunctionBeginUser;
  *g = (HHTGrid){0};
  PetscCall(HHTHDF5ReadDoubles(path, file, "dim", 1, &dim, NULL));
  if (dim != 1 && dim != 2 && dim != 3)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': dim = %g is not allowed; it must be 1, 2 or 3", path, dim));
  g->dim = (int)dim;
  PetscCall(read_points(path, file, "nx", g->dim, g->nx));
  PetscCall(read_points(path, file, "nv", g->dim, g->nv));
  PetscCall(read_axis(path, file, "x_min", g->dim, g->x_min));
  PetscCall(read_axis(path, file, "x_length", g->dim, g->x_length));
  PetscCall(read_axis(path, file, "v_max", g->dim, g->v_max));
  PetscCall(set_up_grid(path, g));
  PetscFunctionReturn(0);
}

static PetscErrorCode read_time(const char *path, hid_t file, const char *name, double *value)
{
  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadDoubles(path, file, name, 1, value, NULL));
  if (isfinite(*value)) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': %s = %g is not allowed; it must be finite", path, name, *value));
}

static PetscErrorCode read_step(const char *path, hid_t file, PetscInt *step)
{
  double number;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadDoubles(path, file, "step", 1, &number, NULL));
  if (!(number >= 0 && number <= PETSC_MAX_INT))
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': step = %g is no number of a step", path, number));
  *step = (PetscInt)number;
  PetscFunctionReturn(0);
}

static PetscErrorCode read_unknown(const char *path, hid_t file, HHTUnknown *unknown)
{
  char name[HHT_HEADER_TEXT];

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadString(path, file, "unknown", sizeof(name), name));
  *unknown = strcmp(name, HHTUnknownName(HHT_DISTRIBUTION)) ? HHT_AMPLITUDE : HHT_DISTRIBUTION;
  if (!strcmp(name, HHTUnknownName(*unknown))) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': unknown = %.16s is not allowed; it must be alpha or f", path, name));
}

PetscErrorCode HHTHeaderRead(const char *path, hid_t file, HHTHeader *h)
{
  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadString(path, file, "kind", sizeof(h->kind), h->kind));
  PetscCall(HHTHDF5ReadString(path, file, "software", sizeof(h->software), h->software));
  PetscCall(HHTHDF5ReadString(path, file, "softwareVersion", sizeof(h->version), h->version));
  PetscCall(HHTHDF5ReadString(path, file, "softwareDependencies", sizeof(h->dependencies), h->dependencies));
  PetscCall(read_unknown(path, file, &h->unknown));
  PetscCall(read_step(path, file, &h->step));
  PetscCall(read_time(path, file, "time", &h->time));
  PetscCall(read_time(path, file, "dt", &h->dt));
  PetscCall(read_grid(path, file, &h->grid));
  PetscFunctionReturn(0);
}
