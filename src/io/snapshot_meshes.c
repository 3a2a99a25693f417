#include "snapshot_meshes.h"
#include "snapshot_planes.h"
#include <string.h>

static const char *const axis_names[HHT_MAX_DIM]          = {"x", "y", "z"};
static const char *const velocity_axis_names[HHT_MAX_DIM] = {"vx", "vy", "vz"};

static HHTAxis position_axis(const HHTGrid *g, int j)
{
  return (HHTAxis){axis_names[j], g->nx[j], g->dx[j], g->x_min[j]};
}

static HHTAxis velocity_axis(const HHTGrid *g, int j, const char *label)
{
  return (HHTAxis){label, g->nv[j], g->dv[j], -(double)(g->nv[j] / 2) * g->dv[j]};
}

static HHTAxis dual_axis(const HHTGrid *g)
{
  return (HHTAxis){"xi", g->nv[0], g->dxi[0], -(double)(g->nv[0] / 2) * g->dxi[0]};
}

static ptrdiff_t row_length(const HHTMesh *m)
{
  ptrdiff_t n = 1;

  for (int i = 0; i < m->n_axes; i++) n *= m->axes[i].n;
  return n / m->n_rows;
}

/* Row of a mesh that every rank holds. */
static PetscErrorCode row_of_values(void *mesh, ptrdiff_t row, void *values)
{
  const HHTMesh  *m    = mesh;
  const ptrdiff_t n    = row_length(m);
  const double   *from = m->values + row * n;
  double         *to   = values;

  for (ptrdiff_t i = 0; i < n; i++) to[i] = m->factor * from[i];
  return 0;
}

/* From FFT order to increasing order. */
static void unroll(ptrdiff_t n, const double complex from[], double complex to[])
{
  const ptrdiff_t negative = n / 2;

  memcpy(to, from + n - negative, (size_t)negative * sizeof(*to));
  memcpy(to + negative, from, (size_t)(n - negative) * sizeof(*to));
}

static PetscErrorCode row_of_alpha(void *mesh, ptrdiff_t row, void *values)
{
  HHTMesh *m = mesh;

  PetscFunctionBeginUser;
  PetscCall(m->source->alpha(m->source->ctx, row, m->amplitudes));
  unroll(row_length(m), m->amplitudes, values);
  PetscFunctionReturn(0);
}

static PetscErrorCode row_of_alpha_hat(void *mesh, ptrdiff_t row, void *values)
{
  HHTMesh *m = mesh;

  PetscFunctionBeginUser;
  PetscCall(m->source->alpha_hat(m->source->ctx, row, m->amplitudes));
  unroll(row_length(m), m->amplitudes, values);
  PetscFunctionReturn(0);
}

static PetscErrorCode row_of_f(void *mesh, ptrdiff_t row, void *values)
{
  HHTMesh *m  = mesh;
  double  *to = values;

  PetscFunctionBeginUser;
  PetscCall(m->source->alpha(m->source->ctx, row, m->amplitudes));
  for (ptrdiff_t i = 0, n = row_length(m); i < n; i++)
    to[i] = HHTSourceDensity(m->source, m->amplitudes[HHTSigned(i, n) < 0 ? i - n / 2 : i + n / 2]);
  PetscFunctionReturn(0);
}

/* A mesh that every rank holds whole; they share its writing evenly. */
static PetscErrorCode add_values(HHTMeshes *meshes, const HHTSnapshotSource *source, const char *name, int n_axes,
                                 const HHTAxis axes[], const double *values, double factor)
{
  HHTMesh    *m = &meshes->mesh[meshes->n++];
  PetscMPIInt rank, size;

  PetscFunctionBeginUser;
  *m = (HHTMesh){.source = source, .n_axes = n_axes, .row = row_of_values, .values = values, .factor = factor};
  PetscCall(PetscStrncpy(m->name, name, sizeof(m->name)));
  for (int i = 0; i < n_axes; i++) m->axes[i] = axes[i];
  PetscCallMPI(MPI_Comm_rank(source->comm, &rank));
  PetscCallMPI(MPI_Comm_size(source->comm, &size));
  m->n_rows = n_axes > 1 ? axes[0].n : 1;
  m->first  = m->n_rows * rank / size;
  m->count  = m->n_rows * (rank + 1) / size - m->first;
  PetscFunctionReturn(0);
}

