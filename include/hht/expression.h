/*
  A formula of the user's, compiled by muParser: + - * / ^, comparisons, && || ?:, sin cos tan asin acos atan atan2
  sinh cosh tanh asinh acosh atanh exp ln log log2 log10 sqrt abs sign rint min max sum avg, the constants pi and e,
  and the named variables.
*/
#ifndef HHT_EXPRESSION_H
#define HHT_EXPRESSION_H

#include <hht/error.h>

#define HHT_EXPRESSION_VARIABLES 8
#define HHT_FORMULA_MAX          2048 /* bytes of the text of a formula in a struct of parameters */

typedef struct HHTExpression_s *HHTExpression;

/*
  HHTExpressionCreate - compiles `formula` in the named variables (at most HHT_EXPRESSION_VARIABLES). `option` is the
  option's name for messages; option and names are copied. HHT_EXIT_USAGE with the position where the formula is
  wrong. Not collective, the same on all ranks.
*/
PetscErrorCode HHTExpressionCreate(const char *option, const char *formula, int n_variables, const char *const names[],
                                   HHTExpression *expression);
PetscErrorCode HHTExpressionDestroy(HHTExpression *expression); /* safe twice */

/* The value at the variables' values; HHT_EXIT_USAGE (not collective: agree afterwards) when it is not finite. */
PetscErrorCode HHTExpressionEvaluate(HHTExpression expression, const double values[], double *result);

/*
  The HHT_EXIT_USAGE for a result of the last evaluation that the caller does not allow: names option, value and
  variables.
*/
PetscErrorCode HHTExpressionReject(HHTExpression expression, double result, const char *allowed);

#endif
