#include "cell_average.h"
#include "potential_impl.h"
#include "potentials/potentials.h"
#include <math.h>
#include <string.h>

#define TYPES_MAX 32

static const HHTPotentialMethods *types[TYPES_MAX] = {&HHTPotential_None,       &HHTPotential_Cosine,
                                                      &HHTPotential_Poisson,    &HHTPotential_Yukawa,
                                                      &HHTPotential_Gaussian,   &HHTPotential_Plummer,
                                                      &HHTPotential_Harmonic,   &HHTPotential_Table,
                                                      &HHTPotential_Expression, NULL};

static const HHTPotentialMethods **find(const char *name)
{
  const HHTPotentialMethods **type = types;

  while (*type && strcmp((*type)->name, name)) type++;
  return type;
}

PetscErrorCode HHTPotentialRegister(const HHTPotentialMethods *methods)
{
  const HHTPotentialMethods **slot = find(methods->name);

  PetscFunctionBeginUser;
  /* The last entry stays NULL: it ends the list. */
  PetscCheck(slot < types + TYPES_MAX - 1, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "more than %d types of potential",
             TYPES_MAX - 1);
  *slot = methods;
  PetscFunctionReturn(0);
}

static PetscErrorCode unknown_type(const char *name)
{
  char list[512] = "";

  PetscFunctionBeginUser;
  for (int i = 0; types[i]; i++) {
    PetscCall(PetscStrlcat(list, i ? ", " : "", sizeof list));
    PetscCall(PetscStrlcat(list, types[i]->name, sizeof list));
  }
  return HHTError(HHT_EXIT_USAGE, "potential_type: '%s' is not allowed; it must be one of %s", name, list);
}

PetscErrorCode HHTPotentialCheckPositive(const char *option, double value)
{
  if (value > 0 && isfinite(value)) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %g is not allowed; it must be a finite number > 0", option, value);
}

