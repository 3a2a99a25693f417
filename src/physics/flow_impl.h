/* The inside of HHTFlow, shared by flow.c, flow_density.c, flow_padding.c, flow_progress.c and flow_rhs.c. */
#ifndef HHT_FLOW_IMPL_H
#define HHT_FLOW_IMPL_H

#include "entries.h"
#include "line_moments.h"
#include "modified_potential.h"
#include "phases.h"
#include "truncation.h"
#include <hht/error.h>
#include <hht/flow.h>
#include <hht/sum.h>

/* What one thread of a pass needs for itself. */
typedef struct {
  HHTPhases row_phases, column_phases;
  double   *block_sum; /* n_rows: |alpha|^2, or f, of one block of columns */
  int64_t  *fixed;     /* n_rows: rho cell_x in fixed point, of this thread's columns */
  HHTSum   *kinetic;   /* for the energy that is absorbed; NULL without an absorber */
  HHTSum   *cut;       /* |.|^2 that zero padding has taken in this step's row and column pass; NULL without any */
} HHTFlowThread;

struct HHTFlow_s {
  HHTState       state; /* borrowed */
  HHTField       field;
  MPI_Comm       comm; /* borrowed from state */
  const HHTGrid *grid; /* borrowed from state */
  HHTTransform   transform;
  HHTNumbers     numbers; /* of the state */
  PetscBool      real;    /* alpha is real, or f: J = 0, no phase G */
  HHTUnknown     unknown;
  ptrdiff_t      spectrum; /* numbers in a row in xi */

  /* Where the state is. In v: the transform's work buffer, alpha(x, v) scaled by 1/sqrt(n_cols). */
  PetscBool in_v;
  double    pending;          /* the potential flow still to be applied */
  double    pending_gradient; /* and that of the modified potential, in units of time^3 */
  double    mass;             /* when the state was set, less what was absorbed; 0 before it is known */
  double    norm;             /* L2 norm when it was set */

  HHTTruncation row_truncation, column_truncation; /* zero padding */

  HHTAbsorber absorber; /* borrowed; NULL: none */
  double      absorbed_mass, absorbed_energy;
  HHTAxes     v_axes; /* with an absorber */

  /* Whole arrays on every rank; J and grad_phi d times n_rows. */
  PetscBool rho_known, J_known, force_known;
  double   *rho, *J, *phi, *grad_phi, *g;

  HHTModifiedPotential modified; /* NULL before it is needed */
  double              *grad_phi_mod, *g_mod;

  /* Of the pass in progress. */
  HHTRowPass      pass; /* over the rows */
  double          tau, tau_gradient;
  double         *kick;          /* tau grad phi - tau_gradient grad phi_mod, d * n_rows */
  double          normalisation; /* of the column pass */
  double complex *g_phase;       /* exp(-i (tau G - tau_gradient G_mod)), n_rows, for the column pass */
  int             threads;
  HHTFlowThread  *thread;      /* by HHTTransformThread() */
  double          fixed_scale; /* of block_sum, and .. */
  double          rho_scale;   /* .. of rho */
  HHTAxes         xi_axes;     /* Nyquist entries 0 */

  HHTFlowListener listener; /* NULL: none */
  void           *listener_ctx;

  int   *row_counts, *row_offsets; /* rows of each rank */
  double seconds;                  /* in field solves */
};

/* rho and J of this rank's rows of some alpha_hat (as the state's at rest), gathered. Collective. */
PetscErrorCode HHTFlowMoments(HHTFlow flow, const void *rows);

/* flow_density.c: what the flows conserve, of a state at rest whose rho is known. Collective. */
PetscErrorCode HHTFlowKnowInvariants(HHTFlow flow);

/* rho of the columns that a column pass with HHTFlowDensityColumn() as its last operator leaves. Collective. */
PetscErrorCode HHTFlowDensityBegin(HHTFlow flow);
void           HHTFlowDensityColumn(void *flow, ptrdiff_t column, void *line);
PetscErrorCode HHTFlowDensityEnd(HHTFlow flow);

/*
  flow_padding.c: zero padding of a row in xi, as the pass in progress has it, and of a column in k; and the account of the mass that it has
  taken, when rho is that of the columns. Settle is collective.
*/
PetscErrorCode HHTFlowPaddingCreate(HHTFlow flow);
PetscErrorCode HHTFlowPaddingDestroy(HHTFlow flow);
void           HHTFlowPadRow(HHTFlow flow, void *line);
void           HHTFlowPadColumn(HHTFlow flow, void *line);
PetscErrorCode HHTFlowPaddingSettle(HHTFlow flow);

/* grad phi from rho, phi if not NULL; G from J (zero when alpha is real). Timed. Collective. */
PetscErrorCode HHTFlowSolveForce(HHTFlow flow, double phi[]);
PetscErrorCode HHTFlowSolvePhase(HHTFlow flow);

#endif
