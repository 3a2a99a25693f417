#include "problem.h"
#include <hht/error.h>
#include <hht/initial.h>
#include <hht/log.h>
#include <string.h>

static PetscErrorCode create_initial(MPI_Comm comm, const HHTCase *c, HHTInitial *initial)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  HHTTransformShare(comm, c->grid.n_rows, &first, &count);
  PetscCall(HHTInitialCreate(comm, &c->grid, &c->initial, first, count, initial));
  PetscFunctionReturn(0);
}

/* The state holds real numbers if it can. initial is NULL where a checkpoint stands for it. */
static PetscErrorCode choose_numbers(MPI_Comm comm, const HHTCase *c, HHTInitial initial, HHTCheckpoint checkpoint,
                                     HHTProblem *p)
{
  PetscBool real;

  PetscFunctionBeginUser;
  if (initial)
    PetscCall(HHTInitialIsReal(initial, &real));
  else
    real = HHTNumbersAreReal(HHTCheckpointGetNumbers(checkpoint)) ? PETSC_TRUE : PETSC_FALSE;
  p->numbers = HHTNumbersOf(real && c->numbers != HHT_NUMBERS_COMPLEX, c->precision);
  PetscCall(HHTCaseCheckMemory(comm, c, p->numbers));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_state(MPI_Comm comm, const HHTCase *c, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTTransposeChoose(comm, c, p->numbers, &p->transpose));
  PetscCall(HHTStateCreate(comm, &c->grid, p->numbers, p->transpose.type, c->rigor, &p->state));
  PetscCall(HHTStateSetThreads(p->state, PetscMax(1, c->threads)));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_absorber(const HHTCase *c, HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTAbsorberCreate(p->state, &c->absorber, &p->absorber));
  PetscCall(HHTFlowSetAbsorber(p->flow, p->absorber));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_state(HHTInitial initial, HHTProblem *p)
{
  double mass;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialMass(initial, &mass));
  PetscCall(HHTStateSetAmplitude(p->state, HHTInitialFillRow, initial, mass));
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
  HHTInitial initial = NULL;

  PetscFunctionBeginUser;
  memset(p, 0, sizeof *p);
  PetscCall(read_wisdom(comm, c->wisdom));
  if (checkpoint) PetscCall(take_wisdom(comm, checkpoint));
  PetscCall(HHTCaseCreatePotential(comm, c, &p->potential));
  PetscCall(HHTPotentialBound(p->potential, &p->c_gamma));
  if (!checkpoint) PetscCall(create_initial(comm, c, &initial));
  PetscCall(choose_numbers(comm, c, initial, checkpoint, p));
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(create_state(comm, c, p));
  if (initial) PetscCall(fill_state(initial, p));
  PetscCall(HHTInitialDestroy(&initial));
  PetscCall(HHTFlowCreate(p->state, p->field, &p->flow));
  if (c->absorber.type != HHT_ABSORBER_NONE) PetscCall(create_absorber(c, p));
  if (checkpoint) PetscCall(HHTCheckpointLoad(checkpoint, p->flow));
  PetscCall(HHTDiagnoserCreate(p->flow, p->c_gamma, &p->diagnoser));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDestroy(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&p->diagnoser));
  PetscCall(HHTFlowDestroy(&p->flow));
  PetscCall(HHTAbsorberDestroy(&p->absorber));
  PetscCall(HHTStateDestroy(&p->state));
  PetscCall(HHTMeanFieldDestroy(&p->field));
  PetscCall(HHTPotentialDestroy(&p->potential));
  PetscFunctionReturn(0);
}
