/* The names that the option table allows are those that the layers below know. */
#include "test.h"

#include "../src/app/options.h"

#include <hht/splitting.h>
#include <string.h>

static int count(const char *const *choices)
{
  int n = 0;

  while (choices[n]) n++;
  return n;
}

static void check_splittings(void)
{
  const char *const  *choices = HHTOptionFind("ts_splitting_type")->choices;
  const HHTSplitting *found;
  int                 n;

  for (int i = 0; choices[i]; i++) {
    TestCall(HHTSplittingFind(choices[i], &found));
    TestCheck(found != NULL, "splitting %s is in the option table only", choices[i]);
  }
  TestCall(HHTSplittingList(&found, &n));
  TestCheck(n == count(choices), "%d splittings, %d in the option table", n, count(choices));
}

static void read_case(const char *option, const char *value, const char *more, HHTCase *c)
{
  TestCall(PetscOptionsClear(NULL));
  TestCall(PetscOptionsInsertString(NULL, more));
  TestCall(PetscOptionsSetValue(NULL, option, value));
  TestCall(HHTCaseFromOptions("", c));
}

/* The type table is left to the tests that have a file. */
static void check_potentials(void)
{
  const char *const *choices = HHTOptionFind("potential_type")->choices;
  HHTPotential       potential;
  HHTCase            c;

  for (int i = 0; choices[i]; i++) {
    const char *more = "";

    if (!strcmp(choices[i], "table")) continue;
    if (!strcmp(choices[i], "harmonic")) more = "-potential_boundary free";
    if (!strcmp(choices[i], "expression")) more = "-potential_formula cos(x/2)";
    read_case("-potential_type", choices[i], more, &c);
    TestCall(HHTPotentialCreate(&c.grid, &c.potential, &potential));
    TestCall(HHTPotentialDestroy(&potential));
  }
}

/* The defaults of every type make initial data, too. The type file is left to the tests that have a file. */
static void check_initial_data(void)
{
  const char *const *choices = HHTOptionFind("initial_type")->choices;
  HHTInitial         initial;
  HHTCase            c;

  for (int i = 0; choices[i]; i++) {
    if (!strcmp(choices[i], "file")) continue;
    read_case("-initial_type", choices[i], strcmp(choices[i], "expression") ? "" : "-initial_f exp(-vx^2)", &c);
    TestCall(HHTInitialCreate(PETSC_COMM_WORLD, &c.grid, &c.initial, 0, c.grid.n_rows, &initial));
    TestCall(HHTInitialDestroy(&initial));
  }
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_splittings();
  check_potentials();
  check_initial_data();
  return TestEnd();
}
