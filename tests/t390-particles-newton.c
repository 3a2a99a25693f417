/*
  N = 2, d = 1, the HMF potential: alpha_N(t) is the initial product along Newton's characteristics, on 48 x 72 points a particle.

  The centre of mass moves freely and r'' = -2 Gamma'(r), so the characteristics are those of the difference coordinates (r, w) of the
  grid, integrated backward in time by an independent method.
*/
#include "fixture.h"
#include "test.h"

#define NX    48
#define NV    72
#define V_MAX 7

typedef struct {
  double t;
  double r[NX][2 * NV],
      w[NX][2 * NV]; /* where the pair with this difference of positions and of velocities was at time 0 */
} Pairs;

static double alpha(double x, double v) { return sqrt(1 + 0.5 * cos(x)) * exp(-v * v / 2); }

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return alpha(x[0], v[0]) * alpha(x[1], v[1]);
}

/* Back in time by t: Runge-Kutta of order 4 with steps that leave 1e-11. */
static void move_back(double t, double *r, double *w)
{
  const int    n = 200;
  const double h = -t / n;

  for (int i = 0; i < n; i++) { /* r' = w, w' = -2 Gamma' = -2 sin(r) for Gamma = -cos(r) */
    const double r1 = *w, w1 = -2 * sin(*r);
    const double r2 = *w + h / 2 * w1, w2 = -2 * sin(*r + h / 2 * r1);
    const double r3 = *w + h / 2 * w2, w3 = -2 * sin(*r + h / 2 * r2);
    const double r4 = *w + h * w3, w4 = -2 * sin(*r + h * r3);

    *r += h / 6 * (r1 + 2 * r2 + 2 * r3 + r4);
    *w += h / 6 * (w1 + 2 * w2 + 2 * w3 + w4);
  }
}

static void set_pairs(Pairs *p, double t)
{
  p->t = t;
  for (int i = 0; i < NX; i++)
    for (int m = 0; m < 2 * NV; m++) {
      p->r[i][m] = i * 2 * PETSC_PI / NX;
      p->w[i][m] = (m - NV) * 2.0 * V_MAX / NV;
      move_back(t, &p->r[i][m], &p->w[i][m]);
    }
}

static double complex exact(void *ctx, const double x[], const double v[])
{
  const Pairs *p     = ctx;
  const int    i     = (int)lround((x[0] - x[1]) / (2 * PETSC_PI / NX) + NX) % NX;
  const int    m     = (int)lround((v[0] - v[1]) / (2.0 * V_MAX / NV)) + NV;
  const double turns = x[0] - x[1] - i * 2 * PETSC_PI / NX; /* 0, or a whole circle */
  const double r = p->r[i][m] + turns, w = p->w[i][m];
  const double centre = (x[0] + x[1] - p->t * (v[0] + v[1])) / 2, mean = (v[0] + v[1]) / 2;

  return alpha(centre + r / 2, mean + w / 2) * alpha(centre - r / 2, mean - w / 2);
}

int main(int argc, char **argv)
{
  static Pairs pairs;
  const double t = 0.25;
  double       error;
  Fixture      f = {.grid      = FixtureGrid(1, NX, 0, 2 * PETSC_PI, NV, V_MAX),
                    .particles = 2,
                    .potential = {.type = "cosine", .strength = -1},
                    .amplitude = initial,
                    .mass      = NAN};

  TestBegin(&argc, &argv);
  FixtureCreate(PETSC_COMM_WORLD, &f);
  set_pairs(&pairs, t);
  FixtureSolve(&f, "blanesmoan4", t, 3, PETSC_TRUE);
  error = FixtureAlphaError(&f, exact, &pairs);
  TestMeasured("error %.1e", error);
  TestClose(error, 0, 1e-7, "alpha_N");
  FixtureDestroy(&f);
  return TestEnd();
}
