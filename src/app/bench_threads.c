/*
  The threaded pair shares its cores with the ranks of its node, which have to leave them alone meanwhile: an MPI call that waits
  spins. And launchers bind a rank to its core, where all threads would stand in line: they may use the cores of all ranks of the node.
*/
#include "bench_impl.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

struct HHTBenchThreads_s {
  MPI_Comm     comm;      /* borrowed */
  int          nodes;     /* of comm */
  int          count;     /* of threads: those of all ranks on rank 0's node */
  int          fits;      /* that node has the memory; the same on all ranks */
  cpu_set_t    own, node; /* where this process may run, and where its node's ranks may */
  HHTBenchPair pair;      /* on rank 0 */
};

PetscErrorCode HHTBenchThreadsInitialize(void)
{
  PetscFunctionBeginUser;
  PetscCheck(fftw_init_threads(), PETSC_COMM_SELF, PETSC_ERR_LIB, "FFTW cannot use threads");
  PetscFunctionReturn(0);
}

/* Waits without keeping the core busy. */
static PetscErrorCode wait_asleep(MPI_Request *request)
{
  const struct timespec nap  = {.tv_nsec = 1000000};
  int                   done = 0;

  PetscFunctionBeginUser;
  while (1) {
    PetscCallMPI(MPI_Test(request, &done, MPI_STATUS_IGNORE));
    if (done) break;
    (void)nanosleep(&nap, NULL);
  }
  PetscFunctionReturn(0);
}

/* Bytes that processes can still get on this node; infinite where the system does not say. */
static double available_memory(void)
{
  FILE         *file = fopen("/proc/meminfo", "r");
  char          line[256];
  unsigned long kilobytes;
  double        bytes = INFINITY;

  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "MemAvailable: %lu kB", &kilobytes) == 1) bytes = 1024. * (double)kilobytes;
  }
  if (file) (void)fclose(file);
  return bytes;
}

/* Two arrays, and some room for others. */
static int fits(const HHTGrid *g)
{
  const double bytes = 2 * sizeof(fftw_complex) * (double)g->n_rows * (double)g->n_cols;

  return 1.1 * bytes < available_memory();
}

static PetscErrorCode look_at_node(HHTBenchThreads t)
{
  MPI_Comm node;
  int      rank, first;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_split_type(t->comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node));
  PetscCallMPI(MPI_Comm_rank(node, &rank));
  PetscCallMPI(MPI_Comm_size(node, &t->count));
  first = rank == 0;
  PetscCallMPI(MPI_Allreduce(&first, &t->nodes, 1, MPI_INT, MPI_SUM, t->comm));
  PetscCallMPI(MPI_Bcast(&t->count, 1, MPI_INT, 0, t->comm));
  (void)sched_getaffinity(0, sizeof t->own, &t->own);
  PetscCallMPI(MPI_Allreduce(&t->own, &t->node, sizeof t->own, MPI_BYTE, MPI_BOR, node));
  PetscCallMPI(MPI_Comm_free(&node));
  PetscFunctionReturn(0);
}

/* FFTW starts its threads in the first planning, with the cores that the process has then. */
static PetscErrorCode create_pair(const HHTGrid *g, HHTBenchThreads t)
{
  PetscFunctionBeginUser;
  (void)sched_setaffinity(0, sizeof t->node, &t->node);
  PetscCall(HHTBenchPairCreateThreaded(g, t->count, &t->pair));
  (void)sched_setaffinity(0, sizeof t->own, &t->own);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchThreadsCreate(MPI_Comm comm, const HHTGrid *g, int per_rank, HHTBenchThreads *threads)
{
  HHTBenchThreads t;
  MPI_Request     request;
  int             rank;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(threads));
  t       = *threads;
  t->comm = comm;
  PetscCall(look_at_node(t));
  t->count *= per_rank;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  t->fits = fits(g);
  PetscCallMPI(MPI_Bcast(&t->fits, 1, MPI_INT, 0, comm));
  if (t->fits && !rank) PetscCall(create_pair(g, t));
  PetscCallMPI(MPI_Ibarrier(comm, &request));
  PetscCall(wait_asleep(&request));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchThreadsDestroy(HHTBenchThreads *threads)
{
  PetscFunctionBeginUser;
  HHTBenchPairDestroy(&(*threads)->pair);
  PetscCall(PetscFree(*threads));
  PetscFunctionReturn(0);
}

void HHTBenchThreadsCount(HHTBenchThreads t, int *nodes, int *count)
{
  *nodes = t->nodes;
  *count = t->count;
}

static double time_pair(HHTBenchThreads t, int variant)
{
  double seconds;

  (void)sched_setaffinity(0, sizeof t->node, &t->node);
  seconds = MPI_Wtime();
  HHTBenchPairExecute(&t->pair, variant);
  seconds = MPI_Wtime() - seconds;
  (void)sched_setaffinity(0, sizeof t->own, &t->own);
  return seconds;
}

PetscErrorCode HHTBenchThreadsTime(HHTBenchThreads t, int variant, double *seconds)
{
  MPI_Request request;
  int         rank;

  PetscFunctionBeginUser;
  *seconds = NAN;
  if (!t->fits) PetscFunctionReturn(0);
  PetscCallMPI(MPI_Comm_rank(t->comm, &rank));
  PetscCallMPI(MPI_Barrier(t->comm));
  if (!rank) *seconds = time_pair(t, variant);
  PetscCallMPI(MPI_Ibcast(seconds, 1, MPI_DOUBLE, 0, t->comm, &request));
  PetscCall(wait_asleep(&request));
  PetscFunctionReturn(0);
}
