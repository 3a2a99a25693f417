/*
  The watch is a thread: an alarm signal would not reach a process that sleeps in the kernel on a dead file server. It
  lives as long as the process, counts time in ticks, of which one that took very long was a suspension, after which the time begins
  anew, and touches neither MPI nor PETSc.
*/
#include <hht/error.h>
#include <hht/watchdog.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Rank 0 speaks first, and rank 1 if rank 0 is the one that hangs: others give them this long to end the job before they do. */
#define OTHERS_WAIT 8.0
#define TICK        1.0 /* s, at most; one of more than twice that was a suspension */
#define DEPTH       4   /* of nested watches */
#define MESSAGE_MAX (PETSC_MAX_PATH_LEN + 256)

static double limit = 900;

static struct {
  pthread_mutex_t mutex;
  pthread_cond_t  changed;
  int             running; /* the thread */
  int             n;       /* watches */
  double          left;    /* s, of the innermost */
  double          wait[DEPTH];
  char            message[DEPTH][MESSAGE_MAX];
} watch = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static double now(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void end_program(void)
{
  const char *text   = watch.message[watch.n - 1];
  size_t      length = 0;

  while (text[length]) length++;
  (void)!write(STDERR_FILENO, text, length);
  _exit(HHT_EXIT_IO);
}

/* The innermost watch, if there is one, has its whole time again. With the mutex held. */
static void start_anew(void) { watch.left = watch.n ? limit + watch.wait[watch.n - 1] : 0; }

/* One tick, with the mutex held; without a watch until there is one. */
static void tick(void)
{
  const double          start = now(), end = start + fmin(TICK, watch.left);
  const struct timespec until = {.tv_sec = (time_t)end, .tv_nsec = (long)(1e9 * (end - floor(end)))};
  double                taken;

  if (!watch.n) {
    pthread_cond_wait(&watch.changed, &watch.mutex);
    return;
  }
  /* Woken by a change of the watches, or for no reason, some of the tick is over. */
  pthread_cond_timedwait(&watch.changed, &watch.mutex, &until);
  taken = now() - start;
  if (taken > 2 * TICK)
    start_anew();
  else
    watch.left -= taken;
}

static void *count_down(void *unused)
{
  (void)unused;
  pthread_mutex_lock(&watch.mutex);
  for (;;) {
    tick();
    if (watch.n && watch.left <= 0) end_program();
  }
  return NULL;
}

/* All signals stay with the main thread, where the program's handlers expect them. */
static int start_thread(void)
{
  pthread_condattr_t clock;
  pthread_t          thread;
  sigset_t           all, old;
  int                status;

  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&watch.changed, &clock);
  pthread_condattr_destroy(&clock);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  status = pthread_create(&thread, NULL, count_down, NULL);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  if (!status) pthread_detach(thread);
  return status;
}

PetscErrorCode HHTWatchdogSetLimit(double seconds)
{
  PetscFunctionBeginUser;
  limit = seconds;
  PetscFunctionReturn(0);
}

/* With the mutex held. */
static void renew(void)
{
  start_anew();
  pthread_cond_signal(&watch.changed);
}

static void describe(char message[MESSAGE_MAX], const char *path)
{
  static const char reason[] = "a rank, the network or a file system hangs";
  static const char advice[] = "checkpoints are untouched: go on with --restart auto, or raise -watchdog_limit";

  if (path)
    (void)snprintf(message, MESSAGE_MAX, "hht: error: '%s': writing took more than %g s: %s; %s\n", path, limit, reason,
                   advice);
  else
    (void)snprintf(message, MESSAGE_MAX, "hht: error: a step took more than %g s (watchdog_limit): %s; %s\n", limit,
                   reason, advice);
}

PetscErrorCode HHTWatchdogStart(MPI_Comm comm, const char *path)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  /* Where no thread can be had nothing is watched. */
  if (!watch.running) watch.running = !start_thread();
  if (!watch.running) PetscFunctionReturn(0);
  pthread_mutex_lock(&watch.mutex);
  PetscCheck(watch.n < DEPTH, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "too many watches");
  describe(watch.message[watch.n], path);
  watch.wait[watch.n++] = OTHERS_WAIT * PetscMin(rank, 2);
  renew();
  pthread_mutex_unlock(&watch.mutex);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTWatchdogStop(void)
{
  PetscFunctionBeginUser;
  if (!watch.running) PetscFunctionReturn(0);
  pthread_mutex_lock(&watch.mutex);
  if (watch.n) watch.n--;
  renew();
  pthread_mutex_unlock(&watch.mutex);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTWatchdogRenew(void)
{
  PetscFunctionBeginUser;
  if (!watch.running) PetscFunctionReturn(0);
  pthread_mutex_lock(&watch.mutex);
  renew();
  pthread_mutex_unlock(&watch.mutex);
  PetscFunctionReturn(0);
}
