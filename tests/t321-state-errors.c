/* Data that no state can be made of: every rank gets the error, whichever holds the bad row. */
#include "test.h"
#include <hht/state.h>
#include <string.h>

static const HHTGrid *grid(void)
{
  static HHTGrid g = {.dim = 1, .nx = {8}, .nv = {6}, .x_length = {1}, .v_max = {1}};

  TestCall(HHTGridSetUp(&g));
  return &g;
}

/* alpha = rest, and special at one point. */
typedef struct {
  ptrdiff_t      row;
  double complex rest, special;
  PetscBool      fail; /* the row cannot be filled */
} Data;

static PetscErrorCode fill(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Data *d = ctx;

  for (int i = 0; i < 6; i++) alpha[i] = d->rest;
  if (row != d->row) return 0;
  alpha[4] = d->special;
  return d->fail ? HHTError(HHT_EXIT_IO, "row %td cannot be read", row) : 0;
}

static PetscErrorCode set(HHTNumbers numbers, Data *data)
{
  HHTState       state;
  PetscErrorCode ierr;

  TestCall(HHTStateCreate(PETSC_COMM_WORLD, grid(), numbers, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &state));
  ierr = HHTStateSetAmplitude(state, fill, data, 1);
  TestCall(HHTStateDestroy(&state));
  return ierr;
}

static void check_refused(HHTNumbers numbers, Data data, HHTExit code, const char *word)
{
  for (data.row = 0; data.row < 8; data.row++) {
    PetscErrorCode ierr = set(numbers, &data);

    TestCheck(HHTErrorExitCode(ierr) == (int)code, "row %td: code %d", data.row, HHTErrorExitCode(ierr));
    TestCheck(strstr(HHTErrorMessage(), word) != NULL, "'%s' does not say '%s'", HHTErrorMessage(), word);
    HHTErrorClear();
  }
}

/* More points than PetscInt counts are refused before memory is asked for. */
static void check_too_large(void)
{
  HHTGrid  g = {.dim = 2, .nx = {1 << 16, 1 << 14}, .nv = {1 << 14, 1 << 10}, .x_length = {1, 1}, .v_max = {1, 1}};
  HHTState state;
  PetscErrorCode ierr;

  if (sizeof(PetscInt) > 4) return;
  TestCall(HHTGridSetUp(&g));
  ierr = HHTStateCreate(PETSC_COMM_WORLD, &g, HHT_COMPLEX, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &state);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "code %d", HHTErrorExitCode(ierr));
  TestCheck(strstr(HHTErrorMessage(), "64-bit indices") != NULL, "message '%s'", HHTErrorMessage());
  HHTErrorClear();
  TestCall(HHTStateDestroy(&state));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (HHTNumbers numbers = HHT_COMPLEX; numbers <= HHT_REAL; numbers++) {
    check_refused(numbers, (Data){.rest = 1, .special = NAN}, HHT_EXIT_USAGE, "not finite");
    check_refused(numbers, (Data){.rest = 1, .special = CMPLX(0, INFINITY)}, HHT_EXIT_USAGE, "not finite");
    check_refused(numbers, (Data){.rest = 0, .special = 0}, HHT_EXIT_USAGE, "mass");
    check_refused(numbers, (Data){.rest = 1, .special = 1e200}, HHT_EXIT_USAGE, "large");
    check_refused(numbers, (Data){.rest = 1, .special = 1, .fail = PETSC_TRUE}, HHT_EXIT_IO, "cannot be read");
  }
  check_refused(HHT_REAL, (Data){.rest = 1, .special = CMPLX(0.5, 1e-300)}, HHT_EXIT_USAGE, "not real");
  check_too_large();
  return TestEnd();
}
