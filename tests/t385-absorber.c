/*
  The absorbing layer on data whose modes in x are known: each is damped by exp(-dt c sum_j |k_j| s_j^p) at each xi, nothing else
  changes, and mass and energy that are missing are those that the flow says were absorbed; d = 1, 2, real and complex, in both precisions.
*/
#include "fixture.h"
#include "test.h"
#include <complex.h>

#define DT 0.3

static const HHTAbsorberParams layer = {.type = HHT_ABSORBER_LAYER, .strength = 0.7, .order = 2, .start = 0.3};

typedef struct {
  const HHTGrid *grid;
  PetscBool      complex_numbers;
} Context;

/* exp(-v.v / 4 + i kappa v_1): wide in xi, so that much of it is in the layer. */
static double complex profile(const Context *c, const double v[])
{
  double v2 = 0;

  for (int j = 0; j < c->grid->dim; j++) v2 += v[j] * v[j];
  return exp(-4 * v2) * (c->complex_numbers ? cexp(I * 1.5 * v[0]) : 1);
}

/* Modes 0, k_1 e_1, and for d = 2 k_1 e_1 - 2 k_2 e_2; factor[] multiplies them. */
static double complex sum_modes(const Context *c, const double x[], const double factor[])
{
  const HHTGrid *g   = c->grid;
  const double   one = g->dk[0] * x[0], two = g->dim > 1 ? one - 2 * g->dk[1] * x[1] : 0;

  return factor[0] + 0.5 * factor[1] * cos(one) + (g->dim > 1 ? 0.3 * factor[2] * sin(two) : 0);
}

static double complex amplitude(void *ctx, const double x[], const double v[])
{
  const double one[] = {1, 1, 1};

  return sum_modes(ctx, x, one) * profile(ctx, v);
}

static double rate(const HHTGrid *g, int j, double xi, double k)
{
  const double xi_max = PETSC_PI / g->dv[j], s = (fabs(xi) / xi_max - layer.start) / (1 - layer.start);

  return s > 0 ? layer.strength * k * g->dk[j] * s * s : 0;
}

/* (FT) of the profile by the sum over the grid, which is what the transform does. */
static double complex profile_hat(const Context *c, const double xi[])
{
  const HHTGrid *g   = c->grid;
  double complex sum = 0;
  ptrdiff_t      m[HHT_MAX_DIM];

  for (ptrdiff_t i = 0; i < g->n_cols; i++) {
    double v[HHT_MAX_DIM], angle = 0;

    HHTUnflatten(i, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) {
      v[j] = HHTGridV(g, j, m[j]);
      angle -= v[j] * xi[j];
    }
    sum += profile(c, v) * cexp(I * angle);
  }
  return sum * g->cell_v * pow(2 * PETSC_PI, -0.5 * g->dim);
}

static double complex damped(void *ctx, const double x[], const double xi[])
{
  const Context *c     = ctx;
  const HHTGrid *g     = c->grid;
  const double   first = rate(g, 0, xi[0], 1), second = g->dim > 1 ? rate(g, 1, xi[1], 2) : 0;
  const double   factor[] = {1, exp(-DT * first), exp(-DT * (first + second))};

  return sum_modes(c, x, factor) * profile_hat(c, xi);
}

static void check(int dim, PetscBool complex_numbers, HHTPrecision precision, int threads)
{
  Fixture        f   = {.grid            = FixtureGrid(dim, 8, 0, 4 * PETSC_PI, dim > 1 ? 12 : 20, 4),
                        .potential       = {.type = "gaussian", .strength = 1, .width = 1},
                        .amplitude       = amplitude,
                        .mass            = NAN,
                        .complex_numbers = complex_numbers,
                        .precision       = precision,
                        .threads         = threads};
  Context        c   = {&f.grid, complex_numbers};
  const double   tol = precision == HHT_SINGLE ? 3e-7 : 3e-15;
  HHTAbsorber    absorber;
  HHTDiagnostics before, after;
  double         error, mass, energy;

  f.ctx = &c;
  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCall(HHTAbsorberCreate(f.state, &layer, &absorber));
  TestCall(HHTFlowSetAbsorber(f.flow, absorber));
  before = FixtureDiagnose(&f, 0);
  TestCall(HHTFlowAbsorb(f.flow, DT));
  after  = FixtureDiagnose(&f, DT);
  error  = FixtureError(&f, damped, &c);
  mass   = (after.mass + after.absorbed_mass) / before.mass - 1;
  energy = (after.energy + after.absorbed_energy) / before.energy - 1;
  TestMeasured("%s, alpha_hat %.0e", precision == HHT_SINGLE ? "single" : "double", error);
  TestMeasured("%s, mass and energy %.0e", precision == HHT_SINGLE ? "single" : "double",
               fmax(fabs(mass), fabs(energy)));
  TestClose(error, 0, tol, "alpha_hat");
  TestCheck(after.absorbed_mass > 1e-4 * before.mass, "only %g of %g is absorbed", after.absorbed_mass, before.mass);
  TestClose(mass, 0, 10 * tol, "mass");
  TestClose(energy, 0, 10 * tol, "energy");
  TestCheck(before.absorbed_mass == 0 && before.absorbed_energy == 0, "absorbed before the start");
  FixtureDestroy(&f);
  TestCall(HHTAbsorberDestroy(&absorber));
  TestCall(HHTAbsorberDestroy(&absorber));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 2; dim++)
    for (int real = 0; real < 2; real++)
      for (int precision = 0; precision < 2; precision++)
        check(dim, real ? PETSC_FALSE : PETSC_TRUE, precision ? HHT_SINGLE : HHT_DOUBLE, 1);
  check(2, PETSC_TRUE, HHT_DOUBLE, 2);
  return TestEnd();
}
