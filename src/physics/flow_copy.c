#include "entries.h"
#include <hht/error.h>
#include <hht/flow_copy.h>
#include <hht/sum.h>
#include <math.h>

struct HHTFlowCopy_s {
  HHTFlow         flow; /* borrowed */
  HHTState        state;
  HHTTransform    transform;
  HHTNumbers      numbers;   /* of a row at rest */
  ptrdiff_t       row, rows; /* numbers in one, and how many this rank has */
  HHTFlowProgress progress;  /* rho and J are owned */
  void           *values;
};

PetscErrorCode HHTFlowCopyCreate(HHTFlow flow, HHTFlowCopy *copy)
{
  HHTFlowCopy    c;
  const HHTGrid *g;
  ptrdiff_t      first;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  *copy   = c;
  c->flow = flow;
  PetscCall(HHTFlowGetState(flow, &c->state));
  PetscCall(HHTStateGetGrid(c->state, &g));
  PetscCall(HHTStateGetTransform(c->state, &c->transform));
  PetscCall(HHTStateGetRows(c->state, &first, &c->rows));
  PetscCall(HHTFlowGetRowFormat(flow, PETSC_FALSE, &c->row, &c->numbers));
  PetscCall(PetscMalloc2((size_t)g->n_rows, &c->progress.rho, (size_t)(g->dim * g->n_rows), &c->progress.J));
  PetscCall(PetscMalloc((size_t)(c->rows * c->row) * HHTNumbersSize(c->numbers), &c->values));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowCopyDestroy(HHTFlowCopy *copy)
{
  HHTFlowCopy c = *copy;

  PetscFunctionBeginUser;
  if (!c) PetscFunctionReturn(0);
  PetscCall(PetscFree2(c->progress.rho, c->progress.J));
  PetscCall(PetscFree(c->values));
  PetscCall(PetscFree(c));
  *copy = NULL;
  PetscFunctionReturn(0);
}

static size_t bytes(const HHTFlowCopy c) { return (size_t)(c->rows * c->row) * HHTNumbersSize(c->numbers); }

PetscErrorCode HHTFlowCopySave(HHTFlowCopy c)
{
  HHTFlowProgress now;
  double         *rho = c->progress.rho, *J = c->progress.J;
  const HHTGrid  *g;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowFinish(c->flow));
  PetscCall(HHTStateGetGrid(c->state, &g));
  PetscCall(HHTFlowGetProgress(c->flow, &now));
  PetscCall(PetscArraycpy(rho, now.rho, (size_t)g->n_rows));
  PetscCall(PetscArraycpy(J, now.J, (size_t)(g->dim * g->n_rows)));
  c->progress     = now;
  c->progress.rho = rho;
  c->progress.J   = J;
  PetscCall(PetscMemcpy(c->values, HHTTransformGetRest(c->transform), bytes(c)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTFlowCopyRestore(HHTFlowCopy c)
{
  PetscFunctionBeginUser;
  PetscCall(PetscMemcpy(HHTTransformGetRest(c->transform), c->values, bytes(c)));
  PetscCall(HHTFlowSetProgress(c->flow, &c->progress));
  PetscFunctionReturn(0);
}

/* sum |a - b|^2 over numbers first .. first + n */
static inline double difference2(HHTNumbers numbers, const void *a, const void *b, ptrdiff_t first, ptrdiff_t n)
{
  double sum = 0;

  for (ptrdiff_t i = first; i < first + n; i++) {
    const double complex d = HHTEntryGet(numbers, a, i) - HHTEntryGet(numbers, b, i);

    sum += HHTNorm2(d);
  }
  return sum;
}

PetscErrorCode HHTFlowCopyDistance(HHTFlowCopy c, double *distance)
{
  const void *rest = HHTTransformGetRest(c->transform);
  MPI_Comm    comm;
  HHTSum      sum;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetComm(c->state, &comm));
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < c->rows; i++)
    HHTSumAdd(&sum, c->numbers == HHT_COMPLEX ? difference2(HHT_COMPLEX, rest, c->values, i * c->row, c->row)
                                              : difference2(HHT_SINGLE_COMPLEX, rest, c->values, i * c->row, c->row));
  HHTCallErrno(HHTSumAllreduce(comm, &sum, 1));
  *distance = sqrt(HHTSumValue(&sum));
  PetscFunctionReturn(0);
}
