#include "problem.h"
#include <hht/error.h>
#include <hht/initial.h>
#include <string.h>

static PetscErrorCode create_initial(MPI_Comm comm, const HHTCase *c, HHTInitial *initial)
{
  ptrdiff_t first, count;

  PetscFunctionBeginUser;
  HHTTransformShare(comm, c->grid.n_rows, &first, &count);
  PetscCall(HHTInitialCreate(comm, &c->grid, &c->initial, first, count, initial));
  PetscFunctionReturn(0);
}

/* The state holds real numbers if it can. */
static PetscErrorCode choose_numbers(MPI_Comm comm, const HHTCase *c, HHTInitial initial, HHTProblem *p)
{
  PetscBool real;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialIsReal(initial, &real));
  p->numbers = HHTNumbersOf(real && c->numbers != HHT_NUMBERS_COMPLEX, c->precision);
  PetscCall(HHTCaseCheckMemory(comm, c, p->numbers));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_state(MPI_Comm comm, const HHTCase *c, HHTInitial initial, HHTProblem *p)
{
  double mass;

  PetscFunctionBeginUser;
  PetscCall(HHTStateCreate(comm, &c->grid, p->numbers, c->transpose, c->rigor, &p->state));
  PetscCall(HHTStateSetThreads(p->state, PetscMax(1, c->threads)));
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

PetscErrorCode HHTProblemCreate(MPI_Comm comm, const HHTCase *c, HHTProblem *p)
{
  HHTInitial initial;

  PetscFunctionBeginUser;
  memset(p, 0, sizeof *p);
  PetscCall(read_wisdom(comm, c->wisdom));
  PetscCall(HHTPotentialCreate(&c->grid, &c->potential, &p->potential));
  PetscCall(HHTPotentialBound(p->potential, &p->c_gamma));
  PetscCall(create_initial(comm, c, &initial));
  PetscCall(choose_numbers(comm, c, initial, p));
  PetscCall(HHTMeanFieldCreate(comm, &c->grid, p->potential, c->field, c->rigor, &p->field));
  PetscCall(create_state(comm, c, initial, p));
  PetscCall(HHTInitialDestroy(&initial));
  PetscCall(HHTFlowCreate(p->state, p->field, &p->flow));
  PetscCall(HHTDiagnoserCreate(p->flow, p->c_gamma, &p->diagnoser));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProblemDestroy(HHTProblem *p)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&p->diagnoser));
  PetscCall(HHTFlowDestroy(&p->flow));
  PetscCall(HHTStateDestroy(&p->state));
  PetscCall(HHTMeanFieldDestroy(&p->field));
  PetscCall(HHTPotentialDestroy(&p->potential));
  PetscFunctionReturn(0);
}
