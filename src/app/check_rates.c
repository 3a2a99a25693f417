/*
  Rates and frequencies of linear waves, fitted to the first harmonic of the force, against the dispersion relations.
*/
#include "check_impl.h"
#include <hht/fit.h>
#include <math.h>
#include <stdio.h>

#define SAMPLES_MAX 128

typedef struct {
  const char *name;
  const char *potential;
  double      strength;
  const char *initial;
  double      temperature, k, mass; /* mass NaN: mean density 1 */
  double      from, to;             /* the fit's window: after other modes have died, before round-off or saturation */
  double      gamma, omega;         /* root of the dispersion relation for exp(gamma t - i omega t) */
} Wave;

/* Roots of the dispersion relations, found in multiple precision. */
static const Wave waves[] = {
    {"Landau damping, k = 0.5", "poisson", 1, "landau", 1, 0.5, NAN, 10, 30, -0.15335946690960484, 1.4156618886045365},
    {"Landau damping, k = 0.4", "poisson", 1, "landau", 1, 0.4, NAN, 12, 36, -0.06612795869074924, 1.2850569696537462},
    {"Landau damping, k = 0.3", "poisson", 1, "landau", 1, 0.3, NAN, 15, 45, -0.012620368421117157, 1.1598464805919138},
    {"two streams, k = 0.5", "poisson", 1, "two_stream", 1, 0.5, NAN, 25, 32, 0.25924993173269845, 0},
    {"Jeans instability, k = 0.5", "poisson", -1, "maxwellian", 1, 0.5, NAN, 8, 14, 0.6872019251127941, 0},
    {"HMF, T = 0.1", "cosine", -1, "maxwellian", 0.1, 1, 1, 10, 18, 0.5255727567790766, 0},
};

typedef struct {
  double k, force[SAMPLES_MAX], time[SAMPLES_MAX];
  int    n;
} Series;

static PetscErrorCode sample(HHTProblem *problem, double t, void *ctx)
{
  Series        *s = ctx;
  const HHTGrid *g;
  HHTFields      fields;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(problem->state, &g));
  PetscCall(HHTFlowGetFields(problem->flow, &fields));
  PetscCheck(s->n < SAMPLES_MAX, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "More than %d samples", SAMPLES_MAX);
  s->time[s->n]  = t;
  s->force[s->n] = 0;
  for (ptrdiff_t i = 0; i < g->n_rows; i++) s->force[s->n] -= fields.grad_phi[i] * sin(s->k * HHTGridX(g, 0, i));
  s->n++;
  PetscFunctionReturn(0);
}

static PetscErrorCode set_case(const Wave *w, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCheckSetCase(1, 16, 0, 2 * PETSC_PI / w->k, 128, 8 * sqrt(w->temperature), c));
  PetscCall(PetscStrncpy(c->potential.type, w->potential, sizeof c->potential.type));
  PetscCall(PetscStrncpy(c->initial.type, w->initial, sizeof c->initial.type));
  c->potential.strength    = w->strength;
  c->initial.temperature   = w->temperature;
  c->initial.mass          = w->mass;
  c->initial.amplitude     = 1e-7;
  c->initial.wavenumber[0] = w->k;
  c->dt                    = 0.125;
  c->max_time              = w->to;
  c->diagnostics_interval  = 4;
  PetscFunctionReturn(0);
}

static PetscErrorCode report(HHTCheck *check, const Wave *w, const Series *s)
{
  const double h     = s->time[1] - s->time[0];
  const int    first = (int)lround(w->from / h), n = s->n - first;
  double       rate, frequency;
  char         name[64];

  PetscFunctionBeginUser;
  if (w->omega == 0) {
    (void)snprintf(name, sizeof name, "%s: rate", w->name);
    PetscCall(HHTCheckValue(check, name, HHTFitGrowth(n, h, s->force + first), w->gamma, 1e-4));
    PetscFunctionReturn(0);
  }
  HHTFitOscillation(n, h, s->force + first, &rate, &frequency);
  (void)snprintf(name, sizeof name, "%s: rate", w->name);
  PetscCall(HHTCheckValue(check, name, rate, w->gamma, 1e-4));
  (void)snprintf(name, sizeof name, "%s: frequency", w->name);
  PetscCall(HHTCheckValue(check, name, frequency, w->omega, 1e-5));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckRates(HHTCheck *check)
{
  HHTCase *c;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  for (size_t i = 0; i < sizeof waves / sizeof *waves; i++) {
    Series series = {.k = waves[i].k};

    PetscCall(set_case(&waves[i], c));
    PetscCall(HHTCheckSolve(check->comm, c, sample, &series));
    PetscCall(report(check, &waves[i], &series));
  }
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
