#include <hht/error.h>
#include <hht/grid.h>
#include <math.h>

#define POINTS_MAX ((ptrdiff_t)1 << 30)

static PetscErrorCode check_points(const char *option, int j, ptrdiff_t n)
{
  if (n >= 4 && n <= POINTS_MAX && n % 2 == 0) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %td points in dimension %d are not allowed; it must be an even number >= 4",
                  option, n, j + 1);
}

static PetscErrorCode check_positive(const char *option, int j, double value)
{
  if (value > 0 && PetscIsNormalReal(value)) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %g in dimension %d is not allowed; it must be a finite number > 0", option,
                  value, j + 1);
}

static PetscErrorCode check_spacing(const char *option, int j, double value, double spacing, double dual)
{
  if (isnormal(spacing) && isnormal(dual)) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %g in dimension %d is not allowed; the spacings of the grid must be numbers",
                  option, value, j + 1);
}

static PetscErrorCode check(const HHTGrid *g)
{
  PetscFunctionBeginUser;
  if (g->dim < 1 || g->dim > HHT_MAX_DIM)
    return HHTError(HHT_EXIT_USAGE, "grid_dim: %d is not allowed; it must be 1, 2 or 3", g->dim);
  for (int j = 0; j < g->dim; j++) {
    PetscCall(check_points("grid_nx", j, g->nx[j]));
    PetscCall(check_points("grid_nv", j, g->nv[j]));
    PetscCall(check_positive("grid_x_length", j, g->x_length[j]));
    PetscCall(check_positive("grid_v_max", j, g->v_max[j]));
    if (PetscIsInfOrNanReal(g->x_min[j]))
      return HHTError(HHT_EXIT_USAGE, "grid_x_min: %g is not allowed; it must be finite", g->x_min[j]);
  }
  PetscFunctionReturn(0);
}

/* Products of two modes of the kept ones, |s| <= K, that reach beyond n/2 come back at |s| >= n - 2 K > K. */
static ptrdiff_t kept(ptrdiff_t n, int padded) { return padded ? (n - 1) / 3 : n / 2; }

static PetscErrorCode set_dimension(HHTGrid *g, int j)
{
  PetscFunctionBeginUser;
  if (g->n_rows > PTRDIFF_MAX / 64 / g->nx[j] || g->n_cols > PTRDIFF_MAX / 64 / g->nv[j])
    return HHTError(HHT_EXIT_USAGE, "grid_nx, grid_nv: more points than can be counted; it must be fewer");
  g->dx[j]  = g->x_length[j] / (double)g->nx[j];
  g->dv[j]  = 2 * g->v_max[j] / (double)g->nv[j];
  g->dk[j]  = 2 * PETSC_PI / g->x_length[j];
  g->dxi[j] = PETSC_PI / g->v_max[j];
  PetscCall(check_spacing("grid_x_length", j, g->x_length[j], g->dx[j], g->dk[j]));
  PetscCall(check_spacing("grid_v_max", j, g->v_max[j], g->dv[j], g->dxi[j]));
  g->kept_k[j]  = kept(g->nx[j], g->padding & HHT_PADDING_X);
  g->kept_xi[j] = kept(g->nv[j], g->padding & HHT_PADDING_V);
  g->n_rows *= g->nx[j];
  g->n_cols *= g->nv[j];
  g->cell_x *= g->dx[j];
  g->cell_v *= g->dv[j];
  g->cell_xi *= g->dxi[j];
  PetscFunctionReturn(0);
}

PetscErrorCode HHTGridSetUp(HHTGrid *g)
{
  PetscFunctionBeginUser;
  PetscCall(check(g));
  g->n_rows = g->n_cols = 1;
  g->cell_x = g->cell_v = g->cell_xi = 1;
  for (int j = 0; j < g->dim; j++) PetscCall(set_dimension(g, j));
  for (int j = g->dim; j < HHT_MAX_DIM; j++) {
    g->nx[j] = g->nv[j] = 1;
    g->x_min[j]         = 0;
    g->kept_k[j] = g->kept_xi[j] = 0;
    g->x_length[j] = g->v_max[j] = g->dx[j] = g->dv[j] = g->dk[j] = g->dxi[j] = 1;
  }
  if (g->n_rows > PTRDIFF_MAX / 64 / g->n_cols)
    return HHTError(HHT_EXIT_USAGE, "grid_nx, grid_nv: more points than can be counted; it must be fewer");
  PetscFunctionReturn(0);
}

HHTGrid HHTGridOfParticles(const HHTGrid *grid, int particles)
{
  HHTGrid all = *grid;

  for (int m = 1; m < particles; m++) {
    for (int j = 0; j < grid->dim; j++) {
      const int to = m * grid->dim + j;

      all.nx[to]       = grid->nx[j];
      all.nv[to]       = grid->nv[j];
      all.x_min[to]    = grid->x_min[j];
      all.x_length[to] = grid->x_length[j];
      all.v_max[to]    = grid->v_max[j];
      all.dx[to]       = grid->dx[j];
      all.dv[to]       = grid->dv[j];
      all.dk[to]       = grid->dk[j];
      all.dxi[to]      = grid->dxi[j];
      all.kept_k[to]   = grid->kept_k[j];
      all.kept_xi[to]  = grid->kept_xi[j];
    }
    all.n_rows *= grid->n_rows;
    all.n_cols *= grid->n_cols;
    all.cell_x *= grid->cell_x;
    all.cell_v *= grid->cell_v;
    all.cell_xi *= grid->cell_xi;
  }
  all.dim = particles * grid->dim;
  return all;
}
