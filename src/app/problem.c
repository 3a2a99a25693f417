#include "problem.h"
#include <hht/error.h>
#include <hht/initial.h>
#include <hht/log.h>
#include <math.h>
#include <string.h>

/* Where the rows of the initial data come from. */
typedef struct {
  HHTAmplitudeRow fill;
  void           *ctx;
  PetscBool       real;
  double          mass;
  HHTInitial      initial; /* owned; NULL where they are those of several particles */
} Source;

static PetscErrorCode create_source(MPI_Comm comm, const HHTCase *c, HHTParticles particles, Source *s)
{
  HHTParticleInitial several = NULL;
  ptrdiff_t          first, count;

  PetscFunctionBeginUser;
  if (particles) PetscCall(HHTParticlesGetInitial(particles, &several));
  if (several) {
    *s = (Source){.fill = HHTParticleInitialFillRow, .ctx = several, .mass = 1};
    PetscCall(HHTParticleInitialIsReal(several, &s->real));
    PetscFunctionReturn(0);
  }
  HHTTransformShare(comm, c->grid.n_rows, &first, &count);
  PetscCall(HHTInitialCreate(comm, &c->grid, &c->initial, first, count, &s->initial));
  s->fill = HHTInitialFillRow;
  s->ctx  = s->initial;
  PetscCall(HHTInitialIsReal(s->initial, &s->real));
  PetscCall(HHTInitialMass(s->initial, &s->mass));
  PetscFunctionReturn(0);
}

/* The state holds real numbers if it can. A checkpoint stands for the source where there is one. */
static PetscErrorCode choose_numbers(MPI_Comm comm, const HHTCase *c, const Source *source, HHTCheckpoint checkpoint,
                                     HHTProblem *p)
{
  const PetscBool real = checkpoint
                             ? (HHTNumbersAreReal(HHTCheckpointGetNumbers(checkpoint)) ? PETSC_TRUE : PETSC_FALSE)
                             : source->real;

  PetscFunctionBeginUser;
  p->numbers = HHTNumbersOf(real && c->numbers != HHT_NUMBERS_COMPLEX, c->precision);
  PetscCall(HHTCaseCheckMemory(comm, c, p->numbers));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_field(MPI_Comm comm, const HHTCase *c, HHTProblem *p, HHTField *field)
{
  PetscFunctionBeginUser;
  if (p->particles) {
    PetscCall(HHTParticlesGetField(p->particles, field));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(HHTMeanFieldGetField(p->field, field));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_state(MPI_Comm comm, const HHTCase *c, HHTProblem *p)
{
  const HHTGrid grid = HHTCaseStateGrid(c);

  PetscFunctionBeginUser;
  PetscCall(HHTTransposeChoose(comm, c, p->numbers, &p->transpose));
  PetscCall(HHTStateCreate(comm, &grid, p->numbers, p->transpose.type, c->rigor, &p->state));
  PetscCall(HHTStateSetThreads(p->state, PetscMax(1, c->threads)));
  PetscFunctionReturn(0);
}

static PetscErrorCode read_wisdom(MPI_Comm comm, const char *path)
{
  int err = path[0] ? HHTWisdomRead(comm, path) : 0;

  if (!err) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "fft_wisdom: '%s' is not allowed; it must be a file of FFTW wisdom or not exist yet: %s", path,
                  strerror(err));
}

/* The plans of the checkpoint's run, so that bits stay the same where FFTW times its plans. */
static PetscErrorCode take_wisdom(MPI_Comm comm, HHTCheckpoint checkpoint)
{
  PetscFunctionBeginUser;
  if (HHTWisdomTake(comm, HHTCheckpointWisdom(checkpoint)))
    PetscCall(HHTWarn(comm,
                      "the FFTW wisdom in %s is not understood by this FFTW: with fft_rigor measure or patient the "
                      "last bits may differ from those of one run",
                      HHTCheckpointPath(checkpoint)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemCreate(MPI_Comm comm, const HHTCase *c, HHTCheckpoint checkpoint, HHTProblem *p)
{
  Source   source = {0};
  HHTField field;

  PetscFunctionBeginUser;
  memset(p, 0, sizeof *p);
  PetscCall(read_wisdom(comm, c->wisdom));
  if (checkpoint) PetscCall(take_wisdom(comm, checkpoint));
  PetscCall(HHTPotentialCreate(&c->grid, &c->potential, &p->potential));
  PetscCall(HHTPotentialBound(p->potential, &p->c_gamma));
  if (c->equation == HHT_EQUATION_NBODY)
    PetscCall(HHTParticlesCreate(comm, c, p->potential, p->c_gamma, &p->particles));
  if (!checkpoint) PetscCall(create_source(comm, c, p->particles, &source));
  PetscCall(choose_numbers(comm, c, &source, checkpoint, p));
  PetscCall(create_field(comm, c, p, &field));
  PetscCall(create_state(comm, c, p));
  if (!checkpoint) PetscCall(HHTStateSetAmplitude(p->state, source.fill, source.ctx, source.mass));
  PetscCall(HHTInitialDestroy(&source.initial));
  PetscCall(HHTFlowCreateInField(p->state, &field, &p->flow));
  if (checkpoint) PetscCall(HHTCheckpointLoad(checkpoint, p->flow));
  /* (8) is about the mean field. */
  PetscCall(HHTDiagnoserCreate(p->flow, p->particles ? NAN : p->c_gamma, &p->diagnoser));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDiagnose(HHTProblem *p, double t, HHTDiagnostics *values)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnose(p->diagnoser, t, values));
  if (p->particles) PetscCall(HHTParticlesDiagnose(p->particles, p->state, t, values));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemStart(HHTProblem *p, const HHTDiagnostics *first)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserStart(p->diagnoser, first->m1_norm, 0));
  if (p->particles) PetscCall(HHTParticlesStart(p->particles, first));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDestroy(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&p->diagnoser));
  PetscCall(HHTFlowDestroy(&p->flow));
  PetscCall(HHTStateDestroy(&p->state));
  PetscCall(HHTMeanFieldDestroy(&p->field));
  PetscCall(HHTParticlesDestroy(&p->particles));
  PetscCall(HHTPotentialDestroy(&p->potential));
  PetscFunctionReturn(0);
}
