/* Kicks that follow one another merge, as the potential flows of HHTFlow do. */
#include <hht/error.h>
#include <hht/nbody.h>
#include <hht/sum.h>
#include <string.h>

typedef struct {
  HHTPairForce force;
  ptrdiff_t    n; /* numbers in x, and in v */
  double      *x, *v, *gradient;
  double       pending; /* time of the kick that is still to be applied */
} Motion;

static PetscErrorCode kick(Motion *m)
{
  const double tau = m->pending;

  PetscFunctionBeginUser;
  m->pending = 0;
  if (tau == 0) PetscFunctionReturn(0);
  PetscCall(HHTPairForceGradient(m->force, m->x, m->gradient));
  for (ptrdiff_t i = 0; i < m->n; i++) m->v[i] -= tau * m->gradient[i];
  PetscFunctionReturn(0);
}

static PetscErrorCode drift(Motion *m, double tau)
{
  PetscFunctionBeginUser;
  PetscCall(kick(m));
  for (ptrdiff_t i = 0; i < m->n; i++) m->x[i] += tau * m->v[i];
  PetscFunctionReturn(0);
}

static PetscErrorCode step_forward(Motion *m, const HHTSplitting *s, double dt)
{
  PetscFunctionBeginUser;
  for (int i = 0; i < s->stages; i++) {
    m->pending += s->potential[i] * dt;
    PetscCall(drift(m, s->kinetic[i] * dt));
  }
  m->pending += s->potential[s->stages] * dt;
  PetscFunctionReturn(0);
}

static PetscErrorCode step_backward(Motion *m, const HHTSplitting *s, double dt)
{
  PetscFunctionBeginUser;
  for (int i = s->stages; i > 0; i--) {
    m->pending -= s->potential[i] * dt;
    PetscCall(drift(m, -s->kinetic[i - 1] * dt));
  }
  m->pending -= s->potential[0] * dt;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTNBodyMove(HHTPairForce force, int dim, const HHTSplitting *splitting, double dt, PetscInt steps,
                            HHTDirection direction, double z[])
{
  Motion    m = {.force = force};
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  PetscCheck(!splitting->modified, PETSC_COMM_SELF, PETSC_ERR_SUP, "N bodies have no modified potential");
  PetscCall(HHTPairForceGetShare(force, &first, &count));
  m.n = dim * count;
  m.x = z;
  m.v = z + m.n;
  PetscCall(PetscMalloc1((size_t)m.n, &m.gradient));
  for (PetscInt i = 0; i < steps; i++) {
    if (direction == HHT_FORWARD)
      PetscCall(step_forward(&m, splitting, dt));
    else
      PetscCall(step_backward(&m, splitting, dt));
  }
  PetscCall(kick(&m));
  PetscCall(PetscFree(m.gradient));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTNBodyEnergy(MPI_Comm comm, HHTPairForce force, int dim, const double z[], double *energy)
{
  ptrdiff_t first, count;
  double    potential;
  HHTSum    kinetic;

  PetscFunctionBeginUser;
  PetscCall(HHTPairForceGetShare(force, &first, &count));
  HHTSumClear(&kinetic);
  for (ptrdiff_t i = dim * count; i < 2 * dim * count; i++) HHTSumAdd(&kinetic, 0.5 * z[i] * z[i]);
  HHTCallErrno(HHTSumAllreduce(comm, &kinetic, 1));
  PetscCall(HHTPairForceEnergy(force, z, &potential));
  *energy = HHTSumValue(&kinetic) + potential;
  PetscFunctionReturn(0);
}
