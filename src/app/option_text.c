/* What an option allows, in words, and its values as text that reads back to the same bits. */
#include "options.h"

#include <hht/error.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(char *text, size_t size, const char *more)
{
  const size_t length = strlen(text);

  (void)snprintf(text + length, size - length, "%s", more);
}

static void choices_in_words(const HHTOption *o, char *text, size_t size)
{
  for (int i = 0; o->choices[i]; i++) {
    if (i) append(text, size, o->choices[i + 1] ? ", " : " or ");
    append(text, size, o->choices[i]);
  }
}

static void range_in_words(const HHTOption *o, char *text, size_t size)
{
  const char *noun = o->even ? "an even number" : o->type == HHT_OPTION_INT ? "a whole number" : "a number";
  const int   cap  = isfinite(o->upper) && o->upper < (double)PETSC_MAX_INT;

  if (!isfinite(o->lower)) {
    (void)snprintf(text, size, "a finite number");
  } else if (!cap) {
    (void)snprintf(text, size, "%s %s %.0f", noun, o->open ? ">" : ">=", o->lower);
  } else if (o->open) {
    (void)snprintf(text, size, "%s between %.0f and %.0f, without the ends", noun, o->lower, o->upper);
  } else {
    (void)snprintf(text, size, "%s from %.0f to %.0f", noun, o->lower, o->upper);
  }
}

const char *HHTOptionFallback(const HHTOption *o) { return o->like ? o->like->name : o->fallback; }

void HHTOptionAllowed(const HHTOption *o, char *text, size_t size)
{
  *text = 0;
  switch (o->type) {
  case HHT_OPTION_INT:
  case HHT_OPTION_REAL: range_in_words(o, text, size); break;
  case HHT_OPTION_COMPLEX: append(text, size, "a complex number like 1-0.5i"); break;
  case HHT_OPTION_BOOL: append(text, size, "true or false"); break;
  case HHT_OPTION_TEXT: append(text, size, "text"); break;
  case HHT_OPTION_NAME:
  case HHT_OPTION_ENUM: choices_in_words(o, text, size); break;
  }
  if (!o->word) return;
  append(text, size, " or ");
  append(text, size, o->word);
}

/* The integers of a case are int, PetscInt and ptrdiff_t. */
static long long load_int(const HHTOption *o, const HHTCase *c, int i)
{
  const size_t size = HHTOptionOffset(o, 1) - HHTOptionOffset(o, 0);
  const char  *at   = (const char *)c + HHTOptionOffset(o, i);
  int32_t      narrow;
  int64_t      wide;

  if (size == sizeof(narrow)) {
    memcpy(&narrow, at, sizeof(narrow));
    return narrow;
  }
  memcpy(&wide, at, sizeof(wide));
  return wide;
}

static void format_int(const HHTOption *o, const HHTCase *c, int i, char *text, size_t size)
{
  const long long value = load_int(o, c, i);

  if (o->word && value == PETSC_MAX_INT) {
    (void)snprintf(text, size, "%s", o->word);
  } else {
    (void)snprintf(text, size, "%lld", value);
  }
}

/* The fewest digits that read back to the same bits; 17 always do. */
static void shortest(double value, char *text, size_t size)
{
  for (int digits = 15; digits <= 17; digits++) {
    (void)snprintf(text, size, "%.*g", digits, value);
    if (strtod(text, NULL) == value) return;
  }
}

static void format_real(const HHTOption *o, double value, char *text, size_t size)
{
  if (o->word && isnan(value)) {
    (void)snprintf(text, size, "%s", o->word);
  } else {
    shortest(value, text, size);
  }
}

static void format_complex(double complex value, char *text, size_t size)
{
  char re[32], im[32];

  shortest(creal(value), re, sizeof(re));
  shortest(cimag(value), im, sizeof(im));
  (void)snprintf(text, size, "%s%s%si", re, *im == '-' ? "" : "+", im);
}

void HHTOptionFormat(const HHTOption *o, const HHTCase *c, int i, char *text, size_t size)
{
  const void *field = (const char *)c + HHTOptionOffset(o, i);

  switch (o->type) {
  case HHT_OPTION_INT: format_int(o, c, i, text, size); break;
  case HHT_OPTION_REAL: format_real(o, *(const double *)field, text, size); break;
  case HHT_OPTION_COMPLEX: format_complex(*(const double complex *)field, text, size); break;
  case HHT_OPTION_BOOL: (void)snprintf(text, size, "%s", *(const PetscBool *)field ? "true" : "false"); break;
  case HHT_OPTION_TEXT:
  case HHT_OPTION_NAME: (void)snprintf(text, size, "%s", (const char *)field); break;
  case HHT_OPTION_ENUM: (void)snprintf(text, size, "%s", o->choices[load_int(o, c, 0)]); break;
  }
}

const char *HHTOptionShapeText(const HHTOption *o)
{
  static const char *const words[] = {[HHT_ONE]           = "",
                                      [HHT_PER_DIM]       = "; one, or a list of d",
                                      [HHT_PER_PHASE_DIM] = "; one, or a list of 2d",
                                      [HHT_MATRIX]        = "; one, or a list of 2d (diagonal) or 4d^2 (rows)",
                                      [HHT_LIST]          = "",
                                      [HHT_TERMS]         = "; of a list (up to 8) the sum",
                                      [HHT_PER_TERM]      = "; one, or a list as long as potential_type"};

  return words[o->shape];
}
