/* What a run needs of memory beyond its problem: the Vecs of PETSc's own integrators. */
#include "run_impl.h"
#include <hht/error.h>
#include <string.h>

/* Vecs that an integrator allocates for its stages (PETSc 3.18 to 3.24, src/ts/impls/explicit). */
static PetscErrorCode count_rk(TS ts, PetscInt *n)
{
  PetscInt  stages;
  TSAdapt   adapt;
  PetscBool fixed;

  PetscFunctionBeginUser;
  PetscCall(TSRKGetTableau(ts, &stages, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
  PetscCall(TSGetAdapt(ts, &adapt));
  PetscCall(PetscObjectTypeCompare((PetscObject)adapt, TSADAPTNONE, &fixed));
  *n = 2 * stages + (fixed ? 0 : 1);
  PetscFunctionReturn(0);
}

static PetscErrorCode count_ssp(TS ts, PetscInt *n)
{
  TSSSPType type;

  PetscFunctionBeginUser;
  PetscCall(TSSSPGetType(ts, &type));
  *n = strcmp(type, TSSSPRKS2) ? 3 : 2;
  PetscFunctionReturn(0);
}

static PetscErrorCode count_vecs(TS ts, PetscInt *n)
{
  TSType type;

  PetscFunctionBeginUser;
  PetscCall(TSGetType(ts, &type));
  *n = 1; /* of euler */
  if (!strcmp(type, TSRK)) PetscCall(count_rk(ts, n));
  if (!strcmp(type, TSSSP)) PetscCall(count_ssp(ts, n));
  PetscFunctionReturn(0);
}

/* The solution, which is apart from the state, and as many as it. */
static PetscErrorCode stepper_bytes(const HHTRun *run, double *bytes)
{
  PetscInt work = 0, n;

  PetscFunctionBeginUser;
  *bytes = 0;
  if (run->splitting) PetscFunctionReturn(0);
  PetscCall(count_vecs(run->ts, &work));
  PetscCall(VecGetLocalSize(run->solution, &n));
  *bytes = (run->c.compares ? 2 : 1) * (double)(1 + work) * (double)n * (double)sizeof(PetscScalar);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, bytes, 1, MPI_DOUBLE, MPI_MAX, run->comm));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunCountMemory(HHTRun *run)
{
  PetscMPIInt ranks;
  double      stepper;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &ranks));
  PetscCall(stepper_bytes(run, &stepper));
  run->memory = HHTCaseMemory(&run->c, run->problem.numbers, ranks) + stepper;
  PetscCall(HHTCaseCheckMemory(run->comm, &run->c, run->memory, HHT_MEMORY_ADVICE));
  PetscFunctionReturn(0);
}
