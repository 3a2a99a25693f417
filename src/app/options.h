/*
  The one table of options. It drives reading, checking, messages, help, docs/parameters.md and used_parameters.yaml.

  An option is named <group>_<key>: -grid_nx on the command line, `grid: {nx: ..}` in a case file.
*/
#ifndef HHT_OPTIONS_H
#define HHT_OPTIONS_H

#include <hht/case.h>
#include <stddef.h>

typedef enum {
  HHT_OPTION_INT,     /* int, PetscInt or ptrdiff_t, by the size of the field */
  HHT_OPTION_REAL,    /* double; a formula of constants may be given, as 4*pi */
  HHT_OPTION_COMPLEX, /* double complex, as 1-0.5i */
  HHT_OPTION_BOOL,    /* PetscBool */
  HHT_OPTION_TEXT,    /* char[] */
  HHT_OPTION_NAME,    /* char[], one of choices */
  HHT_OPTION_ENUM     /* an enum whose values number the choices */
} HHTOptionType;

/* How many values the option takes at d dimensions; one value given for a list holds for all. */
typedef enum {
  HHT_ONE,
  HHT_PER_DIM,       /* d */
  HHT_PER_PHASE_DIM, /* 2d */
  HHT_MATRIX,        /* (2d)^2, or 2d or one for a diagonal */
  HHT_LIST,          /* any number, kept as one text with commas */
  HHT_TERMS,         /* as many as are given, 8 at most: the terms of the potential */
  HHT_PER_TERM       /* one for each of those */
} HHTOptionShape;

typedef struct HHTOption_s HHTOption;

struct HHTOption_s {
  const char        *name;
  HHTOptionType      type;
  HHTOptionShape     shape;
  const char        *fallback; /* the default, written as a user would */
  const HHTOption   *like;     /* the option whose value is the default instead; NULL: none */
  double             lower, upper;
  int                open;       /* the ends of the range are not allowed */
  int                even;       /* only even numbers */
  const char        *word;       /* allowed beside numbers: NaN, or for integers PETSC_MAX_INT */
  const char *const *choices;    /* NULL at the end */
  const char        *only_for;   /* the values of <group>_type that use the option, between spaces; NULL: all */
  int                may_change; /* on a restart; as its group where 0 */
  const char        *unit;       /* NULL: a pure number or not a number */
  const char        *help;
  struct {
    size_t offset, size; /* of the member of HHTCase */
  } field;
};

typedef struct {
  const char *name, *help;
  int         may_change; /* on a restart: they do not shape the result */
} HHTOptionGroup;

const HHTOption      *HHTOptions(int *n);
const HHTOptionGroup *HHTOptionGroups(int *n);

/* By name, upper or lower case alike as in PETSc's database; NULL if there is none. */
const HHTOption *HHTOptionFind(const char *name);

/* Whether the option belongs to the group of this name of `length` characters. */
int HHTOptionInGroup(const HHTOption *option, const char *group, size_t length);

/* Whether the types chosen in `c` use the option; those of the group compare, whether there is a second solution. */
int HHTOptionApplies(const HHTOption *option, const HHTCase *c);

/*
  The option's text in the database (NULL: PETSc's own): what is given, else what the option that it is like has, else the default. Borrowed from
  database or table; *given may be NULL.
*/
PetscErrorCode HHTOptionGet(PetscOptions database, const HHTOption *option, const char **text, PetscBool *given);

/* Whether a run that goes on from a checkpoint may have another value than the run that wrote it. */
int HHTOptionMayChange(const HHTOption *option);

/* How many values the option holds in `c`, whose grid.dim and potential_terms are set. */
int HHTOptionCount(const HHTOption *option, const HHTCase *c);

/* Where in an HHTCase value i of the option is. */
size_t HHTOptionOffset(const HHTOption *option, int i);

/* The type that decides whether the option is used: names of the potential's terms, or of the initial data. */
void HHTOptionTypeInWords(const HHTOption *option, const HHTCase *c, char *text, size_t size);

/*
  Reads text into the option's field of `c`, whose grid.dim is set; HHT_EXIT_USAGE names option, text and what is
  allowed.
*/
PetscErrorCode HHTOptionParse(const HHTOption *option, const char *text, HHTCase *c);

/* Whether the text reads as true or false; *value may be NULL. */
int HHTOptionIsBool(const char *text, PetscBool *value);

/* The default in words: its text, or the name of the option that has the value; "" for the empty text. */
const char *HHTOptionFallback(const HHTOption *option);

/*
  What is allowed, as in "an even number from 4 to 1048576", and value number i as text that HHTOptionParse() reads
  back.
*/
void HHTOptionAllowed(const HHTOption *option, char *text, size_t size);
/* How many of them, as in "; one, or a list of d". */
const char *HHTOptionShapeText(const HHTOption *option);
void        HHTOptionFormat(const HHTOption *option, const HHTCase *c, int i, char *text, size_t size);

/* Whether the name is PETSc's by its prefix. */
int HHTOptionIsPetsc(const char *name);

/*
  HHT_EXIT_USAGE for an option of the database that is neither ours nor PETSc's. Call it when ours were read.
  Collective.
*/
PetscErrorCode HHTOptionsCheckUnknown(void);

/*
  HHT_EXIT_USAGE for an option of `c` that differs from the parameters of a checkpoint, a text that HHTCaseToYAML() has made, and may not.
  path names the checkpoint. Collective.
*/
PetscErrorCode HHTOptionsCheckRestart(const HHTCase *c, const char *parameters, const char *path);

/* The cross checks of a case, and what follows from several options (automatic values, HHTGridSetUp()). */
PetscErrorCode HHTCaseCheck(HHTCase *c);

/* HHT_EXIT_USAGE for a ts_splitting_type with a modified potential, which `what` does not have. */
PetscErrorCode HHTCaseRefuseForceGradient(const HHTCase *c, const char *what);

/* The nearest of some names to a misspelt one: set wanted, try each, read best. */
typedef struct {
  const char *wanted;
  const char *best; /* NULL before the first try */
  int         distance;
} HHTNearest;

void HHTNearestTry(HHTNearest *nearest, const char *name);

/* Whether --name is a flag of the command line. */
PetscBool HHTIsFlag(const char *name);

/* The nearest option of ours, or of those of PETSc's that users of hht need. */
const char *HHTOptionNearest(const char *name);

#endif
