/*
  Complex Gaussians, products over the dimensions of closed solutions for d = 1: free, and in the harmonic mean field.
*/
#include "check_impl.h"
#include <hht/exact.h>
#include <math.h>

typedef struct {
  const char  *name;
  int          dim;
  double       sigma; /* potential sigma |x|^2 / 2 */
  double       mass;
  int          n; /* points per dimension, of x and of v */
  double       half_box, t, dt, allowed;
  HHTPrecision precision;
} Run;

/*
  The allowed error is what the grid (free: exact in time) or the splitting costs, with a margin. Boxes are such that x
  and v, and k and xi, have the same number of widths.
*/
static const Run runs[] = {
    {"free, d = 1", 1, 0, 1, 256, 18, 2, 0.5, 1e-11, HHT_DOUBLE},
    {"harmonic, d = 1", 1, 1, 1, 256, 18, 3, 0.05, 1e-8, HHT_DOUBLE},
    {"harmonic, mass 2, d = 1", 1, 1, 2, 256, 18, 2, 0.05, 1e-7, HHT_DOUBLE},
    {"inverted harmonic, d = 1", 1, -1, 1, 256, 18, 1, 0.05, 1e-8, HHT_DOUBLE},
    {"free, d = 2", 2, 0, 1, 36, 7.5, 0.5, 0.25, 1e-7, HHT_DOUBLE},
    {"harmonic, mass 2, d = 2", 2, 1, 2, 36, 7.5, 0.25, 0.0625, 1e-6, HHT_DOUBLE},
    {"harmonic, d = 1, single precision", 1, 1, 1, 256, 18, 3, 0.05, 4e-5, HHT_SINGLE},
    {"harmonic, mass 2, d = 2, single precision", 2, 1, 2, 36, 7.5, 0.25, 0.0625, 2e-6, HHT_SINGLE},
};

/* Data that differ from one dimension to another. The factor sees the mass of all dimensions, not only its own 1. */
static HHTGaussian factor(const Run *r, int j)
{
  static const HHTGaussian factors[] = {
      {.m      = {{1.0 + 0.4 * I, 0.3 - 0.2 * I}, {0.3 - 0.2 * I, 0.8 - 0.5 * I}},
       .kappa  = {0.6, -0.4},
       .center = {0.3, -0.5}},
      {.m      = {{1.1 - 0.2 * I, -0.1 + 0.2 * I}, {-0.1 + 0.2 * I, 0.9 + 0.3 * I}},
       .kappa  = {-0.2, 0.3},
       .center = {-0.2, 0.1}},
  };
  HHTGaussian g = factors[j];

  g.mass  = 1;
  g.sigma = r->sigma * r->mass;
  return g;
}

static void set_initial(const Run *r, HHTInitialParams *p)
{
  const int d = r->dim, n = 2 * d;

  p->mass = r->mass;
  for (int j = 0; j < d; j++) {
    const HHTGaussian g = factor(r, j);

    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) p->m[(j + a * d) * n + j + b * d] = g.m[a][b];
      p->kappa[j + a * d]  = g.kappa[a];
      p->center[j + a * d] = g.center[a];
    }
  }
}

static double complex exact(const Run *r, double t, const double x[], const double xi[])
{
  double complex product = sqrt(r->mass);

  for (int j = 0; j < r->dim; j++) {
    const HHTGaussian g = factor(r, j);

    product *= HHTGaussianExact(&g, t, x[j], xi[j]);
  }
  return product;
}

typedef struct {
  const Run *run;
  double     error;
} Comparison;

static double row_error(const Run *r, const HHTGrid *g, double t, ptrdiff_t row, const double complex alpha_hat[])
{
  ptrdiff_t i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double    x[HHT_MAX_DIM], xi[HHT_MAX_DIM], error = 0;

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) xi[j] = HHTGridXi(g, j, m[j]);
    error = fmax(error, cabs(alpha_hat[c] - exact(r, t, x, xi)));
  }
  return error;
}

static PetscErrorCode compare(HHTProblem *problem, double t, void *ctx)
{
  Comparison     *comparison = ctx;
  const HHTGrid  *g;
  ptrdiff_t       first, count;
  double complex *row;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(problem->state, &g));
  PetscCall(HHTStateGetRows(problem->state, &first, &count));
  PetscCall(PetscMalloc1((size_t)g->n_cols, &row));
  for (ptrdiff_t r = first; r < first + count; r++) {
    PetscCall(HHTStateGetAlphaHatRow(problem->state, r, row));
    comparison->error = fmax(comparison->error, row_error(comparison->run, g, t, r, row));
  }
  PetscCall(PetscFree(row));
  PetscFunctionReturn(0);
}

static PetscErrorCode run_one(HHTCheck *check, const Run *r, HHTCase *c)
{
  Comparison comparison = {.run = r};

  PetscFunctionBeginUser;
  PetscCall(HHTCheckSetCase(r->dim, r->n, -r->half_box, 2 * r->half_box, r->n, r->half_box, c));
  PetscCall(PetscStrncpy(c->initial.type, "gaussian", sizeof c->initial.type));
  set_initial(r, &c->initial);
  if (r->sigma != 0) PetscCall(PetscStrncpy(c->potential.type, "harmonic", sizeof c->potential.type));
  if (r->sigma != 0) c->potential.strength = r->sigma;
  c->potential.boundary = HHT_FREE;
  c->precision          = r->precision;
  c->dt                 = r->dt;
  c->max_time           = r->t;
  PetscCall(HHTCheckSolve(check->comm, c, compare, &comparison));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &comparison.error, 1, MPI_DOUBLE, MPI_MAX, check->comm));
  PetscCall(HHTCheckError(check, r->name, comparison.error, r->allowed));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckGaussians(HHTCheck *check)
{
  HHTCase *c;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) PetscCall(run_one(check, &runs[i], c));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
