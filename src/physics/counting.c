/*
  With s_j the weight of alpha_N with j given particles inside alpha, s_j = ||<alpha^j, alpha_N>||^2, the weight with those particles inside
  and k others outside is sum_i (-1)^i C(k, i) s_{N-k+i}. The particles are projected one after the other from the last: the first scalar
  product is a sum over rows of the distributed state, and leaves a function that every rank holds.
*/
#include <hht/counting.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>

double HHTCountingWeight(int particles, double lambda, int k) { return fmin(k / pow(particles, lambda), 1); }

double HHTCountingBeta(int particles, double lambda, const double P[])
{
  double beta = 0;

  for (int k = 1; k <= particles; k++) beta += HHTCountingWeight(particles, lambda, k) * P[k];
  return beta;
}

double HHTCountingQ1(int particles, const double P[])
{
  double q = 0;

  for (int k = 1; k <= particles; k++) q += (double)k / particles * P[k];
  return q;
}

static double sum_norm2(ptrdiff_t n, const double complex a[])
{
  long double sum = 0;

  for (ptrdiff_t i = 0; i < n; i++) sum += HHTNorm2(a[i]);
  return (double)sum;
}

/* sum_c conj(alpha[c]) a[c] */
static double complex product(ptrdiff_t n, const double complex alpha[], const double complex a[])
{
  double re = 0, im = 0;

  for (ptrdiff_t c = 0; c < n; c++) {
    re += creal(alpha[c]) * creal(a[c]) + cimag(alpha[c]) * cimag(a[c]);
    im += creal(alpha[c]) * cimag(a[c]) - cimag(alpha[c]) * creal(a[c]);
  }
  return CMPLX(re, im);
}

/* A sum over the last particle of a distributed state, in fixed point: entry (row, column) of the others is two integers. */
typedef struct {
  const HHTGrid        *grid; /* of one particle */
  const double complex *alpha;
  ptrdiff_t             columns; /* of the other particles */
  double                scale;
  int64_t              *fixed;
} Projection;

static void project_row(const Projection *p, ptrdiff_t row, const double complex line[])
{
  const ptrdiff_t       n = p->grid->n_cols, last = row % p->grid->n_rows, others = row / p->grid->n_rows;
  const double complex *alpha = p->alpha + last * n;
  int64_t              *to    = p->fixed + 2 * others * p->columns;

  for (ptrdiff_t c = 0; c < p->columns; c++) {
    const double complex value = product(n, alpha, line + c * n);

    to[2 * c] += llrint(creal(value) * p->scale);
    to[2 * c + 1] += llrint(cimag(value) * p->scale);
  }
}

static PetscErrorCode project_rows(HHTState state, const Projection *p, double complex *line)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetRows(state, &first, &count));
  for (ptrdiff_t row = first; row < first + count; row++) {
    PetscCall(HHTStateGetAlphaRow(state, row, line));
    project_row(p, row, line);
  }
  PetscFunctionReturn(0);
}

/* out = sum over the points of the last particle of conj(alpha) alpha_N; the sums of moduli are at most sqrt(||alpha||^2 ||alpha_N||^2). */
static PetscErrorCode project_state(HHTState state, const HHTGrid *grid, const double complex alpha[], double bound,
                                    ptrdiff_t n_out, double complex out[])
{
  const HHTGrid  *all;
  Projection      p = {.grid = grid, .alpha = alpha, .scale = HHTFixedScale(2 * bound)};
  MPI_Comm        comm;
  double complex *line;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &all));
  PetscCall(HHTStateGetComm(state, &comm));
  p.columns = all->n_cols / grid->n_cols;
  PetscCall(PetscMalloc1((size_t)all->n_cols, &line));
  PetscCall(PetscCalloc1((size_t)(2 * n_out), &p.fixed));
  PetscCall(HHTAgree(comm, project_rows(state, &p, line)));
  HHTCallErrno(HHTFixedAllreduce(comm, p.fixed, (double *)out, 2 * n_out, p.scale));
  PetscCall(PetscFree(p.fixed));
  PetscCall(PetscFree(line));
  PetscFunctionReturn(0);
}

