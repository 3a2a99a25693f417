/*
  Checkpoints: all that a run needs to go on, on any number of ranks, with the same bits as if it had not stopped.

  dir/checkpoints/checkpoint_<step>.h5 holds, in global order of the rows and with a checksum of each of them (HHTDataFile):

      /data/<step>/state     [n_rows, numbers]  the rows of the state as they stand in memory, see HHTFlowGetRowFormat()
      /data/<step>/density   [n_rows]           rho
      /data/<step>/current   [n_rows, d]        J
      /data/<step>/other_state, other_density, other_current: the same of a second solution, where there is one
      /parameters            [length]           used_parameters.yaml
      /wisdom                [length]           FFTW's wisdom

  and as attributes where the flow and the run stand. It is written aside, synced, read back and renamed; then
  dir/checkpoints/latest, a text, gets its name. Errors are HHT_EXIT_IO with one line, agreed on by all ranks.
*/
#ifndef HHT_CHECKPOINT_H
#define HHT_CHECKPOINT_H

#include <hht/diagnostics.h>
#include <hht/flow.h>

/* The largest that diagnostics have shown so far. */
typedef struct {
  double xi_edge, v_edge, k_edge; /* shares of the mass */
  double energy_drift;            /* relative */
} HHTWatched;

/* Where a run stands between two steps. */
typedef struct {
  PetscInt       step;
  double         time;
  double         time_step;     /* of the next step, which may be shortened to meet max_time */
  double         dt, max_time;  /* as they were asked for when time_step was chosen */
  PetscInt       last_seen;     /* step that diagnostics were made of last, -1 none */
  PetscInt       next_snapshot; /* number of the next snapshot in units of their interval */
  unsigned       warned;        /* bits of the warnings given */
  double         wall_time;     /* seconds of time stepping so far, all parts of the run together */
  HHTWatched     watched;
  HHTDiagnostics first; /* of the initial data, which drifts are measured against */
} HHTProgress;

/* Writes a checkpoint and renews `latest`. other is a second solution or NULL. parameters is the text of used_parameters.yaml. bytes (may be NULL) is its size. Collective. */
PetscErrorCode HHTCheckpointWrite(HHTFlow flow, HHTFlow other, const char *dir, const HHTProgress *progress,
                                  const char *parameters, double *bytes);

/* Bytes of one solution of so many numbers in a checkpoint. */
double HHTCheckpointBytes(const HHTGrid *grid, HHTNumbers numbers);

/* Removes all checkpoints in dir/checkpoints but the newest `keep`. Collective. */
PetscErrorCode HHTCheckpointsPrune(MPI_Comm comm, const char *dir, PetscInt keep);

/* Renames those beyond `step`, from which a run does not go on, to <name>.aside, so that they count no longer. Collective. */
PetscErrorCode HHTCheckpointsSetAside(MPI_Comm comm, const char *dir, PetscInt step);

typedef struct HHTCheckpoint_s *HHTCheckpoint;

/* Opens a checkpoint and checks every byte of it. Collective. */
PetscErrorCode HHTCheckpointOpen(MPI_Comm comm, const char *path, HHTCheckpoint *checkpoint);
PetscErrorCode HHTCheckpointClose(HHTCheckpoint *checkpoint); /* collective, safe twice */

/*
  HHTCheckpointFind - opens the newest checkpoint of dir/checkpoints that proves valid; says which it passed over and why. *checkpoint is
  NULL if there is none. Collective.
*/
PetscErrorCode HHTCheckpointFind(MPI_Comm comm, const char *dir, HHTCheckpoint *checkpoint);

/* What it holds, borrowed. */
const char        *HHTCheckpointPath(HHTCheckpoint checkpoint);
const HHTProgress *HHTCheckpointProgress(HHTCheckpoint checkpoint);
const char        *HHTCheckpointParameters(HHTCheckpoint checkpoint);
const char        *HHTCheckpointWisdom(HHTCheckpoint checkpoint);
HHTNumbers         HHTCheckpointGetNumbers(HHTCheckpoint checkpoint); /* of the state */

/* HHT_EXIT_USAGE if the checkpoint is one of another grid; to be asked before memory is taken for it. Not collective, the same on all ranks. */
PetscErrorCode HHTCheckpointCheckGrid(HHTCheckpoint checkpoint, const HHTGrid *grid);

int HHTCheckpointGetSolutions(HHTCheckpoint checkpoint); /* 1, or 2 where there is another */

/*
  Puts the flow where the checkpoint left it, and the other one where it left its second solution. other is NULL where it has one only. Grid,
  unknown and numbers of the flows' states must be the checkpoint's. Collective.
*/
PetscErrorCode HHTCheckpointLoad(HHTCheckpoint checkpoint, HHTFlow flow, HHTFlow other);

#endif
