#include "bench_impl.h"
#include <math.h>

typedef struct {
  const HHTGrid *grid;
  HHTNumbers     numbers;
} Synthetic;

/* A Gaussian in v; complex: with a phase that turns with x and v, real: shifted with x. */
static PetscErrorCode synthetic_row(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Synthetic *s = ctx;
  const HHTGrid   *g = s->grid;
  ptrdiff_t        i[HHT_MAX_DIM], m[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  HHTUnflatten(row, g->dim, g->nx, i);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    double v2 = 0, turn = 0;

    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) {
      double v = HHTGridV(g, j, m[j]);

      v2 += v * v;
      turn += 0.1 * v * cos(g->dk[j] * HHTGridX(g, j, i[j]));
    }
    alpha[c] = exp(-v2 / 4) * (HHTNumbersAreReal(s->numbers) ? exp(turn) : cexp(I * turn));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchProblemCreate(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeType transpose,
                                     HHTProblem *p)
{
  Synthetic synthetic = {&c->grid, numbers};

  PetscFunctionBeginUser;
  PetscCall(PetscMemzero(p, sizeof *p));
  PetscCall(HHTCaseCreatePotential(comm, c, &p->potential));
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(HHTStateCreate(comm, &c->grid, numbers, transpose, c->rigor, &p->state));
  PetscCall(HHTStateSetThreads(p->state, PetscMax(1, c->threads)));
  PetscCall(HHTStateSetAmplitude(p->state, synthetic_row, &synthetic, 1));
  PetscCall(HHTFlowCreate(p->state, p->field, &p->flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchStep(HHTFlow flow, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowPotential(flow, dt / 2));
  PetscCall(HHTFlowKinetic(flow, dt));
  PetscCall(HHTFlowPotential(flow, dt / 2));
  PetscFunctionReturn(0);
}
