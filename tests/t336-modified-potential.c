/*
  The modified potential against what defines it: grad phi_mod is the gradient of the variation of int rho |grad phi|^2, G_mod the variation
  of -int grad phi_mod . J, both along a direction and in three dimensions; in the one-dimensional plasma of mean density r it is 2 r phi.
*/
#include "../src/physics/modified_potential.h"
#include "test.h"
#include <hht/mean_field.h>

typedef struct {
  HHTGrid              grid;
  HHTPotential         gamma;
  HHTMeanField         field;
  HHTModifiedPotential modified;
  double              *rho, *direction, *J, *force, *result; /* J, force and result d times */
} Problem;

/* Few low modes, so that no product of three of them is cut off by the grid. */
static double wave(const HHTGrid *g, ptrdiff_t row, const int m[3], double phase)
{
  ptrdiff_t i[HHT_MAX_DIM];
  double    angle = phase;

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) angle += m[j] * g->dk[j] * HHTGridX(g, j, i[j]);
  return cos(angle);
}

static Problem create(int dim, const char *potential)
{
  Problem p = {.grid = {.dim = dim, .nx = {16, 14, 12}, .nv = {4, 4, 4}, .x_length = {5, 6, 7}, .v_max = {1, 1, 1}}};
  HHTPotentialParams params = {.strength = 0.7, .width = 1.3};
  HHTField           field;
  size_t             n, d = (size_t)dim;

  for (int j = dim; j < 3; j++) p.grid.nx[j] = p.grid.nv[j] = 0;
  TestCall(HHTGridSetUp(&p.grid));
  n = (size_t)p.grid.n_rows;
  TestCall(PetscStrncpy(params.type, potential, sizeof params.type));
  TestCall(HHTPotentialCreate(&p.grid, &params, &p.gamma));
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &p.grid, p.gamma, HHT_FIELD_AUTO, HHT_RIGOR_ESTIMATE, &p.field));
  TestCall(HHTMeanFieldGetField(p.field, &field));
  TestCall(HHTModifiedPotentialCreate(&p.grid, &field, &p.modified));
  TestCall(PetscMalloc5(n, &p.rho, n, &p.direction, d * n, &p.J, d * n, &p.force, d * n, &p.result));
  for (ptrdiff_t i = 0; i < p.grid.n_rows; i++) {
    p.rho[i]       = 1.5 + 0.6 * wave(&p.grid, i, (int[]){1, 1, 0}, 0.3) + 0.4 * wave(&p.grid, i, (int[]){1, 0, 1}, 1);
    p.direction[i] = wave(&p.grid, i, (int[]){2, 1, 1}, 0.7) + 0.5 * wave(&p.grid, i, (int[]){1, 0, 0}, 2);
    for (int j = 0; j < dim; j++) p.J[j * p.grid.n_rows + i] = wave(&p.grid, i, (int[]){1, 1, 0}, 0.4 + j) + 0.2;
  }
  return p;
}

static void destroy(Problem *p)
{
  TestCall(PetscFree5(p->rho, p->direction, p->J, p->force, p->result));
  TestCall(HHTModifiedPotentialDestroy(&p->modified));
  TestCall(HHTMeanFieldDestroy(&p->field));
  TestCall(HHTPotentialDestroy(&p->gamma));
}

/* A functional of rho + s direction. */
typedef double (*Functional)(Problem *p);

static double at(Problem *p, double s, Functional functional)
{
  double value;

  for (ptrdiff_t i = 0; i < p->grid.n_rows; i++) p->rho[i] += s * p->direction[i];
  TestCall(HHTMeanFieldForce(p->field, p->rho, p->force, NULL));
  value = functional(p);
  for (ptrdiff_t i = 0; i < p->grid.n_rows; i++) p->rho[i] -= s * p->direction[i];
  return value;
}

