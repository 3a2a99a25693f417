#include <hht/expression.h>
#include <math.h>
#include <muParserDLL.h>
#include <string.h>

#define NAME_MAX_LENGTH 16
#define FORMULA_MAX     1536 /* muParser writes its messages, which quote a formula, into 2048 bytes and does not look */

struct HHTExpression_s {
  muParserHandle_t parser; /* owned */
  int              n_variables;
  double           values[HHT_EXPRESSION_VARIABLES]; /* bound to the parser's variables */
  char             names[HHT_EXPRESSION_VARIABLES][NAME_MAX_LENGTH];
  char             option[64];
};

/* muParser's '=' would assign to a variable. The position of the first one, counted from 1; 0 if there is none. */
static int find_assignment(const char *formula)
{
  for (const char *c = strchr(formula, '='); c; c = strchr(c + 1, '=')) {
    if (c[1] == '=')
      c++;
    else if (c == formula || !strchr("<>!", c[-1]))
      return (int)(c - formula) + 1;
  }
  return 0;
}

/* muParser counts from 0, we from 1. */
static void cut_position(char *message)
{
  char *at = strstr(message, " found at position");

  if (!at) at = strstr(message, " at position");
  if (at) *at = 0;
}

static PetscErrorCode wrong_formula(HHTExpression e, const char *formula)
{
  /* muParser may point beyond the end */
  const int position = PetscMin(mupGetErrorPos(e->parser), (int)strlen(formula)) + 1;
  char      message[1024];

  PetscFunctionBeginUser;
  PetscCall(PetscStrncpy(message, mupGetErrorMsg(e->parser), sizeof message));
  message[strcspn(message, "\n")] = 0;
  cut_position(message);
  return HHTError(HHT_EXIT_USAGE, "%s: '%s' is not allowed; at position %d: %s", e->option, formula, position, message);
}

/* muParser compiles at the first evaluation. */
static PetscErrorCode compile(HHTExpression e, const char *formula)
{
  const int assignment = find_assignment(formula);
  int       n_results  = 0;

  PetscFunctionBeginUser;
  if (!formula[strspn(formula, " \t")])
    return HHTError(HHT_EXIT_USAGE, "%s: an empty formula is not allowed; give an expression", e->option);
  if (strlen(formula) > FORMULA_MAX)
    return HHTError(HHT_EXIT_USAGE, "%s: a formula of %zu characters is not allowed; it must have at most %d",
                    e->option, strlen(formula), FORMULA_MAX);
  if (assignment)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' is not allowed; at position %d: '=' assigns, compare with '=='",
                    e->option, formula, assignment);
  mupSetExpr(e->parser, formula);
  if (!mupError(e->parser)) (void)mupEvalMulti(e->parser, &n_results);
  if (mupError(e->parser)) return wrong_formula(e, formula);
  if (n_results != 1)
    return HHTError(HHT_EXIT_USAGE, "%s: '%s' is not allowed; it gives %d values and must give one", e->option, formula,
                    n_results);
  PetscFunctionReturn(0);
}

static PetscErrorCode define_variables(HHTExpression e, int n, const char *const names[])
{
  PetscFunctionBeginUser;
  PetscCheck(n <= HHT_EXPRESSION_VARIABLES, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "%d variables", n);
  mupDefineConst(e->parser, "pi", PETSC_PI);
  mupDefineConst(e->parser, "e", exp(1));
  for (int i = 0; i < n; i++) {
    PetscCall(PetscStrncpy(e->names[i], names[i], NAME_MAX_LENGTH));
    mupDefineVar(e->parser, names[i], &e->values[i]);
  }
  e->n_variables = n;
  PetscCheck(!mupError(e->parser), PETSC_COMM_SELF, PETSC_ERR_ARG_WRONG, "%s", mupGetErrorMsg(e->parser));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTExpressionCreate(const char *option, const char *formula, int n_variables, const char *const names[],
                                   HHTExpression *expression)
{
  PetscErrorCode ierr;
  HHTExpression  e;

  PetscFunctionBeginUser;
  *expression = NULL;
  PetscCall(PetscNew(&e));
  PetscCall(PetscStrncpy(e->option, option, sizeof e->option));
  e->parser = mupCreate(muBASETYPE_FLOAT);
  PetscCall(define_variables(e, n_variables, names));
  ierr = compile(e, formula);
  if (ierr) PetscCall(HHTExpressionDestroy(&e));
  *expression = e;
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTExpressionDestroy(HHTExpression *expression)
{
  PetscFunctionBeginUser;
  if (!*expression) PetscFunctionReturn(0);
  mupRelease((*expression)->parser);
  PetscCall(PetscFree(*expression));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTExpressionReject(HHTExpression e, double result, const char *allowed)
{
  char   at[HHT_EXPRESSION_VARIABLES * (NAME_MAX_LENGTH + 32)] = "";
  size_t used                                                  = 0;

  for (int i = 0; i < e->n_variables; i++) {
    (void)snprintf(at + used, sizeof at - used, "%s%s = %g", i ? ", " : "", e->names[i], e->values[i]);
    used = strlen(at);
  }
  return HHTError(HHT_EXIT_USAGE, "%s: the formula gives %g at %s; it must be %s", e->option, result, at, allowed);
}

PetscErrorCode HHTExpressionEvaluate(HHTExpression e, const double values[], double *result)
{
  PetscFunctionBeginUser;
  memcpy(e->values, values, (size_t)e->n_variables * sizeof *values);
  *result = mupEval(e->parser);
  PetscCheck(!mupError(e->parser), PETSC_COMM_SELF, PETSC_ERR_LIB, "%s", mupGetErrorMsg(e->parser));
  if (!isfinite(*result)) return HHTExpressionReject(e, *result, "finite");
  PetscFunctionReturn(0);
}
