#include "entries.h"
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
  Vec          vec;         /* over the transform's rest buffer; in single precision the norms of rows */
  ptrdiff_t    first, rows; /* this rank's */
  HHTNumbers   numbers, spectrum_numbers;
  HHTUnknown   unknown;
  PetscBool    real, single;
  ptrdiff_t    spectrum; /* numbers in a row at rest */
  void        *row;      /* one row in v or xi, to convert it */
};

/* Before memory is asked for: a system that overcommits would give it, and kill the program later. */
static PetscErrorCode check_size(const HHTGrid *g)
{
  if (g->n_rows <= PETSC_MAX_INT / g->n_cols) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "grid_nx, grid_nv: %td x %td points are not allowed; without 64-bit indices PETSc counts to %" PetscInt_FMT,
      g->n_rows, g->n_cols, PETSC_MAX_INT);
}

/* PETSc's numbers are complex and double. Others it cannot see, only their norms. */
static PetscErrorCode create_vec(HHTState s)
{
  const ptrdiff_t n_rows = s->grid.n_rows;

  PetscFunctionBeginUser;
  if (s->single)
    PetscCall(VecCreateMPI(s->comm, (PetscInt)s->rows, (PetscInt)n_rows, &s->vec));
  else
    PetscCall(VecCreateMPIWithArray(s->comm, 1, (PetscInt)(s->rows * s->spectrum), (PetscInt)(n_rows * s->spectrum),
                                    HHTTransformGetRest(s->transform), &s->vec));
  PetscCall(PetscObjectSetName((PetscObject)s->vec, s->single ? "alpha_hat_norms" : "alpha_hat"));
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
  s->grid             = *grid;
  s->numbers          = numbers;
  s->spectrum_numbers = HHTNumbersSpectrum(numbers);
  s->real             = HHTNumbersAreReal(numbers) ? PETSC_TRUE : PETSC_FALSE;
  s->single           = HHTNumbersPrecision(numbers) == HHT_SINGLE ? PETSC_TRUE : PETSC_FALSE;
  *state              = s;
  PetscCall(check_size(grid));
  err = HHTTransformCreate(s->comm, numbers, grid->dim, grid->nx, grid->dim, grid->nv, type, rigor, &s->transform);
  if (err == ENOTSUP)
    return HHTError(HHT_EXIT_USAGE,
                    "transpose_type: shared is not allowed here; all ranks must be on one node, with room for "
                    "the state in /dev/shm: try alltoall");
  if (err)
    return HHTError(
        HHT_EXIT_USAGE,
        "grid_nx, grid_nv: cannot set up %td x %td points on these ranks: %s; use fewer points, or more ranks",
        grid->n_rows, grid->n_cols, strerror(err));
  HHTTransformGetRows(s->transform, &s->first, &s->rows);
  s->spectrum = HHTTransformGetSpectrumSize(s->transform);
  PetscCall(PetscMalloc((size_t)grid->n_cols * HHTNumbersSize(s->spectrum_numbers), &s->row));
  PetscCall(create_vec(s));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateDestroy(HHTState *state)
{
  HHTState s = *state;

  PetscFunctionBeginUser;
  if (!s) PetscFunctionReturn(0);
  PetscCall(VecDestroy(&s->vec));
  PetscCall(PetscFree(s->row));
  HHTCallErrno(HHTTransformDestroy(&s->transform));
  PetscCall(PetscCommDestroy(&s->comm));
  PetscCall(PetscFree(s));
  *state = NULL;
  PetscFunctionReturn(0);
}

double HHTStateBytes(const HHTGrid *g, HHTNumbers numbers, int ranks)
{
  const ptrdiff_t spectrum = HHTGridSpectrumSize(g, HHTNumbersAreReal(numbers));
  const double    line     = (double)g->n_cols * (double)HHTNumbersSize(numbers);
  const double    rest     = (double)spectrum * (double)HHTNumbersSize(HHTNumbersSpectrum(numbers));

  return (line + rest) * ceil((double)g->n_rows / ranks);
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

PetscErrorCode HHTStateSetUnknown(HHTState s, HHTUnknown unknown)
{
  PetscFunctionBeginUser;
  PetscCheck(unknown == HHT_AMPLITUDE || s->real, s->comm, PETSC_ERR_ARG_WRONGSTATE,
             "A distribution needs a state of real numbers");
  s->unknown = unknown;
  if (unknown == HHT_DISTRIBUTION)
    PetscCall(PetscObjectSetName((PetscObject)s->vec, s->single ? "f_hat_norms" : "f_hat"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetUnknown(HHTState s, HHTUnknown *unknown)
{
  PetscFunctionBeginUser;
  *unknown = s->unknown;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateSetThreads(HHTState s, int threads)
{
  int err = HHTTransformSetThreads(s->transform, threads);

  PetscFunctionBeginUser;
  if (err == ENOTSUP)
    return HHTError(HHT_EXIT_USAGE,
                    "threads_per_rank: %d is not allowed; this hht was built without OpenMP, so it must be 1", threads);
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

/* A row at rest, and its bytes. */
static void *rest_row(HHTState s, ptrdiff_t row)
{
  return HHTEntryAt(s->spectrum_numbers, HHTTransformGetRest(s->transform), (row - s->first) * s->spectrum);
}

static size_t rest_row_size(const HHTState s) { return (size_t)s->spectrum * HHTNumbersSize(s->spectrum_numbers); }

static PetscErrorCode check_row(const HHTState s, ptrdiff_t row, const double complex a[])
{
  for (ptrdiff_t i = 0; i < s->grid.n_cols; i++) {
    if (!isfinite(creal(a[i])) || !isfinite(cimag(a[i])))
      return HHTError(
          HHT_EXIT_USAGE,
          "initial: the data hold a number that is not finite (row %td of %td); look at the initial_ options", row,
          s->grid.n_rows);
    if (s->real && cimag(a[i]) != 0)
      return HHTError(HHT_EXIT_USAGE,
                      "initial: the data are not real (row %td of %td), but the state is; try -state_numbers complex",
                      row, s->grid.n_rows);
  }
  return 0;
}

/* n numbers from complex ones, and back. */
static void pack(HHTNumbers numbers, ptrdiff_t n, const double complex from[], void *to)
{
  for (ptrdiff_t i = 0; i < n; i++) HHTEntrySet(numbers, to, i, from[i]);
}

static void unpack(HHTNumbers numbers, ptrdiff_t n, const void *from, double complex to[])
{
  for (ptrdiff_t i = 0; i < n; i++) to[i] = HHTEntryGet(numbers, from, i);
}

static double norm2(HHTState s, ptrdiff_t row)
{
  const void *a   = rest_row(s, row);
  double      sum = 0;

  for (ptrdiff_t i = 0; i < s->spectrum; i++) sum += HHTEntryNorm2(s->spectrum_numbers, a, i);
  return sum;
}

static void scale_rest(HHTState s, double factor)
{
  const HHTNumbers numbers = s->spectrum_numbers;
  void            *rest    = HHTTransformGetRest(s->transform);

  for (ptrdiff_t i = 0; i < s->rows * s->spectrum; i++)
    HHTEntrySet(numbers, rest, i, factor * HHTEntryGet(numbers, rest, i));
}

/* One row of alpha(x, v) from the caller by way of `line`, stored as the unitary transform of sqrt(cell_x cell_v) alpha. */
static PetscErrorCode fill_row(HHTState s, HHTAmplitudeRow fill, void *ctx, ptrdiff_t row, double complex *line)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(fill(ctx, row, line));
  PetscCall(check_row(s, row, line));
  scale(g->n_cols, sqrt(g->cell_x * g->cell_v / (double)g->n_cols), line);
  pack(s->numbers, g->n_cols, line, s->row);
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_FORWARD, s->row));
  PetscCall(PetscMemcpy(rest_row(s, row), s->row, rest_row_size(s)));
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
  if (!isnan(mass)) scale_rest(s, s->unknown == HHT_AMPLITUDE ? sqrt(mass / own_mass) : mass / own_mass);
  PetscCall(HHTStateChanged(s));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateChanged(HHTState s)
{
  PetscScalar *array;

  PetscFunctionBeginUser;
  PetscCall(VecGetArray(s->vec, &array));
  for (ptrdiff_t i = 0; i < s->rows && s->single; i++) array[i] = sqrt(norm2(s, s->first + i));
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
  unpack(s->spectrum_numbers, s->spectrum, rest_row(s, row), alpha_hat);
  if (s->real) complete_spectrum(s, alpha_hat);
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_xi), alpha_hat);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateGetAlphaRow(HHTState s, ptrdiff_t row, double complex *alpha)
{
  const HHTGrid *g = &s->grid;

  PetscFunctionBeginUser;
  PetscCall(PetscMemcpy(s->row, rest_row(s, row), rest_row_size(s)));
  HHTCallErrno(HHTTransformRow(s->transform, FFTW_BACKWARD, s->row));
  unpack(s->numbers, g->n_cols, s->row, alpha);
  scale(g->n_cols, 1 / sqrt(g->cell_x * g->cell_v * (double)g->n_cols), alpha);
  PetscFunctionReturn(0);
}

/* Stored is the unitary transform of f sqrt(cell_x cell_v), whose entry 0 is the sum over v by sqrt(n_cols). */
double HHTDistributionDensity(const HHTGrid *g, HHTNumbers spectrum, const void *f_hat)
{
  return creal(HHTEntryGet(spectrum, f_hat, 0)) * sqrt(g->cell_v * (double)g->n_cols / g->cell_x);
}

static double integral(HHTState s, ptrdiff_t row)
{
  return HHTDistributionDensity(&s->grid, s->spectrum_numbers, rest_row(s, row)) * s->grid.cell_x;
}

static PetscErrorCode sum_rows(HHTState s, double (*of_row)(HHTState, ptrdiff_t), double *total)
{
  HHTSum sum;

  PetscFunctionBeginUser;
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < s->rows; i++) HHTSumAdd(&sum, of_row(s, s->first + i));
  HHTCallErrno(HHTSumAllreduce(s->comm, &sum, 1));
  *total = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateMass(HHTState s, double *mass)
{
  PetscFunctionBeginUser;
  PetscCall(sum_rows(s, s->unknown == HHT_AMPLITUDE ? norm2 : integral, mass));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStateNorm(HHTState s, double *norm)
{
  PetscFunctionBeginUser;
  PetscCall(sum_rows(s, norm2, norm));
  *norm = sqrt(*norm);
  PetscFunctionReturn(0);
}
