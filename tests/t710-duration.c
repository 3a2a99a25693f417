/* Durations are read as SLURM writes them. */
#include "../src/app/duration.h"
#include "test.h"

static void check(const char *text, double expected)
{
  double seconds = -1;
  int    err     = HHTDurationParse(text, &seconds);

  TestCheck(expected < 0 ? err : !err && seconds == expected, "'%s': %d, %g s", text, err, seconds);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check("90", 5400);
  check("2:03", 123);
  check("0:00", 0);
  check("23:30:00", 84600);
  check("1-12", 129600);
  check("1-12:30", 131400);
  check("1-00:00:01", 86401);
  check("", -1);
  check("-5", -1);
  check("1-", -1);
  check("UNLIMITED", -1);
  check("5 minutes", -1);
  return TestEnd();
}
