/* The commands of `hht`, one file each, and the command line that they are given. */
#ifndef HHT_COMMANDS_H
#define HHT_COMMANDS_H

#include <petscsys.h>

typedef struct HHTCommand_s HHTCommand;

/* The command line, sorted. Strings are those of main(). */
typedef struct {
  const HHTCommand *command;    /* NULL: only help or version was asked for */
  char             *file;       /* run: the case file; info: the HDF5 file; else NULL */
  PetscBool         dry_run;    /* --dry-run */
  PetscBool         check_step; /* --error-check */
  PetscBool         check_grid; /* --error-check=grid */
  const char       *restart;    /* of --restart: auto, a run's folder or a checkpoint; else NULL */
  double            walltime;   /* of --walltime, in seconds; 0: not given */
  PetscBool         help;       /* --help, -h, or the command help */
  PetscBool         version;    /* --version */
  const char       *help_topic; /* of --help=TOPIC, else NULL */
  int               n_options;
  char            **options; /* -name value ..., for PETSc; owned */
} HHTArguments;

/* What a command may be given as its file. */
typedef enum { HHT_NO_FILE, HHT_CASE_FILE, HHT_DATA_FILE } HHTCommandFile;

struct HHTCommand_s {
  const char    *name;
  const char    *usage; /* after "hht" */
  const char    *help;  /* one line */
  const char    *page;  /* of --help */
  HHTCommandFile file;  /* needed where not HHT_NO_FILE, but for a restart, which can do without a case file */
  PetscErrorCode (*run)(MPI_Comm comm, const HHTArguments *arguments);
};

/*
  Each runs when PETSc is up and its database holds the case file and the options. Collective. Errors as in hht/error.h.
*/
PetscErrorCode HHTCommandRun(MPI_Comm comm, const HHTArguments *arguments);
PetscErrorCode HHTCommandMeanField(MPI_Comm comm, const HHTArguments *arguments);
PetscErrorCode HHTCommandCheck(MPI_Comm comm, const HHTArguments *arguments);
PetscErrorCode HHTCommandViews(MPI_Comm comm, const HHTArguments *arguments);
PetscErrorCode HHTCommandInfo(MPI_Comm comm, const HHTArguments *arguments);
PetscErrorCode HHTCommandBench(MPI_Comm comm, const HHTArguments *arguments);

/* command_pages.c */
extern const char HHTPageRun[], HHTPageMeanField[], HHTPageViews[], HHTPageCheck[], HHTPageInfo[], HHTPageBench[];

/* The table of commands; *n of them. */
const HHTCommand *HHTCommands(int *n);

/* Sorts the command line; HHT_EXIT_USAGE. Works before PETSc is up. Not collective, the same on all ranks. */
PetscErrorCode HHTArgumentsParse(int argc, char **argv, HHTArguments *arguments);
void           HHTArgumentsFree(HHTArguments *arguments);
/* HHT_EXIT_USAGE for a flag that the command does not take. */
PetscErrorCode HHTArgumentsRefuse(const HHTArguments *arguments, const char *flag);
/* The same for a --restart from anything but what the run's folder holds. */
PetscErrorCode HHTArgumentsCheckAuto(const HHTArguments *arguments);

/*
  HHTCaseFilesCheck - reads the case file, and the files of -options_file_yaml, on rank 0 and finds what PETSc's reader
  would miss or end with a traceback for: HHT_EXIT_USAGE with file and line. Works before PETSc is up. Collective.
*/
PetscErrorCode HHTCaseFilesCheck(MPI_Comm comm, const HHTArguments *arguments);

/*
  The same for the parameters that a checkpoint holds, a text that all ranks have; path names it in messages. Collective.
*/
PetscErrorCode HHTCaseTextCheck(MPI_Comm comm, const char *path, const char *text);

/*
  Help of all (command NULL) or of one command, and on one topic: a group of options, "all", "markdown" or "man". Prints;
  one rank.
*/
PetscErrorCode HHTHelpCheck(const HHTArguments *arguments); /* HHT_EXIT_USAGE for a topic that is not there */
void           HHTHelpPrint(const HHTArguments *arguments);
void           HHTHelpPrintMan(void); /* the manual page */
void           HHTVersionPrint(void);

#endif
