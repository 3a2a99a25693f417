#include "phases.h"
#include <fftw3.h>
#include <hht/error.h>
#include <hht/state.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

struct HHTState_s {
  MPI_Comm     comm; /* PETSc's reference */
  HHTGrid      grid;
  HHTTransform transform;
  Vec          vec;         /* over the transform's rest buffer */
  ptrdiff_t    first, rows; /* this rank's */
};

/* Before memory is asked for: a system that overcommits would give it, and kill the program later. */
static PetscErrorCode check_size(const HHTGrid *g)
{
  if (g->n_rows <= PETSC_MAX_INT / g->n_cols) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "grid_nx, grid_nv: %td x %td points need a PETSc with 64-bit indices; this one counts to %" PetscInt_FMT,
      g->n_rows, g->n_cols, PETSC_MAX_INT);
}

static PetscErrorCode create_vec(HHTState s)
{
  const HHTGrid  *g = &s->grid;
  double complex *rest, *work;

  PetscFunctionBeginUser;
  HHTTransformGetBuffers(s->transform, &rest, &work);
  PetscCall(VecCreateMPIWithArray(s->comm, 1, (PetscInt)(s->rows * g->n_cols), (PetscInt)(g->n_rows * g->n_cols), rest,
                                  &s->vec));
  PetscCall(PetscObjectSetName((PetscObject)s->vec, "alpha_hat"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateCreate(MPI_Comm comm, const HHTGrid *grid, HHTTransposeType type, HHTRigor rigor,
                              HHTState *state)
{
  HHTState s;
  int      err;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  PetscCall(PetscCommDuplicate(comm, &s->comm, NULL));
  s->grid = *grid;
  *state  = s;
  PetscCall(check_size(grid));
  err = HHTTransformCreate(s->comm, grid->dim, grid->nx, grid->dim, grid->nv, type, rigor, &s->transform);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "grid_nx, grid_nv: cannot set up %td x %td points on these ranks: %s", grid->n_rows,
                    grid->n_cols, strerror(err));
  HHTTransformGetRows(s->transform, &s->first, &s->rows);
  PetscCall(create_vec(s));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateDestroy(HHTState *state)
{
  HHTState s = *state;

  PetscFunctionBeginUser;
  if (!s) PetscFunctionReturn(0);
  PetscCall(VecDestroy(&s->vec));
  HHTCallErrno(HHTTransformDestroy(&s->transform));
  PetscCall(PetscCommDestroy(&s->comm));
  PetscCall(PetscFree(s));
  *state = NULL;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetVec(HHTState s, Vec *alpha_hat)
{
  PetscFunctionBeginUser;
  *alpha_hat = s->vec;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetGrid(HHTState s, const HHTGrid **grid)
{
  PetscFunctionBeginUser;
  *grid = &s->grid;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetTransform(HHTState s, HHTTransform *transform)
{
  PetscFunctionBeginUser;
  *transform = s->transform;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetComm(HHTState s, MPI_Comm *comm)
{
  PetscFunctionBeginUser;
  *comm = s->comm;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetRows(HHTState s, ptrdiff_t *first, ptrdiff_t *count)
{
  PetscFunctionBeginUser;
  *first = s->first;
  *count = s->rows;
  PetscFunctionReturn(0);
}

static void scale(ptrdiff_t n, double factor, double complex a[])
{
  for (ptrdiff_t i = 0; i < n; i++) a[i] *= factor;
}

/* Whether all numbers are finite; clears *real when one has an imaginary part. */
static PetscBool inspect(ptrdiff_t n, const double complex a[], PetscBool *real)
{
  PetscBool finite = PETSC_TRUE;

  for (ptrdiff_t i = 0; i < n; i++) {
    if (!isfinite(creal(a[i])) || !isfinite(cimag(a[i]))) finite = PETSC_FALSE;
    if (cimag(a[i]) != 0) *real = PETSC_FALSE;
  }
  return finite;
}

static double norm2(ptrdiff_t n, const double complex a[])
{
  double sum = 0;

  for (ptrdiff_t i = 0; i < n; i++) sum += HHTNorm2(a[i]);
  return sum;
}

/* One row of alpha(x, v) from the caller, stored as the unitary transform of sqrt(cell_x cell_v) alpha. */
static PetscErrorCode fill_row(HHTState s, HHTAmplitudeRow fill, void *ctx, ptrdiff_t row, double complex *a,
                               PetscBool *real)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(fill(ctx, row, a));
  if (!inspect(g->n_cols, a, real))
    return HHTError(HHT_EXIT_USAGE, "initial: the data hold a number that is not finite (row %td of %td)", row,
                    g->n_rows);
  scale(g->n_cols, sqrt(g->cell_x * g->cell_v / (double)g->n_cols), a);
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_FORWARD, a));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_rows(HHTState s, HHTAmplitudeRow fill, void *ctx, PetscBool *real)
{
  double complex *rest, *work;

  PetscFunctionBeginUser;
  HHTTransformGetBuffers(s->transform, &rest, &work);
  for (ptrdiff_t i = 0; i < s->rows; i++)
    PetscCall(fill_row(s, fill, ctx, s->first + i, rest + i * s->grid.n_cols, real));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateSetAmplitude(HHTState s, HHTAmplitudeRow fill, void *ctx, double mass, PetscBool *real)
{
  double complex *rest, *work;
  double          own_mass;

  PetscFunctionBeginUser;
  *real = PETSC_TRUE;
  PetscCall(HHTAgree(s->comm, fill_rows(s, fill, ctx, real)));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, real, 1, MPI_INT, MPI_MIN, s->comm));
  PetscCall(HHTStateMass(s, &own_mass));
  if (!isfinite(own_mass))
    return HHTError(HHT_EXIT_USAGE, "initial: the data are too large; their mass must be finite");
  if (!(own_mass > 0))
    return HHTError(HHT_EXIT_USAGE, "initial: the data are zero on the whole grid; there must be mass");
  if (!isnan(mass)) {
    HHTTransformGetBuffers(s->transform, &rest, &work);
    scale(s->rows * s->grid.n_cols, sqrt(mass / own_mass), rest);
  }
  PetscCall(HHTStateChanged(s));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateChanged(HHTState s)
{
  PetscScalar *array;

  PetscFunctionBeginUser;
  PetscCall(VecGetArray(s->vec, &array));
  PetscCall(VecRestoreArray(s->vec, &array));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetAlphaHatRow(HHTState s, ptrdiff_t row, double complex *alpha_hat)
{
  const HHTGrid  *g = &s->grid;
  double complex *rest, *work;

  PetscFunctionBeginUser;
  HHTTransformGetBuffers(s->transform, &rest, &work);
  PetscCall(PetscArraycpy(alpha_hat, rest + (row - s->first) * g->n_cols, (size_t)g->n_cols));
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_xi), alpha_hat);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetAlphaRow(HHTState s, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid  *g = &s->grid;
  double complex *rest, *work;

  PetscFunctionBeginUser;
  HHTTransformGetBuffers(s->transform, &rest, &work);
  PetscCall(PetscArraycpy(alpha, rest + (row - s->first) * g->n_cols, (size_t)g->n_cols));
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_BACKWARD, alpha));
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_v * (double)g->n_cols), alpha);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateMass(HHTState s, double *mass)
{
  double complex *rest, *work;
  HHTSum          sum;

  PetscFunctionBeginUser;
  HHTTransformGetBuffers(s->transform, &rest, &work);
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < s->rows; i++) HHTSumAdd(&sum, norm2(s->grid.n_cols, rest + i * s->grid.n_cols));
  HHTCallErrno(HHTSumAllreduce(s->comm, &sum, 1));
  *mass = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}