/* The same for the last of the particles of a, [rows][columns] of those particles, in place. */
static void project_whole(const HHTGrid *g, ptrdiff_t rows, ptrdiff_t columns, const double complex alpha[],
                          double complex a[])
{
  const ptrdiff_t to_rows = rows / g->n_rows, to_columns = columns / g->n_cols;

  for (ptrdiff_t r = 0; r < to_rows; r++)
    for (ptrdiff_t c = 0; c < to_columns; c++) {
      double complex sum = 0;

      for (ptrdiff_t i = 0; i < g->n_rows; i++)
        sum += product(g->n_cols, alpha + i * g->n_cols, a + (r * g->n_rows + i) * columns + c * g->n_cols);
      a[r * to_columns + c] = sum;
    }
}

static double binomial(int n, int k)
{
  double value = 1;

  for (int i = 0; i < k; i++) value = value * (n - i) / (i + 1);
  return value;
}

static void weights(int particles, const double s[], double P[])
{
  for (int k = 0; k <= particles; k++) {
    P[k] = 0;
    for (int i = 0; i <= k; i++) P[k] += (i % 2 ? -1 : 1) * binomial(k, i) * s[particles - k + i];
    P[k] *= binomial(particles, k);
  }
}

PetscErrorCode HHTCountingWeights(HHTState state, const HHTGrid *grid, int particles, const double complex alpha[],
                                  double P[])
{
  const double    cell = grid->cell_x * grid->cell_v, alpha2 = sum_norm2(grid->n_rows * grid->n_cols, alpha);
  const HHTGrid  *all;
  double          mass, points, s[HHT_MAX_DIM + 1] = {1};
  ptrdiff_t       rows, columns;
  double complex *a;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &all));
  PetscCall(HHTStateMass(state, &mass));
  rows    = all->n_rows / grid->n_rows;
  columns = all->n_cols / grid->n_cols;
  points  = mass / pow(cell, particles); /* the sum of |alpha_N|^2 over all points */
  PetscCall(PetscMalloc1((size_t)(rows * columns), &a));
  PetscCall(project_state(state, grid, alpha, sqrt(alpha2 * points), rows * columns, a));
  for (int j = 1; j <= particles; j++) {
    s[j] = sum_norm2(rows * columns, a) / (points * pow(alpha2, j));
    if (j == particles) break;
    project_whole(grid, rows, columns, alpha, a);
    rows /= grid->n_rows;
    columns /= grid->n_cols;
  }
  PetscCall(PetscFree(a));
  weights(particles, s, P);
  PetscFunctionReturn(0);
}

/* ---- the marginal ---- */

static PetscErrorCode add_marginal_rows(HHTState state, const HHTGrid *grid, const HHTGrid *all, double scale,
                                        double complex *line, int64_t fixed[])
{
  const ptrdiff_t rows = all->n_rows / grid->n_rows, columns = all->n_cols / grid->n_cols; /* of the others */
  ptrdiff_t       first, count;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetRows(state, &first, &count));
  for (ptrdiff_t row = first; row < first + count; row++) {
    PetscCall(HHTStateGetAlphaRow(state, row, line));
    for (ptrdiff_t c = 0; c < grid->n_cols; c++)
      fixed[row / rows * grid->n_cols + c] += llrint(sum_norm2(columns, line + c * columns) * scale);
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMarginal(HHTState state, const HHTGrid *grid, double marginal[])
{
  const ptrdiff_t n = grid->n_rows * grid->n_cols;
  const HHTGrid  *all;
  double          mass, cell, scale;
  MPI_Comm        comm;
  double complex *line;
  int64_t        *fixed;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &all));
  PetscCall(HHTStateGetComm(state, &comm));
  PetscCall(HHTStateMass(state, &mass));
  scale = HHTFixedScale(2 * mass / (all->cell_x * all->cell_v));
  cell  = all->cell_x * all->cell_v / (grid->cell_x * grid->cell_v);
  PetscCall(PetscMalloc1((size_t)all->n_cols, &line));
  PetscCall(PetscCalloc1((size_t)n, &fixed));
  PetscCall(HHTAgree(comm, add_marginal_rows(state, grid, all, scale, line, fixed)));
  HHTCallErrno(HHTFixedAllreduce(comm, fixed, marginal, n, scale));
  for (ptrdiff_t i = 0; i < n; i++) marginal[i] *= cell;
  PetscCall(PetscFree(fixed));
  PetscCall(PetscFree(line));
  PetscFunctionReturn(0);
}
