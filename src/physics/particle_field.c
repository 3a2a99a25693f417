#include "pair_table.h"
#include <hht/error.h>
#include <hht/particle_field.h>

struct HHTParticleField_s {
  int       dim, particles; /* of one particle; their number */
  HHTGrid   grid;           /* of all particles */
  double   *phi, *grad_phi; /* whole arrays, owned */
  ptrdiff_t middle[HHT_MAX_DIM];
};

/* Adds weight times Gamma of one pair to phi, and its gradient to that of particle a and, unless b < 0, of particle b. */
static void add_pair(HHTParticleField f, const HHTPairTable *t, double weight, ptrdiff_t row, ptrdiff_t entry, int a,
                     int b)
{
  const ptrdiff_t n = f->grid.n_rows;

  f->phi[row] += weight * t->gamma[entry];
  for (int j = 0; j < f->dim; j++) {
    const double gradient = weight * t->gradient[j * t->points + entry];

    f->grad_phi[(a * f->dim + j) * n + row] += gradient;
    if (b >= 0) f->grad_phi[(b * f->dim + j) * n + row] -= gradient;
  }
}

static void add_row(HHTParticleField f, const HHTPairTable *t, ptrdiff_t row)
{
  ptrdiff_t index[HHT_MAX_DIM];

  HHTUnflatten(row, f->grid.dim, f->grid.nx, index);
  if (f->particles == 1) add_pair(f, t, 1, row, HHTPairTableEntry(t, index, f->middle), 0, -1);
  for (int a = 0; a < f->particles; a++)
    for (int b = a + 1; b < f->particles; b++)
      add_pair(f, t, 1.0 / (f->particles - 1), row, HHTPairTableEntry(t, index + a * f->dim, index + b * f->dim), a, b);
}

PetscErrorCode HHTParticleFieldCreate(const HHTGrid *grid, int particles, HHTPotential potential,
                                      HHTParticleField *field)
{
  HHTParticleField f;
  HHTPairTable     table;
  size_t           n;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *field       = f;
  f->dim       = grid->dim;
  f->particles = particles;
  f->grid      = HHTGridOfParticles(grid, particles);
  for (int j = 0; j < f->dim; j++) f->middle[j] = grid->nx[j] / 2;
  n = (size_t)f->grid.n_rows;
  PetscCall(PetscCalloc2(n, &f->phi, (size_t)f->grid.dim * n, &f->grad_phi));
  PetscCall(HHTPairTableCreate(grid, potential, &table));
  for (ptrdiff_t row = 0; row < f->grid.n_rows; row++) add_row(f, &table, row);
  PetscCall(HHTPairTableDestroy(&table));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticleFieldDestroy(HHTParticleField *field)
{
  PetscFunctionBeginUser;
  if (!*field) PetscFunctionReturn(0);
  PetscCall(PetscFree2((*field)->phi, (*field)->grad_phi));
  PetscCall(PetscFree(*field));
  PetscFunctionReturn(0);
}

static PetscErrorCode force(void *particles, const double rho[], double grad_phi[], double phi[])
{
  const HHTParticleField f = particles;
  const size_t           n = (size_t)f->grid.n_rows;

  PetscFunctionBeginUser;
  (void)rho;
  PetscCall(PetscArraycpy(grad_phi, f->grad_phi, (size_t)f->grid.dim * n));
  if (phi) PetscCall(PetscArraycpy(phi, f->phi, n));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTParticleFieldGetField(HHTParticleField particles, HHTField *field)
{
  PetscFunctionBeginUser;
  *field = (HHTField){.ctx = particles, .force = force, .fixed = PETSC_TRUE, .energy_share = 1};
  PetscFunctionReturn(0);
}
