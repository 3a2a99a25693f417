#include <complex.h>
#include <hht/error.h>
#include <hht/monte_carlo.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

#define COPIES 2

/* One sample at work. Arrays of particles are laid out as for HHTNBodyMove(): x_j, then v_j. */
typedef struct {
  const HHTMonteCarlo *setup;
  int                  dim;
  ptrdiff_t            n;         /* particles */
  HHTPairForce         force;     /* of this rank alone */
  double              *drawn;     /* two copies of n particles */
  double complex      *alpha;     /* at each of them */
  double              *z, *phase; /* n particles that move; COPIES n phases */
  double              *ends;      /* 2 COPIES times n particles */
  PetscBool            free_boundary;
} Work;

/* ---- estimates ---- */

void HHTEstimateAdd(HHTEstimate *e, const HHTEstimate *more)
{
  e->n += more->n;
  e->sum += more->sum;
  e->square += more->square;
  e->largest = fmax(e->largest, more->largest);
}

void HHTEstimateValue(const HHTEstimate *e, double *mean, double *error)
{
  *mean = *error = NAN;
  if (e->n < 2) return;
  *mean  = e->sum / e->n;
  *error = sqrt(fmax(0, e->square / e->n - *mean * *mean) / (e->n - 1));
}

/* ---- amplitudes ---- */

/* Each quantity of each N has random numbers of its own. */
static uint64_t purpose(const Work *w, int quantity) { return (uint64_t)w->n * 64 + (uint64_t)quantity; }

PetscErrorCode HHTDrawParticles(HHTInitial initial, int dim, uint64_t seed, uint64_t purpose, uint64_t sample,
                                ptrdiff_t first, ptrdiff_t count, double z[])
{
  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < count; i++) {
    HHTRandom random = HHTRandomStream(seed, purpose, sample, (uint64_t)(first + i));
    double    one[2 * HHT_MAX_DIM];

    PetscCall(HHTInitialSample(initial, &random, one));
    for (int j = 0; j < 2 * dim; j++) z[j * count + i] = one[j];
  }
  PetscFunctionReturn(0);
}

/* alpha(0) at particle i of count. */
static PetscErrorCode initial_alpha(const Work *w, ptrdiff_t count, const double z[], ptrdiff_t i,
                                    double complex *alpha)
{
  double one[2 * HHT_MAX_DIM];

  PetscFunctionBeginUser;
  for (int j = 0; j < 2 * w->dim; j++) one[j] = z[j * count + i];
  PetscCall(HHTInitialAmplitude(w->setup->initial, one, alpha));
  PetscFunctionReturn(0);
}

/* Moves `count` points of the initial data to time t; alpha(t) there. */
static PetscErrorCode to_mean_field(Work *w, ptrdiff_t count, double z[], double complex alpha[])
{
  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < count; i++) PetscCall(initial_alpha(w, count, z, i, &alpha[i]));
  PetscCall(HHTCharacteristicsMove(w->setup->history, HHT_FORWARD, count, z, w->phase));
  for (ptrdiff_t i = 0; i < count; i++) alpha[i] *= cexp(-I * w->phase[i]);
  PetscFunctionReturn(0);
}

/* alpha(t) at `count` points, which are lost. */
static PetscErrorCode mean_field_alpha(Work *w, ptrdiff_t count, double z[], double complex alpha[])
{
  PetscFunctionBeginUser;
  PetscCall(HHTCharacteristicsMove(w->setup->history, HHT_BACKWARD, count, z, w->phase));
  for (ptrdiff_t i = 0; i < count; i++) {
    PetscCall(initial_alpha(w, count, z, i, &alpha[i]));
    alpha[i] *= cexp(-I * w->phase[i]);
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode move(Work *w, HHTDirection direction)
{
  const HHTMonteCarlo *s = w->setup;

  PetscFunctionBeginUser;
  PetscCall(HHTNBodyMove(w->force, w->dim, s->splitting, s->dt, s->steps, direction, w->z));
  PetscFunctionReturn(0);
}

/* alpha_N(t) at w->z, which is lost, over the product of reference[]. Factor by factor, because the products leave the range of numbers. */
static PetscErrorCode alpha_n_over(Work *w, const double complex reference[], double complex *ratio)
{
  PetscFunctionBeginUser;
  PetscCall(move(w, HHT_BACKWARD));
  *ratio = 1;
  for (ptrdiff_t i = 0; i < w->n; i++) {
    double complex alpha;

    PetscCall(initial_alpha(w, w->n, w->z, i, &alpha));
    *ratio *= alpha / reference[i];
  }
  PetscFunctionReturn(0);
}

/* ---- <q_1> ---- */

/* |1 - R|^2 / (1 + |R|^2) */
static PetscErrorCode sample_q1(Work *w, uint64_t sample, double *value)
{
  const HHTMonteCarlo *s = w->setup;
  double               old[2 * HHT_MAX_DIM], fresh[2 * HHT_MAX_DIM];
  double complex       alpha_old, alpha_fresh, ratio;

  PetscFunctionBeginUser;
  PetscCall(HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_Q1), sample, 0, w->n, w->z));
  PetscCall(HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_Q1), sample, w->n, 1, fresh));
  for (ptrdiff_t i = 0; i < w->n; i++) PetscCall(initial_alpha(w, w->n, w->z, i, &w->alpha[i]));
  PetscCall(move(w, HHT_FORWARD));
  PetscCall(to_mean_field(w, 1, fresh, &alpha_fresh));
  for (int j = 0; j < 2 * w->dim; j++) {
    old[j]         = w->z[j * w->n];
    w->z[j * w->n] = fresh[j];
  }
  PetscCall(mean_field_alpha(w, 1, old, &alpha_old));
  PetscCall(alpha_n_over(w, w->alpha, &ratio));
  ratio *= alpha_old / alpha_fresh;
  *value = isinf(cabs(ratio)) ? 1 : HHTNorm2(1 - ratio) / (1 + HHTNorm2(ratio));
  PetscFunctionReturn(0);
}

