/* used_parameters.yaml: a case written as a case file. */
#include "options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_MAX (HHT_FORMULA_MAX > PETSC_MAX_PATH_LEN ? HHT_FORMULA_MAX : PETSC_MAX_PATH_LEN)

/*
  The code point that begins at text, where YAML has it escaped: a control character, a line break or no character of Unicode's; else 0.
  *length is that of its UTF-8.
*/
static unsigned special(const char *text, int *length)
{
  const unsigned char *c = (const unsigned char *)text;
  unsigned             point;

  if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] <= 0x9F) {
    *length = 2;
    return c[1];
  }
  if (c[0] < 0xE0 || c[0] > 0xEF || !c[1] || !c[2]) return 0;
  *length = 3;
  point   = (c[0] & 0x0Fu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
  return point == 0x2028 || point == 0x2029 || point == 0xFEFF || point >= 0xFFFE ? point : 0;
}

/* Text in double quotes; the characters that YAML reads otherwise are escaped. */
static void write_quoted(FILE *out, const char *text)
{
  int length;

  fputc('"', out);
  for (; *text; text += length) {
    const unsigned char c     = (unsigned char)*text;
    const unsigned      point = special(text, &length);

    if (!point) length = 1;
    if (point) {
      fprintf(out, "\\u%04x", point);
    } else if (c == '"' || c == '\\') {
      fprintf(out, "\\%c", c);
    } else if (c < ' ' || c == 127) {
      fprintf(out, "\\x%02x", c);
    } else {
      fputc(c, out);
    }
  }
  fputc('"', out);
}

static void write_value(FILE *out, const HHTOption *o, const HHTCase *c)
{
  const int count = HHTOptionCount(o, c->grid.dim);
  char      text[VALUE_MAX];

  if (count > 1) fputc('[', out);
  for (int i = 0; i < count; i++) {
    HHTOptionFormat(o, c, i, text, sizeof(text));
    if (i) fputs(", ", out);
    if (o->type == HHT_OPTION_TEXT) {
      write_quoted(out, text);
    } else {
      fputs(text, out);
    }
  }
  if (count > 1) fputc(']', out);
}

/* An option that the chosen type does not use may not be given, so it becomes a comment. */
static void write_option(FILE *out, const HHTOption *o, const HHTCase *c)
{
  const int applies = HHTOptionApplies(o, c);

  fprintf(out, "  %s%s: ", applies ? "" : "# ", strchr(o->name, '_') + 1);
  write_value(out, o, c);
  if (!applies) fprintf(out, "  (not used; for %s)", o->only_for);
  fputc('\n', out);
}

/* Where the next entry begins, or the end of the text. */
static const char *entry_end(const char *entry)
{
  const char *end = entry;

  while ((end = strstr(end + 1, " -"))) {
    if (isalpha((unsigned char)end[2])) return end + 1;
  }
  return entry + strlen(entry);
}

/*
  The value of an option of PETSc's time stepper that is not in our table, if that is what the entry of the database, "-name value ", begins
  with; else NULL. What looks like an entry may be part of a text.
*/
static const char *petsc_ts_value(const char *entry, size_t length)
{
  char        name[128];
  const char *value = NULL;
  PetscBool   given = PETSC_FALSE;

  if (strncmp(entry, "-ts_", 4) || length >= sizeof(name)) return NULL;
  (void)snprintf(name, sizeof(name), "%.*s", (int)length, entry);
  if (HHTOptionFind(name + 1) || PetscOptionsFindPair(NULL, NULL, name, &value, &given) || !given) return NULL;
  return value ? value : "";
}

/* What the user set of PETSc's time stepper shapes the result as well. */
static void write_petsc_ts(FILE *out, const char *database)
{
  for (const char *entry = database; *entry; entry = entry_end(entry)) {
    const size_t length = strcspn(entry, " ");
    const char  *value  = petsc_ts_value(entry, length);

    if (!value) continue;
    fprintf(out, "  %.*s: ", (int)length - 4, entry + 4);
    write_quoted(out, value);
    fputc('\n', out);
  }
}

static void write_case(FILE *out, const HHTCase *c, const char *database)
{
  int                   n, n_groups;
  const HHTOption      *table  = HHTOptions(&n);
  const HHTOptionGroup *groups = HHTOptionGroups(&n_groups);

  fputs("# Every option of this run, given or default; `hht run` on this file repeats the run.\n", out);
  for (int g = 0; g < n_groups; g++) {
    if (!strcmp(groups[g].name, "compare") && !c->compares)
      continue; /* to name one of its options is to have a second solution */
    fprintf(out, "%s:\n", groups[g].name);
    for (int i = 0; i < n; i++) {
      if (HHTOptionInGroup(&table[i], groups[g].name, strlen(groups[g].name))) write_option(out, &table[i], c);
    }
    if (!strcmp(groups[g].name, "ts")) write_petsc_ts(out, database);
  }
}

PetscErrorCode HHTCaseToYAML(const HHTCase *c, char **text)
{
  char  *written = NULL, *database;
  size_t length;
  FILE  *out;
  int    failed;

  PetscFunctionBeginUser;
  out = open_memstream(&written, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for the text of the case");
  PetscCall(PetscOptionsGetAll(NULL, &database));
  write_case(out, c, database);
  PetscCall(PetscFree(database));
  failed = ferror(out) | fclose(out);
  PetscCheck(!failed, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for the text of the case");
  /* The stream's memory is malloc()'s; the caller frees with PetscFree(). */
  PetscCall(PetscStrallocpy(written, text));
  free(written);
  PetscFunctionReturn(0);
}
