/*
  The two exact flows of the splitting, applied lazily, of (HHt) or, for a state of f, of (Vl).

  HHTFlowKinetic() and HHTFlowPotential() move the state by the flow of grad_x . grad_xi and of W. Potential flows that
  follow one another merge; a potential flow costs nothing until the next kinetic flow or HHTFlowFinish(), which brings
  the state to rest. Between steps that nobody looks at, the last half potential flow of a step and the first of the
  next are so one pass.
*/
#ifndef HHT_FLOW_H
#define HHT_FLOW_H

#include <hht/absorber.h>
#include <hht/mean_field.h>
#include <hht/state.h>

typedef struct HHTFlow_s *HHTFlow;

/* state and field are borrowed. In a state of real numbers, and of f, J = K = 0, and the phase G is left out. Collective. */
PetscErrorCode HHTFlowCreate(HHTState state, HHTMeanField field, HHTFlow *flow);
/* In any field, which is copied. */
PetscErrorCode HHTFlowCreateInField(HHTState state, const HHTField *field, HHTFlow *flow);
PetscErrorCode HHTFlowDestroy(HHTFlow *flow);

PetscErrorCode HHTFlowGetState(HHTFlow flow, HHTState *state);
PetscErrorCode HHTFlowKinetic(HHTFlow flow, double tau);   /* collective */
PetscErrorCode HHTFlowPotential(HHTFlow flow, double tau); /* collective */
/*
  Adds -tau times the flow of the modified potential of force-gradient methods (docs/theory.md) to the potential flow, with which it
  commutes; tau has the unit time^3. It costs d + 1 field solves more, and 2 for a complex state. An error in a field that is given
  (HHTField.fixed), and where there is a listener. Collective.
*/
PetscErrorCode HHTFlowModifiedPotential(HHTFlow flow, double tau);
PetscErrorCode HHTFlowFinish(HHTFlow flow); /* collective; no-op at rest */

/*
  The absorber, borrowed, that HHTFlowAbsorb() applies for a time dt >= 0 between two steps, after it has brought the state to rest; NULL,
  as from the start: none, and nothing happens. What has been absorbed since then is in HHTFlowGetAbsorbed(), the energy that of
  (Vl); the mass is with that which zero padding has cut, see HHTGrid.padding. SetAbsorber and GetAbsorbed are not collective, Absorb is.
*/
PetscErrorCode HHTFlowSetAbsorber(HHTFlow flow, HHTAbsorber absorber);
PetscErrorCode HHTFlowAbsorb(HHTFlow flow, double dt);
PetscErrorCode HHTFlowGetAbsorbed(HHTFlow flow, double *mass, double *energy);

/* Tells the flow that the state at rest was changed by somebody else, so that rho and J are summed anew. */
PetscErrorCode HHTFlowReset(HHTFlow flow);

/*
  Where a flow stands, at rest or in the middle of a step: with the rows of the state all that it needs to go on with the same bits.
*/
typedef struct {
  PetscBool in_v;    /* the state is alpha(x, v), scaled, in the transform's work; else alpha_hat(x, xi) at rest */
  double    pending; /* time of the potential flow that is still to be applied */
  double    pending_gradient; /* and that of the modified potential, time^3 */
  double    mass;             /* of the state when it was set, less what was absorbed */
  double    norm;             /* and its L2 norm then */
  double    absorbed_mass, absorbed_energy;
  PetscBool rho_known, J_known;
  double   *rho; /* n_rows, whole on every rank */
  double   *J;   /* d * n_rows, whole on every rank */
} HHTFlowProgress;

/* rho and J are borrowed by Get, and copied by Set, which comes after the rows were set. Not collective. */
PetscErrorCode HHTFlowGetProgress(HHTFlow flow, HHTFlowProgress *progress);
PetscErrorCode HHTFlowSetProgress(HHTFlow flow, const HHTFlowProgress *progress);

/*
  The rows of the state as they stand in memory, in v or at rest: how many numbers of which kind, and one of this rank's rows by its
  global index. Not collective.
*/
PetscErrorCode HHTFlowGetRowFormat(HHTFlow flow, PetscBool in_v, ptrdiff_t *n, HHTNumbers *numbers);
PetscErrorCode HHTFlowGetRow(HHTFlow flow, PetscBool in_v, ptrdiff_t row, void *values);
PetscErrorCode HHTFlowSetRow(HHTFlow flow, PetscBool in_v, ptrdiff_t row, const void *values);

/* The fields at rest, whole arrays on every rank, borrowed until the next flow. Finishes first. Collective. */
typedef struct {
  const double *rho;          /* n_rows */
  const double *J;            /* d * n_rows; zero when alpha is real, and for f */
  const double *phi;          /* n_rows */
  const double *grad_phi;     /* d * n_rows */
  const double *g;            /* n_rows */
  double        energy_share; /* of int phi rho that is potential energy, see HHTField */
} HHTFields;
PetscErrorCode HHTFlowGetFields(HHTFlow flow, HHTFields *fields);

/*
  The right-hand side of (HHt), d_t alpha_hat = -i (grad_x.grad_xi + W) alpha_hat, at any Vec laid out like the state's.
  For PETSc's own integrators as an independent check. Overwrites the state's buffers: the state's own Vec must not be x
  or y, and has to be filled again before it is used.
*/
PetscErrorCode HHTFlowRHS(HHTFlow flow, Vec x, Vec y);

/*
  Sees each flow when it is applied, in their order: a potential flow over tau with the fields that it was made of (phi NULL, J and g NULL
  in a state of real numbers; borrowed for the call), a kinetic flow over tau with fields NULL. Called on every rank. There must be no
  HHTFlowModifiedPotential().
*/
typedef PetscErrorCode (*HHTFlowListener)(void *ctx, double tau, const HHTFields *fields);
PetscErrorCode HHTFlowSetListener(HHTFlow flow, HHTFlowListener listener, void *ctx); /* NULL: none */

/* Seconds spent in the field solves since creation. */
PetscErrorCode HHTFlowGetFieldTime(HHTFlow flow, double *seconds);

#endif