/* ---- P_0 ---- */

/* w where the particles of one copy are moved by the mean field. */
static PetscErrorCode overlap_by_mean_field(Work *w, uint64_t sample, ptrdiff_t first, double complex *ratio)
{
  const HHTMonteCarlo *s = w->setup;

  PetscFunctionBeginUser;
  PetscCall(HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_P), sample, first, w->n, w->z));
  PetscCall(to_mean_field(w, w->n, w->z, w->alpha));
  PetscCall(alpha_n_over(w, w->alpha, ratio));
  PetscFunctionReturn(0);
}

/* And where they move one another. */
static PetscErrorCode overlap_by_particles(Work *w, uint64_t sample, ptrdiff_t first, double complex *ratio)
{
  const HHTMonteCarlo *s         = w->setup;
  double complex      *reference = w->alpha + w->n;

  PetscFunctionBeginUser;
  PetscCall(HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_P), sample, first, w->n, w->z));
  for (ptrdiff_t i = 0; i < w->n; i++) PetscCall(initial_alpha(w, w->n, w->z, i, &w->alpha[i]));
  PetscCall(move(w, HHT_FORWARD));
  PetscCall(mean_field_alpha(w, w->n, w->z, reference));
  *ratio = 1;
  for (ptrdiff_t i = 0; i < w->n; i++) *ratio *= w->alpha[i] / reference[i];
  PetscFunctionReturn(0);
}

/* 2 w / (1 + |w|^2) */
static double complex bounded_overlap(double complex ratio)
{
  return isinf(cabs(ratio)) ? 0 : 2 * ratio / (1 + HHTNorm2(ratio));
}

/* <alpha^{(x) N}, alpha_N> from both halves of the density, twice. */
static PetscErrorCode sample_p0(Work *w, uint64_t sample, double *value)
{
  double complex overlap[COPIES];

  PetscFunctionBeginUser;
  for (int i = 0; i < COPIES; i++) {
    double complex a = 0, b = 0;

    PetscCall(overlap_by_mean_field(w, sample, 2 * i * w->n, &a));
    PetscCall(overlap_by_particles(w, sample, (2 * i + 1) * w->n, &b));
    overlap[i] = 0.5 * (bounded_overlap(a) + bounded_overlap(b));
  }
  *value = creal(conj(overlap[0]) * overlap[1]);
  PetscFunctionReturn(0);
}

/* ---- the marginal ---- */

/* Of particle i of a and of b. */
static double kernel(const Work *w, ptrdiff_t i, const double a[], const double b[])
{
  const HHTGrid *g        = w->setup->grid;
  double         exponent = 0;

  for (int j = 0; j < w->dim; j++) {
    const double x = 2 * PETSC_PI / g->x_length[j] * (a[j * w->n + i] - b[j * w->n + i]);
    const double v = 4 / g->v_max[j] * (a[(w->dim + j) * w->n + i] - b[(w->dim + j) * w->n + i]);

    exponent += 0.5 * v * v + (w->free_boundary ? 0.5 * x * x : 1 - cos(x));
  }
  return exp(-exponent);
}

/* The same particles moved by one another, and by the mean field. */
static PetscErrorCode move_both(Work *w, uint64_t sample, ptrdiff_t first, double particles[], double mean_field[])
{
  const HHTMonteCarlo *s     = w->setup;
  const size_t         bytes = 2 * (size_t)(w->dim * w->n) * sizeof(double);

  PetscFunctionBeginUser;
  PetscCall(
      HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_MARGINAL), sample, first, w->n, w->z));
  memcpy(mean_field, w->z, bytes);
  PetscCall(HHTCharacteristicsMove(s->history, HHT_FORWARD, w->n, mean_field, NULL));
  PetscCall(move(w, HHT_FORWARD));
  memcpy(particles, w->z, bytes);
  PetscFunctionReturn(0);
}

