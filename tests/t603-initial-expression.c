/*
  Formulas for f, alpha and the phase, in every coordinate of d = 1 and 3; and a value that is not allowed, on one
  rank alone.
*/
#include <string.h>

#include "initial.h"

static void check_f(const double x[], const double v[], double complex alpha)
{
  TestClose(creal(alpha), sqrt(exp(-v[0] * v[0]) * (2 + cos(PETSC_PI * x[0] / 2))), 1e-15, "sqrt(f)");
  TestCheck(cimag(alpha) == 0, "imaginary part %g", cimag(alpha));
}

static void check_alpha(const double x[], const double v[], double complex alpha)
{
  const double         modulus  = x[0] + 2 * x[1] + 3 * x[2];
  const double complex expected = modulus * cexp(I * (v[0] - 2 * v[1] + 4 * v[2]));

  TestClose(creal(alpha), creal(expected), 1e-13, "real part");
  TestClose(cimag(alpha), cimag(expected), 1e-13, "imaginary part");
}

/* f < 0 in the last row only, so on one rank only. */
static void check_negative(void)
{
  const HHTGrid    grid   = TestGrid(1, 8, 12);
  HHTInitialParams params = {.type = "expression", .mass = 1, .f = "2.25 - x"};
  PetscErrorCode   ierr   = 0;
  HHTInitial       initial;
  ptrdiff_t        first, count;
  double complex   alpha[12];

  TestRows(grid.n_rows, &first, &count);
  TestCall(HHTInitialCreate(MPI_COMM_WORLD, &grid, &params, first, count, &initial));
  for (ptrdiff_t row = first; row < first + count && !ierr; row++) {
    ierr = HHTInitialFillRow(initial, row, alpha);
    TestCheck(!ierr == (row < 7), "row %td returned %d", row, (int)ierr);
  }
  ierr = HHTAgree(MPI_COMM_WORLD, ierr);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "returned %d", (int)ierr);
  TestCheck(!strcmp(HHTErrorMessage(), "initial_f: the formula gives -0.25 at x = 2.5, vx = 0, v = 0; it must be >= 0"),
            "got '%s'", HHTErrorMessage());
  HHTErrorClear();
  TestCall(HHTInitialDestroy(&initial));
}

int main(int argc, char **argv)
{
  HHTInitialParams params = {.type = "expression", .mass = 1, .f = "exp(-v*vx) * (2 + cos(pi*x/2))"};
  HHTGrid          grid;

  TestBegin(&argc, &argv);
  grid = TestGrid(1, 8, 12);
  TestInitial(&grid, &params, check_f);
  params = (HHTInitialParams){.type = "expression", .mass = 1, .alpha = "x + 2*y + 3*z", .phase = "vx - 2*vy + 4*vz"};
  grid   = TestGrid(3, 4, 8);
  TestInitial(&grid, &params, check_alpha);
  check_negative();
  return TestEnd();
}
