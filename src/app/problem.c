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

/* The initial data of one solution, and of the other; both NULL where a checkpoint stands for them. */
typedef struct {
  HHTInitial first, other;
} Initials;

static PetscErrorCode create_initials(MPI_Comm comm, const HHTCase *c, Initials *initials)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
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
  PetscCall(HHTInitialIsReal(initials->first, real));
  if (initials->other) PetscCall(HHTInitialIsReal(initials->other, &other));
  if (!other) *real = PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* The states hold real numbers if they all can. */
static PetscErrorCode choose_numbers(MPI_Comm comm, const HHTCase *c, const Initials *initials,
                                     HHTCheckpoint checkpoint, HHTProblem *p)
{
  PetscBool real;

  PetscFunctionBeginUser;
  if (checkpoint)
    real = HHTNumbersAreReal(HHTCheckpointGetNumbers(checkpoint)) ? PETSC_TRUE : PETSC_FALSE;
  else
    PetscCall(are_real(initials, &real));
  p->numbers = HHTNumbersOf(real && c->numbers != HHT_NUMBERS_COMPLEX, c->precision);
  PetscCall(HHTCaseCheckMemory(comm, c, p->numbers));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_state(MPI_Comm comm, const HHTCase *c, const HHTProblem *p, HHTState *state)
{
  PetscFunctionBeginUser;
  PetscCall(HHTStateCreate(comm, &c->grid, p->numbers, p->transpose.type, c->rigor, state));
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
  double mass;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialMass(initial, &mass));
  PetscCall(HHTStateSetAmplitude(state, HHTInitialFillRow, initial, mass));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_states(Initials *initials, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(fill_state(initials->first, p->state));
  if (initials->other) PetscCall(name_compare_options(fill_state(initials->other, p->other_state)));
  PetscCall(HHTInitialDestroy(&initials->first));
  PetscCall(HHTInitialDestroy(&initials->other));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_flows(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowCreate(p->state, p->field, &p->flow));
  if (p->other_state) PetscCall(HHTFlowCreate(p->other_state, p->field, &p->other_flow));
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

static PetscErrorCode create_diagnoser(const HHTCase *c, HHTProblem *p)
{
  const int with_d2 = c->d2_norm == HHT_D2_NORM_AUTO ? !isnan(p->c_gamma) : c->d2_norm == HHT_D2_NORM_ALWAYS;

  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserCreate(p->flow, p->c_gamma, &p->diagnoser));
  PetscCall(HHTDiagnoserSetD2Norm(p->diagnoser, with_d2 ? PETSC_TRUE : PETSC_FALSE));
  PetscCall(HHTDiagnoserSetOther(p->diagnoser, p->other_flow));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemCreate(MPI_Comm comm, const HHTCase *c, HHTCheckpoint checkpoint, HHTProblem *p)
{
  Initials initials = {NULL, NULL};

  PetscFunctionBeginUser;
  memset(p, 0, sizeof *p);
  PetscCall(read_wisdom(comm, c->wisdom));
  if (checkpoint) PetscCall(take_wisdom(comm, checkpoint));
  PetscCall(HHTPotentialCreate(&c->grid, &c->potential, &p->potential));
  PetscCall(HHTPotentialBound(p->potential, &p->c_gamma));
  if (!checkpoint) PetscCall(create_initials(comm, c, &initials));
  PetscCall(choose_numbers(comm, c, &initials, checkpoint, p));
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(create_states(comm, c, p));
  if (!checkpoint) PetscCall(fill_states(&initials, p));
  PetscCall(create_flows(p));
  if (checkpoint) PetscCall(HHTCheckpointLoad(checkpoint, p->flow, p->other_flow));
  PetscCall(create_diagnoser(c, p));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDestroy(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&p->diagnoser));
  PetscCall(HHTFlowDestroy(&p->other_flow));
  PetscCall(HHTFlowDestroy(&p->flow));
  PetscCall(HHTStateDestroy(&p->other_state));
  PetscCall(HHTStateDestroy(&p->state));
  PetscCall(HHTMeanFieldDestroy(&p->field));
  PetscCall(HHTPotentialDestroy(&p->potential));
  PetscFunctionReturn(0);
}