/* The mean over the particles, which are all alike; all pairs of them would cost more and say no more. */
static PetscErrorCode sample_marginal(Work *w, uint64_t sample, double *value)
{
  const ptrdiff_t n = 2 * w->dim * w->n;
  double         *y = w->ends, *z = y + n, *other_y = z + n, *other_z = other_y + n;

  PetscFunctionBeginUser;
  PetscCall(move_both(w, sample, 0, y, z));
  PetscCall(move_both(w, sample, w->n, other_y, other_z));
  *value = 0;
  for (ptrdiff_t i = 0; i < w->n; i++)
    *value += kernel(w, i, y, other_y) - kernel(w, i, y, other_z) - kernel(w, i, z, other_y) + kernel(w, i, z, other_z);
  *value /= (double)w->n;
  PetscFunctionReturn(0);
}

/* ---- P_k, k > 0 ---- */

/*
  w for all choices of a copy of the first k particles, in the bits of `choice`, with copy `rest` of the others.
*/
static PetscErrorCode weights(Work *w, int k, int rest, double complex result[])
{
  double complex *reference;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)w->n, &reference));
  for (int choice = 0; choice < 1 << k; choice++) {
    for (ptrdiff_t i = 0; i < w->n; i++) {
      const int       copy = i < k ? choice >> i & 1 : rest;
      const ptrdiff_t from = copy * w->n + i;

      reference[i] = w->alpha[from];
      for (int j = 0; j < 2 * w->dim; j++) w->z[j * w->n + i] = w->drawn[j * COPIES * w->n + from];
    }
    PetscCall(alpha_n_over(w, reference, &result[choice]));
  }
  PetscCall(PetscFree(reference));
  PetscFunctionReturn(0);
}

/* D_1 .. D_k w */
static double complex difference(int k, const double complex w[])
{
  double complex sum = 0;

  for (int choice = 0; choice < 1 << k; choice++)
    sum += (__builtin_popcount((unsigned)choice) % 2 ? -1 : 1) * w[choice];
  return sum;
}

/* C(n, k) 2^-k */
static double pairs_factor(ptrdiff_t n, int k)
{
  double factor = 1;

  for (int i = 0; i < k; i++) factor *= 0.5 * (double)(n - i) / (i + 1);
  return factor;
}

/* One of the two copies in w->drawn, to w->z, or back. */
static void take_copy(Work *w, int copy)
{
  for (int j = 0; j < 2 * w->dim; j++)
    memcpy(w->z + j * w->n, w->drawn + (j * COPIES + copy) * w->n, (size_t)w->n * sizeof *w->z);
}

static void put_copy(Work *w, int copy)
{
  for (int j = 0; j < 2 * w->dim; j++)
    memcpy(w->drawn + (j * COPIES + copy) * w->n, w->z + j * w->n, (size_t)w->n * sizeof *w->z);
}

/* Both copies at time t with alpha(t): samples in turn from |alpha|^2 alone, and with the first copy from |alpha_N|^2. */
static PetscErrorCode draw_copies(Work *w, int k, uint64_t sample)
{
  const HHTMonteCarlo *s = w->setup;

  PetscFunctionBeginUser;
  PetscCall(HHTDrawParticles(s->initial, w->dim, s->seed, purpose(w, HHT_ESTIMATE_P + k), sample, 0, COPIES * w->n,
                             w->drawn));
  if (sample % 2 == 0) PetscFunctionReturn(to_mean_field(w, COPIES * w->n, w->drawn, w->alpha));
  take_copy(w, 0);
  PetscCall(move(w, HHT_FORWARD));
  put_copy(w, 0);
  PetscCall(mean_field_alpha(w, w->n, w->z, w->alpha));
  take_copy(w, 1);
  PetscCall(to_mean_field(w, w->n, w->z, w->alpha + w->n));
  put_copy(w, 1);
  PetscFunctionReturn(0);
}

/*
  conj(D w(r)) D w(r') over the density that both halves of the samples come from, which the exchange of copies symmetrises: in units of
  that of |alpha|^2, (1 + mean of |w|^2) / 2.
*/
static double quotient(int k, double complex weight[COPIES][1 << (HHT_WEIGHTS - 1)])
{
  const double product = creal(conj(difference(k, weight[0])) * difference(k, weight[1]));
  double       mean    = 0;

  for (int rest = 0; rest < COPIES; rest++)
    for (int choice = 0; choice < 1 << k; choice++) mean += HHTNorm2(weight[rest][choice]) / (COPIES << k);
  /* One w beyond the range of numbers outdoes all others. */
  return isfinite(product) && isfinite(mean) ? 2 * product / (1 + mean) : 0;
}

