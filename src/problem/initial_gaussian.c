/*
  gaussian: alpha = exp(-1/2 z^T M z + i kappa.z), z = (x, v) - center, the exactly solvable state of free and
  harmonic flows.
*/
#include "initial_impl.h"
#include <math.h>

static PetscErrorCode check_symmetric(const HHTInitialParams *p, int n)
{
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) {
      const double complex a = p->m[i * n + j], b = p->m[j * n + i];
      if (!(cabs(a - b) <= 1e-12 * cabs(a)))
        return HHTError(HHT_EXIT_USAGE,
                        "initial_m: %g%+gi in row %d, column %d is not allowed; the matrix must be symmetric", creal(a),
                        cimag(a), i + 1, j + 1);
    }
  }
  return 0;
}

/* Cholesky's factorisation Re M = L L^T goes through when it is positive definite, and only then. */
static PetscErrorCode factorise(const HHTInitialParams *p, int n, double l[])
{
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) {
      double a = creal(p->m[i * n + j]);
      for (int k = 0; k < j; k++) a -= l[i * n + k] * l[j * n + k];
      if (i == j && !(a > 0 && isfinite(a)))
        return HHTError(HHT_EXIT_USAGE,
                        "initial_m: %g%+gi in row %d is not allowed; the real part must be a positive definite matrix",
                        creal(p->m[i * n + i]), cimag(p->m[i * n + i]), i + 1);
      l[i * n + j] = i == j ? sqrt(a) : a / l[j * n + j];
    }
  }
  return 0;
}

static PetscErrorCode create(HHTInitial initial)
{
  const HHTInitialParams *p = &initial->params;
  const int               n = 2 * initial->grid.dim;
  double                 *l;

  PetscFunctionBeginUser;
  for (int i = 0; i < n; i++) {
    PetscCall(HHTInitialCheckFinite("initial_kappa", p->kappa[i]));
    PetscCall(HHTInitialCheckFinite("initial_center", p->center[i]));
  }
  for (int i = 0; i < n * n; i++) {
    PetscCall(HHTInitialCheckFinite("initial_m", creal(p->m[i])));
    PetscCall(HHTInitialCheckFinite("initial_m", cimag(p->m[i])));
  }
  PetscCall(check_symmetric(p, n));
  PetscCall(PetscMalloc1((size_t)(n * n), &l));
  initial->data = l;
  PetscCall(factorise(p, n, l));
  PetscFunctionReturn(0);
}

/* x of the periodic image nearest to the center. */
static PetscErrorCode amplitude(HHTInitial initial, const double at[], double complex *alpha)
{
  const HHTGrid          *g = &initial->grid;
  const HHTInitialParams *p = &initial->params;
  const int               n = 2 * g->dim;
  double                  z[2 * HHT_MAX_DIM], real = 0, phase = 0;

  for (int i = 0; i < n; i++) z[i] = at[i] - p->center[i];
  for (int j = 0; j < g->dim; j++) z[j] -= g->x_length[j] * floor(z[j] / g->x_length[j] + 0.5);
  for (int i = 0; i < n; i++) {
    phase += p->kappa[i] * z[i];
    for (int j = 0; j < n; j++) {
      real -= 0.5 * creal(p->m[i * n + j]) * z[i] * z[j];
      phase -= 0.5 * cimag(p->m[i * n + j]) * z[i] * z[j];
    }
  }
  /* sin(0) = 0 keeps a real Gaussian exactly real */
  *alpha = exp(real) * (cos(phase) + I * sin(phase));
  return 0;
}

static PetscErrorCode fill(HHTInitial initial, ptrdiff_t row, double complex *alpha)
{
  double z[HHT_EXPRESSION_VARIABLES];

  PetscFunctionBeginUser;
  for (ptrdiff_t col = 0; col < initial->grid.n_cols; col++) {
    HHTInitialCoordinates(initial, row, col, z);
    PetscCall(amplitude(initial, z, alpha + col));
  }
  PetscFunctionReturn(0);
}

/* |alpha|^2 = exp(-|L^T y|^2), y = z - center: L^T y is normal with variance 1/2. */
static void sample(HHTInitial initial, HHTRandom *random, double z[])
{
  const int     n = 2 * initial->grid.dim;
  const double *l = initial->data;
  double        y[2 * HHT_MAX_DIM];

  for (int i = n - 1; i >= 0; i--) {
    y[i] = sqrt(0.5) * HHTRandomNormal(random);
    for (int k = i + 1; k < n; k++) y[i] -= l[k * n + i] * y[k];
    y[i] /= l[i * n + i];
    z[i] = initial->params.center[i] + y[i];
  }
}

static PetscErrorCode destroy(HHTInitial initial)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(initial->data));
  PetscFunctionReturn(0);
}

static PetscBool is_real(HHTInitial initial)
{
  const HHTInitialParams *p    = &initial->params;
  const int               n    = 2 * initial->grid.dim;
  PetscBool               real = PETSC_TRUE;

  for (int i = 0; i < n; i++)
    if (p->kappa[i] != 0) real = PETSC_FALSE;
  for (int i = 0; i < n * n; i++)
    if (cimag(p->m[i]) != 0) real = PETSC_FALSE;
  return real;
}

const HHTInitialMethods HHTInitial_Gaussian = {.name      = "gaussian",
                                               .create    = create,
                                               .fill      = fill,
                                               .is_real   = is_real,
                                               .amplitude = amplitude,
                                               .sample    = sample,
                                               .destroy   = destroy};
