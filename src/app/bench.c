/*
  hht bench: one Strang step on a synthetic state, complex and real, beside the bare FFTW transform pairs of the whole phase space on the
  same grid, in one process, and what a step cannot do without. Steps and pairs are timed in turn, so that their ratio holds when the
  machine's speed drifts.
*/
#include "bench_impl.h"
#include "commands.h"
#include <hht/error.h>
#include <math.h>

#define REPEATS_MAX 1000

typedef struct {
  HHTBenchPair    pair;
  HHTBenchThreads threads;
} References;

/* What is timed in turn. */
enum { STEP, PAIR, THREADED = PAIR + HHT_PAIR_VARIANTS, TIMED = THREADED + HHT_PAIR_VARIANTS };

static PetscErrorCode create_references(MPI_Comm comm, const HHTCase *c, References *r)
{
  PetscFunctionBeginUser;
  PetscCall(HHTBenchPairCreate(comm, &c->grid, &r->pair));
  PetscCall(HHTBenchThreadsCreate(comm, &c->grid, PetscMax(1, c->threads), &r->threads));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy_references(References *r)
{
  PetscFunctionBeginUser;
  HHTBenchPairDestroy(&r->pair);
  PetscCall(HHTBenchThreadsDestroy(&r->threads));
  PetscFunctionReturn(0);
}

static PetscErrorCode time_step(MPI_Comm comm, HHTFlow flow, double dt, double *seconds)
{
  double start;

  PetscFunctionBeginUser;
  start = HHTBenchClock(comm);
  PetscCall(HHTBenchStep(flow, dt));
  *seconds = HHTBenchClock(comm) - start;
  PetscFunctionReturn(0);
}

static double time_pair(MPI_Comm comm, const HHTBenchPair *pair, int variant)
{
  double start = HHTBenchClock(comm);

  HHTBenchPairExecute(pair, variant);
  return HHTBenchClock(comm) - start;
}

static PetscErrorCode time_turn(MPI_Comm comm, HHTFlow flow, double dt, const References *r, double seconds[TIMED])
{
  PetscFunctionBeginUser;
  PetscCall(time_step(comm, flow, dt, &seconds[STEP]));
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++) seconds[PAIR + k] = time_pair(comm, &r->pair, k);
  for (int k = 0; k < HHT_PAIR_VARIANTS; k++) PetscCall(HHTBenchThreadsTime(r->threads, k, &seconds[THREADED + k]));
  PetscFunctionReturn(0);
}

static double better(const double seconds[HHT_PAIR_VARIANTS])
{
  return fmin(seconds[HHT_PAIR_IN_PLACE], seconds[HHT_PAIR_OUT_OF_PLACE]);
}

/* Each once, and then the counters of the parts start. */
static PetscErrorCode warm_up(MPI_Comm comm, HHTProblem *p, double dt, const References *refs, double *field_before)
{
  double       turn[TIMED];
  HHTTransform transform;

  PetscFunctionBeginUser;
  PetscCall(time_turn(comm, p->flow, dt, refs, turn));
  PetscCall(HHTStateGetTransform(p->state, &transform));
  HHTTransformResetTimes(transform);
  PetscCall(HHTFlowGetFieldTime(p->flow, field_before));
  PetscFunctionReturn(0);
}

static PetscErrorCode measure_medians(MPI_Comm comm, HHTFlow flow, const References *refs, int repeats,
                                      HHTBenchResult *r, double *all_steps)
{
  double turn[TIMED], *series[TIMED], median[TIMED];

  PetscFunctionBeginUser;
  *all_steps = 0;
  for (int k = 0; k < TIMED; k++) PetscCall(PetscMalloc1(repeats, &series[k]));
  for (int i = 0; i < repeats; i++) {
    PetscCall(time_turn(comm, flow, r->c->dt, refs, turn));
    for (int k = 0; k < TIMED; k++) series[k][i] = turn[k];
    *all_steps += turn[STEP];
  }
  for (int k = 0; k < TIMED; k++) {
    median[k] = HHTBenchMedian(repeats, series[k]);
    if (k == STEP) r->fastest = series[k][0]; /* they are sorted now */
    PetscCall(PetscFree(series[k]));
  }
  r->step     = median[STEP];
  r->pair     = better(&median[PAIR]);
  r->threaded = better(&median[THREADED]);
  PetscFunctionReturn(0);
}

/* Counters of the steps that were timed: seconds of the parts of all of them, and bytes. */
typedef struct {
  double rows, columns, transposes, field, bytes_sent;
} Counters;

/* Means over the ranks, which wait for each other at different places. */
static PetscErrorCode count(MPI_Comm comm, HHTProblem *p, double field_before, int ranks, Counters *c)
{
  HHTTransform      transform;
  HHTTransformTimes times;
  double            field;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(p->state, &transform));
  PetscCall(HHTFlowGetFieldTime(p->flow, &field));
  times         = HHTTransformGetTimes(transform);
  double sums[] = {times.rows, times.columns, times.transposes, field - field_before, times.bytes_sent};

  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sums, 5, MPI_DOUBLE, MPI_SUM, comm));
  *c = (Counters){sums[0] / ranks, sums[1] / ranks, sums[2] / ranks, sums[3] / ranks, sums[4] / ranks};
  PetscFunctionReturn(0);
}

