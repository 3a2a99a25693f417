#include <hht/error.h>
#include <hht/mean_field_solution.h>
#include <math.h>

#define SLACK 1e-9 /* of a step: times that differ by less are one */

typedef struct {
  HHTState state;
  HHTFlow  flow;
} Copy;

struct HHTMeanFieldSolution_s {
  HHTMeanField        field;
  const HHTSplitting *method;
  double              dt;
  ptrdiff_t           steps; /* whole ones taken so far */
  Copy                whole; /* after them */
  Copy                part;  /* a part of a step later */
};

static PetscErrorCode create_copy(const HHTMeanFieldProblem *p, HHTMeanField field, Copy *copy)
{
  PetscFunctionBeginUser;
  PetscCall(
      HHTStateCreate(PETSC_COMM_SELF, p->grid, p->numbers, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &copy->state));
  PetscCall(HHTStateSetAmplitude(copy->state, p->fill, p->ctx, 1));
  PetscCall(HHTFlowCreate(copy->state, field, &copy->flow));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy_copy(Copy *copy)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowDestroy(&copy->flow));
  PetscCall(HHTStateDestroy(&copy->state));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldSolutionCreate(const HHTMeanFieldProblem *p, HHTMeanFieldSolution *solution)
{
  HHTMeanFieldSolution s;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  *solution = s;
  s->dt     = p->dt;
  PetscCall(HHTSplittingFind(p->splitting, &s->method));
  PetscCheck(s->method, PETSC_COMM_SELF, PETSC_ERR_ARG_WRONG, "There is no splitting method %s", p->splitting);
  PetscCall(
      HHTMeanFieldCreate(PETSC_COMM_SELF, p->grid, p->potential, HHT_FIELD_REPLICATED, HHT_RIGOR_ESTIMATE, &s->field));
  PetscCall(create_copy(p, s->field, &s->whole));
  PetscCall(create_copy(p, s->field, &s->part));
  PetscFunctionReturn(0);
}

/* After whole steps, and after a part of one. */
double HHTMeanFieldSolutionBytes(const HHTGrid *grid, HHTNumbers numbers)
{
  return 2 * HHTStateBytes(grid, numbers, 1);
}

PetscErrorCode HHTMeanFieldSolutionDestroy(HHTMeanFieldSolution *solution)
{
  PetscFunctionBeginUser;
  if (!*solution) PetscFunctionReturn(0);
  PetscCall(destroy_copy(&(*solution)->whole));
  PetscCall(destroy_copy(&(*solution)->part));
  PetscCall(HHTMeanFieldDestroy(&(*solution)->field));
  PetscCall(PetscFree(*solution));
  PetscFunctionReturn(0);
}

/* Ends at rest, whoever looks, so that the bits do not depend on it. */
static PetscErrorCode step(const HHTMeanFieldSolution s, HHTFlow flow, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(HHTSplittingAdvance(s->method, flow, 1, dt));
  PetscCall(HHTFlowFinish(flow));
  PetscFunctionReturn(0);
}

static PetscErrorCode step_aside(HHTMeanFieldSolution s, double dt)
{
  Vec from, to;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetVec(s->whole.state, &from));
  PetscCall(HHTStateGetVec(s->part.state, &to));
  PetscCall(VecCopy(from, to));
  PetscCall(HHTFlowReset(s->part.flow));
  PetscCall(step(s, s->part.flow, dt));
  PetscFunctionReturn(0);
}

static PetscErrorCode get_rows(HHTState state, double complex alpha[])
{
  const HHTGrid *g;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  for (ptrdiff_t row = 0; row < g->n_rows; row++) PetscCall(HHTStateGetAlphaRow(state, row, alpha + row * g->n_cols));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldSolutionGet(HHTMeanFieldSolution s, double t, double complex alpha[])
{
  const ptrdiff_t steps = (ptrdiff_t)floor(t / s->dt + SLACK);
  const double    rest  = t - (double)steps * s->dt;

  PetscFunctionBeginUser;
  PetscCheck(steps >= s->steps, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "The time %g is over", t);
  for (; s->steps < steps; s->steps++) PetscCall(step(s, s->whole.flow, s->dt));
  if (rest > SLACK * s->dt) PetscCall(step_aside(s, rest));
  PetscCall(get_rows(rest > SLACK * s->dt ? s->part.state : s->whole.state, alpha));
  PetscFunctionReturn(0);
}
