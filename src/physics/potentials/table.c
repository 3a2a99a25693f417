/*
  table: a radial Gamma by its values at r = 0 .. r_end, between them GSL's cubic spline; the table is continued to -r, so
  that the spline is even and as good at 0 as elsewhere. Beyond r_end Gamma is 0, which a table must have come to by then, unless no
  displacement in the box goes beyond.
*/
#include "potentials.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_spline.h>
#include <math.h>

#define POINTS_MIN 4
#define END_LIMIT  1e-6        /* of the largest |Gamma|: no more counts as 0 */
#define END_SLACK  (1 + 1e-12) /* round-off in r that does not leave the table */

typedef struct {
  HHTGrid     grid;
  HHTBoundary boundary;
  double      r_end;
  gsl_spline *spline; /* owned */
} Table;

static PetscErrorCode check_points(const HHTRadialTable *t)
{
  if (t->n < POINTS_MIN)
    return HHTError(HHT_EXIT_USAGE, "potential_file: a table of %d points is not allowed; it must have at least %d",
                    t->n, POINTS_MIN);
  if (t->r[0] != 0) return HHTError(HHT_EXIT_USAGE, "potential_file: the first r is %g; it must be 0", t->r[0]);
  for (int i = 0; i < t->n; i++) {
    if (!isfinite(t->r[i]) || !isfinite(t->gamma[i]))
      return HHTError(HHT_EXIT_USAGE, "potential_file: point %d is (%g, %g); it must be finite", i + 1, t->r[i],
                      t->gamma[i]);
    if (i && t->r[i] <= t->r[i - 1])
      return HHTError(HHT_EXIT_USAGE, "potential_file: r = %g at point %d follows r = %g; it must increase", t->r[i],
                      i + 1, t->r[i - 1]);
  }
  return 0;
}

static PetscErrorCode check_end(const HHTRadialTable *t, const HHTGrid *grid, HHTBoundary boundary)
{
  const double end = t->r[t->n - 1], gamma = t->gamma[t->n - 1];
  double       largest = 0, farthest[HHT_MAX_DIM];

  for (int i = 0; i < t->n; i++) largest = fmax(largest, fabs(t->gamma[i]));
  if (fabs(gamma) <= END_LIMIT * largest) return 0;
  if (boundary == HHT_PERIODIC)
    return HHTError(
        HHT_EXIT_USAGE,
        "potential_file: the table ends at r = %g with Gamma = %g; with potential_boundary periodic it must "
        "end in 0",
        end, gamma);
  for (int j = 0; j < grid->dim; j++) farthest[j] = grid->x_length[j] - grid->dx[j];
  if (end * END_SLACK >= sqrt(WaveNumber2(grid, farthest))) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "potential_file: the table ends at r = %g with Gamma = %g; it must reach r = %g, the farthest in the box, "
      "or end in 0",
      end, gamma, sqrt(WaveNumber2(grid, farthest)));
}

/* The spline through the points and their mirror images. */
static PetscErrorCode create_spline(const HHTRadialTable *t, gsl_spline **spline)
{
  const size_t n = (size_t)t->n, all = 2 * n - 1;
  double      *r, *gamma;
  int          status;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc2(all, &r, all, &gamma));
  for (size_t i = 0; i < n; i++) {
    r[n - 1 - i]     = -t->r[i];
    r[n - 1 + i]     = t->r[i];
    gamma[n - 1 - i] = gamma[n - 1 + i] = t->gamma[i];
  }
  gsl_set_error_handler_off();
  *spline = gsl_spline_alloc(gsl_interp_cspline, all);
  PetscCheck(*spline, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for a spline of %zu points", all);
  status = gsl_spline_init(*spline, r, gamma, all);
  PetscCheck(!status, PETSC_COMM_SELF, PETSC_ERR_LIB, "gsl_spline_init: %s", gsl_strerror(status));
  PetscCall(PetscFree2(r, gamma));
  PetscFunctionReturn(0);
}

static PetscErrorCode create(const HHTPotentialParams *p, const HHTGrid *grid, void **data)
{
  Table *t;

  PetscFunctionBeginUser;
  if (!p->table)
    return HHTError(HHT_EXIT_USAGE, "potential_file: it is missing; potential_type table needs the path of a file");
  PetscCall(check_points(p->table));
  PetscCall(check_end(p->table, grid, p->boundary));
  PetscCall(PetscNew(&t));
  *data = t;
  *t    = (Table){.grid = *grid, .boundary = p->boundary, .r_end = p->table->r[p->table->n - 1]};
  PetscCall(create_spline(p->table, &t->spline));
  PetscFunctionReturn(0);
}

static double value_at(const Table *t, const double x[])
{
  const double r = sqrt(WaveNumber2(&t->grid, x));

  return r > t->r_end * END_SLACK ? 0 : gsl_spline_eval(t->spline, fmin(r, t->r_end), NULL);
}

/* The sum over the images in dimensions 0 .. n - 1 that are within r_end; x, the displacement in the box, comes back as it was. */
static double sum_images(const Table *t, int n, double x[])
{
  double sum = 0;

  if (!n) return value_at(t, x);
  const int    j    = n - 1;
  const double here = x[j], length = t->grid.x_length[j];
  for (double image = ceil((-t->r_end - here) / length); here + image * length <= t->r_end; image++) {
    x[j] = here + image * length;
    sum += sum_images(t, j, x);
  }
  x[j] = here;
  return sum;
}

static PetscErrorCode sample(void *data, const double x[], double *value, double gradient[])
{
  const Table *t = data;
  const double r = sqrt(WaveNumber2(&t->grid, x));

  PetscFunctionBeginUser;
  if (t->boundary == HHT_PERIODIC) {
    double at[HHT_MAX_DIM];

    for (int j = 0; j < t->grid.dim; j++) at[j] = x[j];
    *value = sum_images(t, t->grid.dim, at);
    PetscFunctionReturn(0);
  }
  *value = value_at(t, x);
  for (int j = 0; gradient && j < t->grid.dim; j++)
    gradient[j] = r > 0 && r <= t->r_end * END_SLACK
                      ? gsl_spline_eval_deriv(t->spline, fmin(r, t->r_end), NULL) * x[j] / r
                      : 0;
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(void **data)
{
  Table *t = *data;

  PetscFunctionBeginUser;
  gsl_spline_free(t->spline);
  PetscCall(PetscFree(*data));
  PetscFunctionReturn(0);
}

const HHTPotentialMethods HHTPotential_Table = {
    .name = "table", .create = create, .sample = sample, .destroy = destroy};
