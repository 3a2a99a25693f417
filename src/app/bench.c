/*
  hht bench: one Strang step on a synthetic state, complex and real, beside the bare FFTW3-MPI transform pair of the whole phase space on the same
  grid, in one process. The two are timed in turn, so that the ratio holds when the machine's speed drifts.
*/
#include "commands.h"
#include "problem.h"
#include <fftw3-mpi.h>
#include <hht/error.h>
#include <hht/log.h>
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#define REPEATS_MAX 1000

/* The reference: forward and inverse transform of all 2d dimensions, transposed in between so that FFTW can leave out half its moves. */
typedef struct {
  fftw_complex *a, *b; /* a == b: in place */
  fftw_plan     forward, backward;
} Pair;

typedef struct {
  double step, pair; /* medians, seconds */
  double rows, columns, transposes, field;
  double bytes_sent, peak_bytes;
} Result;

static PetscErrorCode create_pair(MPI_Comm comm, const HHTGrid *g, int in_place, Pair *p)
{
  ptrdiff_t n[2 * HHT_MAX_DIM], size, rows, first, cols, col_first;

  PetscFunctionBeginUser;
  for (int j = 0; j < g->dim; j++) {
    n[j]          = g->nx[j];
    n[g->dim + j] = g->nv[j];
  }
  fftw_mpi_init();
  size = fftw_mpi_local_size_transposed(2 * g->dim, n, comm, &rows, &first, &cols, &col_first);
  p->a = fftw_alloc_complex((size_t)size);
  p->b = in_place ? p->a : fftw_alloc_complex((size_t)size);
  PetscCheck(p->a && p->b, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for the bare transforms");
  p->forward = fftw_mpi_plan_dft(2 * g->dim, n, p->a, p->b, comm, FFTW_FORWARD, FFTW_MEASURE | FFTW_MPI_TRANSPOSED_OUT);
  p->backward = fftw_mpi_plan_dft(2 * g->dim, n, p->b, p->a, comm, FFTW_BACKWARD,
                                  FFTW_MEASURE | FFTW_MPI_TRANSPOSED_IN);
  PetscCheck(p->forward && p->backward, PETSC_COMM_SELF, PETSC_ERR_LIB, "FFTW has no plan for the bare transforms");
  PetscCall(PetscArrayzero(p->a, (size_t)size));
  PetscFunctionReturn(0);
}

static void destroy_pair(Pair *p)
{
  fftw_destroy_plan(p->forward);
  fftw_destroy_plan(p->backward);
  if (p->b != p->a) fftw_free(p->b);
  fftw_free(p->a);
}

typedef struct {
  const HHTGrid *grid;
  HHTNumbers     numbers;
} Synthetic;

/* A Gaussian in v; complex: with a phase that turns with x and v, real: shifted with x. Nothing in it is zero or symmetric. */
static PetscErrorCode synthetic_row(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Synthetic *s = ctx;
  const HHTGrid   *g = s->grid;
  ptrdiff_t        i[HHT_MAX_DIM], m[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  HHTUnflatten(row, g->dim, g->nx, i);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    double v2 = 0, turn = 0;

    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) {
      double v = HHTGridV(g, j, m[j]);

      v2 += v * v;
      turn += 0.1 * v * cos(g->dk[j] * HHTGridX(g, j, i[j]));
    }
    alpha[c] = exp(-v2 / 4) * (s->numbers == HHT_REAL ? exp(turn) : cexp(I * turn));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode create_problem(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTProblem *p)
{
  Synthetic synthetic = {&c->grid, numbers};

  PetscFunctionBeginUser;
  PetscCall(PetscMemzero(p, sizeof *p));
  PetscCall(HHTPotentialCreate(&c->grid, &c->potential, &p->potential));
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(HHTStateCreate(comm, &c->grid, numbers, c->transpose, c->rigor, &p->state));
  PetscCall(HHTStateSetAmplitude(p->state, synthetic_row, &synthetic, 1));
  PetscCall(HHTFlowCreate(p->state, p->field, &p->flow));
  PetscFunctionReturn(0);
}

/* One step as a run does between two looks: the outer potential flows merge with the neighbours'. */
static PetscErrorCode step(HHTFlow flow, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowPotential(flow, dt / 2));
  PetscCall(HHTFlowKinetic(flow, dt));
  PetscCall(HHTFlowPotential(flow, dt / 2));
  PetscFunctionReturn(0);
}

static double clock_together(MPI_Comm comm)
{
  (void)MPI_Barrier(comm);
  return MPI_Wtime();
}

static int compare(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double median(int n, double t[])
{
  qsort(t, (size_t)n, sizeof *t, compare);
  return n % 2 ? t[n / 2] : (t[n / 2 - 1] + t[n / 2]) / 2;
}

/* Runs each once to warm up, then `repeats` times in turn. */
static PetscErrorCode measure(MPI_Comm comm, HHTFlow flow, double dt, const Pair pairs[2], int repeats, Result *r)
{
  double      *t[3];
  double       start;
  HHTState     state;
  HHTTransform transform;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc3(repeats, &t[0], repeats, &t[1], repeats, &t[2]));
  PetscCall(HHTFlowGetState(flow, &state));
  PetscCall(HHTStateGetTransform(state, &transform));
  for (int i = -1; i < repeats; i++) {
    if (i == 0) HHTTransformResetTimes(transform);
    start = clock_together(comm);
    PetscCall(step(flow, dt));
    if (i >= 0) t[2][i] = clock_together(comm) - start;
    for (int k = 0; k < 2; k++) {
      start = clock_together(comm);
      fftw_execute(pairs[k].forward);
      fftw_execute(pairs[k].backward);
      if (i >= 0) t[k][i] = clock_together(comm) - start;
    }
  }
  r->step = median(repeats, t[2]);
  r->pair = fmin(median(repeats, t[0]), median(repeats, t[1]));
  PetscCall(PetscFree3(t[0], t[1], t[2]));
  HHTTransformTimes times = HHTTransformGetTimes(transform);
  r->rows                 = times.rows / repeats;
  r->columns              = times.columns / repeats;
  r->transposes           = times.transposes / repeats;
  r->bytes_sent           = times.bytes_sent / repeats;
  PetscCall(HHTFlowGetFieldTime(flow, &r->field));
  r->field /= repeats + 1;
  PetscFunctionReturn(0);
}

/*
  The largest resident memory of the processes so far, less that before the problem was made. Real numbers, which need less, are measured
  first, because the figure never falls.
*/
static PetscErrorCode resident_memory(MPI_Comm comm, double *bytes)
{
  struct rusage usage;

  PetscFunctionBeginUser;
  (void)getrusage(RUSAGE_SELF, &usage);
  *bytes = (double)usage.ru_maxrss * 1024;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, bytes, 1, MPI_DOUBLE, MPI_SUM, comm));
  PetscFunctionReturn(0);
}

