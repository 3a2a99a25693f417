/* What a restart may not change: every option that shapes the result must be that of the run whose checkpoint it is. */
#include "options.h"

#include <hht/error.h>
#include <string.h>

#define VALUE_MAX (HHT_FORMULA_MAX > PETSC_MAX_PATH_LEN ? HHT_FORMULA_MAX : PETSC_MAX_PATH_LEN)

/* The option's value of the earlier run; the default where its parameters do not name it. */
static PetscErrorCode read_old(PetscOptions parameters, const HHTOption *o, HHTCase *old)
{
  const char *text;

  PetscFunctionBeginUser;
  PetscCall(HHTOptionGet(parameters, o, &text, NULL));
  PetscCall(HHTOptionParse(o, text, old));
  PetscFunctionReturn(0);
}

static PetscErrorCode compare(const HHTOption *o, const HHTCase *c, const HHTCase *old, const char *path)
{
  char now[VALUE_MAX], before[VALUE_MAX];

  for (int i = 0; i < HHTOptionCount(o, c->grid.dim); i++) {
    HHTOptionFormat(o, c, i, now, sizeof(now));
    HHTOptionFormat(o, old, i, before, sizeof(before));
    if (!strcmp(now, before)) continue;
    return HHTError(HHT_EXIT_USAGE,
                    "%s: %.200s is not allowed; a restart cannot change it, and the run of '%s' has %.200s", o->name,
                    now, path, before);
  }
  return 0;
}

static PetscErrorCode compare_all(const HHTCase *c, PetscOptions parameters, HHTCase *old, const char *path)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  PetscFunctionBeginUser;
  for (int i = 0; i < n; i++) PetscCall(read_old(parameters, &table[i], old));
  PetscCall(HHTCaseCheck(old));
  for (int i = 0; i < n; i++) {
    if (!HHTOptionMayChange(&table[i]) && HHTOptionApplies(&table[i], c)) PetscCall(compare(&table[i], c, old, path));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTOptionsCheckRestart(const HHTCase *c, const char *text, const char *path)
{
  PetscOptions   parameters;
  HHTCase       *old;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscOptionsCreate(&parameters));
  PetscCall(PetscOptionsInsertStringYAML(parameters, text));
  PetscCall(PetscNew(&old));
  ierr = compare_all(c, parameters, old, path);
  PetscCall(PetscFree(old));
  PetscCall(PetscOptionsDestroy(&parameters));
  PetscFunctionReturn(ierr);
}
