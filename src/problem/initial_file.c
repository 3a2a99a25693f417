/*
  file: alpha from an HDF5 dataset. Where the numbers of positions agree, each row is read when it is asked for; else
  the whole dataset is read once and the planes of this rank are interpolated in x. Velocities are interpolated row by
  row.
*/
#include "dataset.h"
#include "initial_impl.h"
#include "resample.h"
#include <string.h>

#define WHOLE_MAX_BYTES ((double)((ptrdiff_t)4 << 30))

typedef struct {
  HHTDataset      dataset;
  ptrdiff_t       nx[HHT_MAX_DIM], nv[HHT_MAX_DIM]; /* of the dataset */
  ptrdiff_t       n_rows, n_cols;                   /* their products */
  PetscBool       same_x, same_v;
  ptrdiff_t       first_row; /* of `rows` */
  double complex *rows;      /* rows interpolated in x, n_cols of the dataset each; NULL if same_x */
  double complex *row[2];    /* one row, before and after interpolating one velocity axis */
  HHTResampler    v_axes[HHT_MAX_DIM];
} File;

static PetscErrorCode get_sizes(File *f, const HHTGrid *g)
{
  ptrdiff_t sizes[HHT_DATASET_MAX_RANK];

  PetscFunctionBeginUser;
  PetscCall(HHTDatasetGetSizes(f->dataset, sizes));
  f->n_rows = f->n_cols = 1;
  f->same_x = f->same_v = PETSC_TRUE;
  for (int j = 0; j < g->dim; j++) {
    f->n_rows *= f->nx[j] = sizes[j];
    f->n_cols *= f->nv[j] = sizes[g->dim + j];
    if (f->nx[j] != g->nx[j]) f->same_x = PETSC_FALSE;
    if (f->nv[j] != g->nv[j]) f->same_v = PETSC_FALSE;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode read_whole(File *f, const HHTGrid *g, const char *name, double complex **whole)
{
  const double bytes                       = (double)sizeof(double complex) * (double)f->n_rows * (double)f->n_cols;
  hsize_t      first[HHT_DATASET_MAX_RANK] = {0}, count[HHT_DATASET_MAX_RANK];

  PetscFunctionBeginUser;
  *whole = NULL;
  if (bytes > WHOLE_MAX_BYTES)
    return HHTError(
        HHT_EXIT_USAGE,
        "initial_dataset: '%s' is not on the grid's positions and takes %.1f GiB; at most 4 GiB are interpolated", name,
        bytes / (double)((ptrdiff_t)1 << 30));
  for (int j = 0; j < g->dim; j++) {
    count[j]          = (hsize_t)f->nx[j];
    count[g->dim + j] = (hsize_t)f->nv[j];
  }
  PetscCall(PetscMalloc1((size_t)(f->n_rows * f->n_cols), whole));
  PetscCall(HHTDatasetRead(f->dataset, first, count, *whole));
  PetscFunctionReturn(0);
}

/* Interpolation must keep real data exactly real. */
static PetscBool is_real(const double complex *values, ptrdiff_t n)
{
  for (ptrdiff_t i = 0; i < n; i++)
    if (cimag(values[i]) != 0) return PETSC_FALSE;
  return PETSC_TRUE;
}

static void drop_imaginary(double complex *values, ptrdiff_t n)
{
  for (ptrdiff_t i = 0; i < n; i++) values[i] = creal(values[i]);
}

/*
  Interpolates axis j of the positions; axes below j are on the grid already, cut to n_planes along axis 0. Frees
  `in`.
*/
static PetscErrorCode resample_x(const File *f, const HHTGrid *g, int j, ptrdiff_t first_plane, ptrdiff_t n_planes,
                                 double complex *in, double complex **out)
{
  const ptrdiff_t count  = j ? g->nx[j] : n_planes;
  ptrdiff_t       before = j ? n_planes : 1, after = f->n_cols;
  HHTResampler    axis;

  PetscFunctionBeginUser;
  for (int i = 1; i < j; i++) before *= g->nx[i];
  for (int i = j + 1; i < g->dim; i++) after *= f->nx[i];
  PetscCall(PetscMalloc1((size_t)(before * count * after), out));
  PetscCall(HHTResamplerCreate(f->nx[j], g->nx[j], &axis));
  PetscCall(HHTResamplerApply(axis, before, after, j ? 0 : first_plane, count, in, *out));
  PetscCall(HHTResamplerDestroy(&axis));
  PetscCall(PetscFree(in));
  PetscFunctionReturn(0);
}

/* The rows of this rank, widened to whole planes of constant x index. */
static PetscErrorCode prepare_rows(HHTInitial initial, File *f)
{
  const HHTGrid  *g          = &initial->grid;
  const ptrdiff_t plane_rows = g->n_rows / g->nx[0], first_plane = initial->first / plane_rows;
  const ptrdiff_t n_planes = (initial->first + initial->count + plane_rows - 1) / plane_rows - first_plane;
  double complex *next;
  PetscBool       real;

  PetscFunctionBeginUser;
  if (f->same_x || !initial->count) PetscFunctionReturn(0);
  PetscCall(read_whole(f, g, initial->params.dataset, &f->rows));
  real = is_real(f->rows, f->n_rows * f->n_cols);
  for (int j = 0; j < g->dim; j++) {
    PetscCall(resample_x(f, g, j, first_plane, n_planes, f->rows, &next));
    f->rows = next;
  }
  if (real) drop_imaginary(f->rows, n_planes * plane_rows * f->n_cols);
  f->first_row = first_plane * plane_rows;
  PetscFunctionReturn(0);
}

static PetscErrorCode prepare_velocities(HHTInitial initial, File *f)
{
  const HHTGrid *g        = &initial->grid;
  ptrdiff_t      n_buffer = 1;

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    n_buffer *= PetscMax(f->nv[j], g->nv[j]);
    if (!f->same_v) PetscCall(HHTResamplerCreate(f->nv[j], g->nv[j], &f->v_axes[j]));
  }
  for (int b = 0; b < 2; b++) PetscCall(PetscMalloc1((size_t)n_buffer, &f->row[b]));
  PetscFunctionReturn(0);
}

static PetscErrorCode create(HHTInitial initial)
{
  const HHTDatasetOptions options = {.path = "initial_path", .dataset = "initial_dataset"};
  const HHTInitialParams *p       = &initial->params;
  File                   *f;

  PetscFunctionBeginUser;
  if (!p->path[0])
    return HHTError(HHT_EXIT_USAGE, "initial_path: it is missing; initial_type file needs the path of an HDF5 file");
  if (!p->dataset[0])
    return HHTError(HHT_EXIT_USAGE, "initial_dataset: it is missing; initial_type file needs the name of a dataset");
  PetscCall(PetscNew(&f));
  initial->data = f;
  PetscCall(HHTDatasetOpen(&options, p->path, p->dataset, 2 * initial->grid.dim, &f->dataset));
  PetscCall(get_sizes(f, &initial->grid));
  PetscCall(prepare_rows(initial, f));
  PetscCall(prepare_velocities(initial, f));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(HHTInitial initial)
{
  File *f = initial->data;

  PetscFunctionBeginUser;
  if (!f) PetscFunctionReturn(0);
  for (int j = 0; j < HHT_MAX_DIM; j++) PetscCall(HHTResamplerDestroy(&f->v_axes[j]));
  for (int b = 0; b < 2; b++) PetscCall(PetscFree(f->row[b]));
  PetscCall(PetscFree(f->rows));
  PetscCall(HHTDatasetClose(&f->dataset));
  PetscCall(PetscFree(initial->data));
  PetscFunctionReturn(0);
}

/* Row `row` with the dataset's velocities into f->row[0]. */
static PetscErrorCode get_row(const File *f, const HHTGrid *g, ptrdiff_t row)
{
  hsize_t   first[HHT_DATASET_MAX_RANK], count[HHT_DATASET_MAX_RANK];
  ptrdiff_t index[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  if (!f->same_x) {
    memcpy(f->row[0], f->rows + (row - f->first_row) * f->n_cols, (size_t)f->n_cols * sizeof *f->rows);
    PetscFunctionReturn(0);
  }
  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) {
    first[j]          = (hsize_t)index[j];
    count[j]          = 1;
    first[g->dim + j] = 0;
    count[g->dim + j] = (hsize_t)f->nv[j];
  }
  PetscCall(HHTDatasetRead(f->dataset, first, count, f->row[0]));
  PetscFunctionReturn(0);
}

/* f->row[0] -> the grid's velocities, axis by axis */
static PetscErrorCode resample_v(File *f, const HHTGrid *g)
{
  const PetscBool real   = is_real(f->row[0], f->n_cols);
  ptrdiff_t       before = 1, after = f->n_cols;

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    double complex *out = f->row[1];
    after /= f->nv[j];
    PetscCall(HHTResamplerApply(f->v_axes[j], before, after, 0, g->nv[j], f->row[0], out));
    f->row[1] = f->row[0];
    f->row[0] = out;
    before *= g->nv[j];
  }
  if (real) drop_imaginary(f->row[0], g->n_cols);
  PetscFunctionReturn(0);
}

/* From axes that increase from -v_max to FFT order. */
static void reorder(const HHTGrid *g, const double complex *row, double complex *alpha)
{
  for (ptrdiff_t col = 0; col < g->n_cols; col++) alpha[col] = row[HHTGridIncreasing(g, col)];
}

static PetscErrorCode fill(HHTInitial initial, ptrdiff_t row, double complex *alpha)
{
  File *f = initial->data;

  PetscFunctionBeginUser;
  PetscCall(get_row(f, &initial->grid, row));
  if (!f->same_v) PetscCall(resample_v(f, &initial->grid));
  reorder(&initial->grid, f->row[0], alpha);
  PetscFunctionReturn(0);
}

static PetscBool is_real_file(HHTInitial initial)
{
  const File *f = initial->data;

  return HHTDatasetIsReal(f->dataset);
}

const HHTInitialMethods HHTInitial_File = {
    .name = "file", .create = create, .fill = fill, .is_real = is_real_file, .destroy = destroy};
