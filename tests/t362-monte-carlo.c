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

static const Expected harmonic[] = {{2, 2, 1000, 0.414382 / 2, {0.775810, NAN}},
                                    {16, 2, 600, 0.375192 / 16, {0.837394, NAN}},
                                    {256, 2, 100, 0.368760 / 256, {0.844048, NAN}}};
static const Expected hmf[]      = {{2, 3, 3000, 0.2693065809, {0.7160313407, 0.0293241567, 0.2546445026}}};

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
static void check(const char *name, const HHTEstimate *e, double expected, double precision)
{
  double mean, error;

  HHTEstimateValue(e, &mean, &error);
  PetscPrintf(PETSC_COMM_WORLD, "%-22s %.6f +- %.6f  %.6f  %+.1f\n", name, mean, error, expected,
              (mean - expected) / error);
  TestCheck(error < precision, "%s: standard error %g, allowed %g", name, error, precision);
  TestClose(mean, expected, 5 * error, name);
}

static void compare(const Case *c, const HHTMonteCarlo *setup, const Expected *x)
{
  HHTEstimate e[HHT_ESTIMATES];
  char        name[64];

  TestCall(HHTMonteCarloSample(PETSC_COMM_WORLD, setup, x->n, x->n_weights, 0, x->samples, e));
  (void)snprintf(name, sizeof name, "%s N = %td: q1", c->name, x->n);
  check(name, &e[HHT_ESTIMATE_Q1], x->q1, 0.2 * x->q1);
  for (int k = 0; k < x->n_weights; k++) {
    if (isnan(x->p[k])) continue;
    (void)snprintf(name, sizeof name, "%s N = %td: P_%d", c->name, x->n, k);
    check(name, &e[HHT_ESTIMATE_P + k], x->p[k], 0.02);
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
