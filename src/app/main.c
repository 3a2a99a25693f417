/* hht: starts MPI and PETSc, runs one command, and turns its errors into one line and an exit code. */
#include "commands.h"

#include <ctype.h>
#include <hht/error.h>
#include <hht/output.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A mistake in the program or a library, not in the input. */
#define EXIT_INTERNAL 70

static PetscBool is_first(void)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank ? PETSC_FALSE : PETSC_TRUE;
}

/* The message on one line, whatever the user's text in it holds. */
static void report(PetscErrorCode ierr)
{
  char text[4096];

  if (!is_first()) return;
  (void)snprintf(text, sizeof(text), "hht: %s%s",
                 HHTErrorExitCode(ierr) == HHT_EXIT_STOPPED ? "" : "error: ", HHTErrorMessage());
  for (char *c = text; *c; c++) {
    if (iscntrl((unsigned char)*c)) *c = ' ';
  }
  fflush(stdout);
  fprintf(stderr, "%s\n", text);
}

/* By the rank that has shown its traceback. */
static void explain_internal(PetscErrorCode ierr)
{
  fprintf(stderr, "hht: error: %s\n",
          ierr == PETSC_ERR_MEM
              ? "memory ran out; use more nodes or fewer points: hht run CASE.yaml --dry-run says what is needed"
              : "this is a mistake in the program or a library; please report the lines above and hht --version");
}

/* The exit code of an error. One that is not ours has shown its traceback, perhaps on one rank only: end all of them. */
static int conclude(PetscErrorCode ierr)
{
  const int code = HHTErrorExitCode(ierr);

  if (code < 0) {
    explain_internal(ierr);
    MPI_Abort(MPI_COMM_WORLD, EXIT_INTERNAL);
  }
  if (code > 0) report(ierr);
  return code;
}

/* The case file goes first into PETSc's database, because what comes later wins. PETSc keeps `words`. */
static PetscErrorCode start_petsc(const HHTArguments *a, char **words)
{
  static char    program[] = "hht", file_option[] = "-options_file_yaml";
  int            n = 0;
  PetscErrorCode ierr;

  words[n++] = program;
  if (a->command->file == HHT_CASE_FILE && a->file) {
    words[n++] = file_option;
    words[n++] = a->file;
  }
  for (int i = 0; i < a->n_options; i++) words[n++] = a->options[i];
  ierr = PetscInitialize(&n, &words, NULL, NULL);
  return ierr ? ierr : PetscPushErrorHandler(HHTErrorHandler, NULL);
}

/* After an error the options that nobody came to read are no news. */
static PetscErrorCode stop_petsc(int code)
{
  PetscErrorCode ierr = code ? PetscOptionsSetValue(NULL, "-options_left", "no") : 0;

  if (!ierr) ierr = PetscPopErrorHandler();
  return ierr ? ierr : PetscFinalize();
}

/* Where MPI cannot be ended on some rank, all end without it. */
static void exit_if_broken(int code)
{
  int broken = !HHTOutputMayFinalize();

  MPI_Allreduce(MPI_IN_PLACE, &broken, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  if (!broken) return;
  fflush(NULL);
  _exit(code);
}

static int run_command(const HHTArguments *a)
{
  char         **words = calloc((size_t)a->n_options + 4, sizeof(*words));
  PetscErrorCode ierr  = words ? start_petsc(a, words) : PETSC_ERR_MEM;
  int            code;

  if (!ierr) ierr = a->command->run(PETSC_COMM_WORLD, a);
  code = conclude(ierr);
  exit_if_broken(code);
  (void)conclude(stop_petsc(code));
  free(words);
  return code;
}

/* What needs neither PETSc nor a case. */
static PetscErrorCode show(const HHTArguments *a)
{
  PetscErrorCode ierr = a->help ? HHTHelpCheck(a) : 0;

  if (ierr || !is_first()) return ierr;
  if (a->version) HHTVersionPrint();
  if (a->help) HHTHelpPrint(a);
  return 0;
}

static int run_program(int argc, char **argv)
{
  HHTArguments   a;
  PetscErrorCode ierr = HHTArgumentsParse(argc, argv, &a);
  int            code;

  if (!ierr && (a.help || a.version)) {
    code = conclude(show(&a));
  } else {
    if (!ierr) ierr = HHTCaseFilesCheck(MPI_COMM_WORLD, &a);
    code = ierr ? conclude(ierr) : run_command(&a);
  }
  HHTArgumentsFree(&a);
  return code;
}

int main(int argc, char **argv)
{
  int code, provided;

  /* Open MPI's own MPI-IO loses data on a full disk without saying so; ROMIO reports it. The user's choice stands. */
  (void)setenv("OMPI_MCA_io", "romio321", 0);
  /* A write beyond a file-size limit is then an error like any other. */
  (void)signal(SIGXFSZ, SIG_IGN);
  if (MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided)) return EXIT_INTERNAL;
  code = run_program(argc, argv);
  /* mpiexec kills the ranks that still run when one ends with a code. */
  MPI_Barrier(MPI_COMM_WORLD);
  MPI_Finalize();
  return code;
}
