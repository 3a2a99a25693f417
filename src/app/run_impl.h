/* The inside of `hht run`: run.c and the files that it calls, run_*.c, stepper.c, restart.c, monitor.c, banner.c, verdict.c, scales.c, dry_run.c, error_check.c. */
#ifndef HHT_RUN_IMPL_H
#define HHT_RUN_IMPL_H

#include "commands.h"
#include "control.h"
#include "problem.h"
#include "series.h"
#include <hht/output.h>
#include <hht/splitting.h>

/* Whose run a folder holds. */
typedef enum { HHT_RUN_OF_RUN, HHT_RUN_OF_MEANFIELD, HHT_RUN_OF_VIEWS, HHT_RUN_KINDS } HHTRunKind;

typedef struct {
  MPI_Comm           comm;
  HHTRunKind         kind;
  HHTCase            c;
  HHTProblem         problem;
  TS                 ts;
  Vec                solution;  /* the state's Vec, or a separate one for integrators other than ours */
  PetscBool          splitting; /* ours */
  TS                 other_ts;  /* of the second solution, which makes the steps of the first; NULL without one */
  Vec                other_solution;
  PetscReal          step_size; /* of the step that is being made */
  HHTDiagnosticsFile csv;
  int                lock;       /* of the folder, on rank 0; -1 none */
  PetscBool          locked;     /* the folder, on all ranks */
  PetscBool          held_run;   /* the folder, when it was looked at first */
  char              *parameters; /* the text of used_parameters.yaml, owned */

  HHTCheckpoint checkpoint; /* that the run goes on from; NULL: from the start */
  PetscBool     resumes;    /* it does so in the folder of the run that wrote it */
  PetscBool  replaces; /* the run that the folder holds is removed; --restart auto without a checkpoint does so too */
  HHTControl control;
  HHTRequest stopped_by; /* >= HHT_STOP: the run was asked to stop */

  HHTProgress    progress;       /* where the run stands; its checkpoints hold it */
  PetscInt       first_step;     /* of this part of the run */
  double         first_time;     /* and the time there */
  double         start;          /* MPI_Wtime() when time stepping began */
  double         last_step;      /* and when the last step ended */
  double         last_time;      /* time after the last step */
  HHTDiagnostics now;            /* at the last seen step */
  double         next_line;      /* wall seconds at which the table's next line is due */
  double         output_seconds; /* in diagnostics and files */
  double         snapshot_bytes;
  double         memory;       /* bytes that a rank needs, at most */
  PetscBool      keeps_series; /* for the error check */
  HHTSeries      series;
} HHTRun;

/* stepper.c: where a run that does not go on begins; its time stepper; all that it holds. Collective. */
PetscErrorCode HHTRunStart(HHTRun *run);
PetscErrorCode HHTRunCreateTS(HHTRun *run);
PetscErrorCode HHTRunDestroy(HHTRun *run);

/* stepper.c: a time stepper of the case's options for one solution. */
PetscErrorCode HHTRunCreateStepper(HHTRun *run, HHTState state, HHTFlow flow, TS *ts, Vec *solution);

/* run_memory.c: the bytes that the problem, and the steppers made for it, take of a rank; HHT_EXIT_USAGE if they are not there. Collective. */
PetscErrorCode HHTRunCountMemory(HHTRun *run);

/* run_other.c: the second solution, where there is one. Its stepper; the step that the first has just made; where a checkpoint left it. */
PetscErrorCode HHTRunOtherCreate(HHTRun *run);
PetscErrorCode HHTRunOtherStep(HHTRun *run);
PetscErrorCode HHTRunOtherRestart(HHTRun *run);

/* banner.c: "3.4 GiB". */
void HHTFormatBytes(double bytes, char *text, size_t size);

/* banner.c: what is solved, before it is; how it went, after. */
PetscErrorCode HHTRunBanner(HHTRun *run);
PetscErrorCode HHTRunSummary(HHTRun *run);

/* verdict.c: whether the run was resolved. Collective. */
PetscErrorCode HHTRunVerdict(HHTRun *run);

/* What is worth a word: a share of the mass near the edge of a window, and a relative drift of the energy. */
#define HHT_EDGE_LIMIT   1e-6
#define HHT_ENERGY_LIMIT 1e-2

