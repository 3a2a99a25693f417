#include "sample.h"
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>

#define SCATTER_BYTES 28 /* for each number, of PETSc's scatter; measured */

/* Whether the indices of entry `flat` are all multiples of the stride. */
static PetscBool is_sampled(int dim, const ptrdiff_t n[], ptrdiff_t flat, int stride)
{
  ptrdiff_t index[HHT_MAX_DIM];

  HHTUnflatten(flat, dim, n, index);
  for (int j = 0; j < dim; j++)
    if (index[j] % stride) return PETSC_FALSE;
  return PETSC_TRUE;
}

static PetscInt count_sampled(int dim, const ptrdiff_t n[], ptrdiff_t first, ptrdiff_t count, int stride)
{
  PetscInt sampled = 0;

  for (ptrdiff_t i = first; i < first + count; i++) sampled += is_sampled(dim, n, i, stride) ? 1 : 0;
  return sampled;
}

/* Sampled rows keep their order, and columns of even index in FFT order are those of the coarser grid. */
static PetscErrorCode fill(HHTState state, int stride, Vec alpha)
{
  const HHTGrid  *g;
  ptrdiff_t       first, count;
  double complex *row;
  PetscScalar    *next, *begin;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetRows(state, &first, &count));
  PetscCall(PetscMalloc1((size_t)g->n_cols, &row));
  PetscCall(VecGetArray(alpha, &begin));
  next = begin;
  for (ptrdiff_t i = first; i < first + count; i++) {
    if (!is_sampled(g->dim, g->nx, i, stride)) continue;
    PetscCall(HHTStateGetAlphaRow(state, i, row));
    for (ptrdiff_t c = 0; c < g->n_cols; c++)
      if (is_sampled(g->dim, g->nv, c, stride)) *next++ = row[c];
  }
  PetscCall(VecRestoreArray(alpha, &begin));
  PetscCall(PetscFree(row));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSampleCreate(HHTState state, int stride, Vec *alpha)
{
  const HHTGrid *g;
  ptrdiff_t      first, count;
  MPI_Comm       comm;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetComm(state, &comm));
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateGetRows(state, &first, &count));
  PetscCall(VecCreateMPI(
      comm, count_sampled(g->dim, g->nx, first, count, stride) * count_sampled(g->dim, g->nv, 0, g->n_cols, stride),
      PETSC_DETERMINE, alpha));
  PetscCall(fill(state, stride, *alpha));
  PetscFunctionReturn(0);
}

double HHTSampleCompareBytes(const HHTGrid *g, int stride, int ranks)
{
  const double rows = ceil((double)g->n_rows / ranks), number = sizeof(PetscScalar);

  return rows * (double)g->n_cols * (2 * number + (stride > 1 && ranks > 1 ? number + SCATTER_BYTES : 0));
}

static PetscErrorCode are_spread_alike(Vec a, Vec b, int *alike)
{
  PetscInt n_a, n_b;

  PetscFunctionBeginUser;
  PetscCall(VecGetLocalSize(a, &n_a));
  PetscCall(VecGetLocalSize(b, &n_b));
  *alike = n_a == n_b;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, alike, 1, MPI_INT, MPI_LAND, PetscObjectComm((PetscObject)a)));
  PetscFunctionReturn(0);
}

/* b where a has its numbers; b itself where it has */
static PetscErrorCode redistribute(Vec a, Vec b, Vec *moved)
{
  PetscInt   first, end;
  IS         own;
  VecScatter scatter;
  int        alike;

  PetscFunctionBeginUser;
  PetscCall(are_spread_alike(a, b, &alike));
  if (alike) {
    PetscCall(PetscObjectReference((PetscObject)b));
    *moved = b;
    PetscFunctionReturn(0);
  }
  PetscCall(VecDuplicate(a, moved));
  PetscCall(VecGetOwnershipRange(a, &first, &end));
  PetscCall(ISCreateStride(PetscObjectComm((PetscObject)a), end - first, first, 1, &own));
  PetscCall(VecScatterCreate(b, own, *moved, own, &scatter));
  PetscCall(VecScatterBegin(scatter, b, *moved, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecScatterEnd(scatter, b, *moved, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecScatterDestroy(&scatter));
  PetscCall(ISDestroy(&own));
  PetscFunctionReturn(0);
}

/* sum |a|^2 by rows, exactly, and max |a| */
static PetscErrorCode measure(Vec a, PetscInt n_cols, double *norm2, double *largest)
{
  const PetscScalar *x;
  PetscInt           n;
  HHTSum             sum;
  MPI_Comm           comm = PetscObjectComm((PetscObject)a);

  PetscFunctionBeginUser;
  HHTSumClear(&sum);
  *largest = 0;
  PetscCall(VecGetLocalSize(a, &n));
  PetscCall(VecGetArrayRead(a, &x));
  for (PetscInt i = 0; i < n; i += n_cols) {
    double row = 0;

    for (PetscInt c = i; c < i + n_cols; c++) {
      row += PetscRealPart(x[c]) * PetscRealPart(x[c]) + PetscImaginaryPart(x[c]) * PetscImaginaryPart(x[c]);
      *largest = fmax(*largest, PetscAbsScalar(x[c]));
    }
    HHTSumAdd(&sum, row);
  }
  PetscCall(VecRestoreArrayRead(a, &x));
  HHTCallErrno(HHTSumAllreduce(comm, &sum, 1));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, largest, 1, MPI_DOUBLE, MPI_MAX, comm));
  *norm2 = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSampleCompare(Vec a, Vec b, PetscInt n_cols, double cell, HHTDistance *d)
{
  Vec    difference;
  double norm2, difference2;

  PetscFunctionBeginUser;
  PetscCall(redistribute(a, b, &difference));
  PetscCall(VecAXPY(difference, -1, a));
  PetscCall(measure(a, n_cols, &norm2, &d->largest));
  PetscCall(measure(difference, n_cols, &difference2, &d->largest_difference));
  d->norm       = sqrt(norm2 * cell);
  d->difference = sqrt(difference2 * cell);
  PetscCall(VecDestroy(&difference));
  PetscFunctionReturn(0);
}
