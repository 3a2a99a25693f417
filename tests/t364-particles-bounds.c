/* The bounds of Lemma 3.4: the inequalities that they come from, with equality, and a run that keeps them. */
#include "fixture.h"
#include "test.h"
#include <hht/derivatives.h>
#include <hht/particle_bounds.h>

/* y(t) = bound^2 of (1) solves y' = (1 + C_1^2) y. Of (2) the same quotient is at least that of its inequality. */
static void check_growth(double c)
{
  const double t = 0.3, h = 1e-5, d1 = 1.3, d2 = 2.1;
  const double c1_2 = fmax(1, 4 * c * c), c2_2 = 16 * c * c, c3_2 = fmax(1, 6 * c * c);
  const double b1 = pow(HHTParticleBound1(d1, c, t), 2), b2 = pow(HHTParticleBound2(d1, d2, c, t), 2);
  const double rate1 = (pow(HHTParticleBound1(d1, c, t + h), 2) - pow(HHTParticleBound1(d1, c, t - h), 2)) / (2 * h);
  const double rate2 = (pow(HHTParticleBound2(d1, d2, c, t + h), 2) - pow(HHTParticleBound2(d1, d2, c, t - h), 2)) /
                       (2 * h);

  TestClose(HHTParticleBound1(d1, c, 0), d1, 1e-15, "(1) at t = 0");
  TestClose(HHTParticleBound2(d1, d2, c, 0), d2, 1e-15, "(2) at t = 0");
  TestClose(rate1 / b1, 1 + c1_2, 1e-6, "growth of (1)");
  TestCheck(rate2 * (1 + 1e-8) >= c2_2 * b1 + (3 + 2 * c3_2) * b2, "(2) grows by %g < %g", rate2,
            c2_2 * b1 + (3 + 2 * c3_2) * b2);
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
  PetscPrintf(PETSC_COMM_WORLD, "norms are at most %.3f of their bounds\n", start.largest);
  TestCheck(start.largest > 0.5 && start.largest <= 1, "norms are %g of their bounds", start.largest);
  FixtureDestroy(&f);
  return TestEnd();
}
