/*
  The convolutions with Gamma and grad Gamma, as one pass over the x grid seen as a matrix: rows are planes of the first dimension,
  columns run along it. One complex pass carries two real results, because the convolutions of a real function are real: the
  symbol S_a + i S_b leaves one in the real part, the other in the imaginary part. Gamma is even, its symbol real; d_j Gamma is
  odd, its symbol i D_j with D_j real: only real numbers are stored.

  Row transforms run backward first (HHT_ROWS_OPEN), so that along dimensions 2 and 3 entry m belongs to the wave number -m dk.
*/
#include "phases.h"
#include "truncated_kernel.h"
#include <hht/error.h>
#include <hht/mean_field.h>
#include <math.h>
#include <string.h>

#define DISTRIBUTED_POINTS ((ptrdiff_t)1 << 20) /* fewer are solved faster than they are sent */

struct HHTMeanField_s {
  MPI_Comm     comm; /* PETSc's reference */
  HHTGrid      grid;
  HHTPotential potential; /* borrowed */
  PetscBool    zero, distributed;
  ptrdiff_t    n[HHT_MAX_DIM]; /* the transform's points: nx, or twice that with the free boundary */
  ptrdiff_t    plane, points;  /* n[1] n[2], n[0] n[1] n[2] */
  HHTTransform transform;
  double      *symbol[HHT_MAX_DIM + 1]; /* D_1 .. D_d, Gamma on this rank's columns, n[0] numbers each; owned */
  int         *counts, *offsets;        /* numbers of a result on each rank */
};

/* What the operators of one pass see. */
typedef struct {
  HHTMeanField field;
  ptrdiff_t    first_column;
  int          a, b;          /* components: 0 .. d - 1 the gradient, d Gamma; b < 0: none */
  double      *out_a, *out_b; /* whole arrays; results are added to them */
} Pass;

/* The transform's points, and how many there are. */
static ptrdiff_t set_points(const HHTGrid *g, HHTBoundary boundary, ptrdiff_t n[HHT_MAX_DIM])
{
  ptrdiff_t points = 1;

  for (int j = 0; j < HHT_MAX_DIM; j++) {
    n[j] = j < g->dim && boundary == HHT_FREE ? 2 * g->nx[j] : g->nx[j];
    points *= n[j];
  }
  return points;
}

static PetscBool is_distributed(HHTFieldType type, int dim, ptrdiff_t points, int ranks)
{
  if (type != HHT_FIELD_AUTO) return type == HHT_FIELD_DISTRIBUTED ? PETSC_TRUE : PETSC_FALSE;
  return ranks > 1 && dim > 1 && points >= DISTRIBUTED_POINTS ? PETSC_TRUE : PETSC_FALSE;
}

double HHTMeanFieldBytes(const HHTGrid *g, HHTBoundary boundary, HHTFieldType type, int ranks)
{
  ptrdiff_t       n[HHT_MAX_DIM];
  const ptrdiff_t points = set_points(g, boundary, n);
  const double    share  = is_distributed(type, g->dim, points, ranks) ? ceil((double)n[0] / ranks) / (double)n[0] : 1;

  return (double)points * share * (double)(2 * sizeof(double complex) + (size_t)(g->dim + 1) * sizeof(double));
}

static PetscErrorCode create_transform(HHTMeanField f, HHTFieldType type, HHTRigor rigor)
{
  const HHTPotentialParams *params;
  PetscMPIInt               size;
  int                       err;

  PetscFunctionBeginUser;
  PetscCall(HHTPotentialGetParams(f->potential, &params));
  PetscCallMPI(MPI_Comm_size(f->comm, &size));
  f->points      = set_points(&f->grid, params->boundary, f->n);
  f->plane       = f->points / f->n[0];
  f->distributed = is_distributed(type, f->grid.dim, f->points, size);
  /* Ranks that solve alone would measure different plans, and get different bits. */
  if (!f->distributed) rigor = HHT_RIGOR_ESTIMATE;
  err = HHTTransformCreate(f->distributed ? f->comm : MPI_COMM_SELF, HHT_COMPLEX, 1, f->n, f->grid.dim - 1, f->n + 1,
                           HHT_TRANSPOSE_ALLTOALL, rigor, &f->transform);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "grid_nx: cannot set up the field solver: %s; use fewer points, or more ranks",
                    strerror(err));
  PetscFunctionReturn(0);
}

