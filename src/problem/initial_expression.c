/* expression: alpha = sqrt(f), or alpha itself, as a formula in the coordinates. */
#include "initial_impl.h"
#include <math.h>

static PetscErrorCode create(HHTInitial initial)
{
  const HHTInitialParams *p = &initial->params;
  HHTExpression           formula;

  PetscFunctionBeginUser;
  if (p->f[0] && p->alpha[0])
    return HHTError(HHT_EXIT_USAGE, "initial_f, initial_alpha: both are given; leave out one");
  if (!p->f[0] && !p->alpha[0])
    return HHTError(HHT_EXIT_USAGE,
                    "initial_f, initial_alpha: none is given; initial_type expression needs one of them");
  if (p->f[0])
    PetscCall(HHTInitialCompile(initial, "initial_f", p->f, &formula));
  else
    PetscCall(HHTInitialCompile(initial, "initial_alpha", p->alpha, &formula));
  initial->data = formula;
  PetscFunctionReturn(0);
}

static PetscErrorCode evaluate(HHTInitial initial, const double at[], double complex *alpha)
{
  const int     is_f    = initial->params.f[0] != 0;
  HHTExpression formula = initial->data;
  double        value;

  PetscFunctionBeginUser;
  PetscCall(HHTExpressionEvaluate(formula, at, &value));
  if (is_f && value < 0) return HHTExpressionReject(formula, value, ">= 0");
  *alpha = is_f ? sqrt(value) : value;
  PetscFunctionReturn(0);
}

static PetscErrorCode fill(HHTInitial initial, ptrdiff_t row, double complex *alpha)
{
  double at[HHT_EXPRESSION_VARIABLES];

  PetscFunctionBeginUser;
  for (ptrdiff_t col = 0; col < initial->grid.n_cols; col++) {
    HHTInitialCoordinates(initial, row, col, at);
    PetscCall(evaluate(initial, at, alpha + col));
  }
  PetscFunctionReturn(0);
}

/* Beyond v_max the formula was not asked for, and need not have a value. */
static PetscErrorCode amplitude(HHTInitial initial, const double z[], double complex *alpha)
{
  const HHTGrid *g = &initial->grid;
  double         at[HHT_EXPRESSION_VARIABLES];

  PetscFunctionBeginUser;
  *alpha = 0;
  for (int j = 0; j < g->dim; j++)
    if (fabs(z[g->dim + j]) > g->v_max[j]) PetscFunctionReturn(0);
  HHTInitialCoordinatesAt(initial, z, at);
  PetscCall(evaluate(initial, at, alpha));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(HHTInitial initial)
{
  HHTExpression formula = initial->data;

  PetscFunctionBeginUser;
  PetscCall(HHTExpressionDestroy(&formula));
  PetscFunctionReturn(0);
}

const HHTInitialMethods HHTInitial_Expression = {
    .name = "expression", .create = create, .fill = fill, .amplitude = amplitude, .destroy = destroy};
