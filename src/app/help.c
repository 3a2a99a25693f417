/* hht --help, and the pages made from the option table. */
#include "commands.h"
#include "options.h"

#include <hht/error.h>
#include <stdio.h>
#include <string.h>

static const HHTOptionGroup *find_group(const char *name)
{
  int                   n;
  const HHTOptionGroup *groups = HHTOptionGroups(&n);

  for (int i = 0; i < n; i++) {
    if (!strcmp(groups[i].name, name)) return &groups[i];
  }
  return NULL;
}

static PetscErrorCode unknown_topic(const char *topic)
{
  int                   n;
  const HHTOptionGroup *groups  = HHTOptionGroups(&n);
  HHTNearest            nearest = {.wanted = topic};

  HHTNearestTry(&nearest, "all");
  HHTNearestTry(&nearest, "markdown");
  HHTNearestTry(&nearest, "man");
  for (int i = 0; i < n; i++) HHTNearestTry(&nearest, groups[i].name);
  return HHTError(HHT_EXIT_USAGE,
                  "--help=%s: there is no such topic; the nearest is --help=%s, and hht run --help lists all", topic,
                  nearest.best);
}

PetscErrorCode HHTHelpCheck(const HHTArguments *a)
{
  const char *topic = a->help_topic;

  if (!topic || !strcmp(topic, "all") || !strcmp(topic, "markdown") || !strcmp(topic, "man") || find_group(topic))
    return 0;
  return unknown_topic(topic);
}

/* ---- options as text ---- */

static const char *fallback_in_words(const HHTOption *o)
{
  const char *text = HHTOptionFallback(o);

  return *text ? text : "\"\"";
}

static void print_option(const HHTOption *o)
{
  char allowed[512];

  printf("  -%s  [%s]", o->name, fallback_in_words(o));
  if (o->unit) printf("  %s", o->unit);
  if (o->only_for) printf("  (for %s)", o->only_for);
  printf("\n      %s", o->help);
  HHTOptionAllowed(o, allowed, sizeof(allowed));
  if (o->type != HHT_OPTION_TEXT) printf("; %s%s", allowed, HHTOptionShapeText(o));
  printf("\n");
}

static void print_group(const HHTOptionGroup *group)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  printf("%s: %s\n", group->name, group->help);
  for (int i = 0; i < n; i++) {
    if (HHTOptionInGroup(&table[i], group->name, strlen(group->name))) print_option(&table[i]);
  }
}

static void print_all(void (*print)(const HHTOptionGroup *))
{
  int                   n;
  const HHTOptionGroup *groups = HHTOptionGroups(&n);

  for (int i = 0; i < n; i++) {
    if (i) printf("\n");
    print(&groups[i]);
  }
}

/* ---- options as a page of the documentation ---- */

static void print_row(const HHTOption *o)
{
  char allowed[512];

  HHTOptionAllowed(o, allowed, sizeof(allowed));
  printf("| `%s` | `%s` | %s | %s%s | ", o->name, fallback_in_words(o), o->unit ? o->unit : "", allowed,
         HHTOptionShapeText(o));
  for (const char *c = o->help; *c; c++) printf(*c == '|' ? "\\%c" : "%c", *c);
  if (o->only_for) printf(" (for %s)", o->only_for);
  printf(" |\n");
}

static void print_table(const HHTOptionGroup *group)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  printf("## `%s`: %s\n\n", group->name, group->help);
  printf("| option | default | unit | allowed | meaning |\n|---|---|---|---|---|\n");
  for (int i = 0; i < n; i++) {
    if (HHTOptionInGroup(&table[i], group->name, strlen(group->name))) print_row(&table[i]);
  }
}

static void print_markdown(void)
{
  printf(
      "# Parameters\n\n"
      "Made by `hht run --help=markdown` from the program's option table.\n\n"
      "An option `grid_nx` is `-grid_nx 64` on the command line and `grid: {nx: 64}` in a case file; the command line wins.\n"
      "d is `grid_dim`. A list is `[64, 32]` in a case file and `64,32` on the command line; one value holds for all.\n"
      "A real number may be a formula of constants, as `4*pi`. The name of an option as a default stands for the value of that one.\n\n");
  print_all(print_table);
}

/* ---- the pages ---- */

static void print_general(void)
{
  int               n;
  const HHTCommand *commands = HHTCommands(&n);

  printf("hht solves the Hamilton Hartree equation on phase-space grids; alone, or under\n"
         "mpiexec or srun.\n\n");
  for (int i = 0; i < n; i++) {
    const int words = (int)strcspn(commands[i].usage, "["); /* without what may be left out */

    printf("  hht %-20.*s %s\n", words, commands[i].usage, commands[i].help);
  }
  printf("\n"
         "  hht COMMAND --help       how to use it, with an example\n"
         "  hht --help=markdown      all options as a page; --help=man: the manual page\n"
         "  hht --version            versions of hht and the libraries that it uses\n\n"
         "Exit codes: 0 done; 2 wrong input, nothing was written; 70 a mistake in the\n"
         "program; 74 input/output failed; 75 stopped early with a checkpoint, go on with\n"
         "--restart; 76 the numbers became invalid.\n\n"
         "  hht run docs/examples/landau.yaml && hht-plot runs/landau\n");
}

/* The names of all groups, in lines of a screen's width. */
static void print_groups(void)
{
  const int             indent = 19, width = 80;
  int                   n, column          = width;
  const HHTOptionGroup *groups = HHTOptionGroups(&n);

  for (int i = 0; i < n; i++) {
    if (column + 1 + (int)strlen(groups[i].name) > width) {
      printf("%s%*s", i ? "\n" : "", indent, "");
      column = indent;
    }
    column += printf(" %s", groups[i].name);
  }
  printf("\n");
}

/* Where the page says "@", the groups. */
static void print_page(const char *page)
{
  const char *groups = strstr(page, "@\n");

  if (!groups) {
    printf("%s", page);
    return;
  }
  printf("%.*s", (int)(groups - page), page);
  print_groups();
  printf("%s", groups + 2);
}

static void print_topic(const char *topic)
{
  if (!strcmp(topic, "all")) {
    print_all(print_group);
  } else if (!strcmp(topic, "markdown")) {
    print_markdown();
  } else if (!strcmp(topic, "man")) {
    HHTHelpPrintMan();
  } else {
    print_group(find_group(topic));
  }
}

void HHTHelpPrint(const HHTArguments *a)
{
  if (a->help_topic) {
    print_topic(a->help_topic);
  } else if (!a->command) {
    print_general();
  } else {
    print_page(a->command->page);
  }
}
