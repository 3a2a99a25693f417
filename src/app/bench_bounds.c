#include "bench_impl.h"
#include <string.h>

#define MIN_SECONDS 0.01

/* One line and its spectrum, with the plans that a pass has for them. */
typedef struct {
  ptrdiff_t     n;
  fftw_complex *line, *spectrum;
  fftw_plan     forward, backward;
} Line;

static void plan(HHTNumbers numbers, int dim, const int n[], HHTRigor rigor, Line *l)
{
  static const unsigned rigors[] = {FFTW_ESTIMATE, FFTW_MEASURE, FFTW_PATIENT};
  const unsigned        flags    = rigors[rigor] | FFTW_DESTROY_INPUT;

  if (numbers == HHT_REAL) {
    l->forward  = fftw_plan_dft_r2c(dim, n, (double *)l->line, l->spectrum, flags);
    l->backward = fftw_plan_dft_c2r(dim, n, l->spectrum, (double *)l->line, flags);
  } else {
    l->forward  = fftw_plan_dft(dim, n, l->line, l->spectrum, FFTW_FORWARD, flags);
    l->backward = fftw_plan_dft(dim, n, l->spectrum, l->line, FFTW_BACKWARD, flags);
  }
}

static PetscErrorCode create_line(HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTRigor rigor, Line *l)
{
  int    n_int[HHT_MAX_DIM];
  size_t size;

  PetscFunctionBeginUser;
  l->n = 1;
  for (int j = 0; j < dim; j++) {
    n_int[j] = (int)n[j];
    l->n *= n[j];
  }
  size        = 2 * (size_t)l->n; /* enough for the half spectrum too */
  l->line     = fftw_alloc_complex(size);
  l->spectrum = fftw_alloc_complex(size);
  PetscCheck(l->line && l->spectrum, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a line");
  plan(numbers, dim, n_int, rigor, l);
  PetscCheck(l->forward && l->backward, PETSC_COMM_SELF, PETSC_ERR_LIB, "No plan for a line");
  PetscCall(PetscArrayzero(l->line, size));
  PetscFunctionReturn(0);
}

static void destroy_line(Line *l)
{
  fftw_destroy_plan(l->forward);
  fftw_destroy_plan(l->backward);
  fftw_free(l->line);
  fftw_free(l->spectrum);
}

static void transform(const Line *l, int times)
{
  for (int i = 0; i < times; i++) {
    fftw_execute(l->forward);
    fftw_execute(l->backward);
  }
}

/* How often, the same on all ranks, takes long enough for the clock. */
static PetscErrorCode calibrate(MPI_Comm comm, const Line *l, int *times)
{
  double start;

  PetscFunctionBeginUser;
  *times = 1;
  do {
    *times *= 2;
    start = MPI_Wtime();
    transform(l, *times);
  } while (MPI_Wtime() - start < MIN_SECONDS);
  PetscCallMPI(MPI_Bcast(times, 1, MPI_INT, 0, comm));
  PetscFunctionReturn(0);
}

/* Median seconds of a pair on one line, done by all ranks at once. */
static PetscErrorCode time_line(MPI_Comm comm, const Line *l, int repeats, double *seconds)
{
  double *t;
  int     times;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(repeats, &t));
  PetscCall(calibrate(comm, l, &times));
  for (int i = 0; i < repeats; i++) {
    double start = HHTBenchClock(comm);

    transform(l, times);
    t[i] = (HHTBenchClock(comm) - start) / times;
  }
  *seconds = HHTBenchMedian(repeats, t);
  PetscCall(PetscFree(t));
  PetscFunctionReturn(0);
}

/* The time that the ranks together need for all lines of `points` points. */
static PetscErrorCode time_lines(MPI_Comm comm, HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTRigor rigor,
                                 int repeats, double points, double *seconds)
{
  Line line;
  int  ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(create_line(numbers, dim, n, rigor, &line));
  PetscCall(time_line(comm, &line, repeats, seconds));
  *seconds *= points / (double)line.n / ranks;
  destroy_line(&line);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchInCache(MPI_Comm comm, const HHTGrid *g, HHTNumbers numbers, HHTRigor rigor, int repeats,
                               double *seconds)
{
  const double points = (double)g->n_rows * (double)g->n_cols;
  double       rows, columns;

  PetscFunctionBeginUser;
  PetscCall(time_lines(comm, numbers, g->dim, g->nv, rigor, repeats, points, &rows));
  PetscCall(time_lines(comm, numbers, g->dim, g->nx, rigor, repeats, points, &columns));
  *seconds = rows + columns;
  PetscFunctionReturn(0);
}

/* The transform's own two buffers are the state's memory, huge pages and all. */
PetscErrorCode HHTBenchCopy(MPI_Comm comm, HHTState state, int repeats, double *seconds)
{
  HHTTransform    transform;
  double complex *rest, *work;
  ptrdiff_t       first, count;
  const HHTGrid  *g;
  PetscBool       real;
  size_t          bytes;
  double         *t;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(state, &transform));
  PetscCall(HHTStateGetGrid(state, &g));
  PetscCall(HHTStateIsReal(state, &real));
  HHTTransformGetBuffers(transform, &rest, &work);
  HHTTransformGetRows(transform, &first, &count);
  bytes = (size_t)count * (size_t)g->n_cols * (real ? sizeof(double) : sizeof(double complex));
  PetscCall(PetscMalloc1(repeats, &t));
  for (int i = 0; i < repeats; i++) {
    double start = HHTBenchClock(comm);

    memcpy(i % 2 ? rest : work, i % 2 ? work : rest, bytes);
    t[i] = HHTBenchClock(comm) - start;
  }
  *seconds = HHTBenchMedian(repeats, t);
  PetscCall(PetscFree(t));
  PetscCall(HHTStateChanged(state));
  PetscFunctionReturn(0);
}
