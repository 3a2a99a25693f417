/* Reading the options of a case from PETSc's database. */
#include "options.h"

#include <hht/error.h>
#include <string.h>
#include <strings.h>

PetscErrorCode HHTOptionGet(PetscOptions database, const HHTOption *o, const char **text, PetscBool *given)
{
  char      name[64];
  PetscBool found;

  PetscFunctionBeginUser;
  (void)snprintf(name, sizeof(name), "-%s", o->name);
  PetscCall(PetscOptionsFindPair(database, NULL, name, text, &found));
  if (given) *given = found;
  /* PETSc keeps an empty value as NULL. */
  if (found && !*text) *text = "";
  if (found) PetscFunctionReturn(0);
  *text = o->fallback;
  if (o->like) PetscCall(HHTOptionGet(database, o->like, text, NULL));
  PetscFunctionReturn(0);
}

static PetscErrorCode read_option(const HHTOption *o, HHTCase *c)
{
  const char *text;
  PetscBool   given;

  PetscFunctionBeginUser;
  PetscCall(HHTOptionGet(NULL, o, &text, &given));
  PetscCall(HHTOptionParse(o, text, c));
  if (given && HHTOptionInGroup(o, "compare", 7)) c->compares = PETSC_TRUE;
  PetscFunctionReturn(0);
}

/* The time stepper of PETSc reads its own options again, and understands neither formulas nor words. */
static PetscErrorCode rewrite_for_petsc(const HHTOption *o, const HHTCase *c)
{
  char      name[64], text[64];
  PetscBool given;

  PetscFunctionBeginUser;
  if (!HHTOptionInGroup(o, "ts", 2) || (o->type != HHT_OPTION_REAL && o->type != HHT_OPTION_INT))
    PetscFunctionReturn(0);
  (void)snprintf(name, sizeof(name), "-%s", o->name);
  PetscCall(PetscOptionsHasName(NULL, NULL, name, &given));
  if (!given) PetscFunctionReturn(0);
  HHTOptionFormat(o, c, 0, text, sizeof(text));
  if (o->word && !strcmp(text, o->word)) (void)snprintf(text, sizeof(text), "%" PetscInt_FMT, PETSC_MAX_INT);
  PetscCall(PetscOptionsSetValue(NULL, name, text));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_applies(const HHTOption *o, const HHTCase *c)
{
  char      name[64], type[256];
  PetscBool given;

  PetscFunctionBeginUser;
  if (HHTOptionApplies(o, c)) PetscFunctionReturn(0);
  (void)snprintf(name, sizeof(name), "-%s", o->name);
  PetscCall(PetscOptionsHasName(NULL, NULL, name, &given));
  if (!given) PetscFunctionReturn(0);
  HHTOptionTypeInWords(o, c, type, sizeof(type));
  PetscFunctionReturn(
      HHTError(HHT_EXIT_USAGE, "%s: %s does not use it; it is for %s, so leave it out", o->name, type, o->only_for));
}

/* runs/landau for cases/landau.yaml. */
static void default_output_dir(HHTCase *c)
{
  const char  *slash  = strrchr(c->file, '/');
  const char  *name   = slash ? slash + 1 : c->file;
  const char  *dot    = strrchr(name, '.');
  const size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);

  (void)snprintf(c->output_dir, sizeof(c->output_dir), "runs/%.*s", (int)length, length ? name : "hht");
}

PetscErrorCode HHTCaseFromOptions(const char *file, HHTCase *c)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  PetscFunctionBeginUser;
  memset(c, 0, sizeof(*c));
  PetscCall(PetscStrncpy(c->file, file, sizeof(c->file)));
  for (int i = 0; i < n; i++) PetscCall(read_option(&table[i], c));
  PetscCall(HHTOptionsCheckUnknown());
  for (int i = 0; i < n; i++) PetscCall(check_applies(&table[i], c));
  for (int i = 0; i < n; i++) PetscCall(rewrite_for_petsc(&table[i], c));
  if (!c->output_dir[0]) default_output_dir(c);
  PetscCall(HHTCaseCheck(c));
  PetscFunctionReturn(0);
}
