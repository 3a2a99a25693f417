/* The three views of one time, row by row. */
#include "views_impl.h"
#include <hht/error.h>
#include <hht/watchdog.h>
#include <math.h>

const HHTView HHTViewPairs[HHT_PAIRS][2] = {{HHT_VIEW_HHT, HHT_VIEW_CHARACTERISTICS},
                                            {HHT_VIEW_HHT, HHT_VIEW_VLASOV},
                                            {HHT_VIEW_CHARACTERISTICS, HHT_VIEW_VLASOV}};

const char *HHTViewName(HHTView view)
{
  static const char *const names[] = {"hht", "characteristics", "vlasov"};

  return names[view];
}

/* Room for one row of each, n_cols numbers, velocities in FFT order. */
typedef struct {
  double complex *alpha, *moved, *f; /* alpha of (HHt), and along characteristics; f of (Vl) */
  double         *z, *phase;         /* 2 d n_cols and n_cols */
  double         *view[HHT_VIEWS], *difference;
} Rows;

typedef struct {
  HHTDistributionSum value[HHT_VIEWS], difference[HHT_PAIRS], amplitude;
} Sums;

static PetscErrorCode create_rows(const HHTGrid *g, Rows *r)
{
  const size_t n = (size_t)g->n_cols, d = (size_t)g->dim;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc3(n, &r->alpha, n, &r->moved, n, &r->f));
  PetscCall(PetscMalloc3(2 * d * n, &r->z, n, &r->phase, n, &r->difference));
  PetscCall(PetscMalloc3(n, &r->view[0], n, &r->view[1], n, &r->view[2]));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy_rows(Rows *r)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree3(r->alpha, r->moved, r->f));
  PetscCall(PetscFree3(r->z, r->phase, r->difference));
  PetscCall(PetscFree3(r->view[0], r->view[1], r->view[2]));
  PetscFunctionReturn(0);
}

static void set_points(const HHTGrid *g, ptrdiff_t row, double z[])
{
  ptrdiff_t x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, x);
  for (ptrdiff_t i = 0; i < g->n_cols; i++) {
    HHTUnflatten(i, g->dim, g->nv, v);
    for (int j = 0; j < g->dim; j++) {
      z[j * g->n_cols + i]            = HHTGridX(g, j, x[j]);
      z[(g->dim + j) * g->n_cols + i] = HHTGridV(g, j, v[j]);
    }
  }
}

/* (HVl): alpha(t, z) = alpha(0, Z(0,t,z)) exp(-i int G). */
static PetscErrorCode move_alpha(const HHTViews *views, ptrdiff_t row, const Rows *r)
{
  const HHTGrid *g = &views->run.c.grid;

  PetscFunctionBeginUser;
  set_points(g, row, r->z);
  PetscCall(HHTCharacteristicsMove(views->history, HHT_BACKWARD, g->n_cols, r->z, r->phase));
  PetscCall(HHTInitialAmplitudes(views->initial, g->n_cols, r->z, r->moved));
  for (ptrdiff_t i = 0; i < g->n_cols; i++) r->moved[i] *= views->scale * (cos(r->phase[i]) - I * sin(r->phase[i]));
  PetscFunctionReturn(0);
}

static void add_row(ptrdiff_t n, const Rows *r, Sums *s)
{
  for (ptrdiff_t i = 0; i < n; i++) {
    r->view[HHT_VIEW_HHT][i]             = HHTNorm2(r->alpha[i]);
    r->view[HHT_VIEW_CHARACTERISTICS][i] = HHTNorm2(r->moved[i]);
    r->view[HHT_VIEW_VLASOV][i]          = creal(r->f[i]);
    r->difference[i]                     = cabs(r->alpha[i] - r->moved[i]);
  }
  HHTDistributionAdd(&s->amplitude, n, r->difference);
  for (int k = 0; k < HHT_VIEWS; k++) HHTDistributionAdd(&s->value[k], n, r->view[k]);
  for (int p = 0; p < HHT_PAIRS; p++) {
    const double *a = r->view[HHTViewPairs[p][0]], *b = r->view[HHTViewPairs[p][1]];

    for (ptrdiff_t i = 0; i < n; i++) r->difference[i] = a[i] - b[i];
    HHTDistributionAdd(&s->difference[p], n, r->difference);
  }
}

static PetscErrorCode add_rows(const HHTViews *views, const Rows *r, Sums *s)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetRows(views->vlasov.state, &first, &count));
  for (ptrdiff_t row = first; row < first + count; row++) {
    PetscCall(HHTStateGetAlphaRow(views->run.problem.state, row, r->alpha));
    PetscCall(HHTStateGetAlphaRow(views->vlasov.state, row, r->f));
    PetscCall(move_alpha(views, row, r));
    add_row(views->run.c.grid.n_cols, r, s);
    PetscCall(HHTWatchdogRenew());
  }
  PetscFunctionReturn(0);
}

static void clear(Sums *s)
{
  HHTDistributionClear(&s->amplitude);
  for (int k = 0; k < HHT_VIEWS; k++) HHTDistributionClear(&s->value[k]);
  for (int p = 0; p < HHT_PAIRS; p++) HHTDistributionClear(&s->difference[p]);
}

static PetscErrorCode reduce(const HHTViews *views, Sums *s, HHTViewsSample *sample)
{
  const HHTGrid *g    = &views->run.c.grid;
  MPI_Comm       comm = views->run.comm;

  PetscFunctionBeginUser;
  PetscCall(HHTDistributionGet(comm, g, &s->amplitude, &sample->amplitude));
  for (int k = 0; k < HHT_VIEWS; k++) PetscCall(HHTDistributionGet(comm, g, &s->value[k], &sample->value[k]));
  for (int p = 0; p < HHT_PAIRS; p++) PetscCall(HHTDistributionGet(comm, g, &s->difference[p], &sample->difference[p]));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTViewsCompare(HHTViews *views, double time, HHTViewsSample *sample)
{
  Rows           rows;
  Sums           sums;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  clear(&sums);
  PetscCall(create_rows(&views->run.c.grid, &rows));
  ierr = HHTAgree(views->run.comm, add_rows(views, &rows, &sums));
  PetscCall(destroy_rows(&rows));
  PetscCall(ierr);
  sample->time = time;
  PetscCall(reduce(views, &sums, sample));
  PetscFunctionReturn(0);
}
