/*
  Every bit of the state is the same on all ranks together as on each rank alone, with either transpose and field
  solver.
*/
#include "check_impl.h"
#include <stdio.h>
#include <string.h>

typedef struct {
  const PetscScalar *alone; /* the whole state */
  ptrdiff_t          different;
} Comparison;

static PetscErrorCode compare(HHTProblem *problem, double t, void *ctx)
{
  Comparison        *comparison = ctx;
  const HHTGrid     *g;
  Vec                vec;
  const PetscScalar *together, *alone;
  ptrdiff_t          first, count;

  PetscFunctionBeginUser;
  if (t == 0) PetscFunctionReturn(0);
  PetscCall(HHTStateGetGrid(problem->state, &g));
  PetscCall(HHTStateGetRows(problem->state, &first, &count));
  PetscCall(HHTStateGetVec(problem->state, &vec));
  PetscCall(VecGetArrayRead(vec, &together));
  alone = comparison->alone + first * g->n_cols;
  for (ptrdiff_t i = 0; i < count * g->n_cols; i++)
    if (memcmp(&together[i], &alone[i], sizeof together[i])) comparison->different++;
  PetscCall(VecRestoreArrayRead(vec, &together));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_case(HHTCheck *check, const HHTCase *c, const PetscScalar *alone, const char *name)
{
  Comparison comparison = {.alone = alone};
  long long  different;

  PetscFunctionBeginUser;
  PetscCall(HHTCheckSolve(check->comm, c, compare, &comparison));
  different = comparison.different;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &different, 1, MPI_LONG_LONG, MPI_SUM, check->comm));
  PetscCall(HHTCheckError(check, name, (double)different, 0));
  PetscFunctionReturn(0);
}

/*
  The case as it is, on all ranks, against each rank alone; then with the other transpose, and with a distributed field.
*/
static PetscErrorCode check_variants(HHTCheck *check, HHTCase *c, const char *title)
{
  static const struct {
    const char      *name;
    HHTTransposeType transpose;
    HHTFieldType     field;
  } variants[] = {{"alltoall", HHT_TRANSPOSE_ALLTOALL, HHT_FIELD_REPLICATED},
                  {"fftw", HHT_TRANSPOSE_FFTW, HHT_FIELD_REPLICATED},
                  {"auto", HHT_TRANSPOSE_AUTO, HHT_FIELD_REPLICATED},
                  {"distributed field", HHT_TRANSPOSE_ALLTOALL, HHT_FIELD_DISTRIBUTED}};
  HHTProblem         alone;
  Vec                vec;
  const PetscScalar *numbers;
  char               name[64];

  PetscFunctionBeginUser;
  PetscCall(HHTCheckSolveAlone(c, &alone));
  PetscCall(HHTStateGetVec(alone.state, &vec));
  PetscCall(VecGetArrayRead(vec, &numbers));
  for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
    c->transpose = variants[i].transpose;
    c->field     = variants[i].field;
    (void)snprintf(name, sizeof name, "%s, %s", title, variants[i].name);
    PetscCall(check_case(check, c, numbers, name));
  }
  PetscCall(VecRestoreArrayRead(vec, &numbers));
  PetscCall(HHTProblemDestroy(&alone));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_case(int dim, ptrdiff_t nx, ptrdiff_t nv, const char *phase, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCheckSetCase(dim, nx, 0, 4 * PETSC_PI, nv, 6, c));
  PetscCall(PetscStrncpy(c->potential.type, "poisson", sizeof c->potential.type));
  PetscCall(PetscStrncpy(c->initial.type, "maxwellian", sizeof c->initial.type));
  PetscCall(PetscStrncpy(c->initial.phase, phase, sizeof c->initial.phase));
  c->initial.temperature = 1;
  c->initial.amplitude   = 0.3;
  for (int j = 0; j < dim; j++) c->initial.wavenumber[j] = 0.5;
  c->initial.mass = (double)c->grid.n_rows * c->grid.cell_x;
  c->dt           = 0.1;
  c->max_time     = 0.5;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckRanks(HHTCheck *check)
{
  HHTCase *c;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  PetscCall(set_case(1, 54, 66, "0.3*vx*sin(x/2)", c));
  PetscCall(check_variants(check, c, "d = 1, 54 x 66"));
  PetscCall(set_case(2, 10, 14, "0.3*vx*sin(y/2)", c));
  PetscCall(check_variants(check, c, "d = 2, 10^2 x 14^2"));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
