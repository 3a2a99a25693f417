/* Reading the text of an option into its field. */
#include "options.h"

#include <errno.h>
#include <hht/error.h>
#include <hht/expression.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Longest text of one value of a list, and of a value quoted in a message. */
#define ITEM_MAX   256
#define QUOTED_MAX 60

static PetscErrorCode not_allowed(const HHTOption *o, const char *text)
{
  const char *more = strlen(text) > QUOTED_MAX ? ".." : "";
  char        allowed[512];

  HHTOptionAllowed(o, allowed, sizeof(allowed));
  if (!*text) return HHTError(HHT_EXIT_USAGE, "%s: the value is missing; it must be %s", o->name, allowed);
  return HHTError(HHT_EXIT_USAGE, "%s: %.*s%s is not allowed; it must be %s", o->name, QUOTED_MAX, text, more, allowed);
}

static int in_range(const HHTOption *o, double value)
{
  if (!isfinite(value)) return 0;
  return o->open ? value > o->lower && value < o->upper : value >= o->lower && value <= o->upper;
}

static int is_word(const HHTOption *o, const char *text) { return o->word && !strcasecmp(o->word, text); }

/* ---- one value of each type ---- */

static void *field_at(const HHTOption *o, HHTCase *c, size_t offset) { return (char *)c + o->field.offset + offset; }

/* The integers of a case are int, PetscInt and ptrdiff_t. */
static size_t int_size(const HHTOption *o) { return o->shape == HHT_ONE ? o->field.size : o->field.size / HHT_MAX_DIM; }

static void store_int(const HHTOption *o, HHTCase *c, int i, long long value)
{
  const int32_t narrow = (int32_t)value;
  const int64_t wide   = (int64_t)value;
  const size_t  size   = int_size(o);

  memcpy(field_at(o, c, (size_t)i * size), size == sizeof(narrow) ? (const void *)&narrow : (const void *)&wide, size);
}

static PetscErrorCode parse_int(const HHTOption *o, const char *text, HHTCase *c, int i)
{
  char     *end;
  long long value;

  if (is_word(o, text)) {
    store_int(o, c, i, PETSC_MAX_INT);
    return 0;
  }
  errno = 0;
  value = strtoll(text, &end, 10);
  if (end == text || *end || errno == ERANGE || !in_range(o, (double)value)) return not_allowed(o, text);
  if (o->even && value % 2) return not_allowed(o, text);
  store_int(o, c, i, value);
  return 0;
}

/* A plain decimal number over the whole text; strtod() alone takes nan, inf and hexadecimal too. */
static int is_number(const char *text, double *value)
{
  char *end;

  if (strspn(text, "+-.0123456789eE") != strlen(text)) return 0;
  *value = strtod(text, &end);
  return end != text && !*end;
}

/* A number or a formula of constants. Whatever is wrong with the formula, the caller's message says what is allowed. */
static PetscErrorCode number(const HHTOption *o, const char *text, double *value)
{
  const double   no_variables[1] = {0};
  HHTExpression  formula         = NULL;
  PetscErrorCode ierr;

  *value = NAN;
  if (is_number(text, value) || !*text) return 0;
  ierr = HHTExpressionCreate(o->name, text, 0, NULL, &formula);
  if (!ierr) ierr = HHTExpressionEvaluate(formula, no_variables, value);
  if (formula && HHTExpressionDestroy(&formula)) return PETSC_ERR_LIB;
  if (HHTErrorExitCode(ierr) == HHT_EXIT_USAGE) {
    HHTErrorClear();
    *value = NAN;
    return 0;
  }
  return ierr;
}

static PetscErrorCode parse_real(const HHTOption *o, const char *text, HHTCase *c, int i)
{
  double value = NAN;

  PetscFunctionBeginUser;
  if (!is_word(o, text)) {
    PetscCall(number(o, text, &value));
    if (!in_range(o, value)) PetscFunctionReturn(not_allowed(o, text));
  }
  ((double *)field_at(o, c, 0))[i] = value;
  PetscFunctionReturn(0);
}

/* Where b begins in a+bi, a-bi or bi: at the last sign that does not belong to an exponent. */
static size_t imaginary_part(const char *text)
{
  for (size_t k = strlen(text); k-- > 1;) {
    if (strchr("+-", text[k]) && !strchr("eE", text[k - 1])) return k;
  }
  return 0;
}

/* a, bi, a+bi or a-bi in plain decimal numbers. */
static int is_complex(const char *text, double complex *value)
{
  const size_t length = strlen(text), split = imaginary_part(text);
  char         part[ITEM_MAX];
  double       re = 0, im = 0;

  if (!length || length >= sizeof(part)) return 0;
  if (text[length - 1] != 'i') {
    if (!is_number(text, &re)) return 0;
  } else {
    (void)snprintf(part, sizeof(part), "%.*s", (int)split, text);
    if (split && !is_number(part, &re)) return 0;
    (void)snprintf(part, sizeof(part), "%.*s", (int)(length - 1 - split), text + split);
    if (!is_number(part, &im)) return 0;
  }
  ((double *)value)[0] = re;
  ((double *)value)[1] = im;
  return isfinite(re) && isfinite(im);
}

static PetscErrorCode parse_complex(const HHTOption *o, const char *text, HHTCase *c, int i)
{
  double complex value;

  if (!is_complex(text, &value)) return not_allowed(o, text);
  ((double complex *)field_at(o, c, 0))[i] = value;
  return 0;
}

