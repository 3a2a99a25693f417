/* Data from a file on the same grid come back bit by bit: real, complex and single precision, d = 1, 2, 3. */
#include "initial_file.h"

/* No structure that an exchange of axes or points would leave alone. */
static double complex function(const double x[], const double v[])
{
  return sin(x[0] + 2 * x[1] + 3 * x[2] + 0.1) + v[0] + 0.3 * v[1] * v[1] - I * cos(v[0] - 1.7 * v[2] + x[0]);
}

static void check_complex(const double x[], const double v[], double complex alpha)
{
  const double complex expected = function(x, v);

  TestCheck(alpha == expected, "got %.17g %+.17gi, expected %.17g %+.17gi", creal(alpha), cimag(alpha), creal(expected),
            cimag(expected));
}

static void check_real(const double x[], const double v[], double complex alpha)
{
  TestCheck(alpha == creal(function(x, v)), "got %.17g %+.17gi", creal(alpha), cimag(alpha));
}

static void check_single(const double x[], const double v[], double complex alpha)
{
  TestCheck(alpha == (double)(float)creal(function(x, v)), "got %.17g %+.17gi", creal(alpha), cimag(alpha));
}

int main(int argc, char **argv)
{
  HHTInitialParams params = {.type = "file", .mass = NAN, .dataset = "alpha"};
  HHTInitial       initial;
  double           mass;

  TestBegin(&argc, &argv);
  TestPath("t604", params.path, sizeof params.path);
  for (int dim = 1; dim <= 3; dim++) {
    const HHTGrid grid = TestGrid(dim, 4, 10);
    const hid_t   type = TestComplexType();
    TestWrite(params.path, params.dataset, &grid, type, function);
    TestInitial(&grid, &params, check_complex);
    MPI_Barrier(MPI_COMM_WORLD);
    TestWrite(params.path, params.dataset, &grid, H5T_IEEE_F64BE, function);
    TestInitial(&grid, &params, check_real);
    MPI_Barrier(MPI_COMM_WORLD);
    TestWrite(params.path, params.dataset, &grid, H5T_IEEE_F32LE, function);
    TestInitial(&grid, &params, check_single);
    TestCall(HHTInitialCreate(MPI_COMM_WORLD, &grid, &params, 0, 0, &initial));
    TestCall(HHTInitialMass(initial, &mass));
    TestCheck(isnan(mass), "a file without a given mass keeps its own, got %g", mass);
    TestCall(HHTInitialDestroy(&initial));
    H5Tclose(type);
    MPI_Barrier(MPI_COMM_WORLD);
  }
  TestRemove(params.path);
  return TestEnd();
}
