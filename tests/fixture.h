/* A whole problem for tests: grid, potential, field, state from an amplitude function, flow. */
#ifndef HHT_TEST_FIXTURE_H
#define HHT_TEST_FIXTURE_H

#include <hht/diagnostics.h>
#include <hht/initial.h>
#include <hht/mean_field.h>
#include <hht/particle_field.h>
#include <hht/splitting.h>

typedef double complex (*Amplitude)(void *ctx, const double x[], const double v[]);

typedef struct Fixture_s Fixture;

/* Sees the problem at rest at time t. */
typedef void (*FixtureLook)(Fixture *fixture, double t, void *ctx);

struct Fixture_s {
  HHTGrid   grid; /* set the given fields; after FixtureCreate() that of all particles */
  ptrdiff_t kept; /* 0: what the padding keeps; else so many wave numbers of x on each side, however fine the grid */
  int       particles;          /* N in the field of N particles; 0: the mean field */
  HHTPotentialParams potential; /* set */
  HHTFieldType       field_type;
  HHTTransposeType   transpose;
  Amplitude          amplitude; /* set; scaled to mass, NaN keeps it */
  void              *ctx;
  double             mass;
  const char        *initial;        /* instead of amplitude: a registered name, of initial_params */
  HHTInitialParams   initial_params; /* mass and type are those above */
  FixtureLook        look; /* NULL: none; called by FixtureSolve() at the start, every `every` steps, at the end */
  void              *look_ctx;
  int                every;
  int                threads;         /* 0: 1 */
  PetscBool          complex_numbers; /* also where alpha is real; so does the environment's HHT_TEST_NUMBERS=complex */
  HHTUnknown         unknown;         /* HHT_DISTRIBUTION: the state is f = |alpha|^2, and real */
  HHTPrecision       precision;       /* of the state; single also by the environment's HHT_TEST_PRECISION=single */
  /* made by FixtureCreate() */
  PetscBool        real; /* the state holds real numbers */
  HHTPotential     gamma;
  HHTMeanField     field;
  HHTParticleField particle_field;
  HHTGrid          one; /* the grid of one particle */
  HHTState         state;
  HHTFlow          flow;
  HHTDiagnoser     diagnoser;
};

void FixtureCreate(MPI_Comm comm, Fixture *fixture);
void FixtureDestroy(Fixture *fixture);

/*
  Solves from 0 to t in n steps by the named splitting, through TS; merged: steps need not end at rest, unless they are
  looked at.
*/
void FixtureSolve(Fixture *fixture, const char *splitting, double t, int n, PetscBool merged);

/* The largest |alpha_hat - exact|, exact(ctx, x, xi), and |alpha - exact|, exact(ctx, x, v); of f_hat and f where they are the state. Collective. */
double FixtureError(Fixture *fixture, Amplitude exact, void *ctx);
double FixtureAlphaError(Fixture *fixture, Amplitude exact, void *ctx);

/* The largest difference of alpha_hat between two states on the same grid. Collective. */
double FixtureDifference(Fixture *a, Fixture *b);

/* The mode sin(k x) of the force, - sum_i grad phi(x_i) sin(k x_i), for d = 1. */
double FixtureForceMode(Fixture *f, double k);

HHTDiagnostics FixtureDiagnose(Fixture *fixture, double t);

/* d = 1, 2, 3: the same numbers in every dimension. */
HHTGrid FixtureGrid(int dim, int nx, double x_min, double x_length, int nv, double v_max);

#endif
