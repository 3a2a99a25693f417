#include "problem.h"
#include <hht/error.h>
#include <hht/initial.h>
#include <hht/log.h>
#include <math.h>
#include <string.h>

#define MESSAGE_MAX 2048

/* Errors in the second solution's initial data speak of the options compare_* by the names of their counterparts. */
static PetscErrorCode name_compare_options(PetscErrorCode ierr)
{
  static const char from[] = "initial", to[] = "compare"; /* of one length */
  char              text[MESSAGE_MAX];

  if (!ierr) return 0;
  (void)snprintf(text, sizeof(text), "%s", HHTErrorMessage());
  for (char *at = strstr(text, from); at; at = strstr(at, from))
    if (strchr("_:", at[strlen(from)]))
      memcpy(at, to, strlen(to));
    else
      at++;
  HHTErrorClear();
  return HHTErrorExitCode(ierr) < 0 ? ierr : HHTError((HHTExit)HHTErrorExitCode(ierr), "%s", text);
}

/* The initial data of one solution, and of the other, or of several particles; all NULL where a checkpoint stands for them. */
typedef struct {
  HHTInitial         first, other;
  HHTParticleInitial several; /* borrowed */
} Initials;

static PetscErrorCode create_initials(MPI_Comm comm, const HHTCase *c, HHTParticles particles, Initials *initials)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  if (particles) PetscCall(HHTParticlesGetInitial(particles, &initials->several));
  if (initials->several) PetscFunctionReturn(0);
  HHTTransformShare(comm, c->grid.n_rows, &first, &count);
  PetscCall(HHTInitialCreate(comm, &c->grid, &c->initial, first, count, &initials->first));
  if (c->compares)
    PetscCall(name_compare_options(HHTInitialCreate(comm, &c->grid, &c->compare, first, count, &initials->other)));
  PetscFunctionReturn(0);
}

