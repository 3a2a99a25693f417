/*
  PETSc's own options act on the TS: the method by -ts_splitting_type, a line a step by -ts_monitor, one line for a
  wrong name.
*/
#include "fixture.h"
#include "scratch.h"
#include "test.h"
#include <string.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.5 * cos(x[0])) * exp(-v[0] * v[0] / 2);
}

static TS create(Fixture *f)
{
  TS  ts;
  Vec vec;

  TestCall(HHTStateGetVec(f->state, &vec));
  TestCall(TSCreate(PETSC_COMM_WORLD, &ts));
  TestCall(TSSetType(ts, TSHHTSPLITTING));
  TestCall(TSHHTSplittingSetFlow(ts, f->flow));
  TestCall(TSSetSolution(ts, vec));
  TestCall(TSSetTimeStep(ts, 0.25));
  TestCall(TSSetMaxTime(ts, 1));
  return ts;
}

/* The text that PETSc wrote into a file, on rank 0; NULL elsewhere. */
static char *read_once(const char *path)
{
  int rank;

  MPI_Barrier(PETSC_COMM_WORLD);
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  return rank ? NULL : ScratchRead(path, NULL);
}

static int count_lines(const char *text)
{
  int n = 0;

  for (; *text; text++) n += *text == '\n';
  return n;
}

static void check_options(Fixture *f, const char *dir)
{
  char option[2 * SCRATCH_MAX], *text;
  TS   ts = create(f);

  snprintf(option, sizeof option, "ascii:%s", ScratchPath(dir, "monitor"));
  TestCall(PetscOptionsSetValue(NULL, "-ts_monitor", option));
  snprintf(option, sizeof option, "ascii:%s", ScratchPath(dir, "view"));
  TestCall(PetscOptionsSetValue(NULL, "-ts_view", option));
  TestCall(PetscOptionsSetValue(NULL, "-ts_splitting_type", "suzuki4"));
  TestCall(TSSetFromOptions(ts));
  TestCall(TSSolve(ts, NULL));
  TestCall(TSDestroy(&ts));
  if ((text = read_once(ScratchPath(dir, "monitor")))) {
    TestCheck(count_lines(text) == 5, "-ts_monitor wrote for 4 steps: %s", text);
    free(text);
  }
  if ((text = read_once(ScratchPath(dir, "view")))) {
    TestCheck(strstr(text, "splitting suzuki4, order 4"), "-ts_view does not name the method: %s", text);
    free(text);
  }
}

static void check_wrong_name(Fixture *f)
{
  TS             ts = create(f);
  PetscErrorCode ierr;

  TestCall(PetscOptionsSetValue(NULL, "-ts_splitting_type", "strong"));
  ierr = TSSetFromOptions(ts);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "a wrong name gives %d", ierr);
  TestCheck(strstr(HHTErrorMessage(), "ts_splitting_type: 'strong'") && strstr(HHTErrorMessage(), "strang"), "%s",
            HHTErrorMessage());
  HHTErrorClear();
  TestCall(PetscOptionsClear(NULL));
  TestCall(TSDestroy(&ts));
}

int main(int argc, char **argv)
{
  Fixture f = {.grid      = FixtureGrid(1, 8, 0, 2 * PETSC_PI, 16, 5),
               .potential = {.type = "cosine", .strength = 1},
               .amplitude = initial,
               .mass      = 1};
  char    dir[SCRATCH_MAX];

  TestBegin(&argc, &argv);
  TestCall(TSHHTSplittingRegister());
  ScratchCreate(dir);
  FixtureCreate(PETSC_COMM_WORLD, &f);
  check_options(&f, dir);
  check_wrong_name(&f);
  FixtureDestroy(&f);
  ScratchDestroy(dir);
  return TestEnd();
}
