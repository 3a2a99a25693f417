/* hht --help=man: the manual page hht(1), in the man macros of roff, from the tables of commands and options. */
#include "commands.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

/* Text as it is: roff takes \ for a command, - for a hyphen, and a line that begins with . or ' for a request. */
static void print_text(const char *text)
{
  if (*text == '.' || *text == '\'') printf("\\&");
  for (; *text; text++) {
    if (*text == '\\')
      printf("\\e");
    else if (*text == '-')
      printf("\\-");
    else
      putchar(*text);
  }
}

static void print_term(const char *before, const char *term)
{
  printf(".TP\n.B ");
  print_text(before);
  print_text(term);
  printf("\n");
}

static void print_line(const char *text)
{
  print_text(text);
  printf("\n");
}

static void print_commands(void)
{
  int               n;
  const HHTCommand *commands = HHTCommands(&n);

  printf(".SH COMMANDS\n");
  for (int i = 0; i < n; i++) {
    print_term("hht ", commands[i].usage);
    print_line(commands[i].help);
  }
}

static void print_option(const HHTOption *o)
{
  char allowed[512];

  HHTOptionAllowed(o, allowed, sizeof(allowed));
  print_term("-", o->name);
  print_text(o->help);
  if (o->type != HHT_OPTION_TEXT) {
    printf("; ");
    print_text(allowed);
    print_text(HHTOptionShapeText(o));
  }
  if (o->only_for) {
    printf("; for ");
    print_text(o->only_for);
  }
  printf(". Default: ");
  print_text(*HHTOptionFallback(o) ? HHTOptionFallback(o) : "none");
  if (o->unit) {
    printf(" (");
    print_text(o->unit);
    printf(")");
  }
  printf(".\n");
}

static void print_options(void)
{
  int                   n_groups, n;
  const HHTOptionGroup *groups = HHTOptionGroups(&n_groups);
  const HHTOption      *table  = HHTOptions(&n);

  printf(
      ".SH OPTIONS\n"
      "The option grid_nx is \\-grid_nx 64 on the command line and grid: {nx: 64} in a case file; the command line wins.\n"
      "Options of PETSc, as \\-ts_monitor or \\-log_view, may stand in both.\n");
  for (int g = 0; g < n_groups; g++) {
    printf(".SS ");
    print_text(groups[g].name);
    printf(": ");
    print_line(groups[g].help);
    for (int i = 0; i < n; i++) {
      if (HHTOptionInGroup(&table[i], groups[g].name, strlen(groups[g].name))) print_option(&table[i]);
    }
  }
}

/* Pairs of a term and what it is, NULL at the end. */
static void print_list(const char *title, const char *const list[])
{
  printf(".SH %s\n", title);
  for (int i = 0; list[i]; i += 2) {
    print_term("", list[i]);
    print_line(list[i + 1]);
  }
}

static const char *const flags[] = {
    "--dry-run",
    "Show what would be run, what it needs and how long it takes; write nothing.",
    "--error-check, --error-check=grid",
    "Then run the case with half the step, too, and with half the grid spacing, and show what differs.",
    "--restart auto",
    "Go on from the newest valid checkpoint in the run's folder, from the start if there is none.",
    "--restart DIR|FILE.h5",
    "Go on in that run's folder, or from that checkpoint.",
    "--walltime h:m:s",
    "Stop in time, with a checkpoint; a number alone is minutes. In a job of SLURM its own limit counts by itself.",
    NULL};

static const char *const files[] = {
    "used_parameters.yaml",
    "Every option with its value; hht run on it, with another -output_dir, repeats the run.",
    "diagnostics.csv",
    "Mass, energies, norms, field energy, .. in time.",
    "meanfield.csv, views.csv",
    "What hht meanfield and hht views found.",
    "log.txt",
    "What the terminal showed.",
    "error_check.txt",
    "What --error-check found.",
    "snapshots/*.h5, snapshots.xdmf",
    "f, alpha, density, force, .. in HDF5 as openPMD has it; for ParaView.",
    "checkpoints/*.h5",
    "What a run goes on from.",
    "COMPLETE, INCOMPLETE",
    "How the run ended.",
    "STOP, SAVE",
    "Put there by you: stop with a checkpoint, or write one and go on.",
    NULL};

static const char *const codes[] = {"0",  "done",
                                    "2",  "the input is wrong; nothing was written",
                                    "70", "a mistake in the program or a library, with a traceback",
                                    "74", "input or output failed",
                                    "75", "stopped early on request with a checkpoint: go on with --restart auto",
                                    "76", "the numbers became invalid; a checkpoint of the last good state is kept",
                                    NULL};

static const char *const examples[] = {"hht run case.yaml -ts_max_time 50 -output_dir runs/long",
                                       "Solve a case, with two options of the command line.",
                                       "mpiexec -n 4 hht run case.yaml --restart auto",
                                       "The same on four ranks, as often as it takes.",
                                       "hht run case.yaml --dry-run",
                                       "Memory, disk and time that a run would need.",
                                       "hht-plot runs/long",
                                       "Pictures of what it left.",
                                       NULL};

void HHTHelpPrintMan(void)
{
  printf(
      ".\\\" Made by hht --help=man from the program's tables.\n"
      ".TH HHT 1 \"\" \"hht " HHT_VERSION "\" \"User commands\"\n"
      ".SH NAME\nhht \\- solve the Hamilton Hartree equation on phase\\-space grids\n"
      ".SH SYNOPSIS\n.B hht\n.I command\n.RI [ file ]\n.RI [ \\-\\-flag \" ...]\"\n.RI [ \"\\-option value\" \" ...]\"\n"
      ".SH DESCRIPTION\nAlone, or under mpiexec or srun on any number of ranks, with the same results to the last bit.\n");
  print_commands();
  print_list("FLAGS OF A RUN", flags);
  print_options();
  print_list("FILES", files);
  printf(".SH SIGNALS\nSIGTERM, SIGINT and SIGUSR2 stop a run with a checkpoint, SIGUSR1 only writes one.\n");
  print_list("EXIT STATUS", codes);
  print_list("EXAMPLES", examples);
}
