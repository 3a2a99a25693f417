/*
  d = 2: marginals of a product are its factor times the integral over the rest; slices pass through the middle of the
  box. Of alpha, and of f, whose values have both signs.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <hdf5.h>

#define NX 4
#define NV 8

static HHTUnknown unknown; /* of the snapshot that is checked */

/* A real part of a product is no product: where f is the state, its factors are real. */
static double density(int j, double x, double v)
{
  const double complex a = SourceFactor(j, x, v);

  return unknown == HHT_AMPLITUDE ? creal(a) * creal(a) + cimag(a) * cimag(a) : creal(a);
}

static PetscErrorCode real_row(void *grid, ptrdiff_t row, double complex *f)
{
  const HHTGrid *g = grid;
  ptrdiff_t      x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, x);
  for (ptrdiff_t column = 0; column < g->n_cols; column++) {
    HHTUnflatten(column, g->dim, g->nv, v);
    f[column] = 1;
    for (int j = 0; j < g->dim; j++) f[column] *= density(j, HHTGridX(g, j, x[j]), HHTGridV(g, j, v[j]));
  }
  return 0;
}

static double x_of(const HHTGrid *g, int j, int i) { return g->x_min[j] + i * g->dx[j]; }

static double v_of(const HHTGrid *g, int j, int i) { return (i - (int)g->nv[j] / 2) * g->dv[j]; }

static double integral(const HHTGrid *g, int j)
{
  double sum = 0;

  for (int i = 0; i < g->nx[j]; i++) {
    for (int k = 0; k < g->nv[j]; k++) sum += density(j, x_of(g, j, i), v_of(g, j, k)) * g->dx[j] * g->dv[j];
  }
  return sum;
}

/* The plane (x_j, v_j) holds f_j times `other`. */
static void check_plane(hid_t file, const char *name, const HHTGrid *g, int j, double other)
{
  double      values[(NX + 2) * (NV + 2)];
  const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);

  TestCheck(H5Dget_storage_size(dataset) == (hsize_t)(g->nx[j] * g->nv[j]) * sizeof(double), "%s has a wrong size",
            name);
  TestCheck(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0, "%s cannot be read", name);
  for (int i = 0; i < g->nx[j]; i++) {
    for (int k = 0; k < g->nv[j]; k++) {
      TestClose(values[i * g->nv[j] + k], other * density(j, x_of(g, j, i), v_of(g, j, k)),
                1e-13 * fmax(1, fabs(other)), name);
    }
  }
  H5Dclose(dataset);
}

static void check(const char *dir, Source *s)
{
  const HHTSnapshotInfo info = SourceInfo(dir, 0);
  const HHTGrid        *g    = &s->grid;

  TestCall(HHTSnapshotWriteSource(&s->source, &info, NULL, NULL));

  const hid_t file = H5Fopen(ScratchPath(dir, "snapshots/snapshot_0000000000.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);

  check_plane(file, "/data/0/marginal_x_vx", g, 0, integral(g, 1));
  check_plane(file, "/data/0/marginal_y_vy", g, 1, integral(g, 0));
  check_plane(file, "/data/0/slice_x_vx", g, 0, density(1, x_of(g, 1, (NX + 2) / 2), 0));
  check_plane(file, "/data/0/slice_y_vy", g, 1, density(0, x_of(g, 0, NX / 2), 0));
  TestCheck((H5Lexists(file, "/data/0/current", H5P_DEFAULT) > 0) == (unknown == HHT_AMPLITUDE), "current of f");
  if (unknown == HHT_AMPLITUDE)
    TestCheck(H5Lexists(file, "/data/0/current/y", H5P_DEFAULT) > 0, "no component y of the current");
  H5Fclose(file);
}

int main(int argc, char **argv)
{
  char   dir[SCRATCH_MAX];
  Source s;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  SourceCreate(MPI_COMM_WORLD, 2, NX, NV, &s);
  check(dir, &s);
  unknown = s.source.unknown = HHT_DISTRIBUTION;
  s.source.alpha             = real_row;
  check(dir, &s);
  SourceDestroy(&s);
  ScratchDestroy(dir);
  return TestEnd();
}
