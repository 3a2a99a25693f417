/*
  The free field of a Gaussian density of mass M and variance s^2 about a centre c, in closed form:
  harmonic phi = S M (|x - c|^2 + d s^2)/2, and for a potential of width w, with t = w^2 + s^2,
  phi = S M (w^2 / t)^(d/2) exp(-|x - c|^2 / 2t). The widths are half the box and the box: images would be seen.
  Sums over the grid are exact to round-off for Gaussians that are resolved and vanish at the ends of the box.
*/
#include "test.h"
#include <hht/mean_field.h>

#define STRENGTH 1.7
#define MASS     2.5
#define SIGMA    1.0

typedef struct {
  HHTGrid      grid;
  HHTPotential potential;
  HHTMeanField field;
  double       width; /* of the Gaussian potential; 0: harmonic */
} Problem;

static const double centre[] = {0.3, -0.2, 0.1};

static Problem create(int dim, double width, HHTFieldType field_type)
{
  Problem            p      = {.grid = {.dim = dim, .nx = {26, 28, 24}, .nv = {4, 4, 4}}, .width = width};
  HHTPotentialParams params = {.type = "harmonic", .strength = STRENGTH, .boundary = HHT_FREE, .width = width};

  for (int j = 0; j < 3; j++) p.grid.x_min[j] = -8.5, p.grid.x_length[j] = 17, p.grid.v_max[j] = 1;
  if (width > 0) TestCall(PetscStrncpy(params.type, "gaussian", sizeof params.type));
  TestCall(HHTGridSetUp(&p.grid));
  TestCall(HHTPotentialCreate(&p.grid, &params, &p.potential));
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &p.grid, p.potential, field_type, HHT_RIGOR_ESTIMATE, &p.field));
  return p;
}

static void destroy(Problem *p)
{
  TestCall(HHTMeanFieldDestroy(&p->field));
  TestCall(HHTPotentialDestroy(&p->potential));
}

/* x - c at a row; returns its square */
static double offset(const HHTGrid *g, ptrdiff_t row, double x[])
{
  ptrdiff_t i[HHT_MAX_DIM];
  double    r2 = 0;

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) {
    x[j] = HHTGridX(g, j, i[j]) - centre[j];
    r2 += x[j] * x[j];
  }
  return r2;
}

static double density(const HHTGrid *g, ptrdiff_t row)
{
  double x[HHT_MAX_DIM];

  return MASS * pow(2 * PETSC_PI * SIGMA * SIGMA, -0.5 * g->dim) * exp(-0.5 * offset(g, row, x) / (SIGMA * SIGMA));
}

/* phi(x), and f with grad phi = f (x - c) */
static double potential(const Problem *p, double r2, double *f)
{
  const double d = p->grid.dim, w2 = p->width * p->width, total = w2 + SIGMA * SIGMA;
  double       phi = STRENGTH * MASS * 0.5 * (r2 + d * SIGMA * SIGMA);

  *f = STRENGTH * MASS;
  if (p->width > 0) {
    phi = STRENGTH * MASS * pow(w2 / total, 0.5 * d) * exp(-0.5 * r2 / total);
    *f  = -phi / total;
  }
  return phi;
}

static void check_force(const Problem *p)
{
  const HHTGrid *g   = &p->grid;
  const size_t   n   = (size_t)g->n_rows;
  double        *rho = calloc(5 * n, sizeof *rho), *phi = rho + n, *grad = phi + n;
  double         f, x[HHT_MAX_DIM], error = 0, error_gradient = 0;

  for (size_t i = 0; i < n; i++) rho[i] = density(g, (ptrdiff_t)i);
  TestCall(HHTMeanFieldForce(p->field, rho, grad, phi));
  for (size_t i = 0; i < n; i++) {
    error = fmax(error, fabs(phi[i] - potential(p, offset(g, (ptrdiff_t)i, x), &f)));
    for (int j = 0; j < g->dim; j++) error_gradient = fmax(error_gradient, fabs(grad[(size_t)j * n + i] - f * x[j]));
  }
  /* The harmonic potential grows to 600 here. */
  TestClose(error, 0, p->width > 0 ? 1e-13 : 1e-11, "phi");
  TestClose(error_gradient, 0, p->width > 0 ? 1e-13 : 1e-12, "grad phi");
  free(rho);
}

/* J_j = (j + 1) rho: G = sum_j (j + 1) d_j phi */
static void check_phase(const Problem *p)
{
  const HHTGrid *g = &p->grid;
  const size_t   n = (size_t)g->n_rows;
  double        *J = calloc(4 * n, sizeof *J), *G = J + 3 * n;
  double         f, x[HHT_MAX_DIM], error = 0;

  for (int j = 0; j < g->dim; j++)
    for (size_t i = 0; i < n; i++) J[(size_t)j * n + i] = (j + 1) * density(g, (ptrdiff_t)i);
  TestCall(HHTMeanFieldPhase(p->field, J, G));
  for (size_t i = 0; i < n; i++) {
    double expected = 0;

    (void)potential(p, offset(g, (ptrdiff_t)i, x), &f);
    for (int j = 0; j < g->dim; j++) expected += (j + 1) * f * x[j];
    error = fmax(error, fabs(G[i] - expected));
  }
  TestClose(error, 0, p->width > 0 ? 2e-13 : 2e-12, "G");
  free(J);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++)
    for (int i = 0; i < 3; i++) {
      Problem p = create(dim, i * 8.5, i == 1 ? HHT_FIELD_DISTRIBUTED : HHT_FIELD_REPLICATED);

      check_force(&p);
      check_phase(&p);
      destroy(&p);
    }
  return TestEnd();
}
