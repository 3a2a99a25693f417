#include "../transform/memory.h"
#include "../transform/plans.h"
#include "bench_impl.h"
#include <hht/error.h>
#include <string.h>

#define MIN_SECONDS 0.01
#define CACHE_LINE  64

/* A line and its spectrum for each thread, with the plans that a pass has for them. */
typedef struct {
  HHTPlans plans;
  int      threads;
  size_t   stride; /* bytes between the arrays of two threads */
  char    *line, *spectrum;
} Line;

static size_t whole_cache_lines(size_t bytes) { return (bytes / CACHE_LINE + 1) * CACHE_LINE; }

static PetscErrorCode create_line(MPI_Comm comm, const HHTBenchResult *r, const ptrdiff_t n[], Line *l)
{
  PetscFunctionBeginUser;
  HHTCallErrno(HHTPlansCreate(comm, r->numbers, r->c->grid.dim, n, r->c->rigor, &l->plans));
  l->threads  = r->threads_per_rank;
  l->stride   = whole_cache_lines(PetscMax(HHTPlansLineSize(&l->plans), HHTPlansSpectrumSize(&l->plans)));
  l->line     = HHTMemoryCreate((size_t)l->threads * l->stride);
  l->spectrum = HHTMemoryCreate((size_t)l->threads * l->stride);
  PetscCheck(l->line && l->spectrum, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a line");
  PetscFunctionReturn(0);
}

static void destroy_line(Line *l)
{
  HHTPlansDestroy(&l->plans);
  HHTMemoryDestroy(l->line);
  HHTMemoryDestroy(l->spectrum);
}

static void transform_line(const Line *l, int thread)
{
  char *line = l->line + (size_t)thread * l->stride, *spectrum = l->spectrum + (size_t)thread * l->stride;

  HHTPlansForward(&l->plans, line, spectrum);
  HHTPlansBackward(&l->plans, spectrum, line);
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
  Line line;

  PetscFunctionBeginUser;
  PetscCall(create_line(comm, r, n, &line));
  PetscCall(time_line(comm, &line, repeats, seconds));
  *seconds *= points / (double)line.plans.n / ((double)r->ranks * r->threads_per_rank);
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
  HHTTransform transform;
  char        *rest, *work;
  ptrdiff_t    first, count;
  double      *t;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(state, &transform));
  rest = HHTTransformGetRest(transform);
  work = HHTTransformGetWork(transform);
  HHTTransformGetRows(transform, &first, &count);
  const size_t bytes = (size_t)count * (size_t)r->c->grid.n_cols * HHTNumbersSize(r->numbers);

  PetscCall(PetscMalloc1(repeats, &t));
  for (int i = 0; i < repeats; i++) {
    double start = HHTBenchClock(comm);

    copy(i % 2 ? rest : work, i % 2 ? work : rest, bytes, r->threads_per_rank);
    t[i] = HHTBenchClock(comm) - start;
  }
  r->copy = HHTBenchMedian(repeats, t);
  PetscCall(PetscFree(t));
  PetscCall(HHTStateChanged(state));
  PetscFunctionReturn(0);
}
