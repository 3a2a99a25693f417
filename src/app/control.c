#include "control.h"
#include "duration.h"
#include <errno.h>
#include <hht/error.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOOK_SECONDS 1.0  /* between two looks for the files */
#define MARGIN       10.0 /* s kept for the end of a job, or this share of what was left at the start */
#define MARGIN_SHARE 0.1

static volatile sig_atomic_t save_signal, stop_signal;
static double                begin; /* MPI_Wtime() */

static void handle(int signal)
{
  if (signal == SIGUSR1)
    save_signal = signal;
  else
    stop_signal = signal;
}

PetscErrorCode HHTControlBegin(void)
{
  static const int signals[] = {SIGTERM, SIGINT, SIGUSR1, SIGUSR2};
  struct sigaction action    = {.sa_handler = handle, .sa_flags = SA_RESTART};

  PetscFunctionBeginUser;
  begin = MPI_Wtime();
  (void)sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) (void)sigaction(signals[i], &action, NULL);
  PetscFunctionReturn(0);
}

/* ---- the end of the job ---- */

/* squeue lists all elements of an array under the number of its first: the line that begins with ours counts. */
static double ask_squeue(const char *job)
{
  char   command[128], line[256], number[32], text[64];
  double left = INFINITY;
  FILE  *pipe;

  if (strspn(job, "0123456789") != strlen(job)) return INFINITY;
  (void)snprintf(command, sizeof(command), "squeue -h -j %.20s -o '%%A %%L' 2>/dev/null", job);
  pipe = popen(command, "r");
  if (!pipe) return INFINITY;
  while (fgets(line, sizeof(line), pipe)) {
    if (sscanf(line, "%31s %63s", number, text) != 2 || strcmp(number, job) != 0) continue;
    if (HHTDurationParse(text, &left)) left = INFINITY; /* as for UNLIMITED */
  }
  (void)pclose(pipe);
  return left;
}

/* Seconds that the job of SLURM around this process has left; INFINITY without one. Older SLURMs do not set the end time. */
static double job_left(void)
{
  const char *end = getenv("SLURM_JOB_END_TIME"), *job = getenv("SLURM_JOB_ID");

  if (end && atof(end) > 0) return atof(end) - (double)time(NULL);
  return job ? ask_squeue(job) : INFINITY;
}

/* On rank 0. Some of the time is kept for what comes after the last step. */
static double find_deadline(double walltime)
{
  const double now = MPI_Wtime(), left = walltime > 0 ? begin + walltime - now : job_left();

  return now + left - fmin(MARGIN, MARGIN_SHARE * fmax(left, 0));
}

PetscErrorCode HHTControlStart(MPI_Comm comm, const char *dir, double walltime, double wall_interval, double save_time,
                               HHTControl *c)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  *c           = (HHTControl){.comm = comm, .dir = dir, .interval = wall_interval, .save_time = save_time};
  c->deadline  = rank ? INFINITY : find_deadline(walltime);
  c->last_save = c->last_step = MPI_Wtime();
  PetscFunctionReturn(0);
}

/* ---- requests ---- */

static PetscBool has_file(const HHTControl *c, const char *name)
{
  char path[PETSC_MAX_PATH_LEN];

  if (snprintf(path, sizeof(path), "%s/%s", c->dir, name) >= (int)sizeof(path)) return PETSC_FALSE;
  return access(path, F_OK) ? PETSC_FALSE : PETSC_TRUE;
}

static HHTRequest look_for_files(HHTControl *c, double now)
{
  if (now < c->next_look) return HHT_GO_ON;
  c->next_look = now + LOOK_SECONDS;
  if (has_file(c, "STOP")) return HHT_STOP_FILE;
  return has_file(c, "SAVE") ? HHT_SAVE_FILE : HHT_GO_ON;
}

static HHTRequest look_at_clock(const HHTControl *c, double now)
{
  if (now + 2 * c->step_time + 2 * c->save_time > c->deadline) return HHT_STOP_WALLTIME;
  return c->interval > 0 && now - c->last_save > c->interval ? HHT_SAVE_INTERVAL : HHT_GO_ON;
}

/* What this rank knows of. Signals that came are forgotten with it. */
static HHTRequest look(HHTControl *c, int rank)
{
  const double now     = MPI_Wtime();
  HHTRequest   request = HHT_GO_ON;

  c->step_time = fmax(c->step_time, now - c->last_step);
  c->last_step = now;
  if (!rank) {
    const HHTRequest clock = look_at_clock(c, now), file = look_for_files(c, now);

    request = PetscMax(clock, file);
  }
  if (save_signal) request = PetscMax(request, HHT_SAVE_SIGNAL);
  if (stop_signal) request = HHT_STOP_SIGNAL;
  save_signal = 0;
  return request;
}

PetscErrorCode HHTControlAsk(HHTControl *c, HHTRequest *request)
{
  PetscMPIInt rank;
  int         number;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(c->comm, &rank));
  number = (int)look(c, rank);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &number, 1, MPI_INT, MPI_MAX, c->comm));
  *request = (HHTRequest)number;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTControlSaved(HHTControl *c, double seconds)
{
  PetscFunctionBeginUser;
  c->save_time = seconds;
  c->last_save = c->last_step = MPI_Wtime();
  PetscFunctionReturn(0);
}

static PetscErrorCode rename_dated(const HHTControl *c, const char *name)
{
  char      path[PETSC_MAX_PATH_LEN], dated[PETSC_MAX_PATH_LEN], date[32];
  time_t    now = time(NULL);
  struct tm local;

  PetscFunctionBeginUser;
  (void)strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", localtime_r(&now, &local));
  PetscCall(PetscSNPrintf(path, sizeof(path), "%s/%s", c->dir, name));
  PetscCall(PetscSNPrintf(dated, sizeof(dated), "%s.%s", path, date));
  if (rename(path, dated) && errno != ENOENT)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "cannot rename '%s': %s", path, strerror(errno)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTControlObeyed(HHTControl *c, HHTRequest request)
{
  PetscErrorCode ierr = 0;
  PetscMPIInt    rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(c->comm, &rank));
  if (!rank && request == HHT_STOP_FILE) ierr = rename_dated(c, "STOP");
  if (!rank && request == HHT_SAVE_FILE) ierr = rename_dated(c, "SAVE");
  PetscCall(HHTAgree(c->comm, ierr));
  PetscFunctionReturn(0);
}

const char *HHTRequestReason(HHTRequest request)
{
  static const char *const reasons[] = {[HHT_GO_ON]         = "the options ask for it",
                                        [HHT_SAVE_INTERVAL] = "checkpoint_wall_interval",
                                        [HHT_SAVE_FILE]     = "the file SAVE",
                                        [HHT_SAVE_SIGNAL]   = "signal SIGUSR1",
                                        [HHT_STOP_WALLTIME] = "the time limit is near",
                                        [HHT_STOP_FILE]     = "the file STOP",
                                        [HHT_STOP_SIGNAL]   = "a signal"};

  return reasons[request];
}
