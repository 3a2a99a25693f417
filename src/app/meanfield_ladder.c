/* The ladder of N: which there are, and what is computed for each. */
#include "meanfield_impl.h"
#include "options.h"
#include <ctype.h>
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNGS_MAX     64
#define PARTICLES_MAX 1000000
#define MOVED         63 /* the purpose of random numbers beside those of the estimates */

static PetscErrorCode wrong_list(const char *list)
{
  return HHTError(HHT_EXIT_USAGE,
                  "meanfield_particles: '%s' is not allowed; it must be an increasing list of at most %d whole numbers "
                  "from 2 to %d, as 2,4,8",
                  list, RUNGS_MAX, PARTICLES_MAX);
}

static PetscErrorCode parse_particles(HHTLadder *l)
{
  const char *list = l->run.c.meanfield_particles, *at = list;
  long        last = 1;

  PetscFunctionBeginUser;
  for (l->n_rungs = 0; l->n_rungs == 0 || *at == ','; l->n_rungs++) {
    char *end;
    long  n;

    if (l->n_rungs == RUNGS_MAX) return wrong_list(list);
    if (*at == ',') at++;
    while (*at == ' ') at++;
    if (!isdigit((unsigned char)*at)) return wrong_list(list);
    n = strtol(at, &end, 10);
    if (n <= last || n > PARTICLES_MAX) return wrong_list(list);
    l->rung[l->n_rungs] = (HHTRung){.n = n};
    last                = n;
    at                  = end;
    while (*at == ' ') at++;
  }
  PetscFunctionReturn(*at ? wrong_list(list) : 0);
}

/* Forces between particles off the grid are there for single types in closed form, and for anything periodic. */
static PetscErrorCode check_potential(const HHTCase *c)
{
  const char *type = c->potential.type;

  if (c->potential.boundary == HHT_PERIODIC) return 0;
  if (c->potential_terms > 1)
    return HHTError(
        HHT_EXIT_USAGE,
        "potential_type: a sum is not allowed with hht meanfield and potential_boundary free; it must be one type");
  if (!strcmp(type, "table") || !strcmp(type, "expression"))
    return HHTError(
        HHT_EXIT_USAGE,
        "potential_type: %s is not allowed with hht meanfield and potential_boundary free; try potential_boundary periodic",
        type);
  return 0;
}

/* What hht run allows and N particles do not have. */
static PetscErrorCode check_case(const HHTCase *c)
{
  if (c->equation != HHT_EQUATION_HHT)
    return HHTError(HHT_EXIT_USAGE, "equation_type: vlasov or nbody is not allowed with hht meanfield; it must be hht");
  if (c->meanfield_samples % HHT_BATCH)
    return HHTError(HHT_EXIT_USAGE, "meanfield_samples: %" PetscInt_FMT " is not allowed; it must be a multiple of %d",
                    c->meanfield_samples, HHT_BATCH);
  PetscCall(HHTCaseCheckOwnSteps(c, "hht meanfield"));
  return check_potential(c);
}

/* Draws and amplitudes come from here; the state was filled by another that had rows. */
static PetscErrorCode create_initial(HHTLadder *l)
{
  HHTRun *run = &l->run;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialCreate(run->comm, &run->c.grid, &run->c.initial, 0, 0, &l->initial));
  PetscCall(HHTInitialCheckSample(l->initial));
  PetscCall(HHTInitialMass(l->initial, &l->setup.mass));
  PetscFunctionReturn(0);
}

/* The history of the field beside the problem, which is made already. */
static PetscErrorCode check_memory(HHTLadder *l)
{
  HHTRun     *run = &l->run;
  PetscMPIInt ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(run->comm, &ranks));
  run->memory = HHTCaseMemory(&run->c, run->problem.numbers, ranks) +
                HHTCaseHistoryMemory(&run->c, run->problem.numbers, (double)l->setup.steps, 1);
  PetscCall(HHTCaseCheckMemory(run->comm, &run->c, run->memory, HHT_HISTORY_ADVICE));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderCreate(HHTLadder *l)
{
  HHTRun        *run = &l->run;
  const HHTCase *c   = &run->c;

  PetscFunctionBeginUser;
  PetscCall(check_case(c));
  PetscCall(PetscCalloc1(RUNGS_MAX, &l->rung));
  PetscCall(parse_particles(l));
  PetscCall(create_initial(l));
  PetscCall(HHTProblemCreate(run->comm, c, NULL, &run->problem));
  PetscCall(HHTCharacteristicsCreate(&c->grid, run->problem.potential, &l->history));
  PetscCall(HHTSplittingFind(c->splitting, &l->setup.splitting));
  l->setup.grid      = &run->c.grid;
  l->setup.potential = run->problem.potential;
  l->setup.initial   = l->initial;
  l->setup.history   = l->history;
  l->setup.steps     = (PetscInt)ceil(c->max_time / c->dt * (1 - 1e-12));
  l->setup.dt        = c->max_time / (double)l->setup.steps;
  l->setup.seed      = (uint64_t)c->meanfield_seed;
  PetscCall(check_memory(l));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderDestroy(HHTLadder *l)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCharacteristicsDestroy(&l->history));
  PetscCall(HHTInitialDestroy(&l->initial));
  PetscCall(PetscFree(l->rung));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderSolveMeanField(HHTLadder *l)
{
  const HHTFlow flow = l->run.problem.flow;

  PetscFunctionBeginUser;
  PetscCall(HHTCharacteristicsRecord(l->history, flow));
  PetscCall(HHTSplittingAdvance(l->setup.splitting, flow, l->setup.steps, l->setup.dt));
  PetscCall(HHTFlowFinish(flow));
  PetscCall(HHTFlowSetListener(flow, NULL, NULL));
  PetscFunctionReturn(0);
}

