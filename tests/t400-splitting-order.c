/* The table of splittings: coefficients sum to 1, look-up by name, and observed orders on a nonlinear complex state. */
#include "fixture.h"
#include "test.h"
#include <string.h>

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.4 * cos(x[0])) *
         cexp(-v[0] * v[0] / 1.6 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0] + 1) + 0.1 * v[0] * v[0]));
}

static Fixture solve(const char *splitting, int n)
{
  Fixture f = {.grid      = FixtureGrid(1, 48, 0, 2 * PETSC_PI, 192, 8),
               .potential = {.type = "cosine", .strength = -1},
               .amplitude = initial,
               .mass      = 1};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, splitting, 2, n, PETSC_TRUE);
  return f;
}

static double error(const char *splitting, int n, Fixture *reference)
{
  Fixture f = solve(splitting, n);
  double  e = FixtureDifference(&f, reference);

  FixtureDestroy(&f);
  return e;
}

/* Steps such that errors are far above round-off and in the range of the leading order. */
static int coarse_steps(const HHTSplitting *s)
{
  static const int steps[] = {[1] = 80, [2] = 40, [4] = 20, [6] = 8};

  return steps[s->order];
}

static void check_sums(const HHTSplitting *s)
{
  double potential = s->potential[s->stages], kinetic = 0;

  for (int i = 0; i < s->stages; i++) {
    potential += s->potential[i];
    kinetic += s->kinetic[i];
  }
  TestClose(potential, 1, 1e-15 * 8, s->name);
  TestClose(kinetic, 1, 1e-15 * 8, s->name);
}

static void check_find(void)
{
  const HHTSplitting *s;

  TestCall(HHTSplittingFind("yoshida4", &s));
  TestCheck(s && !strcmp(s->name, "yoshida4") && s->order == 4, "yoshida4 is not found");
  TestCall(HHTSplittingFind("yoshida", &s));
  TestCheck(!s, "a name that is not in the table is found as %s", s->name);
}

int main(int argc, char **argv)
{
  static const char *const names[]  = {"lie",   "strang",   "yoshida4",    "suzuki4",  "blanesmoan4", "nystrom4",
                                       "chin4", "kahanli6", "blanesmoan6", "nystrom6", "casas6"};
  static const int         orders[] = {1, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6};
  const int                n        = (int)(sizeof orders / sizeof orders[0]);
  const HHTSplitting      *table;
  int                      n_table;
  Fixture                  reference;

  TestBegin(&argc, &argv);
  check_find();
  TestCall(HHTSplittingList(&table, &n_table));
  TestCheck(n == n_table, "%d methods are tested, the table has %d", n, n_table);
  reference = solve("nystrom6", 80);
  for (int i = 0; i < n; i++) {
    const HHTSplitting *s;
    double              coarse, fine;

    TestCall(HHTSplittingFind(names[i], &s));
    TestCheck(s && s->order == orders[i], "%s is not in the table with order %d", names[i], orders[i]);
    check_sums(s);
    coarse = error(names[i], coarse_steps(s), &reference);
    fine   = error(names[i], 2 * coarse_steps(s), &reference);
    TestMeasured("%s, error %.1e", names[i], fine);
    TestMeasured("%s, order %.3f", names[i], log2(coarse / fine));
    TestClose(log2(coarse / fine), orders[i], 0.15, names[i]);
  }
  FixtureDestroy(&reference);
  return TestEnd();
}