static PetscErrorCode measure_memory(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, double before, double *bytes)
{
  HHTProblem problem;

  PetscFunctionBeginUser;
  PetscCall(create_problem(comm, c, numbers, &problem));
  PetscCall(step(problem.flow, c->dt));
  PetscCall(resident_memory(comm, bytes));
  *bytes -= before;
  PetscCall(HHTProblemDestroy(&problem));
  PetscFunctionReturn(0);
}

static PetscErrorCode print(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, const Result *r)
{
  static const char *const transposes[] = {"alltoall", "fftw"}, *const rigors[] = {"estimate", "measure", "patient"};
  const char    *mode   = numbers == HHT_REAL ? "real" : "complex";
  const double   number = numbers == HHT_REAL ? 8 : 16;
  const HHTGrid *g      = &c->grid;
  const double   points = (double)g->n_rows * (double)g->n_cols, ns = 1e9 / points;
  int            ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(HHTLog(comm, "%s Strang step, d = %d, %td x %td points, %d ranks, transpose %s, plans %s\n", mode, g->dim,
                   g->n_rows, g->n_cols, ranks, transposes[c->transpose], rigors[c->rigor]));
  PetscCall(HHTLog(comm, "  %-24s %10s %8s\n", "", "ns/point", "ratio"));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "bare FFTW3-MPI pair", r->pair * ns, 1.));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "step", r->step * ns, r->step / r->pair));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "  row passes", r->rows * ns, r->rows / r->pair));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "  column passes", r->columns * ns, r->columns / r->pair));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "  transposes", r->transposes * ns, r->transposes / r->pair));
  PetscCall(HHTLog(comm, "  %-24s %10.2f %8.2f\n", "  field", r->field * ns, r->field / r->pair));
  PetscCall(HHTLog(comm, "  memory %.2f copies of the state\n", r->peak_bytes / points / number));
  PetscCall(
      HHTLog(comm,
             "{\"bench\": \"strang_step\", \"dim\": %d, \"nx\": %td, \"nv\": %td, \"points\": %.0f, \"ranks\": %d, "
             "\"transpose\": \"%s\", \"rigor\": \"%s\", \"mode\": \"%s\", \"ns_per_point\": %.4f, "
             "\"pair_ns_per_point\": %.4f, \"ratio\": %.4f, \"updates_per_second_per_rank\": %.6g, "
             "\"rows\": %.4f, \"columns\": %.4f, \"transposes\": %.4f, \"field\": %.4f, "
             "\"bytes_sent_per_rank\": %.0f, \"bytes_per_point\": %.2f}\n",
             g->dim, g->nx[0], g->nv[0], points, ranks, transposes[c->transpose], rigors[c->rigor], mode, r->step * ns,
             r->pair * ns, r->step / r->pair, points / r->step / ranks, r->rows * ns, r->columns * ns,
             r->transposes * ns, r->field * ns, r->bytes_sent, r->peak_bytes / points));
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
  static const HHTNumbers modes[2]  = {HHT_REAL, HHT_COMPLEX};
  Result                  result[2] = {{0}};
  double                  before;
  Pair                    pairs[2];
  HHTProblem              problem;

  PetscFunctionBeginUser;
  PetscCall(resident_memory(comm, &before));
  for (int i = 0; i < 2; i++) PetscCall(measure_memory(comm, c, modes[i], before, &result[i].peak_bytes));
  for (int k = 0; k < 2; k++) PetscCall(create_pair(comm, &c->grid, k, &pairs[k]));
  for (int i = 1; i >= 0; i--) {
    PetscCall(create_problem(comm, c, modes[i], &problem));
    PetscCall(measure(comm, problem.flow, c->dt, pairs, repeats, &result[i]));
    PetscCall(print(comm, c, modes[i], &result[i]));
    PetscCall(HHTProblemDestroy(&problem));
  }
  for (int k = 0; k < 2; k++) destroy_pair(&pairs[k]);
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
  PetscCall(HHTCaseFromOptions(comm, "", c));
  PetscCall(bench(comm, c, repeats));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
