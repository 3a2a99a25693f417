#include "off_grid.h"
#include <hht/characteristics.h>
#include <hht/error.h>

/* One flow of the run. */
typedef struct {
  double    tau;
  PetscBool phase; /* of a potential flow: there is a G */
  double
      *field; /* NULL: kinetic; else grad phi (d n_rows) and G, or with the free boundary rho and J (d n_rows); owned */
} Flow;

struct HHTCharacteristics_s {
  HHTGrid      grid;
  HHTPotential potential; /* borrowed */
  PetscBool    free_boundary;
  HHTOffGrid   off_grid;
  size_t       n, room;
  Flow        *flow; /* n of room, owned */
};

/* A block of points. */
typedef struct {
  HHTPoints x[HHT_MAX_DIM], v[HHT_MAX_DIM], phase;
} Block;

/* The fields of one potential flow there. */
typedef struct {
  HHTPoints grad_phi[HHT_MAX_DIM], g;
} Field;

PetscErrorCode HHTCharacteristicsCreate(const HHTGrid *grid, HHTPotential potential, HHTCharacteristics *history)
{
  const HHTPotentialParams *params;
  HHTCharacteristics        h;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&h));
  *history     = h;
  h->grid      = *grid;
  h->potential = potential;
  PetscCall(HHTPotentialGetParams(potential, &params));
  h->free_boundary = params->boundary == HHT_FREE ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(HHTOffGridCreate(grid, &h->off_grid));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCharacteristicsClear(HHTCharacteristics h)
{
  PetscFunctionBeginUser;
  for (size_t i = 0; i < h->n; i++) PetscCall(PetscFree(h->flow[i].field));
  h->n = 0;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCharacteristicsDestroy(HHTCharacteristics *history)
{
  HHTCharacteristics h = *history;

  PetscFunctionBeginUser;
  if (!h) PetscFunctionReturn(0);
  PetscCall(HHTCharacteristicsClear(h));
  PetscCall(PetscFree(h->flow));
  PetscCall(HHTOffGridDestroy(&h->off_grid));
  PetscCall(PetscFree(h));
  *history = NULL;
  PetscFunctionReturn(0);
}

/* ---- recording ---- */

static PetscErrorCode append(HHTCharacteristics h, Flow flow)
{
  PetscFunctionBeginUser;
  if (h->n == h->room) {
    h->room = 2 * h->room + 64;
    PetscCall(PetscRealloc(h->room * sizeof *h->flow, &h->flow));
  }
  h->flow[h->n++] = flow;
  PetscFunctionReturn(0);
}

static PetscErrorCode keep_field(HHTCharacteristics h, const HHTFields *fields, double **field)
{
  const size_t  n = (size_t)h->grid.n_rows, d = (size_t)h->grid.dim;
  const size_t  n_force = h->free_boundary ? n : d * n, n_phase = h->free_boundary ? d * n : n;
  const double *phase = h->free_boundary ? fields->J : fields->g;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(n_force + (fields->g ? n_phase : 0), field));
  PetscCall(PetscArraycpy(*field, h->free_boundary ? fields->rho : fields->grad_phi, n_force));
  if (fields->g) PetscCall(PetscArraycpy(*field + n_force, phase, n_phase));
  PetscFunctionReturn(0);
}

