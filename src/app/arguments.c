/*
  The command line: hht COMMAND [FILE] [--flag [value] ..] [-option value ..].

  Words with two dashes are ours. Words with one dash and a letter are options of PETSc's database and take the word
  after them as their value unless that is an option too, as PETSc reads them. What is left over must be the command's
  one file.
*/
#include "commands.h"
#include "duration.h"
#include "options.h"

#include <ctype.h>
#include <hht/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PetscErrorCode unknown_command(const char *word)
{
  int               n;
  const HHTCommand *commands = HHTCommands(&n);
  HHTNearest        nearest  = {.wanted = word};

  for (int i = 0; i < n; i++) HHTNearestTry(&nearest, commands[i].name);
  return HHTError(HHT_EXIT_USAGE, "%s: there is no such command; the nearest is hht %s, and hht --help lists all", word,
                  nearest.best);
}

static PetscErrorCode find_command(const char *word, HHTArguments *a)
{
  int               n;
  const HHTCommand *commands = HHTCommands(&n);

  for (int i = 0; i < n; i++) {
    if (!strcmp(commands[i].name, word)) a->command = &commands[i];
  }
  return a->command ? 0 : unknown_command(word);
}

static int is_option(const char *word) { return word[0] == '-' && isalpha((unsigned char)word[1]); }

static const char *const flags[] = {"--help", "--version", "--dry-run", "--error-check", "--restart", "--walltime"};

PetscBool HHTIsFlag(const char *name)
{
  for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
    if (!strcmp(flags[i] + 2, name)) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

static PetscErrorCode unknown_flag(const char *word)
{
  HHTNearest nearest = {.wanted = word};

  if (HHTOptionFind(word + 2))
    return HHTError(HHT_EXIT_USAGE, "%s: options have one dash; it must be %s", word, word + 1);
  for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) HHTNearestTry(&nearest, flags[i]);
  return HHTError(HHT_EXIT_USAGE, "%s: there is no such flag; the nearest is %s", word, nearest.best);
}

static PetscBool runs_case(const HHTArguments *a)
{
  return a->command && a->command->file == HHT_CASE_FILE ? PETSC_TRUE : PETSC_FALSE;
}

static PetscBool is_flag(const char *word, const char *flag)
{
  const size_t length = strlen(flag);

  return !strncmp(word, flag, length) && (!word[length] || word[length] == '=') ? PETSC_TRUE : PETSC_FALSE;
}

static PetscErrorCode parse_error_check(const char *value, HHTArguments *a)
{
  if (*value && strcmp(value, "=grid") != 0)
    return HHTError(HHT_EXIT_USAGE,
                    "--error-check: '%s' is not allowed; it must be grid, or nothing for the step alone", value + 1);
  a->check_step = PETSC_TRUE;
  if (*value) a->check_grid = PETSC_TRUE;
  return 0;
}

static PetscErrorCode parse_flag(const char *word, HHTArguments *a)
{
  if (!strcmp(word, "--version")) {
    a->version = PETSC_TRUE;
  } else if (!strcmp(word, "--help") || !strcmp(word, "-h")) {
    a->help = PETSC_TRUE;
  } else if (!strncmp(word, "--help=", 7)) {
    a->help       = PETSC_TRUE;
    a->help_topic = word + 7;
  } else if (!strcmp(word, "--dry-run") && runs_case(a)) {
    a->dry_run = PETSC_TRUE;
  } else if (runs_case(a) && is_flag(word, "--error-check")) {
    return parse_error_check(word + strlen("--error-check"), a);
  } else {
    return unknown_flag(word);
  }
  return 0;
}

static PetscErrorCode parse_walltime(const char *text, double *seconds)
{
  if (!HHTDurationParse(text, seconds) && *seconds > 0) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "--walltime: '%s' is not allowed; it must be a time as 23:30:00 (h:m:s), 1-12:00:00 or 90 (minutes)",
                  text);
}

/* A flag that takes a value: the word after it, or what stands behind its =. *used counts the words. */
static PetscErrorCode parse_value_flag(char **argv, int i, const char *flag, HHTArguments *a, int *used)
{
  const size_t length = strlen(flag);
  const char  *value  = argv[i][length] == '=' ? argv[i] + length + 1 : argv[i + 1];

  if (argv[i][length] != '=' && value) *used = 2;
  if (!value || !*value || value[0] == '-')
    return HHTError(HHT_EXIT_USAGE, "%s: the value is missing; use: hht %s", flag, a->command->usage);
  if (!strcmp(flag, "--walltime")) return parse_walltime(value, &a->walltime);
  a->restart = value;
  return 0;
}

