/*
  The damping is diagonal in (k, xi): the entries of the rows at rest that lie in the layer are packed into a matrix of their own,
  which is transposed; its columns, one for each xi, go through x -> k, the damping and k -> x; and back.
*/
#include "entries.h"
#include "phases.h"
#include <hht/absorber.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

struct HHTAbsorber_s {
  HHTState          state; /* borrowed */
  const HHTGrid    *grid;
  HHTAbsorberParams params;
  HHTNumbers        numbers;   /* of a spectrum in xi */
  ptrdiff_t         spectrum;  /* numbers in a row at rest */
  ptrdiff_t         n;         /* that lie in the layer */
  ptrdiff_t        *entry;     /* which, n indices; owned */
  double           *layer;     /* s_1^p .. s_d^p of each, owned */
  HHTTransform      transform; /* of n columns; NULL if n is 0 */
  void             *row;       /* n numbers */
  int               threads;
  double          **factor; /* of each thread: exp(-dt c |k_j| s_j^p), nx[0] + .. + nx[d - 1] numbers */
  HHTSum           *sums;   /* of each thread: the mass absorbed */
  double            dt;     /* of the pass in progress */
};

/* s_j^p at the signed index m of xi_j. */
static double layer_at(const HHTGrid *g, const HHTAbsorberParams *p, int j, ptrdiff_t m)
{
  const double xi_max = PETSC_PI / g->dv[j], start = p->start * xi_max, xi = (double)labs(m) * g->dxi[j];

  return xi > start ? pow((xi - start) / (xi_max - start), p->order) : 0;
}

/* s_j^p of entry i of a row at rest, which may be the half spectrum; whether any is > 0. */
static int layer_of(const HHTGrid *g, const HHTAbsorberParams *p, int half, ptrdiff_t i, double layer[])
{
  ptrdiff_t shape[HHT_MAX_DIM], index[HHT_MAX_DIM];
  int       inside = 0;

  for (int j = 0; j < g->dim; j++) shape[j] = half && j == g->dim - 1 ? g->nv[j] / 2 + 1 : g->nv[j];
  HHTUnflatten(i, g->dim, shape, index);
  for (int j = 0; j < g->dim; j++) {
    layer[j] = layer_at(g, p, j, HHTSigned(index[j], g->nv[j]));
    if (layer[j] > 0) inside = 1;
  }
  return inside;
}

static ptrdiff_t count_entries(const HHTGrid *g, const HHTAbsorberParams *p, int half)
{
  double    layer[HHT_MAX_DIM];
  ptrdiff_t n = 0;

  for (ptrdiff_t i = 0; i < HHTGridSpectrumSize(g, half); i++) n += layer_of(g, p, half, i, layer);
  return n;
}

