/*
  Pair forces against the sums that define them, the gradient of the energy, and the field of the mean-field solver for
  particles that stand on the grid; the same bits on any ranks, more ranks than blocks of particles included.
*/
#include "test.h"
#include <hht/mean_field.h>
#include <hht/pair_force.h>
#include <hht/random.h>
#include <string.h>

#define N_MAX    64
#define COUPLING 0.3

typedef struct {
  HHTGrid      grid;
  HHTPotential potential;
  int          n;
  double       x[HHT_MAX_DIM * N_MAX]; /* all particles, x_j after x_j */
} Particles;

static Particles make(int dim, int n, const char *type, HHTBoundary boundary)
{
  Particles          p      = {.grid = {.dim = dim}, .n = n};
  HHTPotentialParams params = {.strength = -1.7, .boundary = boundary, .kappa = 0.8, .width = 0.9, .softening = 0.6};

  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  for (int j = 0; j < dim; j++) {
    p.grid.nx[j]       = dim == 1 ? 32 : 8;
    p.grid.nv[j]       = 8;
    p.grid.x_min[j]    = -1;
    p.grid.x_length[j] = 5;
    p.grid.v_max[j]    = 4;
  }
  TestCall(HHTGridSetUp(&p.grid));
  TestCall(HHTPotentialCreate(&p.grid, &params, &p.potential));
  for (int i = 0; i < dim * n; i++) {
    HHTRandom r = HHTRandomStream(1, 1, 0, (uint64_t)i);

    p.x[i] = 7 * HHTRandomUniform(&r) - 2;
  }
  return p;
}

/* Gradient at all particles on all ranks, and the energy. */
static void forces(Particles *p, const double x[], double gradient[], double *energy)
{
  const int    d = p->grid.dim;
  HHTPairForce force;
  ptrdiff_t    first, count;
  double       own[HHT_MAX_DIM * N_MAX], result[HHT_MAX_DIM * N_MAX];

  TestCall(HHTPairForceCreate(PETSC_COMM_WORLD, &p->grid, p->potential, p->n, COUPLING, &force));
  TestCall(HHTPairForceGetShare(force, &first, &count));
  for (int j = 0; j < d; j++) memcpy(own + j * count, x + j * p->n + first, (size_t)count * sizeof *own);
  TestCall(HHTPairForceGradient(force, own, result));
  TestCall(HHTPairForceEnergy(force, own, energy));
  memset(gradient, 0, (size_t)(d * p->n) * sizeof *gradient);
  for (int j = 0; j < d; j++) memcpy(gradient + j * p->n + first, result + j * count, (size_t)count * sizeof *own);
  MPI_Allreduce(MPI_IN_PLACE, gradient, d * p->n, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD);
  TestCall(HHTPairForceDestroy(&force));
}

/* By central differences of the energy, component by component. */
static void check_energy(const char *type, int dim, HHTBoundary boundary)
{
  const double h = 1e-4;
  Particles    p = make(dim, 11, type, boundary);
  double       gradient[HHT_MAX_DIM * N_MAX], unused[HHT_MAX_DIM * N_MAX], energy, up, down;

  forces(&p, p.x, gradient, &energy);
  for (int i = 0; i < dim * p.n; i += 7) {
    const double x = p.x[i];

    p.x[i] = x + h;
    forces(&p, p.x, unused, &up);
    p.x[i] = x - h;
    forces(&p, p.x, unused, &down);
    p.x[i] = x;
    TestClose((up - down) / (2 * h), gradient[i], 1e-6, type);
  }
  TestCall(HHTPotentialDestroy(&p.potential));
}

