/*
  C_Gamma of (Pot).

  Free radial potentials: the operator norms of the derivatives depend on r alone, see HHTRadial; they are scanned and
  the largest is refined. Periodic ones: |D^p Gamma| <= 1/V sum_k |k|^p |Gamma_k|.
*/
#include "potential_impl.h"
#include "potentials/potentials.h"
#include <math.h>

#define ORDERS 3 /* of derivatives in (Pot) */

/* The length on which a smooth radial potential varies: w for a Gaussian, a for a softened one. */
static double length_scale(const struct HHTPotential_s *q)
{
  return sqrt(fabs(q->methods->value(&q->params, q->grid.dim, 0) / q->methods->first(&q->params, q->grid.dim, 0)));
}

static double first_norm(const struct HHTPotential_s *q, double r)
{
  return fabs(r * q->methods->first(&q->params, q->grid.dim, r));
}

/* D^2 Gamma has the eigenvalues h' + r^2 h'' along x and, for d > 1, h' across. */
static double second_norm(const struct HHTPotential_s *q, double r)
{
  const int    dim    = q->grid.dim;
  const double across = q->methods->first(&q->params, dim, r);
  const double along  = across + r * r * q->methods->second(&q->params, dim, r);

  return dim == 1 ? fabs(along) : fmax(fabs(along), fabs(across));
}

/*
  The norm of a symmetric form is its largest value on the diagonal (Banach): the largest |A c^3 + B c|, A = h''' r^3,
  B = 3 h'' r, over the cosines c of the angle with x; c = 1 for d = 1.
*/
static double third_norm(const struct HHTPotential_s *q, double r)
{
  const int    dim    = q->grid.dim;
  const double a      = q->methods->third(&q->params, dim, r) * r * r * r;
  const double b      = q->methods->second(&q->params, dim, r) * 3 * r;
  const double along  = fabs(a + b);
  const int    inside = dim > 1 && a * b < 0 && fabs(b) < 3 * fabs(a);

  return inside ? fmax(along, fabs(b) * sqrt(-b / (3 * a)) * 2 / 3) : along;
}

typedef double (*Norm)(const struct HHTPotential_s *q, double r);

/* The largest value in [left, right], where the norm has one maximum, by golden section. */
static double refine(const struct HHTPotential_s *q, Norm norm, double left, double right)
{
  const double ratio = 0.5 * (sqrt(5) - 1);
  double       best  = fmax(norm(q, left), norm(q, right));

  for (int i = 0; i < 60; i++) {
    const double a = right - ratio * (right - left), b = left + ratio * (right - left);
    const double at_a = norm(q, a), at_b = norm(q, b);
    best = fmax(best, fmax(at_a, at_b));
    if (at_a < at_b)
      left = a;
    else
      right = b;
  }
  return best;
}

/* The largest value over r >= 0; the norms only fall beyond some lengths. */
static double largest(const struct HHTPotential_s *q, Norm norm)
{
  const double step = 0.01 * length_scale(q);
  double       best = 0, at = 0;

  for (int i = 0; i <= 1000; i++) {
    const double value = norm(q, i * step);
    if (value > best) {
      best = value;
      at   = i * step;
    }
  }
  return refine(q, norm, fmax(0, at - step), at + step);
}

static double free_bound(const struct HHTPotential_s *q)
{
  return fmax(largest(q, first_norm), fmax(largest(q, second_norm), largest(q, third_norm)));
}

/* |k|^p |Gamma_k| at |k| = k1, p = 1, 2, 3 */
static void terms(const struct HHTPotential_s *q, double k1, double term[ORDERS])
{
  const double k[HHT_MAX_DIM] = {k1};

  term[0] = k1 * fabs(q->methods->symbol(&q->params, &q->grid, k));
  for (int p = 1; p < ORDERS; p++) term[p] = k1 * term[p - 1];
}

/* Adds the lattice points of the ball |k| <= radius: those of one octant, times their mirror images. */
static void add_ball(const struct HHTPotential_s *q, double radius, double sum[ORDERS])
{
  const HHTGrid *g = &q->grid;
  ptrdiff_t      n[HHT_MAX_DIM], index[HHT_MAX_DIM], points = 1;

  for (int j = 0; j < g->dim; j++) points *= n[j] = (ptrdiff_t)(radius / g->dk[j]) + 1;
  for (ptrdiff_t i = 1; i < points; i++) {
    double k[HHT_MAX_DIM] = {0}, images = 1, term[ORDERS];
    HHTUnflatten(i, g->dim, n, index);
    for (int j = 0; j < g->dim; j++) {
      k[j] = (double)index[j] * g->dk[j];
      images *= index[j] ? 2 : 1;
    }
    const double k1 = sqrt(WaveNumber2(g, k));
    if (k1 > radius) continue;
    terms(q, k1, term);
    for (int p = 0; p < ORDERS; p++) sum[p] += images * term[p];
  }
}

