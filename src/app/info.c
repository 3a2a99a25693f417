/* hht info: what an HDF5 file of a run holds. */
#include "commands.h"

#include <hht/error.h>
#include <hht/output.h>

PetscErrorCode HHTCommandInfo(MPI_Comm comm, const HHTArguments *arguments)
{
  PetscFunctionBeginUser;
  PetscFunctionReturn(
      HHTErrorAdvise(HHTFileDescribe(comm, arguments->file), "it must be a whole snapshot or checkpoint of hht"));
}
