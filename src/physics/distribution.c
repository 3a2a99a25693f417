#include "line_values.h"
#include <hht/distribution.h>
#include <hht/error.h>
#include <math.h>

enum { NEGATIVE, TOTAL, SQUARE, ENTROPY };

void HHTDistributionClear(HHTDistributionSum *s)
{
  for (int i = 0; i < 4; i++) HHTSumClear(&s->sum[i]);
  s->min = INFINITY;
  s->max = -INFINITY;
}

void HHTDistributionAdd(HHTDistributionSum *s, ptrdiff_t n, const double f[])
{
  const HHTLineValues v     = HHTLineValuesOf(HHT_REAL, HHT_DISTRIBUTION, 1, n, f);
  double              total = 0;

  for (ptrdiff_t i = 0; i < n; i++) {
    total += f[i];
    s->max = fmax(s->max, f[i]);
  }
  s->min = fmin(s->min, v.min);
  HHTSumAdd(&s->sum[NEGATIVE], v.negative);
  HHTSumAdd(&s->sum[TOTAL], total);
  HHTSumAdd(&s->sum[SQUARE], v.square);
  HHTSumAdd(&s->sum[ENTROPY], v.entropy);
}

PetscErrorCode HHTDistributionGet(MPI_Comm comm, const HHTGrid *g, HHTDistributionSum *s, HHTDistributionValues *v)
{
  const double cell = g->cell_x * g->cell_v;

  PetscFunctionBeginUser;
  HHTCallErrno(HHTSumAllreduce(comm, s->sum, 4));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &s->min, 1, MPI_DOUBLE, MPI_MIN, comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &s->max, 1, MPI_DOUBLE, MPI_MAX, comm));
  *v    = (HHTDistributionValues){.min           = s->min,
                                  .max           = s->max,
                                  .negative_mass = cell * HHTSumValue(&s->sum[NEGATIVE]),
                                  .l2            = sqrt(cell * HHTSumValue(&s->sum[SQUARE])),
                                  .entropy       = cell * HHTSumValue(&s->sum[ENTROPY])};
  v->l1 = cell * HHTSumValue(&s->sum[TOTAL]) + 2 * v->negative_mass;
  PetscFunctionReturn(0);
}
