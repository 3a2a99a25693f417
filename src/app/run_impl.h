/* The inside of `hht run`, shared by run.c, run_folder.c, monitor.c, banner.c and dry_run.c. */
#ifndef HHT_RUN_IMPL_H
#define HHT_RUN_IMPL_H

#include "problem.h"
#include <hht/output.h>
#include <hht/splitting.h>

typedef struct {
  MPI_Comm           comm;
  HHTCase            c;
  HHTProblem         problem;
  TS                 ts;
  Vec                solution;  /* the state's Vec, or a separate one for integrators other than ours */
  PetscBool          splitting; /* ours */
  HHTDiagnosticsFile csv;

  double         start;          /* MPI_Wtime() when time stepping began */
  PetscInt       last_seen;      /* step that the monitor looked at last, -1 none */
  PetscInt       next_snapshot;  /* the next snapshot is due at next_snapshot * snapshot_interval */
  HHTDiagnostics first, now;     /* at the start and at the last seen step */
  double         next_line;      /* wall seconds at which the table's next line is due */
  double         output_seconds; /* in diagnostics and files */
  double         snapshot_bytes;
  unsigned       warned; /* bits of the warnings given */
} HHTRun;

/* banner.c: what is solved, before it is; how it went, after. */
PetscErrorCode HHTRunBanner(HHTRun *run);
PetscErrorCode HHTRunSummary(HHTRun *run);

/* The time at which the finest structure reaches the xi edge and comes back: 2 pi / (k dv). */
double HHTRecurrenceTime(const HHTCase *c);

/* Points of the phase-space grid. */
double HHTRunPoints(const HHTCase *c);

/* run_folder.c: HHT_EXIT_USAGE for a folder that holds a run already, unless it may be replaced. Collective. */
PetscErrorCode HHTRunCheckFolder(HHTRun *run);
/* Makes the folder and its first files, marked INCOMPLETE. Collective. */
PetscErrorCode HHTRunOpenFolder(HHTRun *run);
/* Marks the folder COMPLETE or, with the reason, INCOMPLETE; returns ierr. Collective. */
PetscErrorCode HHTRunMarkEnd(HHTRun *run, PetscErrorCode ierr);

/* monitor.c: decides on which steps the state is looked at, and looks. */
PetscErrorCode HHTRunSeen(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *run);
PetscErrorCode HHTRunMonitor(TS ts, PetscInt step, PetscReal time, Vec solution, void *run);

/* dry_run.c: prints what the run would need, after timing a few steps; writes nothing. */
PetscErrorCode HHTRunDry(HHTRun *run);

#endif
