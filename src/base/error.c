#include <hht/error.h>
#include <stdarg.h>
#include <string.h>

/* Codes of ours lie above all of PETSc's: HHT_CODE_BASE + exit code. */
#define HHT_CODE_BASE 10000
#define MESSAGE_MAX   2048

static char error_message[MESSAGE_MAX];

PetscErrorCode HHTError(HHTExit exit_code, const char *format, ...)
{
  if (!error_message[0]) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error_message, sizeof error_message, format, arguments);
    va_end(arguments);
  }
  return (PetscErrorCode)(HHT_CODE_BASE + (int)exit_code);
}

PetscErrorCode HHTErrorAdvise(PetscErrorCode ierr, const char *advice)
{
  const size_t used = strlen(error_message);

  if (HHTErrorExitCode(ierr) == HHT_EXIT_IO)
    (void)snprintf(error_message + used, sizeof error_message - used, "; %s", advice);
  return ierr;
}

PetscErrorCode HHTAgree(MPI_Comm comm, PetscErrorCode ierr)
{
  PetscMPIInt rank, size, lowest;
  int         code = (int)ierr;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCallMPI(MPI_Comm_size(comm, &size));
  lowest = ierr ? rank : size;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &lowest, 1, MPI_INT, MPI_MIN, comm));
  if (lowest == size) PetscFunctionReturn(0);
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, lowest, comm));
  PetscCallMPI(MPI_Bcast(error_message, MESSAGE_MAX, MPI_CHAR, lowest, comm));
  PetscFunctionReturn((PetscErrorCode)code);
}

const char *HHTErrorMessage(void) { return error_message; }

int HHTErrorExitCode(PetscErrorCode ierr)
{
  int code = (int)ierr;

  if (!code) return HHT_EXIT_OK;
  return code > HHT_CODE_BASE && code < HHT_CODE_BASE + 256 ? code - HHT_CODE_BASE : -1;
}

void HHTErrorClear(void) { error_message[0] = 0; }

PetscErrorCode HHTErrorHandler(MPI_Comm comm, int line, const char *function, const char *file, PetscErrorCode ierr,
                               PetscErrorType type, const char *message, void *ctx)
{
  if (HHTErrorExitCode(ierr) > 0) return ierr;
  return PetscTraceBackErrorHandler(comm, line, function, file, ierr, type, message, ctx);
}