static PetscErrorCode create_entries(HHTAbsorber a, int half)
{
  const HHTGrid *g = a->grid;
  double         layer[HHT_MAX_DIM];
  ptrdiff_t      at = 0;

  PetscFunctionBeginUser;
  a->n = count_entries(g, &a->params, half);
  PetscCall(PetscMalloc2((size_t)a->n, &a->entry, (size_t)(a->n * g->dim), &a->layer));
  for (ptrdiff_t i = 0; i < a->spectrum; i++) {
    if (!layer_of(g, &a->params, half, i, layer)) continue;
    for (int j = 0; j < g->dim; j++) a->layer[at * g->dim + j] = layer[j];
    a->entry[at++] = i;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode create_transform(HHTAbsorber a, HHTTransform of_state)
{
  MPI_Comm comm;
  int      err;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetComm(a->state, &comm));
  /* Rows are not transformed, so their plans need not be good. */
  err = HHTTransformCreate(comm, a->numbers, a->grid->dim, a->grid->nx, 1, &a->n, HHTTransformGetTranspose(of_state),
                           HHT_RIGOR_ESTIMATE, &a->transform);
  if (!err) err = HHTTransformSetThreads(a->transform, a->threads);
  if (err)
    return HHTError(HHT_EXIT_USAGE, "absorber_type: cannot set up the layer: %s; use more ranks, or absorber_type none",
                    strerror(err));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTAbsorberCreate(HHTState state, const HHTAbsorberParams *params, HHTAbsorber *absorber)
{
  HHTTransform transform;
  HHTAbsorber  a;
  ptrdiff_t    points = 0;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&a));
  *absorber = a;
  a->state  = state;
  a->params = *params;
  PetscCall(HHTStateGetGrid(state, &a->grid));
  PetscCall(HHTStateGetTransform(state, &transform));
  a->numbers  = HHTNumbersSpectrum(HHTTransformGetNumbers(transform));
  a->spectrum = HHTTransformGetSpectrumSize(transform);
  a->threads  = HHTTransformGetThreads(transform);
  PetscCall(create_entries(a, HHTNumbersAreReal(HHTTransformGetNumbers(transform))));
  if (a->n) PetscCall(create_transform(a, transform));
  PetscCall(PetscMalloc((size_t)a->n * HHTNumbersSize(a->numbers), &a->row));
  PetscCall(PetscMalloc2((size_t)a->threads, &a->factor, (size_t)a->threads, &a->sums));
  for (int j = 0; j < a->grid->dim; j++) points += a->grid->nx[j];
  for (int t = 0; t < a->threads; t++) PetscCall(PetscMalloc1((size_t)points, &a->factor[t]));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTAbsorberDestroy(HHTAbsorber *absorber)
{
  HHTAbsorber a = *absorber;

  PetscFunctionBeginUser;
  if (!a) PetscFunctionReturn(0);
  for (int t = 0; t < a->threads; t++) PetscCall(PetscFree(a->factor[t]));
  PetscCall(PetscFree2(a->factor, a->sums));
  PetscCall(PetscFree(a->row));
  HHTCallErrno(HHTTransformDestroy(&a->transform));
  PetscCall(PetscFree2(a->entry, a->layer));
  PetscCall(PetscFree(*absorber));
  PetscFunctionReturn(0);
}

/* Row i of this rank at rest. */
static void *rest_row(HHTAbsorber a, HHTTransform of_state, ptrdiff_t i)
{
  return HHTEntryAt(a->numbers, HHTTransformGetRest(of_state), i * a->spectrum);
}

static void copy_entry(HHTNumbers numbers, void *from, ptrdiff_t i, void *to, ptrdiff_t k)
{
  memcpy(HHTEntryAt(numbers, to, k), HHTEntryAt(numbers, from, i), HHTNumbersSize(numbers));
}

static void pack(HHTAbsorber a, HHTTransform of_state)
{
  ptrdiff_t first, count;

  HHTTransformGetRows(of_state, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) {
    void *row = rest_row(a, of_state, i);

    for (ptrdiff_t m = 0; m < a->n; m++) copy_entry(a->numbers, row, a->entry[m], a->row, m);
    HHTTransformStoreRow(a->transform, first + i, a->row);
  }
}

static void unpack(HHTAbsorber a, HHTTransform of_state)
{
  ptrdiff_t first, count;

  HHTTransformGetRows(of_state, &first, &count);
  for (ptrdiff_t i = 0; i < count; i++) {
    void *row = rest_row(a, of_state, i);

    HHTTransformLoadRow(a->transform, first + i, a->row);
    for (ptrdiff_t m = 0; m < a->n; m++) copy_entry(a->numbers, a->row, m, row, a->entry[m]);
  }
}

/* exp(-dt c |k_j| s_j^p) for every k_j of every dimension; factor[j] points to those of dimension j. */
static void set_factors(HHTAbsorber a, ptrdiff_t column, double *table, const double *factor[])
{
  const HHTGrid *g = a->grid;

  for (int j = 0; j < g->dim; j++) {
    const double rate = a->params.strength * a->layer[column * g->dim + j] * g->dk[j];

    factor[j] = table;
    for (ptrdiff_t i = 0; i < g->nx[j]; i++) *table++ = exp(-a->dt * rate * (double)labs(HHTSigned(i, g->nx[j])));
  }
}

/* in k: the damping, the normalisation of the transforms, and the mass that goes */
static void damp_column(void *ctx, ptrdiff_t column, void *line)
{
  HHTAbsorber    a    = ctx;
  const HHTGrid *g    = a->grid;
  const int      self = HHTTransformThread();
  const double  *factor[HHT_MAX_DIM];
  const double   scale = 1 / (double)g->n_rows;
  double         lost  = 0;
  ptrdiff_t      index[HHT_MAX_DIM];

  set_factors(a, column, a->factor[self], factor);
  for (ptrdiff_t i = 0; i < g->n_rows; i++) {
    double left = 1;

    HHTUnflatten(i, g->dim, g->nx, index);
    for (int j = 0; j < g->dim; j++) left *= factor[j][index[j]];
    lost += (1 - left * left) * HHTEntryNorm2(a->numbers, line, i);
    HHTEntrySet(a->numbers, line, i, left * scale * HHTEntryGet(a->numbers, line, i));
  }
  HHTSumAdd(&a->sums[self], lost * scale);
}

PetscErrorCode HHTAbsorberApply(HHTAbsorber a, double dt, double *mass)
{
  const HHTColumnOperators damp = {.ctx = a, .in_k = damp_column};
  HHTTransform             of_state;
  MPI_Comm                 comm;

  PetscFunctionBeginUser;
  *mass = 0;
  if (!a->n) PetscFunctionReturn(0);
  PetscCall(HHTStateGetComm(a->state, &comm));
  PetscCall(HHTStateGetTransform(a->state, &of_state));
  a->dt = dt;
  for (int t = 0; t < a->threads; t++) HHTSumClear(&a->sums[t]);
  pack(a, of_state);
  HHTCallErrno(HHTTransformToColumns(a->transform));
  HHTCallErrno(HHTTransformColumns(a->transform, &damp));
  HHTCallErrno(HHTTransformToRows(a->transform));
  unpack(a, of_state);
  for (int t = 1; t < a->threads; t++) HHTSumMerge(&a->sums[0], &a->sums[t]);
  HHTCallErrno(HHTSumAllreduce(comm, a->sums, 1));
  *mass = HHTSumValue(&a->sums[0]);
  PetscCall(HHTStateChanged(a->state));
  PetscFunctionReturn(0);
}

double HHTAbsorberBytes(const HHTGrid *g, HHTNumbers numbers, const HHTAbsorberParams *p)
{
  const double entry = (double)HHTNumbersSize(HHTNumbersSpectrum(numbers));

  if (p->type == HHT_ABSORBER_NONE) return 0;
  return 2 * entry * (double)g->n_rows * (double)count_entries(g, p, HHTNumbersAreReal(numbers));
}

double HHTAbsorberTransmission(const HHTGrid *g, const HHTAbsorberParams *p, int j)
{
  const double width = (1 - p->start) * PETSC_PI / g->dv[j];

  return p->type == HHT_ABSORBER_NONE ? 1 : exp(-2 * p->strength * width / (p->order + 1));
}
