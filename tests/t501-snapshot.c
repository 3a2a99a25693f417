/*
  A snapshot for d = 1 read back by HDF5 alone: all axes increase, complex numbers are {r, i}, attributes place the
  grid. Of a state of f it holds f and f_hat, and nothing of alpha.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <hdf5.h>

#define NX 6
#define NV 10

static void read_doubles(hid_t file, const char *name, size_t n, double *values)
{
  const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT), type = H5Dget_type(dataset);

  TestCheck(H5Dget_storage_size(dataset) == n * sizeof(double), "%s has %llu bytes", name,
            (unsigned long long)H5Dget_storage_size(dataset));
  TestCheck(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0, "%s cannot be read", name);
  H5Tclose(type);
  H5Dclose(dataset);
}

static void read_attribute(hid_t file, const char *object, const char *name, double *values)
{
  const hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);

  TestCheck(H5Aread(attribute, H5T_NATIVE_DOUBLE, values) >= 0, "%s of %s cannot be read", name, object);
  H5Aclose(attribute);
}

static void check_fields(hid_t file)
{
  static const struct {
    const char *name;
    double      first, factor;
  } fields[] = {{"/data/8/density", 0, 1},
                {"/data/8/potential", 1000, 1},
                {"/data/8/current", 2000, 1},
                {"/data/8/force", 3000, -1},
                {"/data/8/meshes/force", 3000, -1}};
  double values[NX];

  for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
    read_doubles(file, fields[k].name, NX, values);
    for (int i = 0; i < NX; i++) TestClose(values[i], fields[k].factor * (fields[k].first + i), 0, fields[k].name);
  }
}

static void check_phase_space(hid_t file, const HHTGrid *g)
{
  double f[NX][NV];
  double alpha[NX][NV][2], alpha_hat[NX][NV][2];

  read_doubles(file, "/data/8/f", sizeof(f) / sizeof(double), f[0]);
  read_doubles(file, "/data/8/alpha", sizeof(alpha) / sizeof(double), alpha[0][0]);
  read_doubles(file, "/data/8/alpha_hat", sizeof(alpha_hat) / sizeof(double), alpha_hat[0][0]);
  for (int i = 0; i < NX; i++) {
    for (int j = 0; j < NV; j++) {
      const double         x = g->x_min[0] + i * g->dx[0];
      const double complex a = SourceFactor(0, x, (j - NV / 2) * g->dv[0]);
      const double complex b = SourceFactor(0, x, (j - NV / 2) * g->dxi[0]);

      TestClose(alpha[i][j][0], creal(a), 1e-15, "Re alpha");
      TestClose(alpha[i][j][1], cimag(a), 1e-15, "Im alpha");
      TestClose(alpha_hat[i][j][0], creal(b), 1e-15, "Re alpha_hat");
      TestClose(alpha_hat[i][j][1], cimag(b), 1e-15, "Im alpha_hat");
      TestClose(f[i][j], creal(a) * creal(a) + cimag(a) * cimag(a), 1e-15, "f");
    }
  }
}

static void check_attributes(hid_t file, const HHTGrid *g)
{
  double offset[2], spacing[2], time;

  read_attribute(file, "/data/8/alpha_hat", "gridGlobalOffset", offset);
  read_attribute(file, "/data/8/alpha_hat", "gridSpacing", spacing);
  read_attribute(file, "/data/8", "time", &time);
  TestClose(offset[0], g->x_min[0], 0, "first x");
  TestClose(offset[1], -NV / 2 * g->dxi[0], 0, "first xi");
  TestClose(spacing[0], g->dx[0], 0, "dx");
  TestClose(spacing[1], g->dxi[0], 0, "dxi");
  TestClose(time, 2, 0, "time");
}

/* The same numbers as a state of f: its real part is f. */
static void check_distribution(Source *s, HHTSnapshotInfo *info, const char *dir)
{
  static const char *const of_alpha[] = {"/data/9/alpha", "/data/9/alpha_hat", "/data/9/current"};
  double                   f[NX][NV], f_hat[NX][NV][2], bytes;

  s->source.unknown = HHT_DISTRIBUTION;
  info->step        = 9;
  TestCall(HHTSnapshotWriteSource(&s->source, info, NULL, &bytes));
  TestClose(bytes, 8. * (3 * NX + 3 * NX * NV), 0, "bytes");

  const hid_t file = H5Fopen(ScratchPath(dir, "snapshots/snapshot_0000000009.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);

  for (int i = 0; i < 3; i++)
    TestCheck(H5Lexists(file, of_alpha[i], H5P_DEFAULT) == 0, "there is %s of f", of_alpha[i]);
  read_doubles(file, "/data/9/f", sizeof(f) / sizeof(double), f[0]);
  read_doubles(file, "/data/9/f_hat", sizeof(f_hat) / sizeof(double), f_hat[0][0]);
  for (int i = 0; i < NX; i++) {
    for (int j = 0; j < NV; j++) {
      const double x = s->grid.x_min[0] + i * s->grid.dx[0];

      TestClose(f[i][j], creal(SourceFactor(0, x, (j - NV / 2) * s->grid.dv[0])), 1e-15, "f");
      TestClose(f_hat[i][j][1], cimag(SourceFactor(0, x, (j - NV / 2) * s->grid.dxi[0])), 1e-15, "Im f_hat");
    }
  }
  H5Fclose(file);
}

int main(int argc, char **argv)
{
  char            dir[SCRATCH_MAX];
  Source          s;
  HHTSnapshotInfo info;
  double          seconds, bytes;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  SourceCreate(MPI_COMM_WORLD, 1, NX, NV, &s);
  info = SourceInfo(dir, 8);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, &seconds, &bytes));
  TestClose(bytes, 8. * (4 * NX + 5 * NX * NV), 0, "bytes");
  TestCheck(ScratchCount(ScratchPath(dir, "snapshots")) == 1, "more than one file in snapshots/");

  /* Every rank reads for itself. */
  const hid_t file = H5Fopen(ScratchPath(dir, "snapshots/snapshot_0000000008.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);

  check_fields(file);
  check_phase_space(file, &s.grid);
  check_attributes(file, &s.grid);
  H5Fclose(file);
  check_distribution(&s, &info, dir);
  SourceDestroy(&s);
  ScratchDestroy(dir);
  return TestEnd();
}
