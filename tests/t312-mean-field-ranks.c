/* Fields solved over all ranks and by every rank alone have the same bits, with more ranks than planes too. */
#include "random.h"
#include "test.h"
#include <hht/mean_field.h>
#include <string.h>

typedef struct {
  const char *type;
  HHTBoundary boundary;
  int         dim;
  ptrdiff_t   nx[3];
} Case;

typedef struct {
  size_t  n;
  double *phi, *grad, *g; /* one block of memory */
} Fields;

static Fields solve(const HHTGrid *grid, HHTPotential potential, HHTFieldType type)
{
  const size_t n     = (size_t)grid->n_rows;
  double      *input = malloc(3 * n * sizeof *input);
  Fields       f     = {.n = 5 * n, .phi = calloc(5 * n, sizeof *f.phi)};
  HHTMeanField field;
  PetscBool    distributed;

  f.grad = f.phi + n, f.g = f.phi + 4 * n;
  for (size_t i = 0; i < 3 * n; i++) input[i] = Random(i);
  TestCall(HHTMeanFieldCreate(PETSC_COMM_WORLD, grid, potential, type, HHT_RIGOR_ESTIMATE, &field));
  TestCall(HHTMeanFieldIsDistributed(field, &distributed));
  TestCheck((distributed == PETSC_TRUE) == (type == HHT_FIELD_DISTRIBUTED), "the other type was taken");
  TestCall(HHTMeanFieldForce(field, input, f.grad, f.phi));
  TestCall(HHTMeanFieldPhase(field, input, f.g));
  TestCall(HHTMeanFieldDestroy(&field));
  free(input);
  return f;
}

static void check(const Case *c)
{
  HHTGrid            grid   = {.dim = c->dim};
  HHTPotentialParams params = {.strength = 1.1, .boundary = c->boundary, .kappa = 0.7, .width = 0.9, .softening = 0.4};
  HHTPotential       potential;
  Fields             alone, all;
  double             size = 0;

  for (int j = 0; j < c->dim; j++) grid.nx[j] = c->nx[j], grid.nv[j] = 4, grid.x_length[j] = 3 + j, grid.v_max[j] = 1;
  TestCall(PetscStrncpy(params.type, c->type, sizeof params.type));
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  alone = solve(&grid, potential, HHT_FIELD_REPLICATED);
  all   = solve(&grid, potential, HHT_FIELD_DISTRIBUTED);
  for (size_t i = 0; i < alone.n; i++) size = fmax(size, fabs(alone.phi[i]));
  TestCheck(size > 0 && isfinite(size), "%s: nothing was compared", c->type);
  TestCheck(!memcmp(alone.phi, all.phi, alone.n * sizeof *all.phi), "%s, d = %d, %td planes: other bits", c->type,
            c->dim, c->nx[0]);
  free(alone.phi), free(all.phi);
  TestCall(HHTPotentialDestroy(&potential));
}

int main(int argc, char **argv)
{
  static const Case cases[] = {{"poisson", HHT_PERIODIC, 1, {64}},    {"cosine", HHT_PERIODIC, 1, {4}},
                               {"yukawa", HHT_PERIODIC, 2, {10, 12}}, {"gaussian", HHT_PERIODIC, 3, {6, 4, 8}},
                               {"plummer", HHT_FREE, 1, {30}},        {"poisson", HHT_FREE, 2, {4, 20}},
                               {"yukawa", HHT_FREE, 3, {4, 6, 10}},   {"harmonic", HHT_FREE, 3, {14, 4, 6}}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check(&cases[i]);
  return TestEnd();
}
