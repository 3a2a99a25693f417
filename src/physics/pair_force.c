#include "pair_force_impl.h"
#include "potential_impl.h"
#include <hht/error.h>
#include <hht/transform.h>

static PetscErrorCode share(HHTPairForce f)
{
  const ptrdiff_t blocks = (f->n + HHT_POINTS - 1) / HHT_POINTS;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(f->comm, &f->size));
  HHTTransformShare(f->comm, blocks, &f->first, &f->count);
  f->first = PetscMin(f->first * HHT_POINTS, f->n);
  f->count = PetscMin(f->count * HHT_POINTS, f->n - f->first);
  PetscCall(PetscMalloc2(f->size, &f->counts, f->size, &f->offsets));
  HHTCallErrno(HHTTransformShares(f->comm, f->first, f->count, f->counts, f->offsets));
  PetscFunctionReturn(0);
}

static PetscBool is_free(HHTPairForce f)
{
  return f->potential->params.boundary == HHT_FREE ? PETSC_TRUE : PETSC_FALSE;
}

PetscErrorCode HHTPairForceCreate(MPI_Comm comm, const HHTGrid *grid, HHTPotential potential, ptrdiff_t n,
                                  double coupling, HHTPairForce *force)
{
  HHTPairForce f;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *force = f;
  PetscCall(PetscCommDuplicate(comm, &f->comm, NULL));
  f->grid      = *grid;
  f->potential = potential;
  f->n         = n;
  f->coupling  = coupling;
  PetscCall(share(f));
  if (is_free(f))
    PetscCall(PetscMalloc1((size_t)(grid->dim * n), &f->all));
  else
    PetscCall(HHTPairModesCreate(f));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairForceDestroy(HHTPairForce *force)
{
  HHTPairForce f = *force;

  PetscFunctionBeginUser;
  if (!f) PetscFunctionReturn(0);
  PetscCall(PetscFree2(f->counts, f->offsets));
  PetscCall(PetscFree(f->mode));
  for (int j = 0; j < HHT_MAX_DIM; j++) PetscCall(PetscFree(f->wave[j]));
  PetscCall(PetscFree(f->sum));
  PetscCall(PetscFree(f->fixed));
  PetscCall(PetscFree(f->all));
  PetscCall(PetscCommDestroy(&f->comm));
  PetscCall(PetscFree(f));
  *force = NULL;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairForceGetShare(HHTPairForce f, ptrdiff_t *first, ptrdiff_t *count)
{
  PetscFunctionBeginUser;
  *first = f->first;
  *count = f->count;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairForceGradient(HHTPairForce f, const double x[], double gradient[])
{
  PetscFunctionBeginUser;
  if (is_free(f))
    PetscCall(HHTPairSumsGradient(f, x, gradient));
  else
    PetscCall(HHTPairModesGradient(f, x, gradient));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPairForceEnergy(HHTPairForce f, const double x[], double *energy)
{
  PetscFunctionBeginUser;
  if (is_free(f))
    PetscCall(HHTPairSumsEnergy(f, x, energy));
  else
    PetscCall(HHTPairModesEnergy(f, x, energy));
  PetscFunctionReturn(0);
}
