/* What the tests of data from a file share: writing a function on a grid as an HDF5 dataset, axes increasing. */
#ifndef HHT_TEST_INITIAL_FILE_H
#define HHT_TEST_INITIAL_FILE_H

#include <hdf5.h>
#include <string.h>

#include "initial.h"

typedef double complex (*TestFunction)(const double x[], const double v[]);

static inline hid_t TestComplexType(void)
{
  hid_t type = H5Tcreate(H5T_COMPOUND, 2 * sizeof(double));

  H5Tinsert(type, "r", 0, H5T_NATIVE_DOUBLE);
  H5Tinsert(type, "i", sizeof(double), H5T_NATIVE_DOUBLE);
  return type;
}

/* Rank 0 writes; all wait. type: of the file, TestComplexType() or a floating-point type (of the real part). */
static inline void TestWrite(const char *path, const char *name, const HHTGrid *g, hid_t type, TestFunction function)
{
  const hid_t     complex_type = TestComplexType();
  const int       is_complex   = H5Tget_class(type) == H5T_COMPOUND;
  double complex *values       = malloc((size_t)(g->n_rows * g->n_cols) * sizeof *values);
  double         *real         = (double *)values;
  hsize_t         sizes[2 * HHT_MAX_DIM];
  ptrdiff_t       i[HHT_MAX_DIM], s[HHT_MAX_DIM];
  double          x[HHT_MAX_DIM] = {0}, v[HHT_MAX_DIM] = {0};
  int             rank;

  for (ptrdiff_t n = 0; n < g->n_rows * g->n_cols; n++) {
    HHTUnflatten(n / g->n_cols, g->dim, g->nx, i);
    HHTUnflatten(n % g->n_cols, g->dim, g->nv, s);
    for (int j = 0; j < g->dim; j++) {
      x[j]              = HHTGridX(g, j, i[j]);
      v[j]              = -g->v_max[j] + (double)s[j] * g->dv[j];
      sizes[j]          = (hsize_t)g->nx[j];
      sizes[g->dim + j] = (hsize_t)g->nv[j];
    }
    if (is_complex)
      values[n] = function(x, v);
    else
      real[n] = creal(function(x, v));
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) {
    const hid_t file  = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(2 * g->dim, sizes, NULL);
    const hid_t data  = H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    TestCheck(H5Dwrite(data, is_complex ? complex_type : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0,
              "cannot write %s", path);
    H5Dclose(data);
    H5Sclose(space);
    H5Fclose(file);
  }
  H5Tclose(complex_type);
  free(values);
  MPI_Barrier(MPI_COMM_WORLD);
}

/* A name of this test and number of ranks, so that tests run at the same time do not share a file. */
static inline void TestPath(const char *test, char *path, size_t size)
{
  int ranks;

  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  (void)snprintf(path, size, "%s.np%d.h5", test, ranks);
}

static inline void TestRemove(const char *path)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Barrier(MPI_COMM_WORLD);
  if (!rank) (void)remove(path);
}

#endif
