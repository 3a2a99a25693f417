/* A state by formulas, for tests of snapshots: alpha is a product over the dimensions, so its marginals are known. */
#ifndef HHT_TEST_SNAPSHOT_SOURCE_H
#define HHT_TEST_SNAPSHOT_SOURCE_H

#include "test.h"
#include <hht/output.h>

typedef struct {
  HHTGrid           grid;
  HHTSnapshotSource source;
  double           *fields; /* rho, phi, J, grad phi: row + 1000 times a number of the array */
} Source;

/* One factor of alpha, not symmetric in anything. */
static inline double complex SourceFactor(int j, double x, double v)
{
  return (1.5 + 0.5 * cos(x - 0.3 * j)) * exp(-0.5 * (v - 0.2) * (v - 0.2)) * cexp(I * (0.7 * x + (1 + j) * v));
}

static inline PetscErrorCode SourceRow(const HHTGrid *g, ptrdiff_t row, int dual, double complex *a)
{
  ptrdiff_t x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, x);
  for (ptrdiff_t column = 0; column < g->n_cols; column++) {
    HHTUnflatten(column, g->dim, g->nv, v);
    a[column] = 1;
    for (int j = 0; j < g->dim; j++)
      a[column] *= SourceFactor(j, HHTGridX(g, j, x[j]), dual ? HHTGridXi(g, j, v[j]) : HHTGridV(g, j, v[j]));
  }
  return 0;
}

static inline PetscErrorCode SourceAlpha(void *grid, ptrdiff_t row, double complex *alpha)
{
  return SourceRow(grid, row, 0, alpha);
}

static inline PetscErrorCode SourceAlphaHat(void *grid, ptrdiff_t row, double complex *alpha_hat)
{
  return SourceRow(grid, row, 1, alpha_hat);
}

/* Rows in even slabs over comm. Collective. */
static inline void SourceCreate(MPI_Comm comm, int dim, ptrdiff_t nx, ptrdiff_t nv, Source *s)
{
  int rank, size;

  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  memset(s, 0, sizeof(*s));
  s->grid.dim = dim;
  for (int j = 0; j < HHT_MAX_DIM; j++) {
    s->grid.nx[j]       = nx + 2 * j;
    s->grid.nv[j]       = nv + 2 * j;
    s->grid.x_min[j]    = -1 - j;
    s->grid.x_length[j] = 2 * PETSC_PI;
    s->grid.v_max[j]    = 6;
  }
  TestCall(HHTGridSetUp(&s->grid));
  const ptrdiff_t n = s->grid.n_rows, first = n * rank / size, count = n * (rank + 1) / size - first;

  s->fields = malloc((size_t)(n * (2 + 2 * dim)) * sizeof(double));
  for (ptrdiff_t i = 0; i < n * (2 + 2 * dim); i++) s->fields[i] = (double)(i % n + 1000 * (i / n));
  s->source = (HHTSnapshotSource){
      .comm      = comm,
      .grid      = &s->grid,
      .first     = first,
      .count     = count,
      .alpha     = SourceAlpha,
      .alpha_hat = SourceAlphaHat,
      .ctx       = &s->grid,
      .mass      = 1e4,
      .fields    = {
             .rho = s->fields, .J = s->fields + 2 * n, .phi = s->fields + n, .grad_phi = s->fields + (2 + dim) * n}};
}

static inline void SourceDestroy(Source *s) { free(s->fields); }

static inline HHTSnapshotInfo SourceInfo(const char *dir, PetscInt step)
{
  HHTSnapshotInfo info = {.step = step, .time = 0.25 * (double)step, .dt = 0.25};

  TestCall(PetscStrncpy(info.dir, dir, sizeof(info.dir)));
  return info;
}

#endif
