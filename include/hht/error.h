/* Errors that a user can act on: one line from rank 0 and an exit code, no stack trace. */
#ifndef HHT_ERROR_H
#define HHT_ERROR_H

#include <petscsys.h>

/* Exit codes of the program `hht`; docs/outputs.md says what each promises. */
typedef enum {
  HHT_EXIT_OK      = 0,  /* reached max_time */
  HHT_EXIT_USAGE   = 2,  /* the user's input is wrong; nothing was written */
  HHT_EXIT_IO      = 74, /* input/output failed */
  HHT_EXIT_STOPPED = 75, /* stopped early on request */
  HHT_EXIT_INVALID = 76  /* the numbers became invalid */
} HHTExit;

/*
  HHTError - records a one-line message and returns the error code that carries `exit_code` up through PetscCall().

  Collective in effect: every rank must return the same exit code at the same place (see HHTAgree()). The first
  message wins. It says what is wrong, and behind a semicolon what to do, or what is allowed:
  `return HHTError(HHT_EXIT_USAGE, "grid_nx: %d is not allowed; it must be an even number >= 4", n);`.
  What only a caller knows to do is added by HHTErrorAdvise().
*/
PetscErrorCode HHTError(HHTExit exit_code, const char *format, ...) PETSC_ATTRIBUTE_FORMAT(2, 3);

/*
  HHTErrorAdvise - adds "; advice" to the message that `ierr` goes with, where `ierr` carries HHT_EXIT_IO; returns ierr.

  Not collective. For callers that know what to do about a failure of input or output further down.
*/
PetscErrorCode HHTErrorAdvise(PetscErrorCode ierr, const char *advice);

/*
  HHTAgree - makes an error of any rank the error of all.

  Collective. `ierr` is this rank's own result (0, or what HHTError() returned); returns 0 on every rank if all passed
  0, else the code and message of the lowest failing rank on every rank.
*/
PetscErrorCode HHTAgree(MPI_Comm comm, PetscErrorCode ierr);

/* The message recorded last, "" if none. Not collective. */
const char *HHTErrorMessage(void);

/* The exit code that `ierr` carries; HHT_EXIT_OK for 0, -1 where it did not come from HHTError(). */
int HHTErrorExitCode(PetscErrorCode ierr);

/* Forgets the recorded message, for callers that recover. */
void HHTErrorClear(void);

/*
  A PETSc error handler, silent for codes of HHTError(), a traceback for all others. Push it after PetscInitialize().
*/
PetscErrorCode HHTErrorHandler(MPI_Comm comm, int line, const char *function, const char *file, PetscErrorCode ierr,
                               PetscErrorType type, const char *message, void *ctx);

/* Calls a function of the layers that know no PETSc (it returns 0 or an errno). */
#define HHTCallErrno(...) \
  do { \
    int hht_errno_ = (__VA_ARGS__); \
    PetscCheck(!hht_errno_, PETSC_COMM_SELF, PETSC_ERR_LIB, "%s: %s", #__VA_ARGS__, strerror(hht_errno_)); \
  } while (0)

#endif
