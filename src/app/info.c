/* hht info: what an HDF5 file of a run holds. */
#include "commands.h"

#include <hht/output.h>

PetscErrorCode HHTCommandInfo(MPI_Comm comm, const HHTArguments *arguments)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFileDescribe(comm, arguments->file));
  PetscFunctionReturn(0);
}