/* Every pair by HHTPotentialValue(). */
static void check_pairs(const char *type, int dim)
{
  Particles p = make(dim, 19, type, HHT_FREE);
  double    gradient[HHT_MAX_DIM * N_MAX], energy, expected = 0;

  forces(&p, p.x, gradient, &energy);
  for (int m = 0; m < p.n; m++) {
    double sum[HHT_MAX_DIM] = {0};

    for (int n = 0; n < p.n; n++) {
      double x[HHT_MAX_DIM], value, g[HHT_MAX_DIM];

      if (n == m) continue;
      for (int j = 0; j < dim; j++) x[j] = p.x[j * p.n + m] - p.x[j * p.n + n];
      TestCall(HHTPotentialValue(p.potential, x, &value, g));
      for (int j = 0; j < dim; j++) sum[j] += COUPLING * g[j];
      expected += 0.5 * COUPLING * value;
    }
    for (int j = 0; j < dim; j++) TestClose(gradient[j * p.n + m], sum[j], 1e-12, type);
  }
  TestClose(energy, expected, 1e-11, "energy of the pairs");
  TestCall(HHTPotentialDestroy(&p.potential));
}

/* Particles at points of the grid are a density there, in the same modes (d = 1); none acts on itself. */
static void check_grid(const char *type)
{
  Particles    p = make(1, 13, type, HHT_PERIODIC);
  HHTMeanField field;
  double       gradient[N_MAX], energy, rho[32] = {0}, grad_phi[32];

  for (int i = 0; i < p.n; i++) {
    const ptrdiff_t row = (i * 37 + 5) % p.grid.n_rows;

    p.x[i] = HHTGridX(&p.grid, 0, row) + (i % 2) * p.grid.x_length[0];
    rho[row] += COUPLING / p.grid.cell_x;
  }
  TestCall(
      HHTMeanFieldCreate(PETSC_COMM_WORLD, &p.grid, p.potential, HHT_FIELD_REPLICATED, HHT_RIGOR_ESTIMATE, &field));
  TestCall(HHTMeanFieldForce(field, rho, grad_phi, NULL));
  forces(&p, p.x, gradient, &energy);
  for (int i = 0; i < p.n; i++) TestClose(gradient[i], grad_phi[(i * 37 + 5) % p.grid.n_rows], 1e-12, type);
  TestCall(HHTMeanFieldDestroy(&field));
  TestCall(HHTPotentialDestroy(&p.potential));
}

/* Rank 0 knows what it gets alone. */
static void check_ranks(const char *type, int dim, HHTBoundary boundary)
{
  Particles    p = make(dim, 41, type, boundary);
  HHTPairForce alone;
  double       gradient[HHT_MAX_DIM * N_MAX], expected[HHT_MAX_DIM * N_MAX], energy, expected_energy;

  forces(&p, p.x, gradient, &energy);
  TestCall(HHTPairForceCreate(PETSC_COMM_SELF, &p.grid, p.potential, p.n, COUPLING, &alone));
  TestCall(HHTPairForceGradient(alone, p.x, expected));
  TestCall(HHTPairForceEnergy(alone, p.x, &expected_energy));
  for (int i = 0; i < dim * p.n; i++) TestCheck(gradient[i] == expected[i], "%s: other bits on these ranks", type);
  TestCheck(energy == expected_energy, "%s: energy of other bits on these ranks", type);
  TestCall(HHTPairForceDestroy(&alone));
  TestCall(HHTPotentialDestroy(&p.potential));
}

int main(int argc, char **argv)
{
  static const char *const free_types[] = {"gaussian", "plummer", "harmonic", "poisson"};
  static const char *const box_types[]  = {"cosine", "poisson", "gaussian"};

  TestBegin(&argc, &argv);
  for (int i = 0; i < 4; i++)
    for (int dim = 1; dim <= HHT_MAX_DIM; dim++) check_pairs(free_types[i], dim);
  for (int i = 0; i < 3; i++) check_grid(box_types[i]);
  for (int dim = 1; dim <= HHT_MAX_DIM; dim++) {
    check_energy("gaussian", dim, HHT_PERIODIC);
    check_energy("plummer", dim, HHT_FREE);
    check_ranks("yukawa", dim, HHT_PERIODIC);
    check_ranks("gaussian", dim, HHT_FREE);
    check_ranks("harmonic", dim, HHT_FREE);
  }
  return TestEnd();
}
