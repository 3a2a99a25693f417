/* transpose_type auto becomes an engine, the same on all ranks, by timing or by what was kept; a file that is damaged is named. */
#include "test.h"

#include "../src/app/transpose_choice.h"

#include <string.h>
#include <unistd.h>

static int  rank, size;
static char path[PETSC_MAX_PATH_LEN]; /* of the choices */

static void set_case(HHTCase *c)
{
  TestCall(PetscOptionsClear(NULL));
  TestCall(PetscOptionsInsertString(NULL, "-grid_nx 24 -grid_nv 40"));
  TestCall(HHTCaseFromOptions("", c));
  (void)snprintf(c->wisdom, sizeof c->wisdom, "t706-wisdom-%d", size);
  (void)snprintf(path, sizeof path, "t706-wisdom-%d.transpose", size);
}

static void check_engine(HHTTransposeType type)
{
  int ends[] = {(int)type, -(int)type};

  TestCheck(type < HHT_TRANSPOSE_AUTO, "no engine but %s", HHTTransposeName(type));
  MPI_Allreduce(MPI_IN_PLACE, ends, 2, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  TestCheck(ends[0] == -ends[1], "the ranks chose engines %d to %d", -ends[1], ends[0]);
}

static void choose(const HHTCase *c, HHTNumbers numbers, HHTChoiceOrigin origin, HHTTransposeChoice *choice)
{
  TestCall(HHTTransposeChoose(MPI_COMM_WORLD, c, numbers, choice));
  TestCheck(choice->origin == origin, "the choice is of origin %d, not %d", choice->origin, origin);
  check_engine(choice->type);
}

static void check_timing(const HHTCase *c, HHTTransposeChoice *choice)
{
  choose(c, HHT_COMPLEX, HHT_CHOICE_TIMED, choice);
  for (HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL; type < HHT_TRANSPOSE_AUTO; type++) {
    TestCheck(choice->seconds[type] > 0, "%s took no time", HHTTransposeName(type));
    TestCheck(choice->seconds[type] >= choice->seconds[choice->type], "%s is faster", HHTTransposeName(type));
  }
  TestCheck(isfinite(choice->seconds[choice->type]), "the fastest was not timed");
}

/* What is kept counts, even where it is not the fastest. */
static void check_keeping(const HHTCase *c, HHTTransposeChoice *choice)
{
  for (HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL; type < HHT_TRANSPOSE_AUTO; type++) {
    HHTTransposeChoice kept;

    choice->type = type;
    if (!rank) (void)unlink(path);
    TestCall(HHTTransposeChoiceKeep(MPI_COMM_WORLD, c, choice));
    choose(c, HHT_COMPLEX, HHT_CHOICE_KEPT, &kept);
    TestCheck(kept.type == type, "%s was kept, %s is used", HHTTransposeName(type), HHTTransposeName(kept.type));
  }
}

/* Another problem is timed; its choice stands beside the first. */
static void check_others(const HHTCase *c)
{
  HHTTransposeChoice choice;

  choose(c, HHT_REAL, HHT_CHOICE_TIMED, &choice);
  TestCall(HHTTransposeChoiceKeep(MPI_COMM_WORLD, c, &choice));
  choose(c, HHT_REAL, HHT_CHOICE_KEPT, &choice);
  choose(c, HHT_COMPLEX, HHT_CHOICE_KEPT, &choice);
}

static void check_damage(const HHTCase *c)
{
  static const char *const lines[] = {"no choice\n", "24 x 40: \n", "24 x 40: auto\n", "\n"};
  HHTTransposeChoice       choice;

  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    FILE *file = rank ? NULL : fopen(path, "w");

    if (file && (fputs("1 x 1 points: fftw\n", file) < 0 || fputs(lines[i], file) < 0 || fclose(file)))
      TestCheck(0, "cannot write %s", path);
    MPI_Barrier(MPI_COMM_WORLD);
    TestCheck(HHTErrorExitCode(HHTTransposeChoose(MPI_COMM_WORLD, c, HHT_COMPLEX, &choice)) == HHT_EXIT_USAGE,
              "line '%s' was understood", lines[i]);
    if (!rank)
      TestCheck(strstr(HHTErrorMessage(), "line 2 of") && strstr(HHTErrorMessage(), path), "'%s'", HHTErrorMessage());
    MPI_Barrier(MPI_COMM_WORLD);
  }
}

/* One rank moves nothing, and an engine that is named is not tried. */
static void check_given(HHTCase *c)
{
  HHTTransposeChoice choice;

  c->transpose = HHT_TRANSPOSE_FFTW;
  choose(c, HHT_COMPLEX, HHT_CHOICE_GIVEN, &choice);
  TestCheck(choice.type == HHT_TRANSPOSE_FFTW, "%s instead of fftw", HHTTransposeName(choice.type));
  c->transpose = HHT_TRANSPOSE_AUTO;
  TestCall(HHTTransposeChoose(MPI_COMM_SELF, c, HHT_COMPLEX, &choice));
  TestCheck(choice.origin == HHT_CHOICE_GIVEN, "timed on one rank");
}

int main(int argc, char **argv)
{
  HHTCase            c;
  HHTTransposeChoice choice;

  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  set_case(&c);
  if (!rank) (void)unlink(path);
  MPI_Barrier(MPI_COMM_WORLD);
  if (size > 1) {
    check_timing(&c, &choice);
    check_keeping(&c, &choice);
    check_others(&c);
    check_damage(&c);
  }
  check_given(&c);
  MPI_Barrier(MPI_COMM_WORLD);
  if (!rank) (void)unlink(path);
  return TestEnd();
}
