/* What hht run allows, and the commands that step by themselves, views and meanfield, do not have. */
#include "options.h"
#include "problem.h"
#include <hht/error.h>
#include <string.h>

static PetscErrorCode refuse(const char *option, const char *given, const char *command, const char *allowed)
{
  return HHTError(HHT_EXIT_USAGE, "%s: %s is not allowed with %s; %s", option, given, command, allowed);
}

static PetscErrorCode check_time(const HHTCase *c, const char *command)
{
  if (c->max_steps != PETSC_MAX_INT) return refuse("ts_max_steps", "it", command, "give ts_max_time");
  if (!(c->max_time > 0))
    return HHTError(HHT_EXIT_USAGE, "ts_max_time: %g is not allowed with %s; it must be > 0", c->max_time, command);
  if (c->max_time / c->dt < PETSC_MAX_INT) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "ts_dt: %g is not allowed; %g steps to ts_max_time are too many, it must be at most %d", c->dt,
                  c->max_time / c->dt, PETSC_MAX_INT);
}

PetscErrorCode HHTCaseCheckOwnSteps(const HHTCase *c, const char *command)
{
  PetscFunctionBeginUser;
  if (c->absorber.type != HHT_ABSORBER_NONE)
    PetscFunctionReturn(refuse("absorber_type", "layer", command, "it must be none"));
  if (c->compares)
    PetscFunctionReturn(refuse("compare_", "a second solution", command, "leave out all compare_ options"));
  if (strcmp(c->ts_type, "splitting") != 0)
    PetscFunctionReturn(refuse("ts_type", c->ts_type, command, "it must be splitting"));
  if (HHTCaseAdapts(c)) PetscFunctionReturn(refuse("ts_adapt_type", c->adapt, command, "it must be none"));
  PetscCall(check_time(c, command));
  PetscCall(HHTCaseRefuseForceGradient(c, command));
  PetscFunctionReturn(0);
}