static PetscErrorCode parse_file(char *word, HHTArguments *a)
{
  if (word[0] == '-')
    return HHTError(HHT_EXIT_USAGE, "%s: this is neither an option nor a file; see hht %s --help", word,
                    a->command->name);
  if (a->command->file == HHT_NO_FILE) {
    return HHTError(HHT_EXIT_USAGE, "%s: hht %s takes no file; use: hht %s", word, a->command->name, a->command->usage);
  }
  if (a->file) {
    return HHTError(HHT_EXIT_USAGE, "%s: one file is allowed, and %s is given already; options begin with a dash", word,
                    a->file);
  }
  a->file = word;
  return 0;
}

/* Whether `value` belongs to the option before it. A switch of ours leaves the file that follows it alone. */
static int takes_value(const char *option, const char *value)
{
  const HHTOption *known = HHTOptionFind(option + 1);

  if (!value || is_option(value) || !strncmp(value, "--", 2)) return 0;
  return !known || known->type != HHT_OPTION_BOOL || HHTOptionIsBool(value, NULL);
}

/* Reads the words from argv[i] on that belong together; returns how many in *used. */
static PetscErrorCode parse_word(char **argv, int i, HHTArguments *a, int *used)
{
  *used = 1;
  if (runs_case(a) && is_flag(argv[i], "--restart")) return parse_value_flag(argv, i, "--restart", a, used);
  if (runs_case(a) && is_flag(argv[i], "--walltime")) return parse_value_flag(argv, i, "--walltime", a, used);
  if (!strncmp(argv[i], "--", 2) || !strcmp(argv[i], "-h")) return parse_flag(argv[i], a);
  if (!is_option(argv[i])) return parse_file(argv[i], a);
  if (takes_value(argv[i], argv[i + 1])) *used = 2;
  for (int k = 0; k < *used; k++) a->options[a->n_options++] = argv[i + k];
  return 0;
}

static PetscErrorCode check_complete(const HHTArguments *a)
{
  if (a->help || a->version || a->command->file == HHT_NO_FILE || a->file) return 0;
  if (a->restart && strcmp(a->restart, "auto") != 0) return 0;
  if (a->restart)
    return HHTError(HHT_EXIT_USAGE, "--restart: auto needs the case file, which tells the run's folder; use: hht %s",
                    a->command->usage);
  return HHTError(HHT_EXIT_USAGE, "hht %s: the file is missing; use: hht %s", a->command->name, a->command->usage);
}

/* hht alone, hht help, hht --help, hht --version. */
static PetscErrorCode parse_first(int argc, char **argv, HHTArguments *a)
{
  if (argc < 2) return HHTError(HHT_EXIT_USAGE, "the command is missing; see hht --help");
  if (!strcmp(argv[1], "help")) return parse_flag("--help", a);
  return argv[1][0] == '-' ? parse_flag(argv[1], a) : find_command(argv[1], a);
}

PetscErrorCode HHTArgumentsParse(int argc, char **argv, HHTArguments *a)
{
  PetscErrorCode ierr;
  int            used;

  memset(a, 0, sizeof(*a));
  a->options = calloc((size_t)argc + 1, sizeof(*a->options));
  if (!a->options) return PETSC_ERR_MEM;
  ierr = parse_first(argc, argv, a);
  if (ierr || !a->command) return ierr;
  for (int i = 2; i < argc && !ierr; i += used) ierr = parse_word(argv, i, a, &used);
  return ierr ? ierr : check_complete(a);
}

void HHTArgumentsFree(HHTArguments *a)
{
  free(a->options);
  a->options = NULL;
}

PetscErrorCode HHTArgumentsRefuse(const HHTArguments *a, const char *flag)
{
  return HHTError(HHT_EXIT_USAGE, "%s: it is not allowed with hht %s; leave it out, or use hht run", flag,
                  a->command->name);
}

PetscErrorCode HHTArgumentsCheckAuto(const HHTArguments *a)
{
  if (!a->restart || !strcmp(a->restart, "auto")) return 0;
  return HHTError(HHT_EXIT_USAGE, "--restart: '%s' is not allowed with hht %s; it must be auto", a->restart,
                  a->command->name);
}
