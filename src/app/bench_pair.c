#include "bench_impl.h"

static fftw_complex *result_of(const HHTBenchPair *p, int variant)
{
  return variant == HHT_PAIR_IN_PLACE ? p->a : p->b;
}

static PetscErrorCode allocate(size_t size, HHTBenchPair *p)
{
  PetscFunctionBeginUser;
  p->a = fftw_alloc_complex(size);
  p->b = fftw_alloc_complex(size);
  PetscCheck(p->a && p->b, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for the bare transforms");
  PetscFunctionReturn(0);
}

/* Planning leaves anything in the arrays, also numbers that grow until they are none: start from zero. */
static PetscErrorCode check_and_clear(size_t size, HHTBenchPair *p)
{
  PetscFunctionBeginUser;
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++)
    PetscCheck(p->forward[k] && p->backward[k], PETSC_COMM_SELF, PETSC_ERR_LIB, "No plan for the bare transforms");
  PetscCall(PetscArrayzero(p->a, size));
  PetscCall(PetscArrayzero(p->b, size));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchPairCreate(MPI_Comm comm, const HHTGrid *g, HHTBenchPair *p)
{
  const int      dim = 2 * g->dim;
  const unsigned to = FFTW_MEASURE | FFTW_MPI_TRANSPOSED_OUT, from = FFTW_MEASURE | FFTW_MPI_TRANSPOSED_IN;
  ptrdiff_t      n[2 * HHT_MAX_DIM], size, rows, first, cols, col_first;

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    n[j]          = g->nx[j];
    n[g->dim + j] = g->nv[j];
  }
  fftw_mpi_init();
  size = fftw_mpi_local_size_transposed(dim, n, comm, &rows, &first, &cols, &col_first);
  PetscCall(allocate((size_t)size, p));
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++) {
    p->forward[k]  = fftw_mpi_plan_dft(dim, n, p->a, result_of(p, k), comm, FFTW_FORWARD, to);
    p->backward[k] = fftw_mpi_plan_dft(dim, n, result_of(p, k), p->a, comm, FFTW_BACKWARD, from);
  }
  PetscCall(check_and_clear((size_t)size, p));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchPairCreateThreaded(const HHTGrid *g, int threads, HHTBenchPair *p)
{
  const int    dim  = 2 * g->dim;
  const size_t size = (size_t)g->n_rows * (size_t)g->n_cols;
  int          n[2 * HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    n[j]          = (int)g->nx[j];
    n[g->dim + j] = (int)g->nv[j];
  }
  PetscCall(allocate(size, p));
  fftw_plan_with_nthreads(threads);
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++) {
    p->forward[k]  = fftw_plan_dft(dim, n, p->a, result_of(p, k), FFTW_FORWARD, FFTW_MEASURE);
    p->backward[k] = fftw_plan_dft(dim, n, result_of(p, k), p->a, FFTW_BACKWARD, FFTW_MEASURE);
  }
  fftw_plan_with_nthreads(1);
  PetscCall(check_and_clear(size, p));
  PetscFunctionReturn(0);
}

void HHTBenchPairExecute(const HHTBenchPair *p, int variant)
{
  fftw_execute(p->forward[variant]);
  fftw_execute(p->backward[variant]);
}

void HHTBenchPairDestroy(HHTBenchPair *p)
{
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++) {
    if (p->forward[k]) fftw_destroy_plan(p->forward[k]);
    if (p->backward[k]) fftw_destroy_plan(p->backward[k]);
  }
  fftw_free(p->a);
  fftw_free(p->b);
  *p = (HHTBenchPair){0};
}
