/* The norms of derivatives, and the defect of symmetry, against their closed values for Gaussians; the marginal, which must not need it. */
#include "fixture.h"
#include "test.h"
#include <hht/counting.h>
#include <hht/derivatives.h>
#include <hht/exchange.h>

#define SHIFT 0.7

/* exp(-(x^2 + v^2)/2) / sqrt(pi), shifted in x and v by b for the second particle */
static double complex shifted(void *ctx, const double x[], const double v[])
{
  const double *b = ctx, y = x[1] - *b, u = v[1] - *b;

  return exp(-(x[0] * x[0] + v[0] * v[0] + y * y + u * u) / 2) / PETSC_PI;
}

/*
  Each of the four derivatives is one of exp(-u^2/2) pi^(-1/4), with ||D||^2 = 1/2 and ||D^2||^2 = 3/4; mixed ones are 1/4 each, and there are
  4 * 3 of them.
*/
static void check_derivatives(Fixture *f)
{
  double d1, d2;

  TestCall(HHTDerivativeNorms(f->state, 1, 2, &d1, &d2));
  TestClose(d1, sqrt(2 * 0.5), 1e-10, "||D_z1||");
  TestClose(d2, sqrt(4 * 0.75 + 12 * 0.25), 1e-9, "||D^2_(z1,z2)||");
  TestCall(HHTDerivativeNorms(f->state, 2, 1, &d1, &d2));
  TestClose(d1, sqrt(4 * 0.5), 1e-10, "||D||");
  TestClose(d2, sqrt(2 * 0.75 + 2 * 0.25), 1e-9, "||D^2_z1||");
}

/* ||a b - b a||^2 = 2 - 2 <a, b>^2 for a and b of norm 1; <a, b> = exp(-shift^2/2) */
static void check_symmetry(Fixture *f, double shift)
{
  double defect;

  TestCall(HHTExchangeDefect(f->state, &f->one, 2, &defect));
  TestClose(defect, sqrt(2 - 2 * exp(-shift * shift)), shift != 0 ? 1e-10 : 1e-14, "defect of symmetry");
}

static void check_marginal(Fixture *f)
{
  const HHTGrid *g        = &f->one;
  double        *marginal = malloc((size_t)(g->n_rows * g->n_cols) * sizeof *marginal), error = 0;

  TestCall(HHTMarginal(f->state, g, marginal));
  for (ptrdiff_t i = 0; i < g->n_rows * g->n_cols; i++) {
    const double x = HHTGridX(g, 0, i / g->n_cols), v = HHTGridV(g, 0, i % g->n_cols);

    error = fmax(error, fabs(marginal[i] - exp(-x * x - v * v) / PETSC_PI));
  }
  TestClose(error, 0, 1e-10, "marginal of the first particle");
  free(marginal);
}

static void check(double shift)
{
  Fixture f = {.grid      = FixtureGrid(1, 32, -8, 16, 30, 8),
               .particles = 2,
               .potential = {.type = "none"},
               .amplitude = shifted,
               .ctx       = &shift,
               .mass      = NAN};

  FixtureCreate(PETSC_COMM_WORLD, &f);
  check_derivatives(&f);
  check_symmetry(&f, shift);
  check_marginal(&f);
  FixtureDestroy(&f);
}

/* Three particles of which two are alike: the worst transposition counts. More ranks than rows of a particle. */
static double complex three(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.5 * cos(x[2])) * exp(-(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / 2);
}

static void check_three(void)
{
  Fixture f = {.grid      = FixtureGrid(1, 4, 0, 2 * PETSC_PI, 8, 4),
               .particles = 3,
               .potential = {.type = "none"},
               .amplitude = three,
               .mass      = 1};
  double  defect;

  FixtureCreate(PETSC_COMM_WORLD, &f);
  TestCall(HHTExchangeDefect(f.state, &f.one, 3, &defect));
  /* <a, b>^2 / (|a|^2 |b|^2) of a = 1 and b = 1 + cos(x)/2 is 1 / (1 + 1/8) */
  TestClose(defect, sqrt(2 - 2 / 1.125), 1e-13, "defect of three");
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check(0);
  check(SHIFT);
  check_three();
  return TestEnd();
}
