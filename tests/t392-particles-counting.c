/*
  The counting functional of two particles at t = 1 against independent numbers: HMF at T = 0.5, where alpha_N was carried along Newton's
  characteristics and alpha(t) by another program, and the harmonic Gaussian, whose numbers are closed expressions.
*/
#include "fixture.h"
#include "test.h"
#include <hht/counting.h>
#include <hht/mean_field_solution.h>

typedef double (*OneParticle)(double x, double v);

typedef struct {
  const char        *name;
  HHTPotentialParams potential;
  double             x_min, x_length, v_max;
  int                nx, nv;
  OneParticle        alpha; /* of mass 1 */
  double             q_1, P[3], tolerance;
} Case;

static double hmf(double x, double v)
{
  return sqrt((1 + 0.5 * cos(x)) / (2 * PETSC_PI) * exp(-v * v) / sqrt(PETSC_PI));
}

static double gaussian(double x, double v) { return exp(-x * x / 2 - v * v / 4) * pow(0.5, 0.25) / sqrt(PETSC_PI); }

static double complex two(void *ctx, const double x[], const double v[])
{
  const Case *c = ctx;

  return c->alpha(x[0], v[0]) * c->alpha(x[1], v[1]);
}

typedef struct {
  const Case    *c;
  const HHTGrid *grid;
} Row;

static PetscErrorCode one(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Row *r = ctx;

  for (ptrdiff_t i = 0; i < r->grid->n_cols; i++)
    alpha[i] = r->c->alpha(HHTGridX(r->grid, 0, row), HHTGridV(r->grid, 0, i));
  return 0;
}

static void count(Fixture *f, const Case *c, double P[])
{
  Row                  row     = {c, &f->one};
  HHTMeanFieldProblem  problem = {.grid      = &f->one,
                                  .potential = f->gamma,
                                  .numbers   = HHT_REAL,
                                  .fill      = one,
                                  .ctx       = &row,
                                  .splitting = "blanesmoan4",
                                  .dt        = 0.05};
  double complex      *alpha   = malloc((size_t)(f->one.n_rows * f->one.n_cols) * sizeof *alpha);
  HHTMeanFieldSolution solution;

  TestCall(HHTMeanFieldSolutionCreate(&problem, &solution));
  TestCall(HHTMeanFieldSolutionGet(solution, 1, alpha));
  TestCall(HHTCountingWeights(f->state, &f->one, 2, alpha, P));
  TestCall(HHTMeanFieldSolutionDestroy(&solution));
  free(alpha);
}

static void check(const Case *c)
{
  Fixture f = {.grid      = FixtureGrid(1, c->nx, c->x_min, c->x_length, c->nv, c->v_max),
               .particles = 2,
               .potential = c->potential,
               .amplitude = two,
               .ctx       = (void *)c,
               .mass      = 1};
  double  P[3], error = 0;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", 1, 20, PETSC_TRUE);
  count(&f, c, P);
  for (int k = 0; k < 3; k++)
    if (c->P[k] > 0) error = fmax(error, fabs(P[k] - c->P[k]));
  TestMeasured("%s %.1e", c->name, fmax(error, fabs(HHTCountingQ1(2, P) - c->q_1)));
  TestClose(HHTCountingQ1(2, P), c->q_1, c->tolerance, "<q_1>");
  TestClose(error, 0, c->tolerance, "P_k");
  TestClose(P[0] + P[1] + P[2], 1, 1e-13, "sum of the P_k");
  FixtureDestroy(&f);
}

static void check_functional(void)
{
  const double P[] = {0.4, 0.3, 0.2, 0.1};

  TestClose(HHTCountingWeight(16, 0.5, 1), 0.25, 1e-15, "m(1), N = 16, lambda = 1/2");
  TestClose(HHTCountingWeight(16, 0.5, 9), 1, 0, "m(9), N = 16, lambda = 1/2");
  TestClose(HHTCountingBeta(3, 0.5, P), 0.3 / sqrt(3) + 0.3, 1e-15, "beta_3");
  TestClose(HHTCountingQ1(3, P), 1.0 / 3, 1e-15, "<q_1>");
}

int main(int argc, char **argv)
{
  const Case cases[] = {{.name      = "HMF",
                         .potential = {.type = "cosine", .strength = -1},
                         .x_length  = 2 * PETSC_PI,
                         .v_max     = 6,
                         .nx        = 24,
                         .nv        = 44,
                         .alpha     = hmf,
                         .q_1       = 0.26930383688,
                         .P         = {0.71603418413, 0.02932395799, 0.25464185789},
                         .tolerance = 5e-9},
                        {.name      = "harmonic Gaussian",
                         .potential = {.type = "harmonic", .strength = 1, .boundary = HHT_FREE},
                         .x_min     = -9,
                         .x_length  = 18,
                         .v_max     = 9,
                         .nx        = 32,
                         .nv        = 32,
                         .alpha     = gaussian,
                         .q_1       = 0.414382 / 2,
                         .P         = {0.775810},
                         .tolerance = 1e-6}};

  TestBegin(&argc, &argv);
  check_functional();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i]);
  return TestEnd();
}