/* Exact for polynomials of degree 4; the functionals are of degree 3 and 2. */
static double derivative(Problem *p, Functional functional)
{
  return (8 * (at(p, 0.5, functional) - at(p, -0.5, functional)) - (at(p, 1, functional) - at(p, -1, functional))) / 6;
}

/* int rho |grad phi|^2 */
static double square(Problem *p)
{
  const ptrdiff_t n   = p->grid.n_rows;
  double          sum = 0;

  for (ptrdiff_t i = 0; i < p->grid.dim * n; i++) sum += p->rho[i % n] * p->force[i] * p->force[i];
  return sum * p->grid.cell_x;
}

/* -int grad phi_mod . J */
static double coupling(Problem *p)
{
  double sum = 0;

  TestCall(HHTModifiedPotentialForce(p->modified, p->rho, p->force, p->result));
  for (ptrdiff_t i = 0; i < p->grid.dim * p->grid.n_rows; i++) sum -= p->result[i] * p->J[i];
  return sum * p->grid.cell_x;
}

/*
  The direction is -div w with w = (a, 0, 0): int phi_mod direction = int d_x phi_mod a. With a = sin(k.x + c) / k_x and direction = -cos(k.x + c)
  each wave of the direction has its own a.
*/
static double force_along_direction(Problem *p)
{
  double sum = 0, k = p->grid.dk[0];

  TestCall(HHTModifiedPotentialForce(p->modified, p->rho, p->force, p->result));
  for (ptrdiff_t i = 0; i < p->grid.n_rows; i++) {
    double a = wave(&p->grid, i, (int[]){2, 1, 1}, 0.7 - PETSC_PI / 2) / (2 * k) +
               0.5 * wave(&p->grid, i, (int[]){1, 0, 0}, 2 - PETSC_PI / 2) / k;

    sum -= p->result[i] * a;
  }
  return sum * p->grid.cell_x;
}

static double phase_along_direction(Problem *p)
{
  double sum = 0;

  TestCall(HHTModifiedPotentialPhase(p->modified, p->rho, p->J, p->force, p->result));
  for (ptrdiff_t i = 0; i < p->grid.n_rows; i++) sum += p->result[i] * p->direction[i];
  return sum * p->grid.cell_x;
}

static void check_variations(int dim, const char *potential)
{
  Problem      p     = create(dim, potential);
  const double force = at(&p, 0, force_along_direction), phase = at(&p, 0, phase_along_direction);
  const double u = derivative(&p, square), k = derivative(&p, coupling);

  PetscPrintf(PETSC_COMM_WORLD, "d = %d, %s: %.15g %.15g, %.15g %.15g\n", dim, potential, force, u, phase, k);
  TestCheck(fabs(u) > 0.1 && fabs(k) > 0.1, "the variations %g and %g are too small to compare with", u, k);
  TestMeasured("variations %.1e", fmax(fabs(force / u - 1), fabs(phase / k - 1)));
  TestClose(force, u, 1e-12 * fabs(u), "the variation of U");
  TestClose(phase, k, 1e-12 * fabs(k), "the variation of the coupling to J");
  destroy(&p);
}

/* d_x d_x Gamma = -delta + 1/L, and what it makes of rho d_x phi cancels all of d_x |d_x phi|^2 that depends on rho - r. */
static void check_plasma(void)
{
  Problem p = create(1, "poisson");

  TestCall(HHTMeanFieldForce(p.field, p.rho, p.force, NULL));
  TestCall(HHTModifiedPotentialForce(p.modified, p.rho, p.force, p.result));
  for (ptrdiff_t i = 0; i < p.grid.n_rows; i++)
    TestClose(p.result[i], 2 * 0.7 * 1.5 * p.force[i], 1e-14, "the force of the plasma");
  destroy(&p);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_plasma();
  check_variations(1, "gaussian");
  check_variations(2, "poisson");
  check_variations(3, "gaussian");
  return TestEnd();
}
