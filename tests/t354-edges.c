/* The shares of the mass in the outer 5 % of the xi, v and k windows, of states that fill one of them evenly. */
#include "fixture.h"
#include "test.h"

/* Of 64 signed indices -32 .. 31 these lie beyond 0.95 * 32: -32, -31, 31. */
#define EDGE_SHARE (3. / 64)

static double complex at_rest(void *ctx, const double x[], const double v[])
{
  (void)ctx, (void)x;
  return v[0] == 0; /* even in xi */
}

static double complex even_in_v(void *ctx, const double x[], const double v[])
{
  (void)ctx, (void)x, (void)v;
  return 1; /* xi = 0 alone */
}

static double complex even_in_v_of_one_axis(void *ctx, const double x[], const double v[])
{
  (void)ctx, (void)x;
  return v[0] == 0;
}

static double complex at_one_point(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return x[0] == 0 && v[0] == 0; /* even in k */
}

static HHTDiagnostics diagnose(int dim, int nx, int nv, Amplitude amplitude)
{
  Fixture        f = {.grid      = FixtureGrid(dim, nx, 0, 1, nv, 3),
                      .potential = {.type = "none", .strength = 1},
                      .amplitude = amplitude,
                      .mass      = 5};
  HHTDiagnostics d;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  d = FixtureDiagnose(&f, 0);
  FixtureDestroy(&f);
  return d;
}

int main(int argc, char **argv)
{
  HHTDiagnostics d;

  TestBegin(&argc, &argv);
  d = diagnose(1, 4, 64, at_rest);
  TestClose(d.xi_edge_fraction, EDGE_SHARE, 1e-14, "xi edge of a state even in xi");
  TestClose(d.v_edge_fraction, 0, 1e-28, "v edge of a state at v = 0");
  TestClose(d.kinetic_energy, 0, 1e-24, "kinetic energy at rest");
  TestClose(d.k_edge_fraction, 0, 1e-28, "k edge of a state even in x");
  d = diagnose(1, 4, 64, even_in_v);
  TestClose(d.xi_edge_fraction, 0, 1e-28, "xi edge of a state at xi = 0");
  TestClose(d.v_edge_fraction, EDGE_SHARE, 1e-14, "v edge of a state even in v");
  /* d = 2: v_y even, v_x = 0; a point is at the edge when one of its coordinates is */
  d = diagnose(2, 4, 64, even_in_v_of_one_axis);
  TestClose(d.v_edge_fraction, EDGE_SHARE, 1e-14, "v edge, one axis of two");
  TestClose(d.xi_edge_fraction, EDGE_SHARE, 1e-14, "xi edge, the other axis");
  d = diagnose(2, 4, 64, even_in_v);
  TestClose(d.v_edge_fraction, 1 - (1 - EDGE_SHARE) * (1 - EDGE_SHARE), 1e-14, "v edge, both axes");
  TestClose(d.mass, 5, 1e-13, "mass");
  d = diagnose(1, 64, 8, at_one_point);
  TestClose(d.k_edge_fraction, EDGE_SHARE, 1e-14, "k edge of a state at one point");
  return TestEnd();
}
