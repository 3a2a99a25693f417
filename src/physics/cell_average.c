/*
  The box is cut into pyramids with their tips at the singularity, two for each dimension j. In the coordinates x_j =
  u b_j, x_i = u b_i t_i (b = half widths, 0 < u, t_i < 1) the volume element carries u^(d-1), which cancels 1/r and
  tames ln r; u = w^2 then makes the integrand smooth enough for Gauss quadrature (errors below 1e-9).
*/
#include "cell_average.h"
#include <math.h>
#include <petscdt.h>

#define NODES 24

typedef struct {
  HHTRadial                 g;
  const HHTPotentialParams *p;
  int                       dim;
  double                    node[NODES], weight[NODES]; /* on (0, 1) */
} Quadrature;

/* int_0^1 g(u rho) u^(d-1) du */
static double along_ray(const Quadrature *q, double rho)
{
  double sum = 0;

  for (int i = 0; i < NODES; i++) {
    const double w = q->node[i], u = w * w;
    sum += q->weight[i] * 2 * w * pow(u, q->dim - 1) * q->g(q->p, q->dim, u * rho);
  }
  return sum;
}

/*
  The integral over the base of a pyramid: over t_i in (0, 1) for each of the n other half widths. rho2: |x|^2 so far.
*/
static double over_base(const Quadrature *q, int n, const double half[], double rho2)
{
  double sum = 0;

  if (!n) return along_ray(q, sqrt(rho2));
  for (int i = 0; i < NODES; i++) {
    const double x = half[0] * q->node[i];
    sum += q->weight[i] * over_base(q, n - 1, half + 1, rho2 + x * x);
  }
  return sum;
}

static double over_pyramid(const Quadrature *q, int j, const double half[])
{
  double other[HHT_MAX_DIM];
  int    n = 0;

  for (int i = 0; i < q->dim; i++)
    if (i != j) other[n++] = half[i];
  return over_base(q, n, other, half[j] * half[j]);
}

PetscErrorCode HHTCellAverage(HHTRadial g, const HHTPotentialParams *p, const HHTGrid *grid, double *average)
{
  Quadrature q = {.g = g, .p = p, .dim = grid->dim};
  double     half[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  PetscCall(PetscDTGaussQuadrature(NODES, 0, 1, q.node, q.weight));
  for (int j = 0; j < q.dim; j++) half[j] = 0.5 * grid->dx[j];
  *average = 0;
  for (int j = 0; j < q.dim; j++) *average += over_pyramid(&q, j, half);
  PetscFunctionReturn(0);
}