/* How the result, planes of the unpadded grid, is spread over the ranks. */
static PetscErrorCode create_counts(HHTMeanField f)
{
  PetscMPIInt size;
  ptrdiff_t   first, count, end, inner = f->grid.n_rows / f->grid.nx[0];

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(f->comm, &size));
  PetscCall(PetscMalloc2(size, &f->counts, size, &f->offsets));
  HHTTransformGetRows(f->transform, &first, &count);
  end   = PetscMin(first + count, f->grid.nx[0]);
  first = PetscMin(first, f->grid.nx[0]);
  HHTCallErrno(HHTTransformShares(f->comm, first * inner, PetscMax(0, end - first) * inner, f->counts, f->offsets));
  PetscFunctionReturn(0);
}

/* Periodic: symbols are Gamma_k and k_j Gamma_k over the number of points, and 0 where zero padding is. */
static PetscErrorCode set_periodic_symbols(HHTMeanField f, ptrdiff_t column, ptrdiff_t local)
{
  const HHTGrid *g = &f->grid;
  ptrdiff_t      index[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < f->n[0]; i++) {
    double k[HHT_MAX_DIM], gamma;

    HHTUnflatten(i * f->plane + column, g->dim, f->n, index);
    for (int j = 0; j < g->dim; j++) k[j] = (j ? -1 : 1) * g->dk[j] * (double)HHTSigned(index[j], f->n[j]);
    PetscCall(HHTPotentialSymbol(f->potential, k, &gamma));
    gamma *= HHTIsKept(g->dim, g->nx, g->kept_k, index) / (double)f->points;
    f->symbol[g->dim][local * f->n[0] + i] = gamma;
    for (int j = 0; j < g->dim; j++) f->symbol[j][local * f->n[0] + i] = 2 * index[j] == f->n[j] ? 0 : k[j] * gamma;
  }
  PetscFunctionReturn(0);
}

