/*
  With Gamma = -sum_j cos x_j a product of solutions for d = 1 with mass 1 solves the equation in d dimensions, on the
  grid as in the continuum: the two runs differ by round-off only, however coarse the grid.
*/
#include "check_impl.h"
#include <math.h>
#include <stdio.h>

#define N_X 8
#define N_V 10

/* f and phase of one dimension's factor, in its own data. */
static PetscErrorCode append_factor(int j, const char *x, const char *v, HHTInitialParams *p)
{
  static const double amplitude[] = {0.3, -0.5, 0.4}, temperature[] = {0.6, 0.9, 0.7}, phase[] = {0.4, -0.3, 0.2};
  char                text[256];

  PetscFunctionBeginUser;
  (void)snprintf(text, sizeof text, "%s(1 + %g*cos(%s))*exp(-%s^2/%g)", p->f[0] ? " * " : "", amplitude[j], x, v,
                 2 * temperature[j]);
  PetscCall(PetscStrlcat(p->f, text, sizeof p->f));
  (void)snprintf(text, sizeof text, "%s%g*sin(%s)*(1 + %s)", p->phase[0] ? " + " : "", phase[j], x, v);
  PetscCall(PetscStrlcat(p->phase, text, sizeof p->phase));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_case(int dim, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCheckSetCase(dim, N_X, 0, 2 * PETSC_PI, N_V, 5, c));
  PetscCall(PetscStrncpy(c->potential.type, "cosine", sizeof c->potential.type));
  PetscCall(PetscStrncpy(c->initial.type, "expression", sizeof c->initial.type));
  c->potential.strength = -1;
  c->dt                 = 0.25;
  c->max_time           = 0.5;
  PetscFunctionReturn(0);
}

/* alpha of the run of one dimension */
typedef struct {
  double complex alpha[N_X][N_V];
} Factor;

static PetscErrorCode solve_factor(int j, HHTCase *c, Factor *factor)
{
  HHTProblem problem;

  PetscFunctionBeginUser;
  PetscCall(set_case(1, c));
  PetscCall(append_factor(j, "x", "vx", &c->initial));
  PetscCall(HHTCheckSolveAlone(c, &problem));
  for (int i = 0; i < N_X; i++) PetscCall(HHTStateGetAlphaRow(problem.state, i, factor->alpha[i]));
  PetscCall(HHTProblemDestroy(&problem));
  PetscFunctionReturn(0);
}

typedef struct {
  Factor factors[HHT_MAX_DIM];
  double error;
} Comparison;

static double row_error(const HHTGrid *g, const Factor factors[], ptrdiff_t row, const double complex alpha[])
{
  ptrdiff_t i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double    error = 0;

  HHTUnflatten(row, g->dim, g->nx, i);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    double complex product = 1;

    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) product *= factors[j].alpha[i[j]][m[j]];
    error = fmax(error, cabs(alpha[c] - product));
  }
  return error;
}

static PetscErrorCode compare(HHTProblem *problem, double t, void *ctx)
{
  Comparison     *comparison = ctx;
  const HHTGrid  *g;
  ptrdiff_t       first, count;
  double complex *alpha;

  PetscFunctionBeginUser;
  if (t == 0) PetscFunctionReturn(0);
  PetscCall(HHTStateGetGrid(problem->state, &g));
  PetscCall(HHTStateGetRows(problem->state, &first, &count));
  PetscCall(PetscMalloc1((size_t)g->n_cols, &alpha));
  for (ptrdiff_t r = first; r < first + count; r++) {
    PetscCall(HHTStateGetAlphaRow(problem->state, r, alpha));
    comparison->error = fmax(comparison->error, row_error(g, comparison->factors, r, alpha));
  }
  PetscCall(PetscFree(alpha));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_dim(HHTCheck *check, int dim, HHTCase *c, Comparison *comparison)
{
  static const char *const x[] = {"x", "y", "z"}, *const v[] = {"vx", "vy", "vz"};
  char name[64];

  PetscFunctionBeginUser;
  comparison->error = 0;
  PetscCall(set_case(dim, c));
  for (int j = 0; j < dim; j++) PetscCall(append_factor(j, x[j], v[j], &c->initial));
  PetscCall(HHTCheckSolve(check->comm, c, compare, comparison));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &comparison->error, 1, MPI_DOUBLE, MPI_MAX, check->comm));
  (void)snprintf(name, sizeof name, "HMF, d = %d: product of %d runs with d = 1", dim, dim);
  PetscCall(HHTCheckError(check, name, comparison->error, 1e-13));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckSeparable(HHTCheck *check)
{
  HHTCase    *c;
  Comparison *comparison;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  PetscCall(PetscNew(&comparison));
  for (int j = 0; j < HHT_MAX_DIM; j++) PetscCall(solve_factor(j, c, &comparison->factors[j]));
  for (int dim = 2; dim <= HHT_MAX_DIM; dim++) PetscCall(check_dim(check, dim, c, comparison));
  PetscCall(PetscFree(comparison));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
