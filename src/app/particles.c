#include "particles.h"
#include <hht/counting.h>
#include <hht/derivatives.h>
#include <hht/exchange.h>
#include <hht/mean_field_solution.h>
#include <hht/particle_bounds.h>
#include <hht/particle_field.h>
#include <math.h>

struct HHTParticles_s {
  const HHTCase       *c; /* borrowed */
  int                  n;
  double               c_gamma;
  HHTParticleField     field;
  HHTParticleInitial   initial;    /* NULL for one particle, as are the next two */
  HHTMeanFieldSolution mean_field; /* alpha(t) that the particles are compared with */
  double complex      *alpha;
  double              *marginal;
  PetscBool            started;
  double               d1, d2; /* norms of the derivatives at t = 0 */
};

/* The same potential, method and step as the particles', in double precision. */
static PetscErrorCode create_mean_field(HHTParticles p, HHTPotential potential)
{
  const HHTCase      *c       = p->c;
  const size_t        n       = (size_t)(c->grid.n_rows * c->grid.n_cols);
  HHTMeanFieldProblem problem = {.grid      = &c->grid,
                                 .potential = potential,
                                 .fill      = HHTParticleInitialFillOne,
                                 .ctx       = p->initial,
                                 .splitting = c->splitting,
                                 .dt        = c->dt};
  PetscBool           real;

  PetscFunctionBeginUser;
  PetscCall(HHTParticleInitialIsReal(p->initial, &real));
  problem.numbers = HHTNumbersOf(real ? 1 : 0, HHT_DOUBLE);
  PetscCall(HHTMeanFieldSolutionCreate(&problem, &p->mean_field));
  PetscCall(PetscMalloc2(n, &p->alpha, n, &p->marginal));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticlesCreate(MPI_Comm comm, const HHTCase *c, HHTPotential potential, double c_gamma,
                                  HHTParticles *particles)
{
  HHTParticles p;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&p));
  *particles = p;
  p->c       = c;
  p->n       = HHTCaseParticles(c);
  p->c_gamma = c_gamma;
  PetscCall(HHTParticleFieldCreate(&c->grid, p->n, potential, &p->field));
  if (p->n == 1) PetscFunctionReturn(0);
  PetscCall(HHTParticleInitialCreate(comm, &c->grid, &c->initial, p->n, c->correlation, &p->initial));
  PetscCall(create_mean_field(p, potential));
  PetscFunctionReturn(0);
}

double HHTParticlesMeanFieldBytes(const HHTCase *c, HHTNumbers numbers)
{
  const double points = (double)c->grid.n_rows * (double)c->grid.n_cols;

  return HHTMeanFieldSolutionBytes(&c->grid, numbers) + points * (2 * sizeof(double complex) + sizeof(double));
}

PetscErrorCode HHTParticlesDestroy(HHTParticles *particles)
{
  HHTParticles p = *particles;

  PetscFunctionBeginUser;
  if (!p) PetscFunctionReturn(0);
  PetscCall(HHTMeanFieldSolutionDestroy(&p->mean_field));
  PetscCall(PetscFree2(p->alpha, p->marginal));
  PetscCall(HHTParticleInitialDestroy(&p->initial));
  PetscCall(HHTParticleFieldDestroy(&p->field));
  PetscCall(PetscFree(*particles));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticlesGetField(HHTParticles p, HHTField *field)
{
  return HHTParticleFieldGetField(p->field, field);
}

PetscErrorCode HHTParticlesGetInitial(HHTParticles p, HHTParticleInitial *initial)
{
  PetscFunctionBeginUser;
  *initial = p->initial;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticlesStart(HHTParticles p, const HHTDiagnostics *first)
{
  PetscFunctionBeginUser;
  p->started = PETSC_TRUE;
  p->d1      = first->particles.dz1_norm;
  p->d2      = first->particles.d2z1z2_norm;
  PetscFunctionReturn(0);
}

/* Sums over particles what the diagnoser has for each dimension of all. */
static void sum_particles(int dim, int particles, double vector[])
{
  for (int j = dim; j < dim * particles; j++) {
    vector[j % dim] += vector[j];
    vector[j] = 0;
  }
}

static PetscErrorCode compare_derivatives(HHTParticles p, HHTState state, double t, HHTDiagnostics *v)
{
  HHTParticleDiagnostics *d   = &v->particles;
  const int               dim = p->c->grid.dim;

  PetscFunctionBeginUser;
  PetscCall(HHTDerivativeNorms(state, dim, 2 * dim, &d->dz1_norm, &d->d2z1z2_norm));
  if (p->n == 1) d->d2z1z2_norm = NAN; /* there is no second particle */
  if (!p->started) PetscCall(HHTParticlesStart(p, v));
  d->dz1_bound    = HHTParticleBound1(p->d1, p->c_gamma, t);
  d->d2z1z2_bound = HHTParticleBound2(p->d1, p->d2, p->c_gamma, t);
  PetscFunctionReturn(0);
}

/* int |marginal of alpha_N - |alpha|^2|, both of mass 1 */
static double marginal_distance(const HHTParticles p, double mass)
{
  const HHTGrid *g   = &p->c->grid;
  double         sum = 0;

  for (ptrdiff_t i = 0; i < g->n_rows * g->n_cols; i++) sum += fabs(p->marginal[i] / mass - HHTNorm2(p->alpha[i]));
  return sum * g->cell_x * g->cell_v;
}

static PetscErrorCode compare_mean_field(HHTParticles p, HHTState state, double t, HHTDiagnostics *v)
{
  HHTParticleDiagnostics *d = &v->particles;

  PetscFunctionBeginUser;
  PetscCall(HHTMeanFieldSolutionGet(p->mean_field, t, p->alpha));
  PetscCall(HHTCountingWeights(state, &p->c->grid, p->n, p->alpha, d->P));
  d->beta = HHTCountingBeta(p->n, p->c->lambda, d->P);
  d->q_1  = HHTCountingQ1(p->n, d->P);
  PetscCall(HHTMarginal(state, &p->c->grid, p->marginal));
  d->marginal_distance = marginal_distance(p, v->mass);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticlesDiagnose(HHTParticles p, HHTState state, double t, HHTDiagnostics *v)
{
  const int dim = p->c->grid.dim;

  PetscFunctionBeginUser;
  sum_particles(dim, p->n, v->momentum);
  sum_particles(dim, p->n, v->x_momentum);
  v->field_energy = NAN; /* of a field that nothing makes */
  PetscCall(compare_derivatives(p, state, t, v));
  PetscCall(HHTExchangeDefect(state, &p->c->grid, p->n, &v->particles.symmetry_defect));
  if (p->mean_field) PetscCall(compare_mean_field(p, state, t, v));
  PetscFunctionReturn(0);
}
