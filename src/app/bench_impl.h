/* Parts of `hht bench`, one file each: what is timed, the clock, and the report. */
#ifndef HHT_BENCH_IMPL_H
#define HHT_BENCH_IMPL_H

#include "problem.h"
#include <complex.h>
#include <fftw3-mpi.h>

/* Seconds are of one step of the whole state. */
typedef struct {
  const HHTCase   *c;
  HHTNumbers       numbers;
  HHTTransposeType transpose; /* that was chosen */
  int              ranks, nodes;
  int              threads_per_rank;                 /* of a step */
  int              threads;                          /* of the threaded pair: all of rank 0's node */
  double           step, pair, threaded;             /* medians; threaded NaN where it does not fit */
  double           fastest;                          /* step, for machines that others use too */
  double           rows, columns, transposes, field; /* shares of the step, means over the ranks */
  double           in_cache, copy;                   /* bounds; copy is one sweep of memory */
  double           bytes_sent;                       /* a rank's, on average */
  double           peak_bytes;                       /* of all ranks */
} HHTBenchResult;

/* ---- bench_clock.c ---- */

/* The time when all ranks have come here. Collective. */
double HHTBenchClock(MPI_Comm comm);

/* The median of t[0] .. t[n - 1]; sorts them. */
double HHTBenchMedian(int n, double t[]);

/* ---- bench_memory.c ---- */

/*
  Bytes of the largest resident memory of all ranks so far, where what they share counts once. The figure never falls: look at what needs
  less first. Collective.
*/
PetscErrorCode HHTBenchMemory(MPI_Comm comm, double *bytes);

/* ---- bench_state.c ---- */

/* A potential, field, state and flow for the case, with a synthetic state in which nothing is zero or symmetric. Collective. */
PetscErrorCode HHTBenchProblemCreate(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeType transpose,
                                     HHTProblem *problem);

/* One Strang step as a run does between two looks: the outer potential flows merge with the neighbours'. Collective. */
PetscErrorCode HHTBenchStep(HHTFlow flow, double dt);

/* ---- bench_pair.c: the reference, a forward and an inverse complex transform of the whole phase space by bare FFTW ---- */

/* The variants. */
enum { HHT_PAIR_IN_PLACE, HHT_PAIR_OUT_OF_PLACE, HHT_PAIR_VARIANTS };

typedef struct {
  fftw_complex *a, *b;
  fftw_plan     forward[HHT_PAIR_VARIANTS], backward[HHT_PAIR_VARIANTS];
} HHTBenchPair;

/* With FFTW3-MPI on comm, transposed in between so that FFTW can leave out half its moves. Collective. */
PetscErrorCode HHTBenchPairCreate(MPI_Comm comm, const HHTGrid *grid, HHTBenchPair *pair);
/* In this process alone, with so many threads. Not collective. */
PetscErrorCode HHTBenchPairCreateThreaded(const HHTGrid *grid, int threads, HHTBenchPair *pair);
void           HHTBenchPairExecute(const HHTBenchPair *pair, int variant);
void           HHTBenchPairDestroy(HHTBenchPair *pair); /* safe on a zeroed pair, and twice */

/* ---- bench_threads.c: the same pair in one process with the threads of all ranks of its node ---- */

typedef struct HHTBenchThreads_s *HHTBenchThreads;

/* Before anything else of FFTW's is called. Not collective, on every rank. */
PetscErrorCode HHTBenchThreadsInitialize(void);

/* Plans it on rank 0 if that node has the memory, with per_rank threads for each of its ranks. Collective. */
PetscErrorCode HHTBenchThreadsCreate(MPI_Comm comm, const HHTGrid *grid, int per_rank, HHTBenchThreads *threads);
PetscErrorCode HHTBenchThreadsDestroy(HHTBenchThreads *threads);
/* The numbers of nodes and of threads. */
void HHTBenchThreadsCount(HHTBenchThreads threads, int *nodes, int *count);

/* Rank 0 executes it while the others sleep. The seconds it took, on all ranks; NaN where there is no memory for it. Collective. */
PetscErrorCode HHTBenchThreadsTime(HHTBenchThreads threads, int variant, double *seconds);

/* ---- bench_bounds.c: what a step cannot do without ---- */

/* Sets in_cache: the transforms of a step, each thread of each rank on a line that stays in cache. Collective. */
PetscErrorCode HHTBenchInCache(MPI_Comm comm, int repeats, HHTBenchResult *result);

/* Sets copy: all threads of all ranks read and write the state once. Overwrites the state. Collective. */
PetscErrorCode HHTBenchCopy(MPI_Comm comm, HHTState state, int repeats, HHTBenchResult *result);

/* ---- bench_report.c ---- */

/* Prints the table and its JSON line. Collective. */
PetscErrorCode HHTBenchReport(MPI_Comm comm, const HHTBenchResult *result);

#endif
