/*
  alpha along the mean-field characteristics is alpha on the grid: |alpha| and phase, in one and two dimensions, real and
  complex, periodic and free, by a coarse splitting with merged steps; and forward undoes backward.
*/
#include "fixture.h"
#include "test.h"
#include <hht/characteristics.h>

typedef struct {
  const char *name;
  HHTGrid     grid;
  const char *potential;
  HHTBoundary boundary;
  double      strength, t;
  int         steps;
  double      phase; /* factor of the initial phase */
  double      tolerance;
  double      box; /* wave number of the data; 0: a Gaussian in space */
} Case;

static double complex initial(void *ctx, const double x[], const double v[])
{
  const Case    *c     = ctx;
  double complex alpha = 1;

  for (int j = 0; j < c->grid.dim; j++) {
    const double k = c->box, u = v[j] - 0.1 * j;

    alpha *= k > 0 ? sqrt(1 + 0.3 * cos(k * x[j])) : exp(-0.5 * x[j] * x[j]);
    alpha *= exp(-u * u / 1.2);
    alpha *= cexp(I * c->phase *
                  (k > 0 ? 0.5 * v[j] * sin(k * x[j]) + 0.3 * cos(k * x[j]) : 0.5 * v[j] + 0.2 * x[j] * v[j]));
  }
  return alpha;
}

/* The largest difference on this rank's rows, relative to the largest |alpha|; norm is what the data were divided by. */
static double compare(Fixture *f, HHTCharacteristics history, const Case *c, double norm, double *largest)
{
  const HHTGrid  *g = &f->grid;
  const ptrdiff_t n = g->n_cols;
  const int       d = g->dim;
  ptrdiff_t       first, count, i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double         *z = malloc((size_t)((2 * d + 1) * n) * sizeof *z), *phase = z + 2 * d * n, error = 0;
  double complex *row = malloc((size_t)n * sizeof *row);

  TestCall(HHTStateGetRows(f->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    HHTUnflatten(r, d, g->nx, i);
    for (ptrdiff_t p = 0; p < n; p++) {
      HHTUnflatten(p, d, g->nv, m);
      for (int j = 0; j < d; j++) {
        z[j * n + p]       = HHTGridX(g, j, i[j]);
        z[(d + j) * n + p] = HHTGridV(g, j, m[j]);
      }
    }
    TestCall(HHTCharacteristicsMove(history, HHT_BACKWARD, n, z, phase));
    TestCall(HHTStateGetAlphaRow(f->state, r, row));
    for (ptrdiff_t p = 0; p < n; p++) {
      double x[HHT_MAX_DIM], v[HHT_MAX_DIM];

      for (int j = 0; j < d; j++) x[j] = z[j * n + p], v[j] = z[(d + j) * n + p];
      *largest = fmax(*largest, cabs(row[p]));
      error    = fmax(error, cabs(row[p] - norm * initial((void *)(uintptr_t)c, x, v) * cexp(-I * phase[p])));
    }
  }
  free(z);
  free(row);
  return error;
}

/* alpha over the amplitude function at one point of the grid: the factor of normalisation */
static double find_norm(Fixture *f, const Case *c)
{
  const HHTGrid  *g = &f->grid;
  ptrdiff_t       first, count, i[HHT_MAX_DIM];
  double          x[HHT_MAX_DIM], v[HHT_MAX_DIM] = {0}, norm = 0;
  double complex *row = malloc((size_t)g->n_cols * sizeof *row);

  TestCall(HHTStateGetRows(f->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count && r < g->n_rows; r++) {
    double complex value;

    HHTUnflatten(r, g->dim, g->nx, i);
    for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
    value = initial((void *)(uintptr_t)c, x, v);
    TestCall(HHTStateGetAlphaRow(f->state, r, row));
    if (cabs(value) > 0.5) norm = creal(row[0] / value);
  }
  free(row);
  MPI_Allreduce(MPI_IN_PLACE, &norm, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return norm;
}

static void check_return(Fixture *f, HHTCharacteristics history)
{
  double z[2 * HHT_MAX_DIM] = {1.234, -0.77, 0.4, 0.9}, start[2 * HHT_MAX_DIM], phase[2];

  for (int j = 0; j < 2 * HHT_MAX_DIM; j++) start[j] = z[j];
  TestCall(HHTCharacteristicsMove(history, HHT_BACKWARD, 1, z, &phase[0]));
  TestCall(HHTCharacteristicsMove(history, HHT_FORWARD, 1, z, &phase[1]));
  for (int j = 0; j < 2 * f->grid.dim; j++) TestClose(z[j], start[j], 1e-13, "back and forth");
  TestClose(phase[1], phase[0], 1e-13, "phase of both ways");
}

static void check(const Case *c)
{
  Fixture            f = {.grid      = c->grid,
                          .potential = {.strength = c->strength, .boundary = c->boundary, .width = 1},
                          .amplitude = initial,
                          .ctx       = (void *)(uintptr_t)c,
                          .mass      = 1};
  HHTCharacteristics history;
  double             norm, largest = 0, error;

  TestCall(PetscStrncpy(f.potential.type, c->potential, sizeof f.potential.type));
  FixtureCreate(PETSC_COMM_WORLD, &f);
  norm = find_norm(&f, c);
  TestCall(HHTCharacteristicsCreate(&f.grid, f.gamma, &history));
  TestCall(HHTCharacteristicsRecord(history, f.flow));
  FixtureSolve(&f, "strang", c->t, c->steps, PETSC_TRUE);
  error = compare(&f, history, c, norm, &largest);
  MPI_Allreduce(MPI_IN_PLACE, &error, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  TestMeasured("%s %.1e", c->name, error / largest);
  TestClose(error / largest, 0, c->tolerance, c->name);
  check_return(&f, history);
  TestCall(HHTCharacteristicsDestroy(&history));
  FixtureDestroy(&f);
}

int main(int argc, char **argv)
{
  const double two_pi  = 2 * PETSC_PI;
  const Case   cases[] = {
        {"HMF, real", FixtureGrid(1, 64, 0, two_pi, 256, 6), "cosine", HHT_PERIODIC, -1, 1.5, 10, 0, 1e-10, 1},
        {"HMF, complex", FixtureGrid(1, 64, 0, two_pi, 256, 6), "cosine", HHT_PERIODIC, -1, 1.5, 10, 1, 1e-10, 1},
        {"Gaussian pairs, free", FixtureGrid(1, 128, -9, 18, 200, 7), "gaussian", HHT_FREE, -3, 1, 5, 1, 1e-9, 0},
        {"Poisson d = 2, complex", FixtureGrid(2, 16, 0, two_pi, 40, 5), "poisson", HHT_PERIODIC, 20, 0.4, 2, 1, 1e-7, 1},
  };

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check(&cases[i]);
  return TestEnd();
}
