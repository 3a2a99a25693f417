/*
  <q_1>, P_k and the distance of the marginal against numbers of other methods: the harmonic Gaussian, known for any N, and
  N = 2 of the HMF model solved on the grid. Allowed are five standard errors, which must themselves be small.
*/
#include "fixture.h"
#include "test.h"
#include <hht/monte_carlo.h>

typedef struct {
  ptrdiff_t n;
  int       n_weights, samples;
  double    q1, p[HHT_WEIGHTS]; /* NaN: not known */
} Expected;

typedef struct {
  const char *name;
  HHTGrid     grid;
  const char *potential;
  HHTBoundary boundary;
  double      strength;
  const char *initial;
  double      v_width; /* M_vv of a Gaussian */
} Case;

static const Expected harmonic[] = {{2, 2, 3000, 0.414382 / 2, {0.775810, NAN}},
                                    {16, 2, 500, 0.375192 / 16, {0.837394, NAN}},
                                    {256, 2, 60, 0.368760 / 256, {0.844048, NAN}}};
static const Expected hmf[]      = {{2, 3, 3000, 0.2693065809, {0.7160313407, 0.0293241567, 0.2546445026}}};

/* ---- the marginal of the harmonic Gaussian ---- */

/* R S R^T of the motion x'' = -w2 x over t = 1 and the diagonal covariance S of (x, v); w2 = 0: free */
static void add_moved(double w2, const double s[2], double factor, double sum[3])
{
  const double w = sqrt(w2), c = cos(w), sn = w > 0 ? sin(w) / w : 1;

  sum[0] += factor * (c * c * s[0] + sn * sn * s[1]);
  sum[1] += factor * (-c * w2 * sn * s[0] + sn * c * s[1]);
  sum[2] += factor * (w2 * w2 * sn * sn * s[0] + c * c * s[1]);
}

/* E k of two centred Gaussians whose covariances add up to a, for a kernel of widths k */
static double kernel_mean(const double k[2], const double a[3])
{
  return k[0] * k[1] / sqrt((k[0] * k[0] + a[0]) * (k[1] * k[1] + a[2]) - a[1] * a[1]);
}

/* Relative to their centre, which is free, N particles move with the frequency sqrt(N / (N - 1)) instead of 1. */
static double marginal_distance2(const HHTGrid *g, double v_width, ptrdiff_t n)
{
  const double s[2] = {0.5, 0.5 / v_width}, k[2] = {g->x_length[0] / (2 * PETSC_PI), g->v_max[0] / 4};
  double       both[3] = {0}, particles[3] = {0}, mean_field[3] = {0};

  add_moved(0, s, 2. / (double)n, particles);
  add_moved((double)n / (double)(n - 1), s, 2 - 2. / (double)n, particles);
  add_moved(1, s, 2, mean_field);
  for (int i = 0; i < 3; i++) both[i] = 0.5 * (particles[i] + mean_field[i]);
  return kernel_mean(k, particles) - 2 * kernel_mean(k, both) + kernel_mean(k, mean_field);
}

/* ---- samples ---- */

static void prepare(Fixture *f, const Case *c)
{
  *f = (Fixture){.grid      = c->grid,
                 .potential = {.strength = c->strength, .boundary = c->boundary},
                 .initial   = c->initial,
                 .mass      = 1};
  TestCall(PetscStrncpy(f->potential.type, c->potential, sizeof f->potential.type));
  f->initial_params      = (HHTInitialParams){.mass = 1, .temperature = 0.5, .amplitude = 0.5, .wavenumber = {1}};
  f->initial_params.m[0] = 1;
  f->initial_params.m[3] = c->v_width;
  FixtureCreate(PETSC_COMM_WORLD, f);
}

/* At most five standard errors off, and none of them more than `precision`. */
static void check(const Case *c, const char *name, const HHTEstimate *e, double expected, double precision)
{
  double mean, error;

  HHTEstimateValue(e, &mean, &error);
  TestMeasured("%s, standard errors %.1f", c->name, fabs(mean - expected) / error);
  TestCheck(error < precision, "%s: standard error %g, allowed %g", name, error, precision);
  TestClose(mean, expected, 5 * error, name);
}

static void compare(const Case *c, const HHTMonteCarlo *setup, const Expected *x)
{
  HHTEstimate e[HHT_ESTIMATES];
  char        name[64];

  TestCall(HHTMonteCarloSample(PETSC_COMM_WORLD, setup, x->n, x->n_weights, 0, x->samples, e));
  (void)snprintf(name, sizeof name, "%s N = %td: q1", c->name, x->n);
  check(c, name, &e[HHT_ESTIMATE_Q1], x->q1, 0.2 * x->q1);
  if (c->boundary == HHT_FREE) {
    const double d2 = marginal_distance2(setup->grid, c->v_width, x->n);

    (void)snprintf(name, sizeof name, "%s N = %td: D^2", c->name, x->n);
    check(c, name, &e[HHT_ESTIMATE_MARGINAL], d2, x->n == 2 ? 0.3 * d2 : 4e-4);
  }
  for (int k = 0; k < x->n_weights; k++) {
    if (isnan(x->p[k])) continue;
    (void)snprintf(name, sizeof name, "%s N = %td: P_%d", c->name, x->n, k);
    check(c, name, &e[HHT_ESTIMATE_P + k], x->p[k], 0.02);
  }
}

static void run(const Case *c, const Expected expected[], int n)
{
  Fixture            f;
  HHTCharacteristics history;
  HHTInitial         initial;
  HHTMonteCarlo      setup = {.mass = 1, .dt = 0.2, .steps = 5, .seed = 1};

  prepare(&f, c);
  TestCall(HHTCharacteristicsCreate(&f.grid, f.gamma, &history));
  TestCall(HHTCharacteristicsRecord(history, f.flow));
  FixtureSolve(&f, "blanesmoan4", 1, 5, PETSC_TRUE);
  TestCall(HHTInitialCreate(PETSC_COMM_WORLD, &f.grid, &f.initial_params, 0, 0, &initial));
  TestCall(HHTSplittingFind("blanesmoan4", &setup.splitting));
  setup.grid      = &f.grid;
  setup.potential = f.gamma;
  setup.initial   = initial;
  setup.history   = history;
  for (int i = 0; i < n; i++) compare(c, &setup, &expected[i]);
  TestCall(HHTInitialDestroy(&initial));
  TestCall(HHTCharacteristicsDestroy(&history));
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  const Case gaussian = {"harmonic", FixtureGrid(1, 36, -7, 14, 48, 8), "harmonic", HHT_FREE, 1, "gaussian", 0.5};
  const Case circle   = {"HMF", FixtureGrid(1, 32, 0, 2 * PETSC_PI, 128, 6), "cosine", HHT_PERIODIC, -1, "landau", 0};

  TestBegin(&argc, &argv);
  run(&gaussian, harmonic, 3);
  run(&circle, hmf, 1);
  return TestEnd();
}