static PetscErrorCode are_real(const Initials *initials, PetscBool *real)
{
  PetscBool other = PETSC_TRUE;

  PetscFunctionBeginUser;
  if (initials->several) {
    PetscCall(HHTParticleInitialIsReal(initials->several, real));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTInitialIsReal(initials->first, real));
  if (initials->other) PetscCall(HHTInitialIsReal(initials->other, &other));
  if (!other) *real = PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* The states hold real numbers if they all can, and f always. */
static PetscErrorCode choose_numbers(MPI_Comm comm, const HHTCase *c, const Initials *initials,
                                     HHTCheckpoint checkpoint, HHTProblem *p)
{
  PetscBool   real = PETSC_TRUE;
  PetscMPIInt ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  if (c->equation == HHT_EQUATION_VLASOV)
    p->unknown = HHT_DISTRIBUTION;
  else if (checkpoint)
    real = HHTNumbersAreReal(HHTCheckpointGetNumbers(checkpoint)) ? PETSC_TRUE : PETSC_FALSE;
  else
    PetscCall(are_real(initials, &real));
  p->numbers = HHTNumbersOf(real && c->numbers != HHT_NUMBERS_COMPLEX, c->precision);
  PetscCall(HHTCaseCheckMemory(comm, c, HHTCaseMemory(c, p->numbers, ranks), HHT_MEMORY_ADVICE));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_state(MPI_Comm comm, const HHTCase *c, const HHTProblem *p, HHTState *state)
{
  const HHTGrid grid = HHTCaseStateGrid(c);

  PetscFunctionBeginUser;
  PetscCall(HHTStateCreate(comm, &grid, p->numbers, p->transpose.type, c->rigor, state));
  PetscCall(HHTStateSetUnknown(*state, p->unknown));
  PetscCall(HHTStateSetThreads(*state, PetscMax(1, c->threads)));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_states(MPI_Comm comm, const HHTCase *c, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTTransposeChoose(comm, c, p->numbers, &p->transpose));
  PetscCall(create_state(comm, c, p, &p->state));
  if (c->compares) PetscCall(create_state(comm, c, p, &p->other_state));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_state(HHTInitial initial, HHTState state)
{
  HHTUnknown unknown;
  double     mass;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetUnknown(state, &unknown));
  PetscCall(HHTInitialMass(initial, &mass));
  PetscCall(HHTStateSetAmplitude(state, unknown == HHT_AMPLITUDE ? HHTInitialFillRow : HHTInitialFillDistributionRow,
                                 initial, mass));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_states(Initials *initials, HHTProblem *p)
{
  PetscFunctionBeginUser;
  if (initials->several) {
    PetscCall(HHTStateSetAmplitude(p->state, HHTParticleInitialFillRow, initials->several, 1));
    PetscFunctionReturn(0);
  }
  PetscCall(fill_state(initials->first, p->state));
  if (initials->other) PetscCall(name_compare_options(fill_state(initials->other, p->other_state)));
  PetscCall(HHTInitialDestroy(&initials->first));
  PetscCall(HHTInitialDestroy(&initials->other));
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

static PetscErrorCode create_flows(const HHTField *field, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowCreateInField(p->state, field, &p->flow));
  if (p->other_state) PetscCall(HHTFlowCreateInField(p->other_state, field, &p->other_flow));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_absorbers(const HHTCase *c, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAbsorberCreate(p->state, &c->absorber, &p->absorber));
  PetscCall(HHTFlowSetAbsorber(p->flow, p->absorber));
  if (!p->other_flow) PetscFunctionReturn(0);
  PetscCall(HHTAbsorberCreate(p->other_state, &c->absorber, &p->other_absorber));
  PetscCall(HHTFlowSetAbsorber(p->other_flow, p->other_absorber));
  PetscFunctionReturn(0);
}

static PetscErrorCode read_wisdom(MPI_Comm comm, const char *path)
{
  int err = path[0] ? HHTWisdomRead(comm, path) : 0;

  if (!err) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "fft_wisdom: '%s' cannot be used: %s; it must be a file of FFTW wisdom, or one that does not exist yet", path,
      strerror(err));
}

/* The plans of the checkpoint's run, so that bits stay the same where FFTW times its plans. */
static PetscErrorCode take_wisdom(MPI_Comm comm, HHTCheckpoint checkpoint)
{
  PetscFunctionBeginUser;
  if (HHTWisdomTake(comm, HHTCheckpointWisdom(checkpoint)))
    PetscCall(HHTWarn(comm,
                      "the FFTW wisdom in %s is not understood by this FFTW: with fft_rigor measure or patient the "
                      "last bits may differ from those of one run; for the same bits go on with the same FFTW",
                      HHTCheckpointPath(checkpoint)));
  PetscFunctionReturn(0);
}

/* The bounds (7), (8) and (11) are about the mean field. */
static PetscErrorCode create_diagnoser(const HHTCase *c, HHTProblem *p)
{
  const double c_gamma = p->particles ? NAN : p->c_gamma;
  const int    with_d2 = c->d2_norm == HHT_D2_NORM_AUTO ? !isnan(c_gamma) : c->d2_norm == HHT_D2_NORM_ALWAYS;

  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserCreate(p->flow, c_gamma, &p->diagnoser));
  PetscCall(HHTDiagnoserSetD2Norm(p->diagnoser, with_d2 ? PETSC_TRUE : PETSC_FALSE));
  PetscCall(HHTDiagnoserSetOther(p->diagnoser, p->other_flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemCreate(MPI_Comm comm, const HHTCase *c, HHTCheckpoint checkpoint, HHTProblem *p)
{
  Initials initials = {0};
  HHTField field;

  PetscFunctionBeginUser;
  memset(p, 0, sizeof *p);
  PetscCall(read_wisdom(comm, c->wisdom));
  if (checkpoint) PetscCall(take_wisdom(comm, checkpoint));
  PetscCall(HHTCaseCreatePotential(comm, c, &p->potential));
  PetscCall(HHTPotentialBound(p->potential, &p->c_gamma));
  if (c->equation == HHT_EQUATION_NBODY)
    PetscCall(HHTParticlesCreate(comm, c, p->potential, p->c_gamma, &p->particles));
  if (!checkpoint) PetscCall(create_initials(comm, c, p->particles, &initials));
  PetscCall(choose_numbers(comm, c, &initials, checkpoint, p));
  PetscCall(create_field(comm, c, p, &field));
  PetscCall(create_states(comm, c, p));
  if (!checkpoint) PetscCall(fill_states(&initials, p));
  PetscCall(create_flows(&field, p));
  if (c->absorber.type != HHT_ABSORBER_NONE) PetscCall(create_absorbers(c, p));
  if (checkpoint) PetscCall(HHTCheckpointLoad(checkpoint, p->flow, p->other_flow));
  PetscCall(create_diagnoser(c, p));
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
  PetscCall(HHTDiagnoserStart(p->diagnoser, first, 0));
  if (p->particles) PetscCall(HHTParticlesStart(p->particles, first));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDestroy(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&p->diagnoser));
  PetscCall(HHTFlowDestroy(&p->other_flow));
  PetscCall(HHTFlowDestroy(&p->flow));
  PetscCall(HHTAbsorberDestroy(&p->other_absorber));
  PetscCall(HHTAbsorberDestroy(&p->absorber));
  PetscCall(HHTStateDestroy(&p->other_state));
  PetscCall(HHTStateDestroy(&p->state));
  PetscCall(HHTMeanFieldDestroy(&p->field));
  PetscCall(HHTParticlesDestroy(&p->particles));
  PetscCall(HHTPotentialDestroy(&p->potential));
  PetscFunctionReturn(0);
}
