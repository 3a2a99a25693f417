#include "bench_impl.h"
#include <string.h>

#define MIN_SECONDS 0.01

/* A line and its spectrum for each thread, with the plans that a pass has for them. */
typedef struct {
  HHTNumbers    numbers;
  int           threads;
  ptrdiff_t     n;
  size_t        stride; /* between the arrays of two threads */
  fftw_complex *line, *spectrum;
  fftw_plan     forward, backward;
} Line;

static void plan(int dim, const int n[], HHTRigor rigor, Line *l)
{
  static const unsigned rigors[] = {FFTW_ESTIMATE, FFTW_MEASURE, FFTW_PATIENT};
  const unsigned        flags    = rigors[rigor] | FFTW_DESTROY_INPUT;

  if (l->numbers == HHT_REAL) {
    l->forward  = fftw_plan_dft_r2c(dim, n, (double *)l->line, l->spectrum, flags);
    l->backward = fftw_plan_dft_c2r(dim, n, l->spectrum, (double *)l->line, flags);
  } else {
    l->forward  = fftw_plan_dft(dim, n, l->line, l->spectrum, FFTW_FORWARD, flags);
    l->backward = fftw_plan_dft(dim, n, l->spectrum, l->line, FFTW_BACKWARD, flags);
  }
}

static PetscErrorCode create_line(int dim, const ptrdiff_t n[], HHTRigor rigor, Line *l)
{
  int    n_int[HHT_MAX_DIM];
  size_t size;

  PetscFunctionBeginUser;
  l->n = 1;
  for (int j = 0; j < dim; j++) {
    n_int[j] = (int)n[j];
    l->n *= n[j];
  }
  l->stride   = 2 * (((size_t)l->n + 7) / 8 * 8); /* enough for the half spectrum too, and in whole cache lines */
  size        = (size_t)l->threads * l->stride;
  l->line     = fftw_alloc_complex(size);
  l->spectrum = fftw_alloc_complex(size);
  PetscCheck(l->line && l->spectrum, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a line");
  plan(dim, n_int, rigor, l);
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

static void transform_line(const Line *l, int thread)
{
  fftw_complex *line = l->line + (size_t)thread * l->stride, *spectrum = l->spectrum + (size_t)thread * l->stride;

  if (l->numbers == HHT_REAL) {
    fftw_execute_dft_r2c(l->forward, (double *)line, spectrum);
    fftw_execute_dft_c2r(l->backward, spectrum, (double *)line);
  } else {
    fftw_execute_dft(l->forward, line, spectrum);
    fftw_execute_dft(l->backward, spectrum, line);
  }
}

/* Each thread its own line. */
static void transform(const Line *l, int times)
{
#ifdef _OPENMP
#pragma omp parallel for schedule(static, 1) num_threads(l->threads)
#endif
  for (int thread = 0; thread < l->threads; thread++)
    for (int i = 0; i < times; i++) transform_line(l, thread);
}

/* How often, the same on all ranks, takes long enough for the clock and for threads to start. */
static PetscErrorCode calibrate(MPI_Comm comm, const Line *l, int *times)
{
  double start;

  PetscFunctionBeginUser;
  *times = 1;
  do {
    *times *= 2;
    start = MPI_Wtime();
    for (int i = 0; i < *times; i++) transform_line(l, 0);
  } while (MPI_Wtime() - start < MIN_SECONDS);
  PetscCallMPI(MPI_Bcast(times, 1, MPI_INT, 0, comm));
  PetscFunctionReturn(0);
}

/* Median seconds of a pair on a line, done by all threads of all ranks at once. */
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

/* The time that all threads together need for all lines of `points` points. */
static PetscErrorCode time_lines(MPI_Comm comm, const HHTBenchResult *r, const ptrdiff_t n[], double points,
                                 int repeats, double *seconds)
{
  Line line = {.numbers = r->numbers, .threads = r->threads_per_rank};

  PetscFunctionBeginUser;
  PetscCall(create_line(r->c->grid.dim, n, r->c->rigor, &line));
  PetscCall(time_line(comm, &line, repeats, seconds));
  *seconds *= points / (double)line.n / ((double)r->ranks * r->threads_per_rank);
  destroy_line(&line);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchInCache(MPI_Comm comm, int repeats, HHTBenchResult *r)
{
  const HHTGrid *g      = &r->c->grid;
  const double   points = (double)g->n_rows * (double)g->n_cols;
  double         rows, columns;

  PetscFunctionBeginUser;
  PetscCall(time_lines(comm, r, g->nv, points, repeats, &rows));
  PetscCall(time_lines(comm, r, g->nx, points, repeats, &columns));
  r->in_cache = rows + columns;
  PetscFunctionReturn(0);
}

/* Each thread its share. */
static void copy(char *to, const char *from, size_t bytes, int threads)
{
  const size_t share = bytes / (size_t)threads + 1;

#ifdef _OPENMP
#pragma omp parallel for schedule(static, 1) num_threads(threads)
#endif
  for (int thread = 0; thread < threads; thread++) {
    const size_t first = (size_t)thread * share, end = first + share < bytes ? first + share : bytes;

    if (first < end) memcpy(to + first, from + first, end - first);
  }
}

/* The transform's own two buffers are the state's memory, huge pages and all. */
PetscErrorCode HHTBenchCopy(MPI_Comm comm, HHTState state, int repeats, HHTBenchResult *r)
{
  HHTTransform    transform;
  double complex *rest, *work;
  ptrdiff_t       first, count;
  double         *t;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(state, &transform));
  HHTTransformGetBuffers(transform, &rest, &work);
  HHTTransformGetRows(transform, &first, &count);
  const size_t number = r->numbers == HHT_REAL ? sizeof(double) : sizeof(double complex);
  const size_t bytes  = (size_t)count * (size_t)r->c->grid.n_cols * number;

  PetscCall(PetscMalloc1(repeats, &t));
  for (int i = 0; i < repeats; i++) {
    double start = HHTBenchClock(comm);

    copy((char *)(i % 2 ? rest : work), (char *)(i % 2 ? work : rest), bytes, r->threads_per_rank);
    t[i] = HHTBenchClock(comm) - start;
  }
  r->copy = HHTBenchMedian(repeats, t);
  PetscCall(PetscFree(t));
  PetscCall(HHTStateChanged(state));
  PetscFunctionReturn(0);
}