int HHTOptionIsBool(const char *text, PetscBool *value)
{
  static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};

  for (int i = 0; i < (int)(sizeof(words) / sizeof(words[0])); i++) {
    if (strcasecmp(words[i], text)) continue;
    if (value) *value = i % 2 ? PETSC_TRUE : PETSC_FALSE;
    return 1;
  }
  return 0;
}

static PetscErrorCode parse_bool(const HHTOption *o, const char *text, HHTCase *c)
{
  /* The bare option, without a value, means true, as everywhere in PETSc. */
  if (HHTOptionIsBool(*text ? text : "true", (PetscBool *)field_at(o, c, 0))) return 0;
  return not_allowed(o, text);
}

static PetscErrorCode parse_text(const HHTOption *o, const char *text, HHTCase *c)
{
  if (strlen(text) >= o->field.size) {
    return HHTError(HHT_EXIT_USAGE, "%s: %.20s.. is not allowed; it must be shorter than %zu characters", o->name, text,
                    o->field.size);
  }
  strcpy(field_at(o, c, 0), text);
  return 0;
}

static PetscErrorCode unknown_choice(const HHTOption *o, const char *text)
{
  HHTNearest nearest = {.wanted = text};
  char       allowed[512];

  if (!*text) return not_allowed(o, text);
  for (int i = 0; o->choices[i]; i++) HHTNearestTry(&nearest, o->choices[i]);
  HHTOptionAllowed(o, allowed, sizeof(allowed));
  return HHTError(HHT_EXIT_USAGE, "%s: %.*s is not allowed; it must be %s; the nearest is %s", o->name, QUOTED_MAX,
                  text, allowed, nearest.best);
}

static PetscErrorCode parse_choice(const HHTOption *o, const char *text, HHTCase *c)
{
  for (int i = 0; o->choices[i]; i++) {
    if (strcmp(o->choices[i], text)) continue;
    if (o->type == HHT_OPTION_NAME) return parse_text(o, text, c);
    store_int(o, c, 0, i);
    return 0;
  }
  return unknown_choice(o, text);
}

static PetscErrorCode parse_item(const HHTOption *o, const char *text, HHTCase *c, int i)
{
  switch (o->type) {
  case HHT_OPTION_INT: return parse_int(o, text, c, i);
  case HHT_OPTION_REAL: return parse_real(o, text, c, i);
  case HHT_OPTION_COMPLEX: return parse_complex(o, text, c, i);
  case HHT_OPTION_BOOL: return parse_bool(o, text, c);
  case HHT_OPTION_TEXT: return parse_text(o, text, c);
  case HHT_OPTION_NAME:
  case HHT_OPTION_ENUM: return parse_choice(o, text, c);
  }
  return PETSC_ERR_ARG_OUTOFRANGE;
}

/* ---- lists ---- */

/*
  Copies the value that begins at text, without the spaces around it; returns where the next one begins, NULL after the
  last.
*/
static const char *next_item(const char *text, char item[ITEM_MAX])
{
  const char *comma  = strchr(text, ',');
  size_t      length = comma ? (size_t)(comma - text) : strlen(text);

  while (length && text[0] == ' ') text++, length--;
  while (length && text[length - 1] == ' ') length--;
  if (length >= ITEM_MAX) length = ITEM_MAX - 1;
  memcpy(item, text, length);
  item[length] = 0;
  return comma ? comma + 1 : NULL;
}

static PetscErrorCode wrong_count(const HHTOption *o, int given, int dim)
{
  const int count = HHTOptionCount(o, dim);
  char      allowed[64];

  if (o->shape == HHT_MATRIX) {
    (void)snprintf(allowed, sizeof(allowed), "1, %d (the diagonal) or %d", 2 * dim, count);
  } else {
    (void)snprintf(allowed, sizeof(allowed), count > 1 ? "1 or %d" : "%d", count);
  }
  return HHTError(HHT_EXIT_USAGE, "%s: %d values are not allowed; with grid_dim %d it must be %s", o->name, given, dim,
                  allowed);
}

/* Puts n values on the diagonal of an otherwise zero rank x rank matrix. */
static void spread_diagonal(double complex *m, int rank, int n)
{
  double complex diagonal[2 * HHT_MAX_DIM];

  for (int i = 0; i < rank; i++) diagonal[i] = m[n == 1 ? 0 : i];
  for (int i = 0; i < rank * rank; i++) m[i] = i % (rank + 1) ? 0 : diagonal[i / (rank + 1)];
}

static PetscErrorCode parse_list(const HHTOption *o, const char *text, HHTCase *c)
{
  const int dim = c->grid.dim, count = HHTOptionCount(o, dim);
  int       n = 0;
  char      item[ITEM_MAX];

  PetscFunctionBeginUser;
  for (const char *at = text; at; n++) {
    at = next_item(at, item);
    /* All are read, also those too many, so that the message says how many were given. */
    PetscCall(parse_item(o, item, c, n < count ? n : count - 1));
  }
  if (o->shape == HHT_MATRIX && (n == 1 || n == 2 * dim)) {
    spread_diagonal((double complex *)field_at(o, c, 0), 2 * dim, n);
    PetscFunctionReturn(0);
  }
  if (n != 1 && n != count) PetscFunctionReturn(wrong_count(o, n, dim));
  for (int i = n; i < count; i++) PetscCall(parse_item(o, item, c, i));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTOptionParse(const HHTOption *o, const char *text, HHTCase *c)
{
  return o->shape == HHT_ONE || o->shape == HHT_LIST ? parse_item(o, text, c, 0) : parse_list(o, text, c);
}
