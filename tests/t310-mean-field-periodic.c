/* Periodic phi, grad phi and G of plane waves against the Fourier symbol, d = 1, 2, 3, wave vectors of all signs. */
#include "test.h"
#include <hht/mean_field.h>

#define STRENGTH -1.3
#define KAPPA    0.8
#define WIDTH    0.6
#define MEAN     0.7

typedef struct {
  HHTGrid      grid;
  HHTPotential potential;
  HHTMeanField field;
} Problem;

static Problem create(int dim, const char *type, HHTFieldType field_type)
{
  Problem            p      = {.grid = {.dim      = dim,
                                        .nx       = {12, 10, 16},
                                        .nv       = {4, 4, 4},
                                        .x_min    = {-1, 0.5, 3},
                                        .x_length = {7, 5, 2 * PETSC_PI},
                                        .v_max    = {1, 1, 1}}};
  HHTPotentialParams params = {.strength = STRENGTH, .kappa = KAPPA, .width = WIDTH};

  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&p.grid));
  TestCall(HHTPotentialCreate(&p.grid, &params, &p.potential));
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &p.grid, p.potential, field_type, HHT_RIGOR_ESTIMATE, &p.field));
  return p;
}

static void destroy(Problem *p)
{
  TestCall(HHTMeanFieldDestroy(&p->field));
  TestCall(HHTMeanFieldDestroy(&p->field));
  TestCall(HHTPotentialDestroy(&p->potential));
}

/* int Gamma exp(-i k.x) dx for k = m dk, from the definitions of the potentials */
static double symbol(const HHTGrid *g, const char *type, const int m[])
{
  double k2 = 0, volume = 1;
  int    steps = 0;

  for (int j = 0; j < g->dim; j++) {
    k2 += pow(2 * PETSC_PI * m[j] / g->x_length[j], 2);
    volume *= g->x_length[j];
    steps += abs(m[j]);
  }
  switch (type[0]) {
  case 'p': return k2 > 0 ? STRENGTH / k2 : 0;
  case 'y': return STRENGTH / (k2 + KAPPA * KAPPA);
  case 'g': return STRENGTH * pow(2 * PETSC_PI * WIDTH * WIDTH, 0.5 * g->dim) * exp(-0.5 * k2 * WIDTH * WIDTH);
  default: return steps == 1 ? STRENGTH * volume / 2 : 0;
  }
}

/* k.x + 0.4 at a row */
static double angle(const HHTGrid *g, const int m[], ptrdiff_t row)
{
  double    angle = 0.4;
  ptrdiff_t i[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) angle += m[j] * g->dk[j] * HHTGridX(g, j, i[j]);
  return angle;
}

/* rho = MEAN + cos(k.x + 0.4) */
static void check_force(const Problem *p, const char *type, const int m[])
{
  const HHTGrid *g      = &p->grid;
  const int      zero[] = {0, 0, 0};
  const double   gamma = symbol(g, type, m), mean = MEAN * symbol(g, type, zero),
               tol = 1e-13 * (1 + fabs(gamma) + fabs(mean));
  const size_t n   = (size_t)g->n_rows;
  double      *rho = calloc(5 * n, sizeof *rho), *phi = rho + n, *grad = phi + n;

  for (size_t i = 0; i < n; i++) rho[i] = MEAN + cos(angle(g, m, (ptrdiff_t)i));
  TestCall(HHTMeanFieldForce(p->field, rho, grad, phi));
  for (size_t i = 0; i < n; i++) {
    const double a = angle(g, m, (ptrdiff_t)i);

    TestClose(phi[i], mean + gamma * cos(a), tol, type);
    for (int j = 0; j < g->dim; j++)
      TestClose(grad[(size_t)j * n + i], -gamma * m[j] * g->dk[j] * sin(a), 4 * tol, type);
  }
  /* Without phi the gradient is the same. */
  TestCall(PetscArrayzero(grad, n));
  TestCall(HHTMeanFieldForce(p->field, rho, grad, NULL));
  for (size_t i = 0; i < n; i++)
    TestClose(grad[i], -gamma * m[0] * g->dk[0] * sin(angle(g, m, (ptrdiff_t)i)), 4 * tol, "gradient alone");
  free(rho);
}

/* J_j = (j + 1) cos(k.x + 0.4 + j) */
static void check_phase(const Problem *p, const char *type, const int m[])
{
  const HHTGrid *g     = &p->grid;
  const double   gamma = symbol(g, type, m);
  const size_t   n     = (size_t)g->n_rows;
  double        *J = calloc(4 * n, sizeof *J), *G = J + 3 * n;

  for (int j = 0; j < g->dim; j++)
    for (size_t i = 0; i < n; i++) J[(size_t)j * n + i] = (j + 1) * cos(angle(g, m, (ptrdiff_t)i) + j);
  TestCall(HHTMeanFieldPhase(p->field, J, G));
  for (size_t i = 0; i < n; i++) {
    double expected = 0;

    for (int j = 0; j < g->dim; j++) expected -= (j + 1) * gamma * m[j] * g->dk[j] * sin(angle(g, m, (ptrdiff_t)i) + j);
    TestClose(G[i], expected, 1e-12 * (1 + fabs(gamma)), type);
  }
  free(J);
}

/* The gradient of a wave that the grid cannot tell from its negative is 0. */
static void check_nyquist(const Problem *p)
{
  const HHTGrid *g   = &p->grid;
  const size_t   n   = (size_t)g->n_rows;
  double        *rho = calloc(4 * n, sizeof *rho), *grad = rho + n;

  for (size_t i = 0; i < n; i++) rho[i] = i / (n / (size_t)g->nx[0]) % 2 ? -1 : 1;
  TestCall(HHTMeanFieldForce(p->field, rho, grad, NULL));
  for (size_t i = 0; i < (size_t)g->dim * n; i++) TestClose(grad[i], 0, 1e-14, "gradient of the Nyquist wave");
  free(rho);
}

int main(int argc, char **argv)
{
  static const char *const types[]    = {"poisson", "yukawa", "gaussian", "cosine", "none"};
  static const int         waves[][3] = {{1, 0, 0},  {-1, 0, 0}, {0, 1, 0},  {0, 0, -1}, {2, 1, -3},
                                         {1, -2, 1}, {-3, 4, 5}, {5, 3, -7}, {0, -4, 2}, {0, 0, 0}};

  TestBegin(&argc, &argv);
  for (int t = 0; t < 5; t++)
    for (int dim = 1; dim <= 3; dim++) {
      Problem p = create(dim, types[t], dim == 2 ? HHT_FIELD_DISTRIBUTED : HHT_FIELD_AUTO);

      for (int w = 0; w < 10 && t < 4; w++) {
        check_force(&p, types[t], waves[w]);
        check_phase(&p, types[t], waves[w]);
      }
      check_nyquist(&p);
      destroy(&p);
    }
  return TestEnd();
}