static PetscErrorCode record(void *ctx, double tau, const HHTFields *fields)
{
  HHTCharacteristics h    = ctx;
  Flow               flow = {.tau = tau};

  PetscFunctionBeginUser;
  if (fields) {
    flow.phase = fields->g ? PETSC_TRUE : PETSC_FALSE;
    PetscCall(keep_field(h, fields, &flow.field));
  }
  PetscCall(append(h, flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCharacteristicsRecord(HHTCharacteristics h, HHTFlow flow)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowSetListener(flow, record, h));
  PetscFunctionReturn(0);
}

/* The list of flows has room for up to twice as many. */
double HHTCharacteristicsBytes(const HHTGrid *g, HHTBoundary boundary, PetscBool phase, double kinetic,
                               double potential)
{
  const int force = boundary == HHT_FREE ? 1 : g->dim, of_phase = boundary == HHT_FREE ? g->dim : 1;

  return 2 * sizeof(Flow) * (kinetic + potential) +
         potential * (double)sizeof(double) * (double)g->n_rows * (force + (phase ? of_phase : 0));
}

/* ---- the field at points ---- */

static void periodic_field(HHTCharacteristics h, const Flow *flow, const Block *b, Field *field)
{
  const ptrdiff_t n = h->grid.n_rows;

  HHTOffGridSet(&h->off_grid, b->x);
  for (int j = 0; j < h->grid.dim; j++) HHTOffGridValue(&h->off_grid, flow->field + j * n, field->grad_phi[j]);
  if (flow->phase) HHTOffGridValue(&h->off_grid, flow->field + h->grid.dim * n, field->g);
}

/* What the density and the current in one cell add to the field at one point. */
static PetscErrorCode add_cell(HHTCharacteristics h, const Flow *flow, ptrdiff_t row, const Block *b, int p,
                               Field *field)
{
  const HHTGrid *g = &h->grid;
  const double  *J = flow->field + g->n_rows;
  ptrdiff_t      index[HHT_MAX_DIM];
  double         x[HHT_MAX_DIM], value, gradient[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) x[j] = b->x[j][p] - HHTGridX(g, j, index[j]);
  PetscCall(HHTPotentialValue(h->potential, x, &value, gradient));
  for (int j = 0; j < g->dim; j++) {
    field->grad_phi[j][p] += gradient[j] * flow->field[row] * g->cell_x;
    if (flow->phase) field->g[p] += gradient[j] * J[j * g->n_rows + row] * g->cell_x;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode free_field(HHTCharacteristics h, const Flow *flow, const Block *b, Field *field)
{
  PetscFunctionBeginUser;
  *field = (Field){0};
  for (ptrdiff_t row = 0; row < h->grid.n_rows; row++)
    for (int p = 0; p < HHT_POINTS; p++) PetscCall(add_cell(h, flow, row, b, p, field));
  PetscFunctionReturn(0);
}

/* ---- moving ---- */

static void drift(int dim, double tau, Block *b)
{
  for (int j = 0; j < dim; j++)
    for (int p = 0; p < HHT_POINTS; p++) b->x[j][p] += tau * b->v[j][p];
}

static PetscErrorCode kick(HHTCharacteristics h, const Flow *flow, double tau, Block *b)
{
  Field field;

  PetscFunctionBeginUser;
  if (h->free_boundary)
    PetscCall(free_field(h, flow, b, &field));
  else
    periodic_field(h, flow, b, &field);
  for (int j = 0; j < h->grid.dim; j++)
    for (int p = 0; p < HHT_POINTS; p++) b->v[j][p] -= tau * field.grad_phi[j][p];
  /* the integral runs forward always */
  for (int p = 0; p < HHT_POINTS && flow->phase; p++) b->phase[p] += flow->tau * field.g[p];
  PetscFunctionReturn(0);
}

static PetscErrorCode move_block(HHTCharacteristics h, HHTDirection direction, Block *b)
{
  const double sign = direction == HHT_FORWARD ? 1 : -1;

  PetscFunctionBeginUser;
  for (size_t i = 0; i < h->n; i++) {
    const Flow *flow = &h->flow[direction == HHT_FORWARD ? i : h->n - 1 - i];

    if (flow->field)
      PetscCall(kick(h, flow, sign * flow->tau, b));
    else
      drift(h->grid.dim, sign * flow->tau, b);
  }
  PetscFunctionReturn(0);
}

/* Points beyond the last one stand for it again: their results are not looked at. */
static void load(int dim, ptrdiff_t n, ptrdiff_t first, const double z[], Block *b)
{
  *b = (Block){0};
  for (int p = 0; p < HHT_POINTS; p++)
    for (int j = 0; j < dim; j++) {
      const ptrdiff_t i = PetscMin(first + p, n - 1);

      b->x[j][p] = z[j * n + i];
      b->v[j][p] = z[(dim + j) * n + i];
    }
}

static void store(int dim, ptrdiff_t n, ptrdiff_t first, const Block *b, double z[], double phase[])
{
  for (int p = 0; p < HHT_POINTS && first + p < n; p++) {
    for (int j = 0; j < dim; j++) {
      z[j * n + first + p]         = b->x[j][p];
      z[(dim + j) * n + first + p] = b->v[j][p];
    }
    if (phase) phase[first + p] = b->phase[p];
  }
}

PetscErrorCode HHTCharacteristicsMove(HHTCharacteristics h, HHTDirection direction, ptrdiff_t n, double z[],
                                      double phase[])
{
  Block b;

  PetscFunctionBeginUser;
  for (ptrdiff_t first = 0; first < n; first += HHT_POINTS) {
    load(h->grid.dim, n, first, z, &b);
    PetscCall(move_block(h, direction, &b));
    store(h->grid.dim, n, first, &b, z, phase);
  }
  PetscFunctionReturn(0);
}