static PetscErrorCode sample_weight(Work *w, int k, uint64_t sample, double *p)
{
  double complex weight[COPIES][1 << (HHT_WEIGHTS - 1)];

  PetscFunctionBeginUser;
  PetscCall(draw_copies(w, k, sample));
  for (int rest = 0; rest < COPIES; rest++) PetscCall(weights(w, k, rest, weight[rest]));
  *p = pairs_factor(w->n, k) * quotient(k, weight);
  PetscFunctionReturn(0);
}

/* ---- all of them ---- */

static PetscErrorCode sample_all(Work *w, int n_weights, uint64_t sample, double value[HHT_ESTIMATES])
{
  PetscFunctionBeginUser;
  PetscCall(sample_q1(w, sample, &value[HHT_ESTIMATE_Q1]));
  PetscCall(sample_marginal(w, sample, &value[HHT_ESTIMATE_MARGINAL]));
  PetscCall(sample_p0(w, sample, &value[HHT_ESTIMATE_P]));
  for (int k = 1; k < n_weights; k++) PetscCall(sample_weight(w, k, sample, &value[HHT_ESTIMATE_P + k]));
  PetscFunctionReturn(0);
}

static PetscErrorCode create(const HHTMonteCarlo *setup, ptrdiff_t n, Work *w)
{
  const size_t particles = (size_t)n, numbers = 2 * (size_t)setup->grid->dim * particles;

  const HHTPotentialParams *params;

  PetscFunctionBeginUser;
  *w = (Work){.setup = setup, .dim = setup->grid->dim, .n = n};
  PetscCall(
      HHTPairForceCreate(PETSC_COMM_SELF, setup->grid, setup->potential, n, setup->mass / (double)(n - 1), &w->force));
  PetscCall(HHTPotentialGetParams(setup->potential, &params));
  w->free_boundary = params->boundary == HHT_FREE ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(PetscMalloc5(COPIES * numbers, &w->drawn, COPIES * particles, &w->alpha, numbers, &w->z, COPIES * particles,
                         &w->phase, 2 * COPIES * numbers, &w->ends));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(Work *w)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree5(w->drawn, w->alpha, w->z, w->phase, w->ends));
  PetscCall(HHTPairForceDestroy(&w->force));
  PetscFunctionReturn(0);
}

/* This rank's samples: the sum of each quantity and of its square. */
static PetscErrorCode sample_share(MPI_Comm comm, Work *w, int n_weights, ptrdiff_t first, ptrdiff_t count,
                                   HHTSum sums[][2], double largest[])
{
  PetscMPIInt rank, size;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCallMPI(MPI_Comm_size(comm, &size));
  for (ptrdiff_t s = first + rank; s < first + count; s += size) {
    double value[HHT_ESTIMATES] = {0};

    PetscCall(sample_all(w, n_weights, (uint64_t)s, value));
    for (int q = 0; q < HHT_ESTIMATES; q++) {
      HHTSumAdd(&sums[q][0], value[q]);
      HHTSumAdd(&sums[q][1], value[q] * value[q]);
      largest[q] = fmax(largest[q], value[q] * value[q]);
    }
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTMonteCarloSample(MPI_Comm comm, const HHTMonteCarlo *setup, ptrdiff_t n_particles, int n_weights,
                                   ptrdiff_t first, ptrdiff_t count, HHTEstimate estimates[HHT_ESTIMATES])
{
  HHTSum sums[HHT_ESTIMATES][2];
  double largest[HHT_ESTIMATES] = {0};
  Work   w;

  PetscFunctionBeginUser;
  for (int q = 0; q < HHT_ESTIMATES; q++)
    for (int i = 0; i < 2; i++) HHTSumClear(&sums[q][i]);
  PetscCall(create(setup, n_particles, &w));
  PetscCall(HHTAgree(comm, sample_share(comm, &w, n_weights, first, count, sums, largest)));
  PetscCall(destroy(&w));
  HHTCallErrno(HHTSumAllreduce(comm, sums[0], 2 * HHT_ESTIMATES));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, largest, HHT_ESTIMATES, MPI_DOUBLE, MPI_MAX, comm));
  for (int q = 0; q < HHT_ESTIMATES; q++)
    estimates[q] = (HHTEstimate){.n       = q < HHT_ESTIMATE_P + n_weights ? (double)count : 0,
                                 .sum     = HHTSumValue(&sums[q][0]),
                                 .square  = HHTSumValue(&sums[q][1]),
                                 .largest = largest[q]};
  PetscFunctionReturn(0);
}
