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
  return HHTError(HHT_EXIT_USAGE, "--help=%s: there is no such topic; the nearest is --help=%s; see hht run --help",
                  topic, nearest.best);
}

PetscErrorCode HHTHelpCheck(const HHTArguments *a)
{
  const char *topic = a->help_topic;

  if (!topic || !strcmp(topic, "all") || !strcmp(topic, "markdown") || !strcmp(topic, "man") || find_group(topic))
    return 0;
  return unknown_topic(topic);
}

/* ---- options as text ---- */

static const char *shape_in_words(const HHTOption *o)
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
  if (o->type != HHT_OPTION_TEXT) printf("; %s%s", allowed, shape_in_words(o));
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
         shape_in_words(o));
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

  printf("hht solves the Hamilton Hartree equation on phase-space grids; alone, or under mpiexec or srun.\n\n");
  for (int i = 0; i < n; i++) printf("  hht %-52s %s\n", commands[i].usage, commands[i].help);
  printf("  hht %-52s %s\n", "run --help", "how to write a case, and its options");
  printf("  hht %-52s %s\n", "--version", "versions of hht and the libraries that it uses");
  printf(
      "\nExit codes: 0 done, 2 wrong input (nothing was written), 70 a mistake in the program, 74 input/output failed,\n"
      "75 stopped early with a checkpoint (go on with --restart), 76 the numbers became invalid.\n");
}

static void print_run(const HHTCommand *command)
{
  int                   n;
  const HHTOptionGroup *groups = HHTOptionGroups(&n);

  printf(
      "hht %s\n\n"
      "CASE.yaml holds options by group, as in grid: {nx: 64}; on the command line this is -grid_nx 64, which wins over\n"
      "the file. PETSc's options (-ts_monitor, -log_view, ..) may stand in both.\n\n"
      "  --dry-run         show what would be run, what it needs and how long it takes; write nothing\n"
      "  --error-check     then run the case with half the step, too, and show what differs; =grid: and half the spacing\n"
      "  --restart auto    go on from the newest valid checkpoint in the run's folder, from the start if there is none\n"
      "  --restart DIR     go on in that run's folder; CASE.yaml may be left out\n"
      "  --restart FILE    go on from that checkpoint; CASE.yaml may be left out\n"
      "  --walltime h:m:s  stop in time, with a checkpoint; in a job of SLURM its own limit counts by itself\n"
      "  SIGTERM, SIGINT, SIGUSR2 or a file STOP in the folder stop it with a checkpoint; SIGUSR1 or SAVE only write one\n\n"
      "  --help=GROUP      the options of one group, with defaults in brackets:\n                   ",
      command->usage);
  for (int i = 0; i < n; i++) printf("%s %s", i && i % 10 == 0 ? "\n                   " : "", groups[i].name);
  printf("\n  --help=all        all options\n"
         "  --help=markdown   all options as a page of Markdown; --help=man: the manual page\n\n"
         "Results, with every parameter in used_parameters.yaml, go to the folder -output_dir.\n");
}

static void print_mean_field(const HHTCommand *command)
{
  printf(
      "hht %s\n\n"
      "Solves the mean field to ts_max_time, and N particles for each N of meanfield_particles from the same initial data; a table\n"
      "says how far they are apart: beta_N of Theorem 4.8 with its standard error, the part of one particle outside alpha, the\n"
      "chance that all are in it, the marginal, and the trajectories of the particles in their own force and in the mean field's.\n"
      "docs/mean-field-limit.md explains it. initial_type must be one that particles can be drawn from, not expression or file.\n\n"
      "  --dry-run         show what would be run and how long it takes; write nothing\n"
      "  --restart auto    go on from what is finished in the run's folder, from the start if there is nothing\n"
      "  --walltime h:m:s  stop in time; in a job of SLURM its own limit counts by itself\n"
      "  SIGTERM, SIGINT, SIGUSR2 or a file STOP in the folder stop it after the current 100 samples\n\n",
      command->usage);
  print_group(find_group("meanfield"));
  printf("\nThe case, and its other options, are those of hht run. The folder -output_dir gets meanfield.csv.\n");
}

static void print_views(const HHTCommand *command)
{
  printf(
      "hht %s\n\n"
      "Solves the case three times: alpha of (HHt), so that f = |alpha|^2; alpha carried along the characteristics of that run's\n"
      "field, with the phase that it gathers there; and f of the Vlasov equation itself. Every output_snapshot_interval, and at the\n"
      "end, a table says how far the three are apart on the grid, and how each keeps positivity, L1 and L2 norm and entropy.\n"
      "docs/vlasov.md explains it. initial_type must be known between the points of the grid, not expression or file.\n\n"
      "  --dry-run         show what would be run; write nothing\n\n"
      "The case, and its options, are those of hht run; equation_type is not looked at. The folder -output_dir gets views.csv.\n",
      command->usage);
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
  } else if (!strcmp(a->command->name, "meanfield")) {
    print_mean_field(a->command);
  } else if (!strcmp(a->command->name, "views")) {
    print_views(a->command);
  } else if (a->command->file == HHT_CASE_FILE) {
    print_run(a->command);
  } else {
    printf("hht %s\n\n%s\n", a->command->usage, a->command->help);
  }
}
