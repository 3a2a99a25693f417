/*
  d = 2: marginals of a product are its factor times the integral over the rest; slices pass through the middle of the
  box.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <hdf5.h>

#define NX 4
#define NV 8

static double density(int j, double x, double v)
{
  const double complex a = SourceFactor(j, x, v);

  return creal(a) * creal(a) + cimag(a) * cimag(a);
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
      TestClose(values[i * g->nv[j] + k], other * density(j, x_of(g, j, i), v_of(g, j, k)), 1e-13 * other, name);
    }
  }
  H5Dclose(dataset);
}

int main(int argc, char **argv)
{
  char            dir[SCRATCH_MAX];
  Source          s;
  HHTSnapshotInfo info;
  const HHTGrid  *g = &s.grid;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  SourceCreate(MPI_COMM_WORLD, 2, NX, NV, &s);
  info = SourceInfo(dir, 0);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));

  const hid_t file = H5Fopen(ScratchPath(dir, "snapshots/snapshot_0000000000.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);

  check_plane(file, "/data/0/marginal_x_vx", g, 0, integral(g, 1));
  check_plane(file, "/data/0/marginal_y_vy", g, 1, integral(g, 0));
  check_plane(file, "/data/0/slice_x_vx", g, 0, density(1, x_of(g, 1, (NX + 2) / 2), 0));
  check_plane(file, "/data/0/slice_y_vy", g, 1, density(0, x_of(g, 0, NX / 2), 0));
  TestCheck(H5Lexists(file, "/data/0/current/y", H5P_DEFAULT) > 0, "no component y of the current");
  H5Fclose(file);
  SourceDestroy(&s);
  ScratchDestroy(dir);
  return TestEnd();
}
