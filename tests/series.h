/* A plasma with k = 0.5, by alpha and by f, against a reference series in time. */
#ifndef HHT_TEST_SERIES_H
#define HHT_TEST_SERIES_H

#include "fixture.h"
#include "test.h"

typedef struct {
  const double *rows;          /* t, L2 norm of the force [, kinetic and potential energy], equally spaced from t = 0 */
  int           columns;       /* 2 or 4 */
  HHTUnknown    unknown;       /* solved for */
  int           n;             /* compared so far */
  double        force, energy; /* largest errors so far */
} Series;

static void SeriesLook(Fixture *f, double t, void *ctx)
{
  Series              *s = ctx;
  const HHTDiagnostics d = FixtureDiagnose(f, t);
  const double        *r = s->rows + s->columns * s->n++;

  TestClose(t, r[0], 1e-9, "time of the sample");
  s->force = fmax(s->force, fabs(sqrt(2 * d.field_energy) - r[1]));
  if (s->columns == 2) return;
  s->energy = fmax(s->energy, fabs(d.kinetic_energy - r[2]));
  s->energy = fmax(s->energy, fabs(d.potential_energy - r[3]));
}

/* Solves to time t in n steps, looks every `every` steps, and allows errors of tol. */
static inline void SeriesCompare(Series *s, const char *initial, double amplitude, HHTGrid grid, double t, int n,
                                 int every, double tol)
{
  Fixture f = {.grid           = grid,
               .potential      = {.type = "poisson", .strength = 1},
               .initial        = initial,
               .initial_params = {.temperature = 1, .amplitude = amplitude, .wavenumber = {0.5}},
               .mass           = NAN,
               .unknown        = s->unknown,
               .look           = SeriesLook,
               .look_ctx       = s,
               .every          = every};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "blanesmoan4", t, n, PETSC_TRUE);
  TestMeasured("%s, field %.1e", s->unknown == HHT_AMPLITUDE ? "alpha" : "f", s->force);
  TestMeasured("%s, energies %.1e", s->unknown == HHT_AMPLITUDE ? "alpha" : "f", s->energy);
  TestCheck(s->n == n / every + 1, "%d samples compared", s->n);
  TestClose(s->force, 0, tol, "L2 norm of the force");
  TestClose(s->energy, 0, tol, "energies");
  FixtureDestroy(&f);
}

static inline void SeriesCompareBoth(const double *rows, int columns, const char *initial, double amplitude,
                                     HHTGrid grid, double t, int n, int every, double tol)
{
  for (HHTUnknown unknown = HHT_AMPLITUDE; unknown <= HHT_DISTRIBUTION; unknown++) {
    Series s = {.rows = rows, .columns = columns, .unknown = unknown};

    SeriesCompare(&s, initial, amplitude, grid, t, n, every, tol);
  }
}

#endif
