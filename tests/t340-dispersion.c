/*
  Rates and frequencies of linear waves, fitted to the first harmonic of the force, against the roots of the dispersion
  relations: of alpha, and of f for a decaying wave, one that grows, and one that attracts.
*/
#include "fixture.h"
#include "test.h"
#include <hht/fit.h>
#include <string.h>

#define DT          0.125
#define EVERY       4 /* steps from one sample to the next */
#define SAMPLES_MAX 200

typedef struct {
  const char *name, *potential;
  double      strength;
  const char *initial;
  double      temperature, k, mass; /* mass NaN: mean density 1 */
  double      from, to;     /* the fit's window: after other modes have died, before the perturbation is large */
  double      gamma, omega; /* root: exp(gamma t - i omega t) */
} Wave;

/* Roots from the reference tables: landau_k.., twostream_k.., hmf_maxwell_T.., jeans_k... */
static const Wave waves[] = {
    {"Landau k 0.5", "poisson", 1, "landau", 1, 0.5, NAN, 12, 30, -0.15335946690960484, 1.4156618886045365},
    {"Landau k 0.4", "poisson", 1, "landau", 1, 0.4, NAN, 15, 36, -0.06612795869074924, 1.2850569696537462},
    {"Landau k 0.3", "poisson", 1, "landau", 1, 0.3, NAN, 20, 48, -0.012620368421117157, 1.1598464805919138},
    {"two-stream k 0.5", "poisson", 1, "two_stream", 1, 0.5, NAN, 25, 35, 0.25924993173269845, 0},
    {"two-stream k 0.2", "poisson", 1, "two_stream", 1, 0.2, NAN, 55, 70, 0.1944486691094959, 0},
    {"HMF T 0.1", "cosine", -1, "maxwellian", 0.1, 1, 1, 10, 18, 0.5255727567790766, 0},
    {"HMF T 0.4", "cosine", -1, "maxwellian", 0.4, 1, 1, 25, 50, 0.11616622852666492, 0},
    {"Jeans k 0.5", "poisson", -1, "maxwellian", 1, 0.5, NAN, 10, 15, 0.6872019251127941, 0},
};

typedef struct {
  double k, force[SAMPLES_MAX];
  int    n;
} Series;

static void sample(Fixture *f, double t, void *ctx)
{
  Series *s = ctx;

  (void)t;
  s->force[s->n++] = FixtureForceMode(f, s->k);
}

static void solve(const Wave *w, HHTUnknown unknown, Series *s)
{
  Fixture f = {.grid           = FixtureGrid(1, 16, 0, 2 * PETSC_PI / w->k, 128, 8 * sqrt(w->temperature)),
               .potential      = {.type = "", .strength = w->strength},
               .initial        = w->initial,
               .initial_params = {.temperature = w->temperature, .amplitude = 1e-8, .wavenumber = {w->k}},
               .mass           = w->mass,
               .unknown        = unknown,
               .look           = sample,
               .look_ctx       = s,
               .every          = EVERY};

  strcpy(f.potential.type, w->potential);
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", w->to, (int)lround(w->to / DT), PETSC_TRUE);
  FixtureDestroy(&f);
}

static void check(const Wave *w, HHTUnknown unknown)
{
  const double h     = EVERY * DT;
  const int    first = (int)lround(w->from / h);
  const char  *state = unknown == HHT_AMPLITUDE ? "alpha" : "f";
  Series       s     = {.k = w->k};
  double       rate, frequency = 0;

  solve(w, unknown, &s);
  if (w->omega > 0)
    HHTFitOscillation(s.n - first, h, s.force + first, &rate, &frequency);
  else
    rate = HHTFitGrowth(s.n - first, h, s.force + first);
  TestMeasured("%s, %s, rate %.9f", state, w->name, rate);
  TestMeasured("%s, %s, error %.1e", state, w->name, fabs(rate / w->gamma - 1));
  TestMeasured("%s, %s, frequency %.9f", state, w->name, frequency);
  TestClose(rate, w->gamma, 1e-4 * fabs(w->gamma), w->name);
  TestClose(frequency, w->omega, 1e-5 * w->omega, w->name);
}

int main(int argc, char **argv)
{
  static const int of_f[] = {0, 3, 5};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof waves / sizeof *waves; i++) check(&waves[i], HHT_AMPLITUDE);
  for (size_t i = 0; i < sizeof of_f / sizeof *of_f; i++) check(&waves[of_f[i]], HHT_DISTRIBUTION);
  return TestEnd();
}