/* d = 1: a mesh whose rows are the state's. */
static PetscErrorCode add_rows(HHTMeshes *meshes, const HHTSnapshotSource *source, const char *name, HHTAxis axis,
                               PetscBool is_complex, HHTDataRow row)
{
  HHTMesh *m = &meshes->mesh[meshes->n++];

  PetscFunctionBeginUser;
  *m = (HHTMesh){.source = source, .is_complex = is_complex, .n_axes = 2, .row = row, .amplitudes = meshes->amplitudes};
  PetscCall(PetscStrncpy(m->name, name, sizeof(m->name)));
  m->axes[0] = position_axis(source->grid, 0);
  m->axes[1] = axis;
  m->n_rows  = source->grid->n_rows;
  m->first   = source->first;
  m->count   = source->count;
  PetscFunctionReturn(0);
}

/* In openPMD a vector is a group of its components; for d = 1 the one component stands for it. */
static PetscErrorCode add_vector(HHTMeshes *meshes, const HHTSnapshotSource *source, const char *name,
                                 const HHTAxis axes[], const double *values, double factor)
{
  const HHTGrid *g = source->grid;
  char           component[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    PetscCall(PetscSNPrintf(component, sizeof(component), g->dim > 1 ? "%s/%s" : "%s", name, axis_names[j]));
    PetscCall(add_values(meshes, source, component, g->dim, axes, values + j * g->n_rows, factor));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode add_fields(HHTMeshes *meshes, const HHTSnapshotSource *source)
{
  const HHTGrid   *g = source->grid;
  const HHTFields *f = &source->fields;
  HHTAxis          axes[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) axes[j] = position_axis(g, j);
  PetscCall(add_values(meshes, source, "density", g->dim, axes, f->rho, 1));
  PetscCall(add_values(meshes, source, "potential", g->dim, axes, f->phi, 1));
  if (source->unknown == HHT_AMPLITUDE) PetscCall(add_vector(meshes, source, "current", axes, f->J, 1));
  PetscCall(add_vector(meshes, source, "force", axes, f->grad_phi, -1));
  PetscFunctionReturn(0);
}

static PetscErrorCode add_phase_space(HHTMeshes *meshes, const HHTSnapshotSource *source)
{
  const HHTAxis v = velocity_axis(source->grid, 0, "v"), xi = dual_axis(source->grid);

  PetscFunctionBeginUser;
  PetscCall(add_rows(meshes, source, "f", v, PETSC_FALSE, row_of_f));
  if (source->unknown == HHT_AMPLITUDE) {
    PetscCall(add_rows(meshes, source, "alpha", v, PETSC_TRUE, row_of_alpha));
    PetscCall(add_rows(meshes, source, "alpha_hat", xi, PETSC_TRUE, row_of_alpha_hat));
  } else {
    PetscCall(add_rows(meshes, source, "f_hat", xi, PETSC_TRUE, row_of_alpha_hat));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode add_planes(HHTMeshes *meshes, const HHTSnapshotSource *source, const char *kind,
                                 const double *values)
{
  const HHTGrid *g = source->grid;
  char           name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    const HHTAxis axes[2] = {position_axis(g, j), velocity_axis(g, j, velocity_axis_names[j])};

    PetscCall(PetscSNPrintf(name, sizeof(name), "%s_%s_%s", kind, axes[0].label, axes[1].label));
    PetscCall(add_values(meshes, source, name, 2, axes, values, 1));
    values += g->nx[j] * g->nv[j];
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode add_all_planes(HHTMeshes *meshes, const HHTSnapshotSource *source)
{
  const ptrdiff_t n = HHTPlanesSize(source->grid);

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)(2 * n), &meshes->planes));
  PetscCall(HHTPlanesMarginals(source, meshes->amplitudes, meshes->planes));
  PetscCall(HHTPlanesSlices(source, meshes->amplitudes, meshes->planes + n));
  PetscCall(add_planes(meshes, source, "marginal", meshes->planes));
  PetscCall(add_planes(meshes, source, "slice", meshes->planes + n));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeshesCreate(const HHTSnapshotSource *source, HHTMeshes *meshes)
{
  PetscFunctionBeginUser;
  PetscCall(PetscMemzero(meshes, sizeof(*meshes)));
  PetscCall(PetscMalloc1(source->grid->n_cols, &meshes->amplitudes));
  PetscCall(add_fields(meshes, source));
  if (source->grid->dim == 1)
    PetscCall(add_phase_space(meshes, source));
  else
    PetscCall(add_all_planes(meshes, source));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeshesDestroy(HHTMeshes *meshes)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(meshes->amplitudes));
  PetscCall(PetscFree(meshes->planes));
  PetscFunctionReturn(0);
}
