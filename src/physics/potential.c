#include "cell_average.h"
#include "potential_impl.h"
#include "potentials/potentials.h"
#include <math.h>
#include <string.h>

#define TYPES_MAX 32

static const HHTPotentialMethods *types[TYPES_MAX] = {
    &HHTPotential_None,     &HHTPotential_Cosine,  &HHTPotential_Poisson,  &HHTPotential_Yukawa,
    &HHTPotential_Gaussian, &HHTPotential_Plummer, &HHTPotential_Harmonic, NULL};

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
  if (p->boundary == HHT_PERIODIC && !methods->symbol)
    return HHTError(HHT_EXIT_USAGE,
                    "potential_boundary: periodic is not allowed with potential_type %s; it must be free",
                    methods->name);
  if (p->boundary == HHT_FREE && !methods->value)
    return HHTError(HHT_EXIT_USAGE,
                    "potential_boundary: free is not allowed with potential_type %s; it must be periodic",
                    methods->name);
  if (methods->check) PetscCall(methods->check(p));
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

  PetscFunctionBeginUser;
  if (!methods) return unknown_type(params->type);
  PetscCall(check(methods, params));
  PetscCall(PetscNew(potential));
  **potential = (struct HHTPotential_s){.methods = methods, .params = *params, .grid = *grid};
  PetscCall(set_origin(*potential));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialDestroy(HHTPotential *potential)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(*potential));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialGetParams(HHTPotential potential, const HHTPotentialParams **params)
{
  PetscFunctionBeginUser;
  *params = &potential->params;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialIsZero(HHTPotential potential, PetscBool *zero)
{
  PetscFunctionBeginUser;
  *zero = potential->methods == &HHTPotential_None || potential->params.strength == 0 ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialSymbol(HHTPotential potential, const double k[], double *symbol)
{
  const HHTPotentialParams *p = &potential->params;

  PetscFunctionBeginUser;
  PetscCheck(p->boundary == HHT_PERIODIC, PETSC_COMM_SELF, PETSC_ERR_ARG_WRONGSTATE, "the boundary is not periodic");
  *symbol = p->strength * potential->methods->symbol(p, &potential->grid, k);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPotentialValue(HHTPotential potential, const double x[], double *value, double gradient[])
{
  const HHTPotentialParams *p   = &potential->params;
  const int                 dim = potential->grid.dim;
  const double              r   = sqrt(WaveNumber2(&potential->grid, x));

  PetscFunctionBeginUser;
  PetscCheck(p->boundary == HHT_FREE, PETSC_COMM_SELF, PETSC_ERR_ARG_WRONGSTATE, "the boundary is not free");
  *value             = p->strength * (r > 0 ? potential->methods->value(p, dim, r) : potential->at_origin);
  const double first = r > 0 ? p->strength * potential->methods->first(p, dim, r) : 0;
  for (int j = 0; j < dim; j++) gradient[j] = first * x[j];
  PetscFunctionReturn(0);
}