/* Free: the kernel at the displacement of plane i, entry j of the padded grid; 0 at a displacement of a whole box, which no two points have. */
static PetscErrorCode kernel_value(HHTMeanField f, const HHTTruncatedKernel *truncated, ptrdiff_t flat, int component,
                                   double *value)
{
  ptrdiff_t index[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double    x[HHT_MAX_DIM], gamma, gradient[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  *value = 0;
  HHTUnflatten(flat, f->grid.dim, f->n, index);
  for (int j = 0; j < f->grid.dim; j++) {
    if (2 * index[j] == f->n[j]) PetscFunctionReturn(0);
    m[j] = HHTSigned(index[j], f->n[j]);
    x[j] = (double)m[j] * f->grid.dx[j];
  }
  PetscCall(HHTPotentialSmoothValue(f->potential, x, &gamma, gradient));
  *value = (component < f->grid.dim ? gradient[component] : gamma) + HHTTruncatedKernelAt(truncated, m);
  *value *= f->grid.cell_x / (double)f->points;
  PetscFunctionReturn(0);
}

static void keep_symbol(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line   = data;
  const Pass     *p      = ctx;
  HHTMeanField    f      = p->field;
  double         *symbol = f->symbol[p->a] + (column - p->first_column) * f->n[0];

  for (ptrdiff_t i = 0; i < f->n[0]; i++) symbol[i] = p->a < f->grid.dim ? cimag(line[i]) : creal(line[i]);
}

static PetscErrorCode set_free_symbols(HHTMeanField f, int component)
{
  Pass                     pass = {.field = f, .a = component};
  const HHTRowOperators    none = {0};
  const HHTColumnOperators keep = {.ctx = &pass, .in_k = keep_symbol};
  ptrdiff_t                first, count;
  double complex          *rest = HHTTransformGetRest(f->transform);
  double                   value;
  HHTTruncatedKernel       truncated;

  PetscFunctionBeginUser;
  PetscCall(HHTTruncatedKernelCreate(f->potential, &f->grid, component < f->grid.dim ? component : -1, &truncated));
  HHTTransformGetRows(f->transform, &first, &count);
  for (ptrdiff_t i = 0; i < count * f->plane; i++) {
    PetscCall(kernel_value(f, &truncated, first * f->plane + i, component, &value));
    rest[i] = value;
  }
  PetscCall(HHTTruncatedKernelDestroy(&truncated));
  HHTTransformGetColumns(f->transform, &pass.first_column, &count);
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_OPEN, &none));
  HHTCallErrno(HHTTransformReadColumns(f->transform, &keep));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_symbols(HHTMeanField f)
{
  const HHTPotentialParams *params;
  ptrdiff_t                 first, count;

  PetscFunctionBeginUser;
  HHTTransformGetColumns(f->transform, &first, &count);
  for (int c = 0; c <= f->grid.dim; c++) PetscCall(PetscMalloc1((size_t)(count * f->n[0]), &f->symbol[c]));
  PetscCall(HHTPotentialGetParams(f->potential, &params));
  if (params->boundary == HHT_FREE)
    for (int c = 0; c <= f->grid.dim; c++) PetscCall(set_free_symbols(f, c));
  else
    for (ptrdiff_t i = 0; i < count; i++) PetscCall(set_periodic_symbols(f, first + i, i));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldCreate(MPI_Comm comm, const HHTGrid *grid, HHTPotential potential, HHTFieldType type,
                                  HHTRigor rigor, HHTMeanField *field)
{
  HHTMeanField f;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *field = f;
  PetscCall(PetscCommDuplicate(comm, &f->comm, NULL));
  f->grid      = *grid;
  f->potential = potential;
  PetscCall(HHTPotentialIsZero(potential, &f->zero));
  if (f->zero) PetscFunctionReturn(0);
  PetscCall(create_transform(f, type, rigor));
  PetscCall(create_counts(f));
  PetscCall(create_symbols(f));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldDestroy(HHTMeanField *field)
{
  HHTMeanField f = *field;

  PetscFunctionBeginUser;
  if (!f) PetscFunctionReturn(0);
  for (int c = 0; c <= HHT_MAX_DIM; c++) PetscCall(PetscFree(f->symbol[c]));
  PetscCall(PetscFree2(f->counts, f->offsets));
  HHTCallErrno(HHTTransformDestroy(&f->transform));
  PetscCall(PetscCommDestroy(&f->comm));
  PetscCall(PetscFree(f));
  *field = NULL;
  PetscFunctionReturn(0);
}

/* rest = the real input, padded with zeros */
static void load(HHTMeanField f, const double input[])
{
  const HHTGrid  *g = &f->grid;
  ptrdiff_t       first, count;
  double complex *rest = HHTTransformGetRest(f->transform);

  HHTTransformGetRows(f->transform, &first, &count);
  memset(rest, 0, (size_t)(count * f->plane) * sizeof *rest);
  for (ptrdiff_t i = first; i < first + count && i < g->nx[0]; i++)
    for (ptrdiff_t k = 0; k < g->nx[1]; k++)
      for (ptrdiff_t l = 0; l < g->nx[2]; l++)
        rest[(i - first) * f->plane + k * f->n[2] + l] = input[(i * g->nx[1] + k) * g->nx[2] + l];
}

static double complex component_symbol(HHTMeanField f, int component, ptrdiff_t at)
{
  double value = f->symbol[component][at];

  return component < f->grid.dim ? CMPLX(0, value) : CMPLX(value, 0);
}

static void multiply_symbol(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line = data;
  const Pass     *p    = ctx;
  HHTMeanField    f    = p->field;
  ptrdiff_t       base = (column - p->first_column) * f->n[0];

  for (ptrdiff_t i = 0; i < f->n[0]; i++) {
    double complex s = component_symbol(f, p->a, base + i);

    if (p->b >= 0) s += HHTMultiply(CMPLX(0, 1), component_symbol(f, p->b, base + i));
    line[i] = HHTMultiply(line[i], s);
  }
}

static void add_result(void *ctx, ptrdiff_t plane, void *data)
{
  double complex *line = data;
  const Pass     *p    = ctx;
  HHTMeanField    f    = p->field;
  const HHTGrid  *g    = &f->grid;

  if (plane >= g->nx[0]) return;
  for (ptrdiff_t k = 0; k < g->nx[1]; k++)
    for (ptrdiff_t l = 0; l < g->nx[2]; l++) {
      ptrdiff_t      row = (plane * g->nx[1] + k) * g->nx[2] + l;
      double complex z   = line[k * f->n[2] + l];

      p->out_a[row] += creal(z);
      if (p->b >= 0) p->out_b[row] += cimag(z);
    }
}

/* out_a += (S_a * input), out_b += (S_b * input), on this rank's planes */
static PetscErrorCode convolve(HHTMeanField f, const double input[], int a, int b, double out_a[], double out_b[])
{
  Pass                     pass = {.field = f, .a = a, .b = b, .out_a = out_a, .out_b = out_b};
  const HHTRowOperators    none = {0}, add = {.ctx = &pass, .in_xi = add_result};
  const HHTColumnOperators multiply = {.ctx = &pass, .in_k = multiply_symbol};
  ptrdiff_t                count;

  PetscFunctionBeginUser;
  load(f, input);
  HHTTransformGetColumns(f->transform, &pass.first_column, &count);
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_OPEN, &none));
  HHTCallErrno(HHTTransformToColumns(f->transform));
  HHTCallErrno(HHTTransformColumns(f->transform, &multiply));
  HHTCallErrno(HHTTransformToRows(f->transform));
  HHTCallErrno(HHTTransformRows(f->transform, HHT_ROWS_CLOSE, &add));
  PetscFunctionReturn(0);
}

/* Gives every rank the planes of all. */
static PetscErrorCode gather(HHTMeanField f, double whole[])
{
  PetscFunctionBeginUser;
  if (f->distributed)
    PetscCallMPI(MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DOUBLE, whole, f->counts, f->offsets, MPI_DOUBLE, f->comm));
  PetscFunctionReturn(0);
}

