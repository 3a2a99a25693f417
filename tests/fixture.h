/* A whole problem for tests: grid, potential, field, state from an amplitude function, flow. */
#ifndef HHT_TEST_FIXTURE_H
#define HHT_TEST_FIXTURE_H

#include <hht/diagnostics.h>
#include <hht/splitting.h>

typedef double complex (*Amplitude)(void *ctx, const double x[], const double v[]);

typedef struct {
  HHTGrid            grid;      /* set the given fields */
  HHTPotentialParams potential; /* set */
  HHTFieldType       field_type;
  HHTTransposeType   transpose;
  Amplitude          amplitude; /* set; scaled to mass, NaN keeps it */
  void              *ctx;
  double             mass;
  /* made by FixtureCreate() */
  HHTPotential gamma;
  HHTMeanField field;
  HHTState     state;
  HHTFlow      flow;
  PetscBool    real;
} Fixture;

void FixtureCreate(MPI_Comm comm, Fixture *fixture);
void FixtureDestroy(Fixture *fixture);

/* Solves from 0 to t in n steps by the named splitting, through TS; merged: steps need not end at rest. */
void FixtureSolve(Fixture *fixture, const char *splitting, double t, int n, PetscBool merged);

/* The largest |alpha_hat - exact| over this rank's rows; exact(ctx, x, xi). All ranks get the maximum. */
double FixtureError(Fixture *fixture, Amplitude exact, void *ctx);

/* d = 1, 2, 3: the same numbers in every dimension. */
HHTGrid FixtureGrid(int dim, int nx, double x_min, double x_length, int nv, double v_max);

#endif
