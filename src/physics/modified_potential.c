#include "modified_potential.h"
#include "x_gradient.h"

struct HHTModifiedPotential_s {
  HHTGrid      grid;
  HHTField     field;
  HHTXGradient gradient;
  double      *source;          /* n_rows, of a convolution */
  double      *vector, *result; /* d * n_rows */
};

PetscErrorCode HHTModifiedPotentialCreate(const HHTGrid *grid, const HHTField *field, HHTModifiedPotential *modified)
{
  const size_t         n = (size_t)grid->n_rows, d = (size_t)grid->dim;
  HHTModifiedPotential m;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&m));
  *modified = m;
  m->grid   = *grid;
  m->field  = *field;
  PetscCall(HHTXGradientCreate(grid, &m->gradient));
  PetscCall(PetscMalloc3(n, &m->source, d * n, &m->vector, d * n, &m->result));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTModifiedPotentialDestroy(HHTModifiedPotential *modified)
{
  HHTModifiedPotential m = *modified;

  PetscFunctionBeginUser;
  if (!m) PetscFunctionReturn(0);
  PetscCall(HHTXGradientDestroy(&m->gradient));
  PetscCall(PetscFree3(m->source, m->vector, m->result));
  PetscCall(PetscFree(m));
  *modified = NULL;
  PetscFunctionReturn(0);
}

/* grad_phi_mod = -2 grad Gamma * div(rho grad phi) */
static PetscErrorCode set_reaction(HHTModifiedPotential m, const double rho[], const double grad_phi[],
                                   double grad_phi_mod[])
{
  const ptrdiff_t n = m->grid.n_rows;

  PetscFunctionBeginUser;
  for (int j = 0; j < m->grid.dim; j++)
    for (ptrdiff_t i = 0; i < n; i++) m->vector[j * n + i] = rho[i] * grad_phi[j * n + i];
  PetscCall(HHTXGradientDivergence(m->gradient, m->vector, m->source));
  PetscCall(m->field.force(m->field.ctx, m->source, grad_phi_mod, NULL));
  for (ptrdiff_t i = 0; i < m->grid.dim * n; i++) grad_phi_mod[i] *= -2;
  PetscFunctionReturn(0);
}

/* grad_phi_mod += 2 d_j phi grad d_j phi */
static PetscErrorCode add_square(HHTModifiedPotential m, int j, const double rho[], const double grad_phi[],
                                 double grad_phi_mod[])
{
  const ptrdiff_t n = m->grid.n_rows;

  PetscFunctionBeginUser;
  PetscCall(HHTXGradientApply(m->gradient, j, rho, m->source));
  PetscCall(m->field.force(m->field.ctx, m->source, m->result, NULL));
  for (int k = 0; k < m->grid.dim; k++)
    for (ptrdiff_t i = 0; i < n; i++) grad_phi_mod[k * n + i] += 2 * grad_phi[j * n + i] * m->result[k * n + i];
  PetscFunctionReturn(0);
}

PetscErrorCode HHTModifiedPotentialForce(HHTModifiedPotential m, const double rho[], const double grad_phi[],
                                         double grad_phi_mod[])
{
  PetscFunctionBeginUser;
  PetscCall(set_reaction(m, rho, grad_phi, grad_phi_mod));
  for (int j = 0; j < m->grid.dim; j++) PetscCall(add_square(m, j, rho, grad_phi, grad_phi_mod));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTModifiedPotentialPhase(HHTModifiedPotential m, const double rho[], const double J[],
                                         const double grad_phi[], double g_mod[])
{
  const ptrdiff_t n      = m->grid.n_rows;
  double         *grad_g = m->result;

  PetscFunctionBeginUser;
  PetscCall(HHTXGradientDivergence(m->gradient, J, m->source));
  PetscCall(m->field.force(m->field.ctx, m->source, grad_g, NULL));
  for (int j = 0; j < m->grid.dim; j++)
    for (ptrdiff_t i = 0; i < n; i++)
      m->vector[j * n + i] = m->source[i] * grad_phi[j * n + i] + rho[i] * grad_g[j * n + i];
  PetscCall(m->field.phase(m->field.ctx, m->vector, g_mod));
  for (ptrdiff_t i = 0; i < n; i++) g_mod[i] *= -2;
  for (int j = 0; j < m->grid.dim; j++)
    for (ptrdiff_t i = 0; i < n; i++) g_mod[i] += 2 * grad_phi[j * n + i] * grad_g[j * n + i];
  PetscFunctionReturn(0);
}