/* The parts as shares of the median step, so that a few slow steps do not spoil them. */
static void share(const Counters *c, double all_steps, int repeats, HHTBenchResult *r)
{
  const double of_step = r->step / all_steps;

  r->rows       = c->rows * of_step;
  r->columns    = c->columns * of_step;
  r->transposes = c->transposes * of_step;
  r->field      = c->field * of_step;
  r->bytes_sent = c->bytes_sent / repeats;
}

/* How the step is done. */
static PetscErrorCode describe(MPI_Comm comm, HHTState state, const References *refs, HHTBenchResult *r)
{
  HHTTransform transform;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetTransform(state, &transform));
  PetscCallMPI(MPI_Comm_size(comm, &r->ranks));
  HHTBenchThreadsCount(refs->threads, &r->nodes, &r->threads);
  r->threads_per_rank = HHTTransformGetThreads(transform);
  r->transpose        = HHTTransformGetTranspose(transform);
  PetscFunctionReturn(0);
}

static PetscErrorCode measure(MPI_Comm comm, const References *refs, int repeats, HHTBenchResult *r)
{
  HHTProblem p;
  Counters   counters = {0};
  double     field_before, all_steps;

  PetscFunctionBeginUser;
  PetscCall(HHTBenchProblemCreate(comm, r->c, r->numbers, r->transpose, &p));
  PetscCall(describe(comm, p.state, refs, r));
  PetscCall(warm_up(comm, &p, r->c->dt, refs, &field_before));
  PetscCall(measure_medians(comm, p.flow, refs, repeats, r, &all_steps));
  PetscCall(count(comm, &p, field_before, r->ranks, &counters));
  share(&counters, all_steps, repeats, r);
  PetscCall(HHTBenchInCache(comm, repeats, r));
  PetscCall(HHTBenchCopy(comm, p.state, repeats, r));
  PetscCall(HHTProblemDestroy(&p));
  PetscFunctionReturn(0);
}

/* What the problem adds to the memory of before, the choice of its transpose included. */
static PetscErrorCode choose_and_measure_memory(MPI_Comm comm, double before, HHTBenchResult *r)
{
  HHTProblem         problem;
  HHTTransposeChoice choice;

  PetscFunctionBeginUser;
  PetscCall(HHTTransposeChoose(comm, r->c, r->numbers, &choice));
  r->transpose = choice.type;
  PetscCall(HHTBenchProblemCreate(comm, r->c, r->numbers, r->transpose, &problem));
  PetscCall(HHTBenchStep(problem.flow, r->c->dt));
  PetscCall(HHTBenchMemory(comm, &r->peak_bytes));
  r->peak_bytes -= before;
  PetscCall(HHTProblemDestroy(&problem));
  PetscFunctionReturn(0);
}

/* What bench takes beside the options of a case; and plans that are worth timing. */
static PetscErrorCode get_repeats(int *repeats)
{
  PetscInt  n = 7;
  PetscBool set;

  PetscFunctionBeginUser;
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-bench_repeats", &n, &set));
  if (n < 1 || n > REPEATS_MAX)
    return HHTError(HHT_EXIT_USAGE, "bench_repeats: %" PetscInt_FMT " is not allowed; it must be from 1 to %d", n,
                    REPEATS_MAX);
  if (set) PetscCall(PetscOptionsClearValue(NULL, "-bench_repeats"));
  PetscCall(PetscOptionsHasName(NULL, NULL, "-fft_rigor", &set));
  if (!set) PetscCall(PetscOptionsSetValue(NULL, "-fft_rigor", "measure"));
  *repeats = (int)n;
  PetscFunctionReturn(0);
}

static PetscErrorCode bench(MPI_Comm comm, const HHTCase *c, int repeats)
{
  HHTBenchResult results[2] = {{.c = c, .numbers = HHTNumbersOf(1, c->precision)},
                               {.c = c, .numbers = HHTNumbersOf(0, c->precision)}};
  References     references;
  double         before;

  PetscFunctionBeginUser;
  PetscCall(HHTBenchThreadsInitialize());
  PetscCall(HHTBenchMemory(comm, &before));
  /* Real numbers first, which need less. */
  for (int i = 0; i < 2; i++) PetscCall(choose_and_measure_memory(comm, before, &results[i]));
  PetscCall(create_references(comm, c, &references));
  for (int i = 1; i >= 0; i--) {
    PetscCall(measure(comm, &references, repeats, &results[i]));
    PetscCall(HHTBenchReport(comm, &results[i]));
  }
  PetscCall(destroy_references(&references));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCommandBench(MPI_Comm comm, const HHTArguments *arguments)
{
  HHTCase *c;
  int      repeats = 0;

  PetscFunctionBeginUser;
  (void)arguments;
  PetscCall(get_repeats(&repeats));
  PetscCall(PetscNew(&c));
  PetscCall(HHTCaseFromOptions("", c));
  if (c->equation != HHT_EQUATION_HHT)
    return HHTError(HHT_EXIT_USAGE, "equation_type: hht bench times (HHt) only; it must be hht");
  PetscCall(bench(comm, c, repeats));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
