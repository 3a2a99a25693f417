/*
  expression: Gamma as a formula in x, y, z and r = |x|. Periodic: Gamma in the box about 0, repeated; free: as it stands.

  A formula has no derivative: the gradient is a central difference of eighth order over half a cell of the grid. That is
  exact to 1e-11 for what the grid resolves, and does not cross a kink at 0.
*/
#include "potentials.h"
#include <math.h>

#define EVEN_TOLERANCE 1e-10 /* of the largest value */
#define STEPS_PER_CELL 16

typedef struct {
  HHTGrid       grid;
  HHTExpression formula; /* owned */
} Formula;

static PetscErrorCode evaluate(const Formula *f, const double x[], double *value)
{
  double values[HHT_MAX_DIM + 1];

  for (int j = 0; j < f->grid.dim; j++) values[j] = x[j];
  values[f->grid.dim] = sqrt(WaveNumber2(&f->grid, x));
  return HHTExpressionEvaluate(f->formula, values, value);
}

/* The row of the farthest displacements, -L/2 or -L, is its own mirror image. */
static PetscErrorCode check_even(const Formula *f, HHTBoundary boundary)
{
  const HHTGrid *g = &f->grid;
  ptrdiff_t      n[HHT_MAX_DIM], index[HHT_MAX_DIM], points = 1;
  double         largest = 0, worst = 0, at[HHT_MAX_DIM] = {0};

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) points *= n[j] = boundary == HHT_FREE ? 2 * g->nx[j] : g->nx[j];
  for (ptrdiff_t i = 0; i < points; i++) {
    double x[HHT_MAX_DIM], mirror[HHT_MAX_DIM], value, mirrored;

    HHTUnflatten(i, g->dim, n, index);
    for (int j = 0; j < g->dim; j++) mirror[j] = -(x[j] = (double)HHTSigned(index[j], n[j]) * g->dx[j]);
    PetscCall(evaluate(f, x, &value));
    PetscCall(evaluate(f, mirror, &mirrored));
    largest = fmax(largest, fabs(value));
    if (!(fabs(value - mirrored) > worst)) continue;
    worst = fabs(value - mirrored);
    for (int j = 0; j < g->dim; j++) at[j] = x[j];
  }
  if (worst <= EVEN_TOLERANCE * largest) PetscFunctionReturn(0);
  return HHTError(HHT_EXIT_USAGE,
                  "potential_formula: it differs by %.3g between (%g, %g, %g) and the mirror image; it must be even",
                  worst, at[0], at[1], at[2]);
}

static PetscErrorCode create(const HHTPotentialParams *p, const HHTGrid *grid, void **data)
{
  static const char *const names[HHT_MAX_DIM][HHT_MAX_DIM + 1] = {{"x", "r"}, {"x", "y", "r"}, {"x", "y", "z", "r"}};

  Formula *f;

  PetscFunctionBeginUser;
  if (!p->formula[0])
    return HHTError(HHT_EXIT_USAGE,
                    "potential_formula: it is missing; potential_type expression needs a formula in x, y, z and r");
  PetscCall(PetscNew(&f));
  *data   = f;
  f->grid = *grid;
  PetscCall(HHTExpressionCreate("potential_formula", p->formula, grid->dim + 1, names[grid->dim - 1], &f->formula));
  PetscCall(check_even(f, p->boundary));
  PetscFunctionReturn(0);
}

/* d_j Gamma at x */
static PetscErrorCode derivative(const Formula *f, const double x[], int j, double *value)
{
  static const double weight[] = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};

  const double h = f->grid.dx[j] / STEPS_PER_CELL;
  double       at[HHT_MAX_DIM], ahead, behind;

  PetscFunctionBeginUser;
  *value = 0;
  for (int i = 0; i < f->grid.dim; i++) at[i] = x[i];
  for (int s = 4; s > 0; s--) {
    at[j] = x[j] + s * h;
    PetscCall(evaluate(f, at, &ahead));
    at[j] = x[j] - s * h;
    PetscCall(evaluate(f, at, &behind));
    *value += weight[s - 1] * (ahead - behind) / h;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode sample(void *data, const double x[], double *value, double gradient[])
{
  const Formula *f = data;

  PetscFunctionBeginUser;
  PetscCall(evaluate(f, x, value));
  for (int j = 0; gradient && j < f->grid.dim; j++) {
    /* At 0 an even function has no slope, and may have a kink. */
    if (WaveNumber2(&f->grid, x) > 0)
      PetscCall(derivative(f, x, j, &gradient[j]));
    else
      gradient[j] = 0;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(void **data)
{
  Formula *f = *data;

  PetscFunctionBeginUser;
  PetscCall(HHTExpressionDestroy(&f->formula));
  PetscCall(PetscFree(*data));
  PetscFunctionReturn(0);
}

const HHTPotentialMethods HHTPotential_Expression = {
    .name = "expression", .create = create, .sample = sample, .destroy = destroy};
