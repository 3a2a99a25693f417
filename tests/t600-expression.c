/* Formulas: values, constants, and one line with option and position for each kind of mistake. */
#include <hht/expression.h>
#include <string.h>

#include "test.h"

static const char *const names[] = {"x", "vx"};

static double evaluate(const char *formula, double x, double vx)
{
  const double  values[] = {x, vx};
  HHTExpression expression;
  double        result;

  TestCall(HHTExpressionCreate("initial_f", formula, 2, names, &expression));
  TestCall(HHTExpressionEvaluate(expression, values, &result));
  TestCall(HHTExpressionDestroy(&expression));
  TestCall(HHTExpressionDestroy(&expression));
  return result;
}

static void expect_message(const char *what, PetscErrorCode ierr, const char *message)
{
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_USAGE, "%s: returned %d", what, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), message) != NULL, "%s: got '%s'", what, HHTErrorMessage());
  TestCheck(!strncmp(HHTErrorMessage(), "initial_f: ", 11), "%s: '%s' names no option", what, HHTErrorMessage());
  TestCheck(!strchr(HHTErrorMessage(), '\n'), "%s: more than one line", what);
  HHTErrorClear();
}

static void expect_error(const char *formula, const char *message)
{
  HHTExpression        expression;
  const PetscErrorCode ierr = HHTExpressionCreate("initial_f", formula, 2, names, &expression);

  expect_message(formula, ierr, message);
  TestCheck(!expression, "%s: an expression came back", formula);
}

static void check_not_finite(void)
{
  const double   values[] = {2, 0};
  HHTExpression  expression;
  PetscErrorCode ierr;
  double         result;

  TestCall(HHTExpressionCreate("initial_f", "x / vx", 2, names, &expression));
  ierr = HHTExpressionEvaluate(expression, values, &result);
  expect_message("x / 0", ierr, "inf at x = 2, vx = 0; it must be finite");
  TestCall(HHTExpressionDestroy(&expression));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  TestClose(evaluate("exp(-vx^2/2) * (1 + 0.5*cos(x))", 2, 3), exp(-4.5) * (1 + 0.5 * cos(2)), 1e-16, "exp, cos, ^");
  TestClose(evaluate("x > 1 && vx <= 3 ? pi : e", 2, 3), PETSC_PI, 0, "pi");
  TestClose(evaluate("x == 1 || vx != 3 ? pi : e", 2, 3), exp(1), 0, "e");
  TestClose(evaluate("-x^2 + atan2(1, 1)", 3, 0), -9 + PETSC_PI / 4, 1e-15, "precedence of minus");
  expect_error("x + q", "at position 5: Unexpected token \"q\"");
  expect_error("cos(x", "at position 6: Missing parenthesis");
  expect_error("x * ", "at position");
  expect_error("1 + 2 $ x", "at position 7");
  expect_error("vx = 3", "at position 4: '=' assigns");
  expect_error("sin()", "at position");
  expect_error("x, vx", "gives 2 values");
  expect_error("  ", "an empty formula");
  check_not_finite();
  return TestEnd();
}
