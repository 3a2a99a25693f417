/* Files that cannot be used: exit code 2 on every rank and one line that begins with the option's name. */
#include "initial_file.h"

static double complex function(const double x[], const double v[]) { return x[0] + I * v[0]; }

static double complex not_a_number(const double x[], const double v[]) { return x[0] > 2 && v[0] > 4 ? NAN : 1; }

static void write_text(const char *path)
{
  int rank;

  MPI_Barrier(MPI_COMM_WORLD);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) {
    FILE *file = fopen(path, "w");
    fputs("not HDF5\n", file);
    fclose(file);
  }
  MPI_Barrier(MPI_COMM_WORLD);
}

/* On the same grid rows are read one by one, so the error comes at the row, and only there. */
static void check_nan_in_row(const HHTGrid *grid, const HHTInitialParams *params)
{
  double complex alpha[12];
  HHTInitial     initial;
  PetscErrorCode ierr;

  TestCall(HHTInitialCreate(MPI_COMM_WORLD, grid, params, 0, grid->n_rows, &initial));
  TestCall(HHTInitialFillRow(initial, 6, alpha));
  ierr = HHTInitialFillRow(initial, 7, alpha);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "a row with NaN returned %d", (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "initial_dataset: 'alpha' of 't607") != NULL, "got '%s'", HHTErrorMessage());
  HHTErrorClear();
  TestCall(HHTInitialDestroy(&initial));
}

int main(int argc, char **argv)
{
  HHTInitialParams params = {.type = "file", .mass = NAN, .dataset = "alpha"}, other = params;

  TestBegin(&argc, &argv);
  const HHTGrid grid = TestGrid(1, 8, 12), grid2 = TestGrid(2, 4, 8), coarse = TestGrid(1, 6, 12);
  TestPath("t607", params.path, sizeof params.path);

  TestCall(PetscStrncpy(other.path, "/nowhere/at/all.h5", sizeof other.path));
  TestInitialError(&grid, &other, "initial_path: cannot open '/nowhere/at/all.h5': No such file or directory");
  write_text(params.path);
  TestInitialError(&grid, &params, "initial_path: 't607");
  MPI_Barrier(MPI_COMM_WORLD);

  TestWrite(params.path, "alpha", &grid, H5T_NATIVE_DOUBLE, function);
  TestInitialError(&grid2, &params, "initial_dataset: 'alpha' has 2 dimensions; it must have 4");
  other = params;
  TestCall(PetscStrncpy(other.dataset, "beta", sizeof other.dataset));
  TestInitialError(&grid, &other, "initial_dataset: 't607");
  other.dataset[0] = 0;
  TestInitialError(&grid, &other, "initial_dataset: it is missing; initial_type file needs the name");
  MPI_Barrier(MPI_COMM_WORLD);

  TestWrite(params.path, "alpha", &grid, H5T_NATIVE_INT, function);
  TestInitialError(&grid, &params, "initial_dataset: 'alpha' has a wrong type");
  MPI_Barrier(MPI_COMM_WORLD);

  TestWrite(params.path, "alpha", &grid, H5T_NATIVE_DOUBLE, not_a_number);
  TestInitialError(&coarse, &params, "initial_dataset: 'alpha' of 't607");
  check_nan_in_row(&grid, &params);
  TestRemove(params.path);
  return TestEnd();
}
