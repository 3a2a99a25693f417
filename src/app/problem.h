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

/* Term i of the potential; only that of the first has the boundary and the formula. */
const HHTPotentialParams *HHTCasePotentialTerm(const HHTCase *c, int i);

/* "poisson, strength 1, periodic" or "poisson, strength 1 + gaussian, strength -0.2, free" */
void HHTCaseFormatPotential(const HHTCase *c, char *text, size_t size);
/* The potential of the case, with what it reads from files. Collective. HHT_EXIT_USAGE for what it cannot be. */
PetscErrorCode HHTCaseCreatePotential(MPI_Comm comm, const HHTCase *c, HHTPotential *potential);

/*
  Bytes of one rank: of each solution two copies of the state, two more where steps may be rejected, the fields, which every rank holds, and
  the absorber; of particles the mean field beside them too. What a command holds besides it adds.
*/
double HHTCaseMemory(const HHTCase *c, HHTNumbers numbers, int ranks);

/* Bytes of the characteristics of so many steps, which every rank holds, where the field is looked at `looks` times between them. */
double HHTCaseHistoryMemory(const HHTCase *c, HHTNumbers numbers, double steps, double looks);

/* Whether the steps of our splittings follow their error. */
PetscBool HHTCaseAdapts(const HHTCase *c);
/* HHT_EXIT_USAGE for what a command that steps by itself, as "hht views", does not have. Not collective, the same on all ranks. */
PetscErrorCode HHTCaseCheckOwnSteps(const HHTCase *c, const char *command);

/* HHT_EXIT_USAGE if a node has less than `needed` bytes for each of its ranks; the advice says what to do. Collective. */
PetscErrorCode HHTCaseCheckMemory(MPI_Comm comm, const HHTCase *c, double needed, const char *advice);

/* Where most of it is the states; and where what every rank holds for itself may be. */
#define HHT_MEMORY_ADVICE "use more nodes, fewer points or -state_precision single"
#define HHT_HISTORY_ADVICE \
  "use fewer points, a larger ts_dt (each rank keeps the field of every step), or more nodes with fewer ranks each"

#endif
