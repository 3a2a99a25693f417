/*
  The separable types, pointwise: |alpha|^2 is the f0 of the documentation, alpha is exactly real and has the sign
  promised.
*/
#include <string.h>

#include "initial.h"

static HHTInitialParams params;
static int              dim;

static double maxwell(double temperature, double u, const double v[])
{
  double f = 1;

  for (int j = 0; j < dim; j++) {
    const double w = v[j] - (j ? 0 : u);
    f *= exp(-0.5 * w * w / temperature) / sqrt(2 * PETSC_PI * temperature);
  }
  return f;
}

/* f0 / perturbation; the expected value of each type */
static double profile(const double v[])
{
  const double t = params.temperature, u = params.drift, n = params.beam_fraction;
  const double speed = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);

  if (!strcmp(params.type, "two_stream")) return v[0] * v[0] * maxwell(t, 0, v);
  if (!strcmp(params.type, "beams")) return 0.5 * (maxwell(t, u, v) + maxwell(t, -u, v));
  if (!strcmp(params.type, "bump_on_tail"))
    return (1 - n) * maxwell(t, 0, v) + n * maxwell(params.beam_temperature, u, v);
  if (!strcmp(params.type, "waterbag"))
    return 0.5 * (erf((speed + params.v0) / params.edge) - erf((speed - params.v0) / params.edge));
  return maxwell(t, 0, v);
}

static void check_point(const double x[], const double v[], double complex alpha)
{
  const double perturbation = 1 - 0.4 * cos(PETSC_PI * x[0]) * (dim == 3 ? cos(4 * PETSC_PI / 6 * x[2]) : 1);
  const double sign         = !strcmp(params.type, "two_stream") && v[0] < 0 ? -1 : 1;

  TestClose(creal(alpha) * fabs(creal(alpha)), sign * profile(v) * perturbation, 1e-15, params.type);
  TestCheck(cimag(alpha) == 0, "%s: imaginary part %g", params.type, cimag(alpha));
}

static void check_mass(const HHTGrid *grid)
{
  HHTInitial initial;
  double     mass, box = 1;

  for (int j = 0; j < dim; j++) box *= grid->x_length[j];
  TestCall(HHTInitialCreate(MPI_COMM_WORLD, grid, &params, 0, 0, &initial));
  TestCall(HHTInitialMass(initial, &mass));
  TestClose(mass, isnan(params.mass) ? box : params.mass, 0, "mass");
  TestCall(HHTInitialDestroy(&initial));
}

int main(int argc, char **argv)
{
  static const char *const types[] = {"maxwellian", "landau", "two_stream", "beams", "bump_on_tail", "waterbag"};

  TestBegin(&argc, &argv);
  params = (HHTInitialParams){.temperature = 0.8, .amplitude = -0.4, .drift = 1.5, .beam_fraction = 0.2};
  params.beam_temperature = 0.3;
  params.v0               = 2;
  params.edge             = 0.5;
  for (dim = 1; dim <= 3; dim++) {
    const HHTGrid grid   = TestGrid(dim, 6, 10);
    params.wavenumber[0] = PETSC_PI;
    params.wavenumber[2] = 4 * PETSC_PI / 6;
    params.mass          = dim == 2 ? 1.25 : NAN;
    for (int i = 0; i < 6; i++) {
      TestCall(PetscStrncpy(params.type, types[i], sizeof params.type));
      TestInitial(&grid, &params, check_point);
      check_mass(&grid);
    }
  }
  return TestEnd();
}
