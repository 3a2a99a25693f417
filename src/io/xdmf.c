/*
  XDMF's meshes list the slowest axis first, as C does, and ParaView's X is the last axis of a dataset: f shows v to
  the right and x upwards. XDMF has no 1-d mesh with a spacing, so a line is a 2-d mesh of one row.
*/
#include "xdmf.h"
#include "hdf5_calls.h"
#include "posix_file.h"
#include <dirent.h>
#include <errno.h>
#include <hht/error.h>
#include <hht/output.h>
#include <hht/watchdog.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *name;
  const char *datasets[3]; /* on this mesh, ended by NULL */
  int         n_axes;      /* 2 or 3 */
  ptrdiff_t   n[HHT_MAX_DIM];
  double      origin[HHT_MAX_DIM], spacing[HHT_MAX_DIM];
} Mesh;

static void print_sizes(FILE *out, const Mesh *m)
{
  for (int i = 0; i < m->n_axes; i++) fprintf(out, "%s%td", i ? " " : "", m->n[i]);
}

static void print_numbers(FILE *out, const Mesh *m, const double values[])
{
  fprintf(out, "<DataItem Dimensions=\"%d\" Precision=\"8\">", m->n_axes);
  for (int i = 0; i < m->n_axes; i++) fprintf(out, "%s%.17g", i ? " " : "", values[i]);
  fprintf(out, "</DataItem>\n");
}

static void print_dataset(FILE *out, const Mesh *m, const char *name, const char *file, long long step)
{
  fprintf(out, "<Attribute Name=\"%s\" AttributeType=\"Scalar\" Center=\"Node\">\n<DataItem Dimensions=\"", name);
  print_sizes(out, m);
  fprintf(out, "\" NumberType=\"Float\" Precision=\"8\" Format=\"HDF\">");
  fprintf(out, "%s/%s:/data/%lld/%s</DataItem>\n</Attribute>\n", HHT_SNAPSHOT_FOLDER, file, step, name);
}

static void print_mesh(FILE *out, const Mesh *m, const char *file, long long step)
{
  fprintf(out, "<Grid Name=\"%s\" GridType=\"Uniform\">\n<Topology TopologyType=\"%dDCoRectMesh\" Dimensions=\"",
          m->name, m->n_axes);
  print_sizes(out, m);
  fprintf(out, "\"/>\n<Geometry GeometryType=\"ORIGIN_%s\">\n", m->n_axes == 2 ? "DXDY" : "DXDYDZ");
  print_numbers(out, m, m->origin);
  print_numbers(out, m, m->spacing);
  fprintf(out, "</Geometry>\n");
  for (int i = 0; m->datasets[i]; i++) print_dataset(out, m, m->datasets[i], file, step);
  fprintf(out, "</Grid>\n");
}

static Mesh position_mesh(const HHTGrid *g)
{
  Mesh      m    = {.name = "positions", .datasets = {"density", "potential"}, .n_axes = g->dim > 1 ? g->dim : 2};
  const int skip = m.n_axes - g->dim;

  for (int i = 0; i < m.n_axes; i++) {
    m.n[i]       = i < skip ? 1 : g->nx[i - skip];
    m.origin[i]  = i < skip ? 0 : g->x_min[i - skip];
    m.spacing[i] = i < skip ? 1 : g->dx[i - skip];
  }
  return m;
}

static Mesh phase_space_mesh(const HHTGrid *g)
{
  return (Mesh){.name     = "phase space",
                .datasets = {"f"},
                .n_axes   = 2,
                .n        = {g->nx[0], g->nv[0]},
                .origin   = {g->x_min[0], -(double)(g->nv[0] / 2) * g->dv[0]},
                .spacing  = {g->dx[0], g->dv[0]}};
}

static void print_snapshot(FILE *out, const HHTGrid *g, const char *file, long long step, double time)
{
  const Mesh positions = position_mesh(g), phase_space = phase_space_mesh(g);

  fprintf(out,
          "<Grid Name=\"step %lld\" GridType=\"Collection\" CollectionType=\"Spatial\">\n<Time Value=\"%.17g\"/>\n",
          step, time);
  print_mesh(out, &positions, file, step);
  if (g->dim == 1) print_mesh(out, &phase_space, file, step);
  fprintf(out, "</Grid>\n");
}

static int is_snapshot(const struct dirent *entry)
{
  const char  *name   = entry->d_name;
  const size_t length = strlen(name);

  return !strncmp(name, "snapshot_", 9) && length > 12 && !strcmp(name + length - 3, ".h5");
}

static PetscErrorCode read_step_and_time(const char *path, double *step, double *time)
{
  PetscErrorCode ierr;
  hid_t          file;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5OpenRead(path, &file));
  ierr = HHTHDF5ReadDoubles(path, file, "step", 1, step, NULL);
  if (!ierr) ierr = HHTHDF5ReadDoubles(path, file, "time", 1, time, NULL);
  (void)H5Fclose(file);
  PetscFunctionReturn(ierr);
}

/* A file that cannot be read is left out: it is not the one just written, and no reason to end a run. */
static PetscErrorCode print_file(FILE *out, const HHTGrid *g, const char *folder, const char *file)
{
  char   path[PETSC_MAX_PATH_LEN];
  double step, time;

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(folder, file, path));
  if (read_step_and_time(path, &step, &time))
    HHTErrorClear();
  else
    print_snapshot(out, g, file, (long long)step, time);
  PetscFunctionReturn(0);
}

static PetscErrorCode print_files(FILE *out, const HHTGrid *g, const char *folder)
{
  struct dirent **entries;
  const int       n    = scandir(folder, &entries, is_snapshot, alphasort);
  PetscErrorCode  ierr = 0;

  PetscFunctionBeginUser;
  if (n < 0) PetscFunctionReturn(HHTPosixError("read the folder", folder));
  fprintf(out, "<?xml version=\"1.0\"?>\n<Xdmf Version=\"2.0\">\n<Domain>\n"
               "<Grid Name=\"snapshots\" GridType=\"Collection\" CollectionType=\"Temporal\">\n");
  for (int i = 0; i < n; i++) {
    if (!ierr) ierr = print_file(out, g, folder, entries[i]->d_name);
    free(entries[i]);
  }
  fprintf(out, "</Grid>\n</Domain>\n</Xdmf>\n");
  free(entries);
  PetscFunctionReturn(ierr);
}

static PetscErrorCode make_text(const HHTGrid *g, const char *dir, char **text)
{
  char           folder[PETSC_MAX_PATH_LEN];
  size_t         length;
  FILE          *out;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(dir, HHT_SNAPSHOT_FOLDER, folder));
  out = open_memstream(text, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "open_memstream: %s", strerror(errno));
  ierr = print_files(out, g, folder);
  PetscCheck(!fclose(out), PETSC_COMM_SELF, PETSC_ERR_MEM, "open_memstream: %s", strerror(errno));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTXDMFWrite(MPI_Comm comm, const char *dir, const HHTGrid *grid)
{
  char           path[PETSC_MAX_PATH_LEN], *text = NULL;
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTPathJoin(dir, "snapshots.xdmf", path));
  PetscCall(HHTWatchdogStart(comm, path));
  if (!rank) ierr = make_text(grid, dir, &text);
  ierr = HHTAgree(comm, ierr);
  PetscCall(HHTWatchdogStop());
  if (!ierr) ierr = HHTWriteText(comm, path, text);
  free(text);
  PetscFunctionReturn(ierr);
}
