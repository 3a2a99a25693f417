#include <hht/particle_initial.h>
#include <math.h>

struct HHTParticleInitial_s {
  HHTGrid         grid, all; /* of one particle, and of all */
  int             particles;
  double          correlation;
  PetscBool       real;
  double complex *alpha; /* of one particle, [n_rows][n_cols], mass 1; owned */
};

static PetscErrorCode fill_alpha(HHTParticleInitial p, HHTInitial one)
{
  PetscFunctionBeginUser;
  for (ptrdiff_t row = 0; row < p->grid.n_rows; row++)
    PetscCall(HHTInitialFillRow(one, row, p->alpha + row * p->grid.n_cols));
  PetscFunctionReturn(0);
}

static PetscErrorCode normalise(HHTParticleInitial p)
{
  const ptrdiff_t n    = p->grid.n_rows * p->grid.n_cols;
  long double     mass = 0;

  for (ptrdiff_t i = 0; i < n; i++)
    mass += creal(p->alpha[i]) * creal(p->alpha[i]) + cimag(p->alpha[i]) * cimag(p->alpha[i]);
  mass *= p->grid.cell_x * p->grid.cell_v;
  if (!(mass > 0) || !isfinite((double)mass))
    return HHTError(HHT_EXIT_USAGE, "initial: the data of one particle have mass %Lg; it must be a finite number > 0",
                    mass);
  for (ptrdiff_t i = 0; i < n; i++) p->alpha[i] /= (double)sqrtl(mass);
  return 0;
}

static PetscErrorCode create_alpha(MPI_Comm comm, HHTParticleInitial p, const HHTInitialParams *params)
{
  HHTInitial     one;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)(p->grid.n_rows * p->grid.n_cols), &p->alpha));
  PetscCall(HHTInitialCreate(comm, &p->grid, params, 0, p->grid.n_rows, &one));
  PetscCall(HHTInitialIsReal(one, &p->real));
  ierr = HHTAgree(comm, fill_alpha(p, one));
  if (!ierr) ierr = HHTAgree(comm, normalise(p));
  PetscCall(HHTInitialDestroy(&one));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTParticleInitialCreate(MPI_Comm comm, const HHTGrid *grid, const HHTInitialParams *params,
                                        int particles, double correlation, HHTParticleInitial *initial)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(initial));
  **initial = (struct HHTParticleInitial_s){
      .grid = *grid, .all = HHTGridOfParticles(grid, particles), .particles = particles, .correlation = correlation};
  ierr = create_alpha(comm, *initial, params);
  if (ierr) PetscCall(HHTParticleInitialDestroy(initial));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTParticleInitialDestroy(HHTParticleInitial *initial)
{
  PetscFunctionBeginUser;
  if (!*initial) PetscFunctionReturn(0);
  PetscCall(PetscFree((*initial)->alpha));
  PetscCall(PetscFree(*initial));
  PetscFunctionReturn(0);
}

/* prod_{m<n} (1 + c cos(2 pi (x_m - x_n) / L)), x along the first axis of each particle */
static double pair_correlation(const HHTParticleInitial p, ptrdiff_t row)
{
  const int dim     = p->grid.dim;
  double    product = 1;
  ptrdiff_t x[HHT_MAX_DIM];

  HHTUnflatten(row, p->all.dim, p->all.nx, x);
  for (int m = 0; m < p->particles; m++)
    for (int n = m + 1; n < p->particles; n++)
      product *= 1 + p->correlation * cos(2 * PETSC_PI * (double)(x[m * dim] - x[n * dim]) / (double)p->grid.nx[0]);
  return product;
}

PetscErrorCode HHTParticleInitialFillRow(void *initial, ptrdiff_t row, double complex *alpha)
{
  const HHTParticleInitial p      = initial;
  const ptrdiff_t          n_rows = p->grid.n_rows, n_cols = p->grid.n_cols;
  const double             factor = pair_correlation(p, row);

  for (ptrdiff_t column = 0; column < p->all.n_cols; column++) {
    double complex value = factor;

    for (ptrdiff_t m = 0, r = row, c = column; m < p->particles; m++, r /= n_rows, c /= n_cols)
      value *= p->alpha[r % n_rows * n_cols + c % n_cols];
    alpha[column] = value;
  }
  return 0;
}

PetscErrorCode HHTParticleInitialFillOne(void *initial, ptrdiff_t row, double complex *alpha)
{
  const HHTParticleInitial p = initial;

  return PetscArraycpy(alpha, p->alpha + row * p->grid.n_cols, (size_t)p->grid.n_cols);
}

PetscErrorCode HHTParticleInitialIsReal(HHTParticleInitial p, PetscBool *real)
{
  PetscFunctionBeginUser;
  *real = p->real;
  PetscFunctionReturn(0);
}
