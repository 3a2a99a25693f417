/*
  The watch is a thread: an alarm signal would not reach a process that sleeps in the kernel on a dead file server.
  The thread touches neither MPI nor PETSc.
*/
#include "watchdog.h"
#include <hht/error.h>
#include <hht/output.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Rank 0 speaks first: the others, which hang with it, give it this long to end the job before they do. */
#define OTHERS_WAIT 5.0

static double limit = 900;

static struct {
  pthread_t       thread;
  pthread_mutex_t mutex;
  pthread_cond_t  stopped;
  struct timespec deadline;
  int             running, stop;
  char            message[PETSC_MAX_PATH_LEN + 128];
  int             length;
} watch = {.mutex = PTHREAD_MUTEX_INITIALIZER};

PetscErrorCode HHTWatchdogSetLimit(double seconds)
{
  PetscFunctionBeginUser;
  limit = seconds;
  PetscFunctionReturn(0);
}

static void *wait_for_stop(void *unused)
{
  int status = 0;

  (void)unused;
  pthread_mutex_lock(&watch.mutex);
  while (!watch.stop && !status) status = pthread_cond_timedwait(&watch.stopped, &watch.mutex, &watch.deadline);
  if (!watch.stop) {
    (void)!write(STDERR_FILENO, watch.message, (size_t)watch.length);
    _exit(HHT_EXIT_IO);
  }
  pthread_mutex_unlock(&watch.mutex);
  return NULL;
}

static struct timespec time_from_now(double seconds)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  t.tv_sec += (time_t)seconds;
  t.tv_nsec += (long)(1e9 * (seconds - floor(seconds)));
  if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
  return t;
}

/* All signals stay with the main thread, where the program's handlers expect them. */
static int start_thread(void)
{
  pthread_condattr_t clock;
  sigset_t           all, old;
  int                status;

  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&watch.stopped, &clock);
  pthread_condattr_destroy(&clock);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  status = pthread_create(&watch.thread, NULL, wait_for_stop, NULL);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  return status;
}

PetscErrorCode HHTWatchdogStart(MPI_Comm comm, const char *path)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTWatchdogStop());
  watch.length   = snprintf(watch.message, sizeof(watch.message),
                            "hht: error: '%s': writing took more than %g s, a file system or a rank hangs\n", path,
                            limit);
  watch.deadline = time_from_now(limit + (rank ? OTHERS_WAIT : 0));
  watch.stop     = 0;
  /* Where no thread can be had the file is written unwatched. */
  watch.running = !start_thread();
  PetscFunctionReturn(0);
}

PetscErrorCode HHTWatchdogStop(void)
{
  PetscFunctionBeginUser;
  if (!watch.running) PetscFunctionReturn(0);
  pthread_mutex_lock(&watch.mutex);
  watch.stop = 1;
  pthread_cond_signal(&watch.stopped);
  pthread_mutex_unlock(&watch.mutex);
  pthread_join(watch.thread, NULL);
  pthread_cond_destroy(&watch.stopped);
  watch.running = 0;
  PetscFunctionReturn(0);
}
