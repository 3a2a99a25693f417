/*
  N-body flows: the harmonic ones in closed form to the order of the method, order 2 and 4 of the energy's drift, backward undoes
  forward, and the same bits on any ranks.
*/
#include "test.h"
#include <hht/nbody.h>
#include <hht/random.h>
#include <string.h>

#define N 21

typedef struct {
  HHTGrid      grid;
  HHTPotential potential;
  double       z[2 * N]; /* d = 1 */
} System;

static System make(const char *type, HHTBoundary boundary)
{
  System             s      = {.grid = {.dim = 1, .nx = {16}, .nv = {8}, .x_length = {2 * PETSC_PI}, .v_max = {4}}};
  HHTPotentialParams params = {.strength = 1, .boundary = boundary, .width = 1};

  if (boundary == HHT_PERIODIC) params.strength = -1;
  TestCall(PetscStrncpy(params.type, type, sizeof params.type));
  TestCall(HHTGridSetUp(&s.grid));
  TestCall(HHTPotentialCreate(&s.grid, &params, &s.potential));
  for (int i = 0; i < 2 * N; i++) {
    HHTRandom r = HHTRandomStream(3, 0, 0, (uint64_t)i);

    s.z[i] = HHTRandomNormal(&r);
  }
  return s;
}

/* Moves all particles by the ranks of comm; the drift of the energy. */
static double move(MPI_Comm comm, System *s, const char *method, int steps, double t, HHTDirection direction)
{
  const HHTSplitting *splitting;
  HHTPairForce        force;
  ptrdiff_t           first, count;
  double              z[2 * N], before, after;

  TestCall(HHTSplittingFind(method, &splitting));
  TestCall(HHTPairForceCreate(comm, &s->grid, s->potential, N, 1. / (N - 1), &force));
  TestCall(HHTPairForceGetShare(force, &first, &count));
  for (int j = 0; j < 2; j++) memcpy(z + j * count, s->z + j * N + first, (size_t)count * sizeof *z);
  TestCall(HHTNBodyEnergy(comm, force, 1, z, &before));
  TestCall(HHTNBodyMove(force, 1, splitting, t / steps, steps, direction, z));
  TestCall(HHTNBodyEnergy(comm, force, 1, z, &after));
  memset(s->z, 0, sizeof s->z);
  for (int j = 0; j < 2; j++) memcpy(s->z + j * N + first, z + j * count, (size_t)count * sizeof *z);
  MPI_Allreduce(MPI_IN_PLACE, s->z, 2 * N, MPI_DOUBLE, MPI_SUM, comm);
  TestCall(HHTPairForceDestroy(&force));
  return fabs(after - before);
}

/* About the centre of mass, which is free, every particle oscillates with the frequency sqrt(N / (N - 1)). */
static double harmonic_error(int steps)
{
  const double t = 2, w = sqrt(N / (N - 1.));
  System       s = make("harmonic", HHT_FREE);
  double       start[2 * N], x = 0, v = 0, error = 0;

  memcpy(start, s.z, sizeof start);
  for (int i = 0; i < N; i++) x += start[i] / N, v += start[N + i] / N;
  (void)move(PETSC_COMM_WORLD, &s, "suzuki4", steps, t, HHT_FORWARD);
  for (int i = 0; i < N; i++) {
    const double y = start[i] - x, u = start[N + i] - v;

    error = fmax(error, fabs(s.z[i] - (x + v * t + y * cos(w * t) + u * sin(w * t) / w)));
    error = fmax(error, fabs(s.z[N + i] - (v - y * w * sin(w * t) + u * cos(w * t))));
  }
  TestCall(HHTPotentialDestroy(&s.potential));
  return error;
}

static double energy_drift(const char *method, int steps)
{
  System       s     = make("cosine", HHT_PERIODIC);
  const double drift = move(PETSC_COMM_WORLD, &s, method, steps, 2, HHT_FORWARD);

  TestCall(HHTPotentialDestroy(&s.potential));
  return drift;
}

static void check_order(const char *method, int order)
{
  const double coarse = energy_drift(method, 16), fine = energy_drift(method, 32), observed = log2(coarse / fine);

  TestMeasured("%s, order of the drift %.2f", method, observed);
  TestClose(observed, order, 0.3, method);
}

static void check_return(const char *method)
{
  System s = make("gaussian", HHT_FREE), alone = s;
  double start[2 * N];

  memcpy(start, s.z, sizeof start);
  (void)move(PETSC_COMM_WORLD, &s, method, 10, 2, HHT_FORWARD);
  (void)move(PETSC_COMM_SELF, &alone, method, 10, 2, HHT_FORWARD);
  for (int i = 0; i < 2 * N; i++) TestCheck(s.z[i] == alone.z[i], "%s: other bits on these ranks", method);
  (void)move(PETSC_COMM_WORLD, &s, method, 10, 2, HHT_BACKWARD);
  for (int i = 0; i < 2 * N; i++) TestClose(s.z[i], start[i], 1e-13, method);
  TestCall(HHTPotentialDestroy(&s.potential));
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  const double error = harmonic_error(40), order = log2(harmonic_error(20) / error);

  TestMeasured("harmonic %.1e", error);
  TestMeasured("order %.2f", order);
  TestClose(error, 0, 1e-7, "harmonic motion");
  TestClose(order, 4, 0.2, "its order");
  check_order("strang", 2);
  check_order("suzuki4", 4);
  check_return("lie");
  check_return("blanesmoan4");
  return TestEnd();
}
