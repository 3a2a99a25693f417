#include "phases.h"
#include <errno.h>
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
  PetscBool    real;
  ptrdiff_t    spectrum; /* numbers in a row at rest */
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
  s->spectrum = HHTTransformGetSpectrumSize(s->transform);
  HHTTransformGetBuffers(s->transform, &rest, &work);
  PetscCall(VecCreateMPIWithArray(s->comm, 1, (PetscInt)(s->rows * s->spectrum), (PetscInt)(g->n_rows * s->spectrum),
                                  rest, &s->vec));
  PetscCall(PetscObjectSetName((PetscObject)s->vec, "alpha_hat"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateCreate(MPI_Comm comm, const HHTGrid *grid, HHTNumbers numbers, HHTTransposeType type,
                              HHTRigor rigor, HHTState *state)
{
  HHTState s;
  int      err;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  PetscCall(PetscCommDuplicate(comm, &s->comm, NULL));
  s->grid = *grid;
  s->real = numbers == HHT_REAL ? PETSC_TRUE : PETSC_FALSE;
  *state  = s;
  PetscCall(check_size(grid));
  err = HHTTransformCreate(s->comm, numbers, grid->dim, grid->nx, grid->dim, grid->nv, type, rigor, &s->transform);
  if (err == ENOTSUP)
    return HHTError(HHT_EXIT_USAGE,
                    "transpose_type: shared is not allowed here; all ranks must be on one node, with room for "
                    "the state in its shared memory");
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

PetscErrorCode HHTStateIsReal(HHTState s, PetscBool *real)
{
  PetscFunctionBeginUser;
  *real = s->real;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateSetThreads(HHTState s, int threads)
{
  int err = HHTTransformSetThreads(s->transform, threads);

  PetscFunctionBeginUser;
  if (err == ENOTSUP)
    return HHTError(HHT_EXIT_USAGE, "threads_per_rank: %d is not allowed; this hht was built without OpenMP", threads);
  HHTCallErrno(err);
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

static double complex *rest_row(HHTState s, ptrdiff_t row)
{
  double complex *rest, *work;

  HHTTransformGetBuffers(s->transform, &rest, &work);
  return rest + (row - s->first) * s->spectrum;
}

static PetscErrorCode check_row(const HHTState s, ptrdiff_t row, const double complex a[])
{
  for (ptrdiff_t i = 0; i < s->grid.n_cols; i++) {
    if (!isfinite(creal(a[i])) || !isfinite(cimag(a[i])))
      return HHTError(HHT_EXIT_USAGE, "initial: the data hold a number that is not finite (row %td of %td)", row,
                      s->grid.n_rows);
    if (s->real && cimag(a[i]) != 0)
      return HHTError(HHT_EXIT_USAGE, "initial: the data are not real (row %td of %td), but the state is", row,
                      s->grid.n_rows);
  }
  return 0;
}

/* A line in v of complex numbers to one of the state's numbers, and back, in place. */
static void pack(const HHTState s, double complex a[])
{
  double *real = (double *)a;

  for (ptrdiff_t i = 0; i < s->grid.n_cols && s->real; i++) real[i] = creal(a[i]);
}

static void unpack(const HHTState s, double complex a[])
{
  const double *real = (const double *)a;

  for (ptrdiff_t i = s->grid.n_cols - 1; i >= 0 && s->real; i--) a[i] = real[i];
}

static double norm2(ptrdiff_t n, const double complex a[])
{
  double sum = 0;

  for (ptrdiff_t i = 0; i < n; i++) sum += HHTNorm2(a[i]);
  return sum;
}

/* One row of alpha(x, v) from the caller by way of `line`, stored as the unitary transform of sqrt(cell_x cell_v) alpha. */
static PetscErrorCode fill_row(HHTState s, HHTAmplitudeRow fill, void *ctx, ptrdiff_t row, double complex *line)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(fill(ctx, row, line));
  PetscCall(check_row(s, row, line));
  scale(g->n_cols, sqrt(g->cell_x * g->cell_v / (double)g->n_cols), line);
  pack(s, line);
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_FORWARD, line));
  PetscCall(PetscArraycpy(rest_row(s, row), line, (size_t)s->spectrum));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_rows(HHTState s, HHTAmplitudeRow fill, void *ctx)
{
  double complex *line;
  PetscErrorCode  ierr = 0;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)s->grid.n_cols, &line));
  for (ptrdiff_t i = 0; i < s->rows && !ierr; i++) ierr = fill_row(s, fill, ctx, s->first + i, line);
  PetscCall(PetscFree(line));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTStateSetAmplitude(HHTState s, HHTAmplitudeRow fill, void *ctx, double mass)
{
  double own_mass;

  PetscFunctionBeginUser;
  PetscCall(HHTAgree(s->comm, fill_rows(s, fill, ctx)));
  PetscCall(HHTStateMass(s, &own_mass));
  if (!isfinite(own_mass))
    return HHTError(HHT_EXIT_USAGE, "initial: the data are too large; their mass must be finite");
  if (!(own_mass > 0))
    return HHTError(HHT_EXIT_USAGE, "initial: the data are zero on the whole grid; there must be mass");
  if (!isnan(mass)) scale(s->rows * s->spectrum, sqrt(mass / own_mass), rest_row(s, s->first));
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

/* The half spectrum to the whole one, in place: entry -m is the conjugate of entry m. */
static void complete_spectrum(const HHTState s, double complex a[])
{
  const HHTGrid  *g    = &s->grid;
  const ptrdiff_t last = g->nv[g->dim - 1], run = last / 2 + 1;

  for (ptrdiff_t r = g->n_cols / last - 1; r >= 0; r--) /* rows of the last dimension apart, from the end */
    for (ptrdiff_t i = run - 1; i >= 0; i--) a[r * last + i] = a[r * run + i] * (i % (run - 1) ? M_SQRT1_2 : 1);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    ptrdiff_t m[HHT_MAX_DIM], mirror = 0;

    HHTUnflatten(c, g->dim, g->nv, m);
    if (m[g->dim - 1] < run) continue;
    for (int j = 0; j < g->dim; j++) mirror = mirror * g->nv[j] + (m[j] ? g->nv[j] - m[j] : 0);
    a[c] = conj(a[mirror]);
  }
}

PetscErrorCode HHTStateGetAlphaHatRow(HHTState s, ptrdiff_t row, double complex *alpha_hat)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(PetscArraycpy(alpha_hat, rest_row(s, row), (size_t)s->spectrum));
  if (s->real) complete_spectrum(s, alpha_hat);
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_xi), alpha_hat);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetAlphaRow(HHTState s, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(PetscArraycpy(alpha, rest_row(s, row), (size_t)s->spectrum));
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_BACKWARD, alpha));
  unpack(s, alpha);
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_v * (double)g->n_cols), alpha);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateMass(HHTState s, double *mass)
{
  HHTSum sum;

  PetscFunctionBeginUser;
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < s->rows; i++) HHTSumAdd(&sum, norm2(s->spectrum, rest_row(s, s->first + i)));
  HHTCallErrno(HHTSumAllreduce(s->comm, &sum, 1));
  *mass = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}
