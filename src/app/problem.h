/*
  The objects of a case, made in the order in which data flows: potential, field, state with its initial data, flow,
  diagnoser. A second solution, of the options compare_*, has a state and a flow of its own in the same potential.
*/
#ifndef HHT_PROBLEM_H
#define HHT_PROBLEM_H

#include "particles.h"
#include "transpose_choice.h"
#include <hht/case.h>
#include <hht/checkpoint.h>
#include <hht/diagnostics.h>

typedef struct {
  HHTPotential       potential;
  HHTMeanField       field;     /* NULL with particles */
  HHTParticles       particles; /* of equation_type nbody, else NULL */
  HHTState           state;
  HHTFlow            flow;
  HHTState           other_state; /* of the second solution; NULL without one */
  HHTFlow            other_flow;
  HHTAbsorber        absorber, other_absorber; /* NULL: none */
  HHTDiagnoser       diagnoser;
  HHTTransposeChoice transpose;
  HHTUnknown         unknown; /* alpha or f */
  HHTNumbers         numbers; /* of the states; real ones where alpha is real in all of them, and for f */
  double             c_gamma; /* of (Pot), NaN outside */
} HHTProblem;

/*
  The state is that of the checkpoint, or where that is NULL of the initial data. Collective. HHT_EXIT_USAGE for what the
  case cannot be; nothing is written. problem starts zeroed; destroy it even after an error.
*/
PetscErrorCode HHTProblemCreate(MPI_Comm comm, const HHTCase *c, HHTCheckpoint checkpoint, HHTProblem *problem);
PetscErrorCode HHTProblemDestroy(HHTProblem *problem);

/* HHTDiagnose(), and for particles what they add to it. Collective. */
PetscErrorCode HHTProblemDiagnose(HHTProblem *problem, double t, HHTDiagnostics *values);

/* Starts all bounds from the diagnostics of the initial data: for runs that go on. */
PetscErrorCode HHTProblemStart(HHTProblem *problem, const HHTDiagnostics *first);

/* Bytes of one rank: of each solution two copies of the state, and the fields, which every rank holds. */
/* Term i of the potential; only that of the first has the boundary and the formula. */
const HHTPotentialParams *HHTCasePotentialTerm(const HHTCase *c, int i);

/* "poisson, strength 1, periodic" or "poisson, strength 1 + gaussian, strength -0.2, free" */
void HHTCaseFormatPotential(const HHTCase *c, char *text, size_t size);
/* The potential of the case, with what it reads from files. Collective. HHT_EXIT_USAGE for what it cannot be. */
PetscErrorCode HHTCaseCreatePotential(MPI_Comm comm, const HHTCase *c, HHTPotential *potential);

/* Bytes of one rank: of each solution two copies of the state, the fields, which every rank holds, and the absorber. */
double HHTCaseMemory(const HHTCase *c, HHTNumbers numbers, int ranks);

/* Whether the steps of our splittings follow their error. */
PetscBool HHTCaseAdapts(const HHTCase *c);
/* HHT_EXIT_USAGE for what a command that steps by itself, as "hht views", does not have. Not collective, the same on all ranks. */
PetscErrorCode HHTCaseCheckOwnSteps(const HHTCase *c, const char *command);

/* HHT_EXIT_USAGE if a node has less than its ranks need. Collective. */
PetscErrorCode HHTCaseCheckMemory(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers);

#endif
