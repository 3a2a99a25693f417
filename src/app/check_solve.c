/* Solving a case for a check, through the TS type that `hht run` uses. */
#include "check_impl.h"
#include <hht/splitting.h>
#include <math.h>
#include <string.h>

PetscErrorCode HHTCheckSetCase(int dim, ptrdiff_t nx, double x_min, double x_length, ptrdiff_t nv, double v_max,
                               HHTCase *c)
{
  PetscFunctionBeginUser;
  memset(c, 0, sizeof *c);
  c->grid.dim = dim;
  for (int j = 0; j < dim; j++) {
    c->grid.nx[j]       = nx;
    c->grid.nv[j]       = nv;
    c->grid.x_min[j]    = x_min;
    c->grid.x_length[j] = x_length;
    c->grid.v_max[j]    = v_max;
  }
  PetscCall(HHTGridSetUp(&c->grid));
  PetscCall(PetscStrncpy(c->potential.type, "none", sizeof c->potential.type));
  c->potential.strength = 1;
  c->initial.mass       = 1;
  PetscCall(PetscStrncpy(c->splitting, "blanesmoan4", sizeof c->splitting));
  PetscFunctionReturn(0);
}

typedef struct {
  const HHTCase *c;
  HHTProblem    *problem;
  HHTCheckLook   look;
  void          *ctx;
} Looker;

static PetscErrorCode seen(TS ts, PetscInt step, PetscReal time, PetscBool *is_seen, void *ctx)
{
  const HHTCase *c    = ((const Looker *)ctx)->c;
  const double   left = c->max_time - time;

  PetscFunctionBeginUser;
  (void)ts;
  *is_seen = step == 0 || left < c->dt / 2 || (c->diagnostics_interval > 0 && step % c->diagnostics_interval == 0)
                 ? PETSC_TRUE
                 : PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* After each step, and before the first. Monitors would make every step end at rest. */
static PetscErrorCode look(TS ts)
{
  Looker   *l;
  PetscInt  step;
  PetscReal time;
  PetscBool is_seen;

  PetscFunctionBeginUser;
  PetscCall(TSGetApplicationContext(ts, &l));
  PetscCall(TSGetStepNumber(ts, &step));
  PetscCall(TSGetTime(ts, &time));
  PetscCall(seen(ts, step, time, &is_seen, l));
  if (is_seen && l->look) PetscCall(l->look(l->problem, time, l->ctx));
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(MPI_Comm comm, Looker *l)
{
  const HHTCase *c = l->c;
  TS             ts;
  Vec            vec;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetVec(l->problem->state, &vec));
  PetscCall(TSCreate(comm, &ts));
  PetscCall(TSSetType(ts, TSHHTSPLITTING));
  PetscCall(TSHHTSplittingSetType(ts, c->splitting));
  PetscCall(TSHHTSplittingSetFlow(ts, l->problem->flow));
  PetscCall(TSHHTSplittingSetSeen(ts, seen, l));
  PetscCall(TSSetApplicationContext(ts, l));
  PetscCall(TSSetPostStep(ts, look));
  PetscCall(TSSetTimeStep(ts, c->dt));
  PetscCall(TSSetMaxTime(ts, c->max_time));
  PetscCall(TSSetMaxSteps(ts, PETSC_MAX_INT));
  PetscCall(look(ts));
  PetscCall(TSSolve(ts, vec));
  PetscCall(TSDestroy(&ts));
  PetscCall(HHTFlowFinish(l->problem->flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckSolve(MPI_Comm comm, const HHTCase *c, HHTCheckLook look, void *ctx)
{
  HHTProblem problem;
  Looker     looker = {.c = c, .problem = &problem, .look = look, .ctx = ctx};

  PetscFunctionBeginUser;
  PetscCall(HHTProblemCreate(comm, c, NULL, &problem));
  PetscCall(solve(comm, &looker));
  PetscCall(HHTProblemDestroy(&problem));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckSolveAlone(const HHTCase *c, HHTProblem *problem)
{
  Looker looker = {.c = c, .problem = problem};

  PetscFunctionBeginUser;
  PetscCall(HHTProblemCreate(PETSC_COMM_SELF, c, NULL, problem));
  PetscCall(solve(PETSC_COMM_SELF, &looker));
  PetscFunctionReturn(0);
}
