/* Symbols of periodic potentials that are known by their values. */
#include "potential_impl.h"
#include <hht/transform.h>
#include <string.h>

/* Row transforms run backward first (HHT_ROWS_OPEN): along dimensions 2 and 3 entry m belongs to the wave number -m dk. */
static ptrdiff_t mirrored(const HHTGrid *g, ptrdiff_t row)
{
  ptrdiff_t index[HHT_MAX_DIM], at = 0;

  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) at = at * g->nx[j] + (j && index[j] ? g->nx[j] - index[j] : index[j]);
  return at;
}

static void keep_column(void *ctx, ptrdiff_t column, void *data)
{
  const double complex        *line  = data;
  const struct HHTPotential_s *q     = ctx;
  const ptrdiff_t              plane = q->grid.n_rows / q->grid.nx[0];

  /* Even functions have real symbols. */
  for (ptrdiff_t i = 0; i < q->grid.nx[0]; i++)
    q->symbol[mirrored(&q->grid, i * plane + column)] = creal(line[i]) * q->grid.cell_x;
}

static PetscErrorCode sample_rows(HHTPotential q, double complex *samples)
{
  const HHTGrid *g = &q->grid;
  ptrdiff_t      index[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (ptrdiff_t row = 0; row < g->n_rows; row++) {
    double x[HHT_MAX_DIM], value;

    HHTUnflatten(row, g->dim, g->nx, index);
    for (int j = 0; j < g->dim; j++) x[j] = (double)HHTSigned(index[j], g->nx[j]) * g->dx[j];
    PetscCall(q->methods->sample(q->data, x, &value, NULL));
    samples[row] = value;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode transform_samples(HHTPotential q, HHTTransform transform)
{
  const HHTRowOperators    none = {0};
  const HHTColumnOperators keep = {.ctx = q, .in_k = keep_column};

  PetscFunctionBeginUser;
  PetscCall(sample_rows(q, HHTTransformGetRest(transform)));
  HHTCallErrno(HHTTransformRows(transform, HHT_ROWS_OPEN, &none));
  HHTCallErrno(HHTTransformReadColumns(transform, &keep));
  PetscFunctionReturn(0);
}

/* Every rank for itself, as all of them hold whole fields. */
PetscErrorCode HHTPotentialSampleSymbol(HHTPotential q)
{
  const HHTGrid *g = &q->grid;
  HHTTransform   transform;
  PetscErrorCode ierr;
  int            err;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)g->n_rows, &q->symbol));
  err = HHTTransformCreate(MPI_COMM_SELF, HHT_COMPLEX, 1, g->nx, g->dim - 1, g->nx + 1, HHT_TRANSPOSE_ALLTOALL,
                           HHT_RIGOR_ESTIMATE, &transform);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "grid_nx: cannot transform the potential: %s; use fewer points", strerror(err));
  ierr = transform_samples(q, transform);
  HHTCallErrno(HHTTransformDestroy(&transform));
  PetscFunctionReturn(ierr);
}

double HHTPotentialSampledSymbol(const struct HHTPotential_s *q, const double k[])
{
  const HHTGrid *g  = &q->grid;
  ptrdiff_t      at = 0;

  for (int j = 0; j < g->dim; j++) {
    const ptrdiff_t m = (ptrdiff_t)lround(k[j] / g->dk[j]), n = g->nx[j];

    if (m < -n / 2 || m > n / 2) return 0;
    at = at * n + (m + n) % n;
  }
  return q->symbol[at];
}