/* ---- samples ---- */

int HHTLadderWeights(const HHTLadder *l, ptrdiff_t n)
{
  const int needed = (int)ceil(pow((double)n, l->run.c.meanfield_lambda) * (1 - 1e-12));

  return PetscMin(PetscMax(needed, 2), HHT_WEIGHTS);
}

PetscInt HHTLadderBatches(const HHTLadder *l, const HHTRung *rung)
{
  return rung->n <= l->run.c.meanfield_counted ? l->run.c.meanfield_samples / HHT_BATCH : 0;
}

PetscErrorCode HHTLadderSample(HHTLadder *l, HHTRung *rung)
{
  HHTEstimate more[HHT_ESTIMATES];

  PetscFunctionBeginUser;
  PetscCall(HHTMonteCarloSample(l->run.comm, &l->setup, rung->n, HHTLadderWeights(l, rung->n),
                                rung->batches * HHT_BATCH, HHT_BATCH, more));
  for (int q = 0; q < HHT_ESTIMATES; q++) HHTEstimateAdd(&rung->estimates[q], &more[q]);
  rung->batches++;
  PetscFunctionReturn(0);
}

/* ---- trajectories ---- */

/* Root mean square over all particles of the distance in (x, v). */
static PetscErrorCode distance(MPI_Comm comm, ptrdiff_t n, ptrdiff_t numbers, const double a[], const double b[],
                               double *result)
{
  HHTSum sum;

  PetscFunctionBeginUser;
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < numbers; i++) HHTSumAdd(&sum, (a[i] - b[i]) * (a[i] - b[i]));
  HHTCallErrno(HHTSumAllreduce(comm, &sum, 1));
  *result = sqrt(HHTSumValue(&sum) / (double)n);
  PetscFunctionReturn(0);
}

/* z becomes that of the particles in their own forces. */
static PetscErrorCode move_particles(HHTLadder *l, HHTRung *rung, HHTPairForce force, double z[])
{
  const HHTMonteCarlo *s = &l->setup;
  const int            d = s->grid->dim;
  double               before, after;

  PetscFunctionBeginUser;
  PetscCall(HHTNBodyEnergy(l->run.comm, force, d, z, &before));
  PetscCall(HHTNBodyMove(force, d, s->splitting, s->dt, s->steps, HHT_FORWARD, z));
  PetscCall(HHTNBodyEnergy(l->run.comm, force, d, z, &after));
  rung->drift = fabs(after - before) / fabs(before);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderMove(HHTLadder *l, HHTRung *rung)
{
  const HHTMonteCarlo *s = &l->setup;
  const int            d = s->grid->dim;
  HHTPairForce         force;
  ptrdiff_t            first, count;
  double              *particles, *mean_field;

  PetscFunctionBeginUser;
  PetscCall(HHTPairForceCreate(l->run.comm, s->grid, s->potential, rung->n, s->mass / (double)(rung->n - 1), &force));
  PetscCall(HHTPairForceGetShare(force, &first, &count));
  PetscCall(PetscMalloc2((size_t)(2 * d * count), &particles, (size_t)(2 * d * count), &mean_field));
  PetscCall(HHTDrawParticles(l->initial, d, s->seed, (uint64_t)rung->n * 64 + MOVED, 0, first, count, particles));
  PetscCall(PetscArraycpy(mean_field, particles, (size_t)(2 * d * count)));
  PetscCall(move_particles(l, rung, force, particles));
  PetscCall(HHTCharacteristicsMove(l->history, HHT_FORWARD, count, mean_field, NULL));
  PetscCall(distance(l->run.comm, rung->n, 2 * d * count, particles, mean_field, &rung->distance));
  rung->moved = PETSC_TRUE;
  PetscCall(PetscFree2(particles, mean_field));
  PetscCall(HHTPairForceDestroy(&force));
  PetscFunctionReturn(0);
}