/* scales.c: the time at which the finest structure reaches the xi edge and comes back: 2 pi / (k dv). */
double HHTRecurrenceTime(const HHTCase *c);

/* Points of the phase-space grid. */
double HHTRunPoints(const HHTCase *c);
/* |now - first| in units of |first|, or absolute where that is 0. */
double HHTRunDrift(double now, double first);

/* restart.c: before the case is read, puts the parameters of the checkpoint into PETSc's database where there is no case file. */
PetscErrorCode HHTRestartReadParameters(HHTRun *run, const HHTArguments *arguments);
/* Finds the checkpoint that --restart means, and whether the case may go on from it. Collective, as are all here. */
PetscErrorCode HHTRestartFind(HHTRun *run, const HHTArguments *arguments);
/* Whether there is nothing left to do, which it says. */
PetscErrorCode HHTRestartIsComplete(HHTRun *run, const HHTArguments *arguments, PetscBool *complete);
/* Sets the time stepper, and the run's progress, to where the checkpoint left them. */
PetscErrorCode HHTRestartSetUp(HHTRun *run);

/* run_folder.c: whether the run's folder has a file or folder of that name; rank 0's answer for all. Collective. */
PetscErrorCode HHTRunHasFile(const HHTRun *run, const char *name, PetscBool *has);
/*
  HHT_EXIT_USAGE for a folder that holds what another command has left: a restart that finds nothing of its own does not take its
  place. Collective.
*/
PetscErrorCode HHTRunCheckOwner(const HHTRun *run);
/* HHT_EXIT_USAGE for a folder that holds a run already, unless it may be replaced. Collective. */
PetscErrorCode HHTRunCheckFolder(HHTRun *run);
/*
  Of a command that keeps a progress file: whether it goes on in the folder, with the parameters of what is finished, or replaces it.
  HHT_EXIT_USAGE where it may do neither. Collective.
*/
PetscErrorCode HHTRunPrepareFolder(HHTRun *run, PetscBool restart);
/*
  Locks a folder that a run has been in, before it is looked at: what a run that was just killed or stopped still writes is then complete, and
  counts. HHT_EXIT_USAGE if that goes on for long. Writes nothing where there was no run. Collective.
*/
PetscErrorCode HHTRunLockFolder(HHTRun *run);
/* Opens log.txt at its end. Collective. */
PetscErrorCode HHTRunOpenLog(HHTRun *run);
/* Makes the folder and the files of all runs, marked INCOMPLETE; and opens diagnostics.csv too. Collective. */
PetscErrorCode HHTRunBeginFolder(HHTRun *run);
PetscErrorCode HHTRunOpenFolder(HHTRun *run);
/* Marks the folder COMPLETE or, with the reason, INCOMPLETE; returns ierr. Collective. */
/* The end that COMPLETE tells, if it does: that of a run. Collective. */
PetscErrorCode HHTRunReadEnd(const HHTRun *run, HHTProgress *end, PetscBool *told);
PetscErrorCode HHTRunMarkEnd(HHTRun *run, PetscErrorCode ierr);

/* monitor.c: decides on which steps the state is looked at, and looks. */
PetscErrorCode HHTRunSeen(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *run);
PetscErrorCode HHTRunLook(HHTRun *run, PetscInt step, PetscReal time);
/* The state's buffers hold the solution, for integrators other than ours too. */
PetscErrorCode HHTRunTakeSolution(HHTRun *run);
/* HHT_EXIT_INVALID for a mass that has changed by more than the integrator may change it, or an energy that is no number. */
PetscErrorCode HHTRunCheckNumbers(const HHTRun *run, PetscInt step, PetscReal time, double mass, double energy);
/* The next snapshot is due after that time. */
void HHTRunPassSnapshots(HHTRun *run, PetscReal time);
/* Whether max_time or max_steps is reached. */
PetscBool HHTRunIsLast(const HHTRun *run, PetscInt step, PetscReal time);

/* run_checkpoint.c: writes the checkpoints that are due or asked for after a step, and ends the run if that is asked for. */
PetscErrorCode HHTRunSave(HHTRun *run, PetscInt step, PetscReal time);

/* dry_run.c: prints what the run would need, after timing a few steps; writes nothing. */
PetscErrorCode HHTRunDry(HHTRun *run);

#endif