static PetscErrorCode check(const HHTPotentialMethods *methods, const HHTPotentialParams *p)
{
  PetscFunctionBeginUser;
  if (!isfinite(p->strength))
    return HHTError(HHT_EXIT_USAGE, "potential_strength: %g is not allowed; it must be a finite number", p->strength);
  if (p->boundary == HHT_PERIODIC && !methods->symbol && !methods->sample)
    return HHTError(HHT_EXIT_USAGE,
                    "potential_boundary: periodic is not allowed with potential_type %s; it must be free",
                    methods->name);
  if (p->boundary == HHT_FREE && !methods->value && !methods->sample)
    return HHTError(HHT_EXIT_USAGE,
                    "potential_boundary: free is not allowed with potential_type %s; it must be periodic",
                    methods->name);
  if (methods->check) PetscCall(methods->check(p));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_sampled(HHTPotential potential)
{
  PetscFunctionBeginUser;
  PetscCall(potential->methods->create(&potential->params, &potential->grid, &potential->data));
  if (potential->params.boundary == HHT_PERIODIC) PetscCall(HHTPotentialSampleSymbol(potential));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_origin(HHTPotential potential)
{
  const HHTPotentialMethods *m = potential->methods;
  const HHTPotentialParams  *p = &potential->params;

  PetscFunctionBeginUser;
  if (p->boundary == HHT_PERIODIC) PetscFunctionReturn(0);
  potential->at_origin = m->value(p, potential->grid.dim, 0);
  if (isinf(potential->at_origin)) PetscCall(HHTCellAverage(m->value, p, &potential->grid, &potential->at_origin));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialCreate(const HHTGrid *grid, const HHTPotentialParams *params, HHTPotential *potential)
{
  const HHTPotentialMethods *methods = *find(params->type);
  PetscErrorCode             ierr;

  PetscFunctionBeginUser;
  *potential = NULL;
  if (!methods) return unknown_type(params->type);
  PetscCall(check(methods, params));
  PetscCall(PetscNew(potential));
  **potential                = (struct HHTPotential_s){.methods = methods, .params = *params, .grid = *grid};
  ierr                       = methods->sample ? create_sampled(*potential) : set_origin(*potential);
  (*potential)->params.table = NULL;
  if (ierr) PetscCall(HHTPotentialDestroy(potential));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTPotentialDestroy(HHTPotential *potential)
{
  PetscFunctionBeginUser;
  if (!*potential) PetscFunctionReturn(0);
  PetscCall(HHTPotentialDestroy(&(*potential)->next));
  if ((*potential)->data) PetscCall((*potential)->methods->destroy(&(*potential)->data));
  PetscCall(PetscFree((*potential)->symbol));
  PetscCall(PetscFree(*potential));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialAdd(HHTPotential sum, HHTPotential *term)
{
  PetscFunctionBeginUser;
  PetscCheck((*term)->params.boundary == sum->params.boundary, PETSC_COMM_SELF, PETSC_ERR_ARG_INCOMP,
             "a sum has one boundary");
  while (sum->next) sum = sum->next;
  sum->next = *term;
  *term     = NULL;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialGetParams(HHTPotential potential, const HHTPotentialParams **params)
{
  PetscFunctionBeginUser;
  *params = &potential->params;
  PetscFunctionReturn(0);
}

static int is_zero(const struct HHTPotential_s *q)
{
  return q->methods == &HHTPotential_None || q->params.strength == 0;
}

PetscErrorCode HHTPotentialIsZero(HHTPotential potential, PetscBool *zero)
{
  PetscFunctionBeginUser;
  *zero = PETSC_TRUE;
  for (HHTPotential q = potential; q; q = q->next)
    if (!is_zero(q)) *zero = PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialSymbol(HHTPotential potential, const double k[], double *symbol)
{
  PetscFunctionBeginUser;
  PetscCheck(potential->params.boundary == HHT_PERIODIC, PETSC_COMM_SELF, PETSC_ERR_ARG_WRONGSTATE,
             "the boundary is not periodic");
  *symbol = 0;
  for (HHTPotential q = potential; q; q = q->next)
    *symbol += q->params.strength *
               (q->symbol ? HHTPotentialSampledSymbol(q, k) : q->methods->symbol(&q->params, &q->grid, k));
  PetscFunctionReturn(0);
}

/* Adds one term's value and gradient. */
static PetscErrorCode add_value(HHTPotential q, const double x[], double *value, double gradient[])
{
  const HHTPotentialParams *p   = &q->params;
  const int                 dim = q->grid.dim;
  const double              r   = sqrt(WaveNumber2(&q->grid, x));
  double                    own, own_gradient[HHT_MAX_DIM] = {0};

  PetscFunctionBeginUser;
  if (q->methods->sample) {
    PetscCall(q->methods->sample(q->data, x, &own, own_gradient));
  } else {
    own                = r > 0 ? q->methods->value(p, dim, r) : q->at_origin;
    const double first = r > 0 ? q->methods->first(p, dim, r) : 0;
    for (int j = 0; j < dim; j++) own_gradient[j] = first * x[j];
  }
  *value += p->strength * own;
  for (int j = 0; j < dim; j++) gradient[j] += p->strength * own_gradient[j];
  PetscFunctionReturn(0);
}

static int is_truncated(const struct HHTPotential_s *q)
{
  return q->params.convolution == HHT_TRUNCATED && q->methods->truncated;
}

PetscErrorCode HHTPotentialHasTruncated(HHTPotential potential, PetscBool *has)
{
  PetscFunctionBeginUser;
  *has = PETSC_FALSE;
  for (HHTPotential q = potential; q; q = q->next)
    if (is_truncated(q)) *has = PETSC_TRUE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialTruncatedSymbol(HHTPotential potential, double k, double radius, double *symbol)
{
  PetscFunctionBeginUser;
  *symbol = 0;
  for (HHTPotential q = potential; q; q = q->next)
    if (is_truncated(q)) *symbol += q->params.strength * q->methods->truncated(&q->params, q->grid.dim, k, radius);
  PetscFunctionReturn(0);
}

/* Of the terms that are not truncated, or of all. */
static PetscErrorCode sum_values(HHTPotential potential, int all, const double x[], double *value, double gradient[])
{
  PetscFunctionBeginUser;
  PetscCheck(potential->params.boundary == HHT_FREE, PETSC_COMM_SELF, PETSC_ERR_ARG_WRONGSTATE,
             "the boundary is not free");
  *value = 0;
  for (int j = 0; j < potential->grid.dim; j++) gradient[j] = 0;
  for (HHTPotential q = potential; q; q = q->next)
    if (all || !is_truncated(q)) PetscCall(add_value(q, x, value, gradient));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialValue(HHTPotential potential, const double x[], double *value, double gradient[])
{
  return sum_values(potential, 1, x, value, gradient);
}

PetscErrorCode HHTPotentialSmoothValue(HHTPotential potential, const double x[], double *value, double gradient[])
{
  return sum_values(potential, 0, x, value, gradient);
}
