/*
  What every test needs: TestBegin(), checks, TestEnd(). A failed check on any rank is printed and fails the test on
  all.

      int main(int argc, char **argv)
      {
        TestBegin(&argc, &argv);
        TestCheck(HHTSigned(3, 4) == -1, "got %td", HHTSigned(3, 4));
        TestClose(sin(0.5 * PETSC_PI), 1, 1e-15, "sin(pi/2)");
        return TestEnd();
      }
*/
#ifndef HHT_TEST_H
#define HHT_TEST_H

#include <hht/error.h>
#include <math.h>
#include <petscsys.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int test_failures; /* of this rank */

static void TestFail(const char *file, int line, const char *format, ...) PETSC_ATTRIBUTE_FORMAT(3, 4);

static void TestFail(const char *file, int line, const char *format, ...)
{
  char    text[1024];
  int     rank;
  va_list arguments;

  va_start(arguments, format);
  (void)vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  /* One call, so that lines of several ranks do not mix. */
  fprintf(stderr, "%s:%d: [rank %d] FAIL: %s\n", file, line, rank, text);
  test_failures++;
}

/* Starts MPI and PETSc. Collective. */
static inline void TestBegin(int *argc, char ***argv)
{
  if (PetscInitialize(argc, argv, NULL, NULL)) exit(1);
  if (PetscPushErrorHandler(HHTErrorHandler, NULL)) exit(1);
}

static inline void TestCloseAt(const char *file, int line, double value, double expected, double tol, const char *what)
{
  const double error = fabs(value - expected);

  /* Written so that a NaN fails. */
  if (!(error <= tol)) {
    TestFail(file, line, "%s: got %.17g, expected %.17g, error %.3g, allowed %.3g", what, value, expected, error, tol);
  }
}

/* Sums the failures over the ranks and ends PETSc and MPI; the exit code of main(). Collective. */
static inline int TestEnd(void)
{
  int failures = 1;

  MPI_Allreduce(&test_failures, &failures, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  if (PetscPopErrorHandler() || PetscFinalize()) failures++;
  return failures ? 1 : 0;
}

/* The condition holds on this rank; else the printf-style text is shown. Not collective. */
#define TestCheck(condition, ...) \
  do { \
    if (!(condition)) TestFail(__FILE__, __LINE__, __VA_ARGS__); \
  } while (0)

/* |value - expected| <= tol on this rank. Not collective. */
#define TestClose(value, expected, tol, what) TestCloseAt(__FILE__, __LINE__, value, expected, tol, what)

/*
  One number of docs/verification.md, printed as "measured KEY VALUE"; the format is that of both and has the value at its end. Of a key
  that is printed again the largest counts. Collective.
*/
#define TestMeasured(format, ...) PetscPrintf(PETSC_COMM_WORLD, "measured " format "\n", __VA_ARGS__)

/* The call returns 0; for calls that a test cannot go on without. */
#define TestCall(...) \
  do { \
    if (__VA_ARGS__) { \
      TestFail(__FILE__, __LINE__, "%s: %s", #__VA_ARGS__, HHTErrorMessage()); \
      MPI_Abort(MPI_COMM_WORLD, 1); \
    } \
  } while (0)

#endif
