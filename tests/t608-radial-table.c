/* A radial table from text and from HDF5: all ranks get the numbers of the file, bit by bit, or one line of what is wrong. */
#include <hht/radial_table.h>

#include "initial_file.h"

#define POINTS 5

static const double points[POINTS][2] = {{0, 1}, {0.1, 0.9}, {0.25, -3e-7}, {1, 1.0 / 3}, {2.5e3, 0}};

static int rank;

static void write_text(const char *path, const char *text)
{
  if (!rank) {
    FILE *out = fopen(path, "w");

    TestCheck(out && fputs(text, out) >= 0 && !fclose(out), "cannot write %s", path);
  }
  MPI_Barrier(MPI_COMM_WORLD);
}

static void write_dataset(const char *path, int columns)
{
  const hsize_t sizes[] = {POINTS, (hsize_t)columns};

  if (!rank) {
    const hid_t file  = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(2, sizes, NULL);
    const hid_t data  = H5Dcreate2(file, "gamma", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    TestCheck(columns != 2 || H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, points) >= 0,
              "cannot write %s", path);
    H5Dclose(data);
    H5Sclose(space);
    H5Fclose(file);
  }
  MPI_Barrier(MPI_COMM_WORLD);
}

static void check_read(const char *path, const char *dataset)
{
  HHTRadialTable table;

  TestCall(HHTRadialTableRead(MPI_COMM_WORLD, path, dataset, &table));
  TestCheck(table.n == POINTS, "%d points", table.n);
  for (int i = 0; i < POINTS && i < table.n; i++)
    TestCheck(table.r[i] == points[i][0] && table.gamma[i] == points[i][1], "point %d: %.17g, %.17g", i, table.r[i],
              table.gamma[i]);
  TestCall(HHTRadialTableDestroy(&table));
  TestCall(HHTRadialTableDestroy(&table));
  TestRemove(path);
}

static void expect_error(const char *path, const char *dataset, const char *message)
{
  HHTRadialTable       table;
  const PetscErrorCode ierr = HHTRadialTableRead(MPI_COMM_WORLD, path, dataset, &table);

  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "%s: returned %d", message, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), message) != NULL, "%s: got '%s'", message, HHTErrorMessage());
  HHTErrorClear();
  TestRemove(path);
}

int main(int argc, char **argv)
{
  char path[64];

  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  TestPath("t608", path, sizeof path);

  write_text(path, "# r, Gamma\n0, 1\n 0.1 0.9 # blanks\n\n0.25,\t-3e-7\r\n1,0.33333333333333333\n2.5e3 , 0");
  check_read(path, "");
  write_dataset(path, 2);
  check_read(path, "gamma");

  expect_error("", "", "potential_file: it is missing; potential_type table needs the path");
  expect_error("/nowhere/at/all.csv", "", "potential_file: cannot open '/nowhere/at/all.csv': No such file");
  expect_error("/nowhere/at/all.h5", "gamma", "potential_file: cannot open '/nowhere/at/all.h5': No such file");
  expect_error("/", "", "potential_file: '/' is not a regular file");
  write_text(path, "r, Gamma\n0, 1\n");
  expect_error(path, "", "line 1 is not understood; it must be two numbers");
  write_text(path, "0, 1\n1\n");
  expect_error(path, "", "line 2 is not understood; it must be two numbers");
  write_text(path, "0, 1, 2\n");
  expect_error(path, "", "line 1 is not understood; it must be two numbers");
  write_text(path, "0, 1\n");
  expect_error(path, "gamma", "is not a readable HDF5 file");
  write_dataset(path, 2);
  expect_error(path, "delta", "has no dataset 'delta'");
  write_dataset(path, 3);
  expect_error(path, "gamma", "potential_dataset: 'gamma' has 5 x 3 numbers; it must have n x 2");
  return TestEnd();
}
