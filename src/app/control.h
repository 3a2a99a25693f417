/*
  What asks a run from outside, while it steps, to write a checkpoint or to stop: signals to any rank, the files SAVE and STOP in
  the run's folder, the clock.
*/
#ifndef HHT_CONTROL_H
#define HHT_CONTROL_H

#include <petscsys.h>

/* In order of urgency: of several the last is obeyed. From HHT_STOP on the run stops. */
typedef enum {
  HHT_GO_ON,
  HHT_SAVE_INTERVAL, /* checkpoint_wall_interval is over */
  HHT_SAVE_FILE,
  HHT_SAVE_SIGNAL,
  HHT_STOP,
  HHT_STOP_WALLTIME = HHT_STOP,
  HHT_STOP_FILE,
  HHT_STOP_SIGNAL
} HHTRequest;

typedef struct {
  MPI_Comm    comm;
  const char *dir;       /* the run's folder, borrowed */
  double      deadline;  /* MPI_Wtime() at which the job ends, INFINITY: none; rank 0 knows */
  double      interval;  /* seconds between checkpoints, 0: none */
  double      last_save; /* MPI_Wtime() of the last checkpoint or the start */
  double      save_time; /* seconds that a checkpoint takes, measured or estimated */
  double      step_time; /* the longest step so far */
  double      last_step; /* MPI_Wtime() at which it ended */
  double      next_look; /* MPI_Wtime() at which rank 0 looks for the files again */
} HHTControl;

/* Handles SIGTERM, SIGINT, SIGUSR1 and SIGUSR2 from now on, and counts the wall time. Not collective. */
PetscErrorCode HHTControlBegin(void);

/*
  walltime is what --walltime gave, seconds from HHTControlBegin() on, 0 for the end of the job that SLURM runs this in.
  save_time estimates a checkpoint. Collective.
*/
PetscErrorCode HHTControlStart(MPI_Comm comm, const char *dir, double walltime, double wall_interval, double save_time,
                               HHTControl *control);

/* After each step: what is asked for, the same on all ranks. Collective. */
PetscErrorCode HHTControlAsk(HHTControl *control, HHTRequest *request);

/* A checkpoint was written in so many seconds. */
PetscErrorCode HHTControlSaved(HHTControl *control, double seconds);

/* A file that asked for it gets the date in its name, so that it asks once. Collective. */
PetscErrorCode HHTControlObeyed(HHTControl *control, HHTRequest request);

/* "signal SIGTERM", "the file STOP", .. */
const char *HHTRequestReason(HHTRequest request);

#endif
