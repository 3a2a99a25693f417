/*
  The free field of a Gaussian density with singular potentials, Coulomb's and gravity in d = 1, 2, 3 against their closed forms, and
  Yukawa's against Coulomb's of a density that is changed for it: the errors fall faster than any power of the spacing, to
  round-off. The sum over cells is of second order.

  Poisson: phi' = -M (r / r^d) F(r) / S_d with the share F of the mass within r. Yukawa: (kappa^2 - Laplace) phi = rho holds for
  the phi of the density rho = (kappa^2 - Laplace) g, which is g, whatever the Gaussian g is.
*/
#include <gsl/gsl_sf_expint.h>
#include <hht/mean_field.h>
#include <string.h>

#include "test.h"

#define STRENGTH -1.3
#define MASS     2.5
#define SIGMA    0.7
#define KAPPA    0.6

typedef struct {
  int            dim, nx;
  const char    *type;
  HHTConvolution convolution;
} Case;

static const double centre[] = {0.3, -0.2, 0.1};

static HHTGrid make_grid(const Case *c)
{
  /* Boxes of unequal sides: 13, 14.3, 12.35. */
  HHTGrid grid = {.dim = c->dim, .nv = {4, 4, 4}, .v_max = {1, 1, 1}, .x_length = {13, 14.3, 12.35}};

  for (int j = 0; j < 3; j++) {
    grid.nx[j]    = c->nx;
    grid.x_min[j] = -grid.x_length[j] / 2;
  }
  TestCall(HHTGridSetUp(&grid));
  return grid;
}

static double gaussian(int dim, double r)
{
  return MASS * pow(2 * PETSC_PI * SIGMA * SIGMA, -0.5 * dim) * exp(-0.5 * r * r / (SIGMA * SIGMA));
}

/* phi, and f with grad phi = f (x - c), for strength 1; r > 0. */
static double coulomb(int dim, double r, double *f)
{
  const double z = r / (SIGMA * sqrt(2));

  switch (dim) {
  case 1: *f = -0.5 * MASS * erf(z) / r; return -0.5 * MASS * (r * erf(z) + SIGMA * sqrt(2 / PETSC_PI) * exp(-z * z));
  case 2:
    *f = MASS / (2 * PETSC_PI) * expm1(-z * z) / (r * r);
    return -MASS / (2 * PETSC_PI) * (log(r) + 0.5 * gsl_sf_expint_E1(z * z));
  default:
    *f = (gaussian(3, r) * SIGMA * SIGMA - MASS / (4 * PETSC_PI * r) * erf(z)) / (r * r);
    return MASS / (4 * PETSC_PI * r) * erf(z);
  }
}

static double exact(const Case *c, double r, double *rho, double *f)
{
  const double g = gaussian(c->dim, r), s2 = SIGMA * SIGMA;

  *rho = g;
  if (!strcmp(c->type, "poisson")) return coulomb(c->dim, r, f);
  *rho = (KAPPA * KAPPA + (c->dim - r * r / s2) / s2) * g;
  *f   = -g / s2;
  return g;
}

/* The largest error of grad phi; of phi in *of_phi. */
static double error_of(const Case *c, double *of_phi)
{
  HHTGrid            grid   = make_grid(c);
  HHTPotentialParams params = {
      .strength = STRENGTH, .boundary = HHT_FREE, .kappa = KAPPA, .convolution = c->convolution};
  const size_t n   = (size_t)grid.n_rows;
  double      *rho = calloc(5 * n, sizeof *rho), *phi = rho + n, *grad = phi + n, error = 0;
  HHTPotential potential;
  HHTMeanField field;

  TestCall(PetscStrncpy(params.type, c->type, sizeof params.type));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, &grid, potential, c->dim == 2 ? HHT_FIELD_DISTRIBUTED : HHT_FIELD_AUTO,
                              HHT_RIGOR_ESTIMATE, &field));
  for (int pass = 0; pass < 2; pass++) {
    *of_phi = error = 0;
    for (size_t i = 0; i < n; i++) {
      double    x[HHT_MAX_DIM], r2 = 0, f, value, here;
      ptrdiff_t index[HHT_MAX_DIM];

      HHTUnflatten((ptrdiff_t)i, grid.dim, grid.nx, index);
      for (int j = 0; j < grid.dim; j++) {
        x[j] = HHTGridX(&grid, j, index[j]) - centre[j];
        r2 += x[j] * x[j];
      }
      value = exact(c, sqrt(r2), &here, &f);
      if (!pass) rho[i] = here;
      *of_phi = fmax(*of_phi, fabs(phi[i] - STRENGTH * value));
      for (int j = 0; j < grid.dim; j++) error = fmax(error, fabs(grad[(size_t)j * n + i] - STRENGTH * f * x[j]));
    }
    if (!pass) TestCall(HHTMeanFieldForce(field, rho, grad, phi));
  }
  TestCall(HHTMeanFieldDestroy(&field));
  TestCall(HHTPotentialDestroy(&potential));
  free(rho);
  return error;
}

/* Points a side: with 24 the spectrum of the Gaussian is cut at exp(-7), with 40 at exp(-19), with 56 at exp(-37). */
static void check_spectral(int dim, const char *type)
{
  static const int points[] = {24, 32, 40, 56};

  double phi[4], force[4];

  for (int i = 0; i < (dim < 3 ? 4 : 3); i++) {
    force[i] = error_of(&(Case){dim, points[i], type, HHT_TRUNCATED}, &phi[i]);
    TestMeasured("%s, d = %d, %d points %.1e", type, dim, points[i], force[i]);
  }
  TestCheck(force[1] < 0.05 * force[0] && force[2] < 0.02 * force[1], "the error of grad phi falls too slowly");
  if (dim == 3) return;
  TestClose(phi[3], 0, 1e-13, "phi");
  TestClose(force[3], 0, 1e-13, "grad phi");
}

static void check_cells(int dim)
{
  double phi[2];

  for (int i = 0; i < 2; i++) (void)error_of(&(Case){dim, 32 << i, "poisson", HHT_CELLS}, &phi[i]);
  TestMeasured("cells, d = %d, 32 points %.1e", dim, phi[0]);
  TestMeasured("cells, d = %d, gain %.1f", dim, phi[0] / phi[1]);
  TestClose(phi[0] / phi[1], 4, 0.8, "order of the sum over cells");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++) {
    check_spectral(dim, "poisson");
    check_spectral(dim, "yukawa");
  }
  check_cells(1);
  check_cells(2);
  return TestEnd();
}
