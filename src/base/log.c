#include <errno.h>
#include <hht/error.h>
#include <hht/log.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rank 0's log file; NULL elsewhere and until it is opened. */
static FILE *log_file;

/* The terminal's cursor stands at the end of a progress line that the next one overwrites. */
static PetscBool progress_open;

static void close_progress(void)
{
  if (progress_open) (void)fputs("\n", stdout);
  progress_open = PETSC_FALSE;
}

static void print_both(FILE *terminal, const char *prefix, const char *format, va_list arguments, const char *end)
{
  FILE *const outputs[] = {terminal, log_file};

  for (int i = 0; i < 2; i++) {
    va_list copy;

    if (!outputs[i]) continue;
    va_copy(copy, arguments);
    (void)fputs(prefix, outputs[i]);
    (void)vfprintf(outputs[i], format, copy);
    (void)fputs(end, outputs[i]);
    (void)fflush(outputs[i]);
    va_end(copy);
  }
}

PetscErrorCode HHTLog(MPI_Comm comm, const char *format, ...)
{
  PetscMPIInt rank;
  va_list     arguments;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank) PetscFunctionReturn(0);
  close_progress();
  va_start(arguments, format);
  print_both(stdout, "", format, arguments, "");
  va_end(arguments);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTWarn(MPI_Comm comm, const char *format, ...)
{
  PetscMPIInt rank;
  va_list     arguments;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank) PetscFunctionReturn(0);
  close_progress();
  (void)fflush(stdout);
  va_start(arguments, format);
  print_both(stderr, "hht: warning: ", format, arguments, "\n");
  va_end(arguments);
  PetscFunctionReturn(0);
}

/* Open MPI's launchers give every rank a terminal of their own, whatever their own output goes to. */
static PetscBool is_terminal(void) { return isatty(STDOUT_FILENO) && !getenv("PMIX_RANK") ? PETSC_TRUE : PETSC_FALSE; }

PetscErrorCode HHTLogProgress(MPI_Comm comm, const char *line)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank) PetscFunctionReturn(0);
  progress_open = is_terminal();
  (void)fprintf(stdout, progress_open ? "\r%s\033[K" : "%s\n", line);
  (void)fflush(stdout);
  if (log_file) (void)fprintf(log_file, "%s\n", line);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLogOpen(MPI_Comm comm, const char *path)
{
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTLogClose(comm));
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank) {
    log_file = fopen(path, "a");
    if (!log_file) ierr = HHTError(HHT_EXIT_IO, "cannot write the log '%s': %s", path, strerror(errno));
  }
  PetscCall(HHTAgree(comm, ierr));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLogClose(MPI_Comm comm)
{
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  close_progress();
  /* What failed on the way shows here. */
  if (log_file && (ferror(log_file) | fclose(log_file)))
    ierr = HHTError(HHT_EXIT_IO, "cannot write all of the log: %s", strerror(errno));
  log_file = NULL;
  PetscFunctionReturn(HHTAgree(comm, ierr));
}