/* phi goes alone, so that asking for it does not change the bits of grad phi. */
PetscErrorCode HHTMeanFieldForce(HHTMeanField f, const double rho[], double grad_phi[], double phi[])
{
  const ptrdiff_t n = f->grid.n_rows;
  const int       d = f->grid.dim, components = phi ? d + 1 : d;
  double         *out[HHT_MAX_DIM + 2];

  PetscFunctionBeginUser;
  for (int c = 0; c < d; c++) out[c] = grad_phi + c * n;
  out[d] = phi;
  for (int c = 0; c < components; c++) PetscCall(PetscArrayzero(out[c], (size_t)n));
  if (f->zero) PetscFunctionReturn(0);
  for (int c = 0; c < d; c += 2) {
    int b = c + 1 < d ? c + 1 : -1;

    PetscCall(convolve(f, rho, c, b, out[c], b < 0 ? NULL : out[b]));
  }
  if (phi) PetscCall(convolve(f, rho, d, -1, phi, NULL));
  for (int c = 0; c < components; c++) PetscCall(gather(f, out[c]));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldPhase(HHTMeanField f, const double J[], double g[])
{
  const ptrdiff_t n = f->grid.n_rows;

  PetscFunctionBeginUser;
  PetscCall(PetscArrayzero(g, (size_t)n));
  if (f->zero) PetscFunctionReturn(0);
  for (int j = 0; j < f->grid.dim; j++) PetscCall(convolve(f, J + j * n, j, -1, g, NULL));
  PetscCall(gather(f, g));
  PetscFunctionReturn(0);
}

static PetscErrorCode force(void *mean, const double rho[], double grad_phi[], double phi[])
{
  return HHTMeanFieldForce(mean, rho, grad_phi, phi);
}

static PetscErrorCode phase(void *mean, const double J[], double g[]) { return HHTMeanFieldPhase(mean, J, g); }

PetscErrorCode HHTMeanFieldGetField(HHTMeanField mean, HHTField *field)
{
  PetscFunctionBeginUser;
  *field = (HHTField){.ctx = mean, .force = force, .phase = phase, .energy_share = 0.5};
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMeanFieldIsDistributed(HHTMeanField f, PetscBool *distributed)
{
  PetscFunctionBeginUser;
  *distributed = f->distributed;
  PetscFunctionReturn(0);
}
