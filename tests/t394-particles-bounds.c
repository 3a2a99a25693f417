/* The bounds of Lemma 3.4: the inequalities that they come from, with equality, and a run that keeps them. */
#include "fixture.h"
#include "test.h"
#include <hht/derivatives.h>
#include <hht/particle_bounds.h>

/* d/dt of the square of a bound, by differences */
static double growth(double (*bound2)(double c, double t), double c, double t)
{
  const double h = 1e-5;

  return (bound2(c, t + h) - bound2(c, t - h)) / (2 * h);
}

#define D1 1.3
#define D2 2.1

static double first(double c, double t) { return pow(HHTParticleBound1(D1, c, t), 2); }
static double second(double c, double t) { return pow(HHTParticleBound2(D1, D2, c, t), 2); }

/* The squares grow by y_1' = (1 + C_1^2) y_1 and, for t -> 0, by y_2' = C_2^2 y_1 + (3 + 2 C_3^2) y_2; later y_2 grows faster. */
static void check_growth(double c)
{
  const double c1_2 = fmax(1, 4 * c * c), c2_2 = 16 * c * c, c3_2 = fmax(1, 6 * c * c), t = 0.3, soon = 2e-5;
  const double start = c2_2 * D1 * D1 + (3 + 2 * c3_2) * D2 * D2;

  TestClose(HHTParticleBound1(D1, c, 0), D1, 1e-15, "(1) at t = 0");
  TestClose(HHTParticleBound2(D1, D2, c, 0), D2, 1e-15, "(2) at t = 0");
  TestClose(growth(first, c, t) / first(c, t), 1 + c1_2, 1e-6, "growth of (1)");
  TestClose(growth(second, c, soon) / start, 1, 2e-3, "growth of (2) at first");
  TestCheck(growth(second, c, t) >= c2_2 * first(c, t) + (3 + 2 * c3_2) * second(c, t), "(2) grows too slowly");
}

static double complex pair(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.4 * cos(x[0] - x[1])) * sqrt((1 + 0.3 * cos(x[0])) * (1 + 0.3 * cos(x[1]))) *
         cexp(-(v[0] * v[0] + v[1] * v[1]) / 2 + I * (sin(x[0]) * v[0] + sin(x[1]) * v[1]));
}

typedef struct {
  double d1, d2;
  double largest; /* of the norms over their bounds, t > 0 */
} Start;

static void compare(Fixture *f, double t, void *ctx)
{
  Start *s = ctx;
  double d1, d2;

  TestCall(HHTDerivativeNorms(f->state, 1, 2, &d1, &d2));
  if (t == 0) {
    s->d1 = d1;
    s->d2 = d2;
    return;
  }
  s->largest = fmax(s->largest,
                    fmax(d1 / HHTParticleBound1(s->d1, 0.2, t), d2 / HHTParticleBound2(s->d1, s->d2, 0.2, t)));
}

int main(int argc, char **argv)
{
  Start   start = {0};
  Fixture f     = {.grid      = FixtureGrid(1, 16, 0, 2 * PETSC_PI, 32, 5.5),
                   .particles = 2,
                   .potential = {.type = "cosine", .strength = -0.2},
                   .amplitude = pair,
                   .mass      = 1,
                   .look      = compare,
                   .look_ctx  = &start,
                   .every     = 1};

  TestBegin(&argc, &argv);
  check_growth(0.1);
  check_growth(1.7);
  TestCheck(isnan(HHTParticleBound1(1, NAN, 1)) && isnan(HHTParticleBound2(1, 1, NAN, 1)),
            "outside (Pot) there are bounds");
  FixtureCreate(PETSC_COMM_WORLD, &f);
  FixtureSolve(&f, "strang", 0.5, 5, PETSC_FALSE);
  TestMeasured("share of the bounds %.2f", start.largest);
  TestCheck(start.largest > 0.5 && start.largest <= 1, "norms are %g of their bounds", start.largest);
  FixtureDestroy(&f);
  return TestEnd();
}
