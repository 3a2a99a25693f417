#include "interpolant.h"
#include "../physics/off_grid.h"
#include <hht/error.h>
#include <math.h>

struct HHTInterpolant_s {
  HHTGrid         grid;
  HHTOffGrid      x, v;         /* v: of the grid whose positions are the velocities */
  HHTPoints      *row, *column; /* weights, n_rows and n_cols; owned */
  double complex *alpha;        /* [n_rows][n_cols], velocities increasing; owned */
  PetscBool       real;
};

static HHTGrid velocity_grid(const HHTGrid *g)
{
  HHTGrid v = {.dim = g->dim, .n_rows = g->n_cols};

  for (int j = 0; j < g->dim; j++) {
    v.nx[j]       = g->nv[j];
    v.x_min[j]    = -g->v_max[j];
    v.x_length[j] = 2 * g->v_max[j];
  }
  return v;
}

/* From FFT order to axes that increase from -v_max. */
static void reorder(const HHTGrid *g, const double complex *line, double complex *row)
{
  for (ptrdiff_t c = 0; c < g->n_cols; c++) row[HHTGridIncreasing(g, c)] = line[c];
}

static PetscErrorCode fill_rows(HHTInterpolant p, HHTAmplitudeRow fill, void *ctx)
{
  const ptrdiff_t n = p->grid.n_cols;
  double complex *line;
  PetscErrorCode  ierr = 0;

  PetscFunctionBeginUser;
  p->real = PETSC_TRUE;
  PetscCall(PetscMalloc1((size_t)n, &line));
  for (ptrdiff_t row = 0; row < p->grid.n_rows && !ierr; row++) {
    ierr = fill(ctx, row, line);
    for (ptrdiff_t c = 0; c < n && !ierr; c++)
      if (cimag(line[c]) != 0) p->real = PETSC_FALSE;
    reorder(&p->grid, line, p->alpha + row * n);
  }
  PetscCall(PetscFree(line));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTInterpolantCreate(const HHTGrid *grid, HHTAmplitudeRow fill, void *ctx, HHTInterpolant *interpolant)
{
  const HHTGrid  velocities = velocity_grid(grid);
  HHTInterpolant p;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&p));
  *interpolant = p;
  p->grid      = *grid;
  PetscCall(HHTOffGridCreate(grid, &p->x));
  PetscCall(HHTOffGridCreate(&velocities, &p->v));
  PetscCall(PetscMalloc2((size_t)grid->n_rows, &p->row, (size_t)grid->n_cols, &p->column));
  PetscCall(PetscCalloc1((size_t)(grid->n_rows * grid->n_cols), &p->alpha));
  PetscFunctionReturn(fill_rows(p, fill, ctx));
}

PetscErrorCode HHTInterpolantDestroy(HHTInterpolant *interpolant)
{
  HHTInterpolant p = *interpolant;

  PetscFunctionBeginUser;
  if (!p) PetscFunctionReturn(0);
  PetscCall(HHTOffGridDestroy(&p->x));
  PetscCall(HHTOffGridDestroy(&p->v));
  PetscCall(PetscFree2(p->row, p->column));
  PetscCall(PetscFree(p->alpha));
  PetscCall(PetscFree(p));
  *interpolant = NULL;
  PetscFunctionReturn(0);
}

double HHTInterpolantBytes(const HHTGrid *g)
{
  return (double)sizeof(double complex) * (double)g->n_rows * (double)g->n_cols;
}

/* sum over the columns of one row */
static void row_sum(const HHTInterpolant p, const double complex *alpha, HHTPoints real, HHTPoints imaginary)
{
  for (int i = 0; i < HHT_POINTS; i++) real[i] = imaginary[i] = 0;
  for (ptrdiff_t c = 0; c < p->grid.n_cols; c++) {
    const double re = creal(alpha[c]), im = cimag(alpha[c]);

    for (int i = 0; i < HHT_POINTS; i++) real[i] += p->column[c][i] * re;
    if (p->real) continue;
    for (int i = 0; i < HHT_POINTS; i++) imaginary[i] += p->column[c][i] * im;
  }
}

static void block_values(const HHTInterpolant p, double complex result[HHT_POINTS])
{
  HHTPoints re = {0}, im = {0}, row_re, row_im;

  HHTOffGridWeights(&p->x, p->row);
  HHTOffGridWeights(&p->v, p->column);
  for (ptrdiff_t r = 0; r < p->grid.n_rows; r++) {
    row_sum(p, p->alpha + r * p->grid.n_cols, row_re, row_im);
    for (int i = 0; i < HHT_POINTS; i++) {
      re[i] += p->row[r][i] * row_re[i];
      im[i] += p->row[r][i] * row_im[i];
    }
  }
  for (int i = 0; i < HHT_POINTS; i++) result[i] = CMPLX(re[i], im[i]);
}

static PetscBool is_inside(const HHTGrid *g, ptrdiff_t n, const double *v)
{
  for (int j = 0; j < g->dim; j++)
    if (fabs(v[j * n]) > g->v_max[j]) return PETSC_FALSE;
  return PETSC_TRUE;
}

/* Points beyond the last one stand for it again. */
static void set_block(HHTInterpolant p, ptrdiff_t n, ptrdiff_t first, const double z[])
{
  const int dim = p->grid.dim;
  HHTPoints x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  for (int j = 0; j < dim; j++)
    for (int i = 0; i < HHT_POINTS; i++) {
      const ptrdiff_t at = PetscMin(first + i, n - 1);

      x[j][i] = z[j * n + at];
      v[j][i] = z[(dim + j) * n + at];
    }
  HHTOffGridSet(&p->x, (const HHTPoints *)x);
  HHTOffGridSet(&p->v, (const HHTPoints *)v);
}

PetscErrorCode HHTInterpolantValues(HHTInterpolant p, ptrdiff_t n, const double z[], double complex alpha[])
{
  double complex block[HHT_POINTS];

  PetscFunctionBeginUser;
  for (ptrdiff_t first = 0; first < n; first += HHT_POINTS) {
    set_block(p, n, first, z);
    block_values(p, block);
    for (ptrdiff_t i = first; i < n && i < first + HHT_POINTS; i++)
      alpha[i] = is_inside(&p->grid, n, z + p->grid.dim * n + i) ? block[i - first] : 0;
  }
  PetscFunctionReturn(0);
}