/* Volume of the ball of radius r > 0, 0 for r <= 0. */
static double ball(int dim, double r)
{
  static const double unit[HHT_MAX_DIM] = {2, PETSC_PI, 4 * PETSC_PI / 3};

  return r > 0 ? unit[dim - 1] * pow(r, dim) : 0;
}

/*
  Adds an upper bound of the lattice points beyond the ball. Let f fall from `radius` on (else take its largest value
  further out) and let each point stand for its cell, whose points are at most rho, half the diagonal, away from it.
  Then sum f(|k|) <= 1/prod dk_j int f(max(radius, |k'| - rho)) dk' over |k'| > radius - rho; taken here by a sum over
  shells from outside in, f at the inner side of each.
*/
static void add_beyond(const struct HHTPotential_s *q, double radius, double end, double sum[ORDERS])
{
  const int    dim = q->grid.dim, shells = 20000;
  const double rho = 0.5 * sqrt(WaveNumber2(&q->grid, q->grid.dk)), step = (end - radius) / shells;
  double       cell = 1, largest_yet[ORDERS] = {0}, term[ORDERS];

  for (int j = 0; j < dim; j++) cell *= q->grid.dk[j];
  for (int i = shells; i >= 0; i--) {
    const double inner = radius + i * step;
    const double shell = ball(dim, inner + step + rho) - ball(dim, i ? inner + rho : radius - rho);
    terms(q, inner, term);
    for (int p = 0; p < ORDERS; p++) {
      largest_yet[p] = fmax(largest_yet[p], term[p]);
      sum[p] += largest_yet[p] * shell / cell;
    }
  }
}

static double periodic_bound(const struct HHTPotential_s *q)
{
  /* Points along the radius of the ball: some ms of work. */
  static const double points[HHT_MAX_DIM] = {16384, 200, 40};

  const HHTGrid *g           = &q->grid;
  double         sum[ORDERS] = {0}, volume = 1, mean_dk = 1;

  for (int j = 0; j < g->dim; j++) {
    volume *= g->x_length[j];
    mean_dk *= pow(g->dk[j], 1.0 / g->dim);
  }
  /* The symbols fall at least like exp(-k length): below exp(-60) at `end`. */
  const double end = 60 / length_scale(q), radius = fmin(end, points[g->dim - 1] * mean_dk);
  add_ball(q, radius, sum);
  add_beyond(q, radius, end, sum);
  return fmax(sum[0], fmax(sum[1], sum[2])) / volume;
}

/*
  The same sum over the wave vectors of the grid, whose symbols are exact for the potential that the solver sees. Those at round-off
  count as 0. NaN unless what is beyond the grid may be neglected: where the outer fifth of it holds more than a
  millionth of the third derivative.
*/
static double sampled_bound(const struct HHTPotential_s *q)
{
  const HHTGrid *g           = &q->grid;
  double         sum[ORDERS] = {0}, outer = 0, largest = 0, volume = 1;
  ptrdiff_t      index[HHT_MAX_DIM];

  for (int j = 0; j < g->dim; j++) volume *= g->x_length[j];
  for (ptrdiff_t i = 0; i < g->n_rows; i++) largest = fmax(largest, fabs(q->symbol[i]));
  for (ptrdiff_t i = 0; i < g->n_rows; i++) {
    double k[HHT_MAX_DIM], term = fabs(q->symbol[i]);
    int    is_outer = 0;

    if (term <= 1e-14 * largest) continue;
    HHTUnflatten(i, g->dim, g->nx, index);
    for (int j = 0; j < g->dim; j++) {
      k[j] = (double)HHTSigned(index[j], g->nx[j]) * g->dk[j];
      if (fabs(k[j]) > 0.4 * (double)g->nx[j] * g->dk[j]) is_outer = 1;
    }
    const double k1 = sqrt(WaveNumber2(g, k));
    for (int p = 0; p < ORDERS; p++) sum[p] += term *= k1;
    if (is_outer) outer += term;
  }
  if (outer > 1e-6 * sum[ORDERS - 1]) return NAN;
  return fmax(sum[0], fmax(sum[1], sum[2])) / volume;
}

static double term_bound(const struct HHTPotential_s *q)
{
  if (q->methods == &HHTPotential_None || q->params.strength == 0) return 0;
  if (q->methods->bound) return q->methods->bound(&q->params, &q->grid);
  if (q->symbol) return sampled_bound(q);
  if (!q->methods->third) return NAN;
  return q->params.boundary == HHT_FREE ? free_bound(q) : periodic_bound(q);
}

PetscErrorCode HHTPotentialBound(HHTPotential potential, double *c_gamma)
{
  PetscFunctionBeginUser;
  *c_gamma = 0;
  for (HHTPotential q = potential; q; q = q->next) *c_gamma += fabs(q->params.strength) * term_bound(q);
  PetscFunctionReturn(0);
}
