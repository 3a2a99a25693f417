/* Writing that hangs ends with one line and HHT_EXIT_IO, though the program's own thread does nothing any more. */
#include "scratch.h"
#include <hht/output.h>
#include <hht/watchdog.h>
#include <signal.h>
#include <sys/wait.h>

#define SECONDS 0.3

/* In a process of its own, as if a call on `path` did not come back. */
static void hang(const char *path, double limit, int output)
{
  dup2(output, STDERR_FILENO);
  (void)HHTWatchdogSetLimit(limit);
  (void)HHTWatchdogStart(MPI_COMM_SELF, path);
  sleep(20);
  _exit(0);
}

static void wait_seconds(double seconds) { usleep((useconds_t)(1e6 * seconds)); }

/* A process that was suspended for much longer than its limit has the whole limit again when it goes on. */
static void check_suspended(const char *path, int output)
{
  const double limit = 1;
  double       start;
  int          status = 0;
  const pid_t  child  = fork();

  if (!child) hang(path, limit, output);
  wait_seconds(limit / 4);
  kill(child, SIGSTOP);
  wait_seconds(3 * limit);
  start = MPI_Wtime();
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
  TestCheck(WIFEXITED(status) && WEXITSTATUS(status) == HHT_EXIT_IO, "status %x", (unsigned)status);
  TestCheck(MPI_Wtime() - start >= 0.99 * limit, "ended %g s after it went on", MPI_Wtime() - start);
}

int main(int argc, char **argv)
{
  char    dir[SCRATCH_MAX], message[1024] = "";
  int     ends[2], status                 = 0;
  pid_t   child;
  double  start;
  ssize_t n;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  if (pipe(ends)) MPI_Abort(MPI_COMM_WORLD, 1);
  start = MPI_Wtime();
  child = fork();
  if (!child) hang(ScratchPath(dir, "text"), SECONDS, ends[1]);
  waitpid(child, &status, 0);
  n = read(ends[0], message, sizeof(message) - 1);
  TestCheck(WIFEXITED(status) && WEXITSTATUS(status) == HHT_EXIT_IO, "status %x", (unsigned)status);
  TestCheck(
      n > 0 && strstr(message, ScratchPath(dir, "text")) &&
          strstr(message, "hangs; checkpoints are untouched: go on with --restart auto, or raise -watchdog_limit\n"),
      "message '%s'", message);
  TestCheck(MPI_Wtime() - start >= SECONDS, "ended after %g s", MPI_Wtime() - start);

  check_suspended(ScratchPath(dir, "text"), ends[1]);
  close(ends[1]);

  /* A call that ends in time leaves nothing that could fire later. */
  TestCall(HHTWatchdogSetLimit(SECONDS));
  TestCall(HHTWriteText(MPI_COMM_SELF, ScratchPath(dir, "quick"), "text"));
  wait_seconds(1.5 * SECONDS);
  ScratchDestroy(dir);
  return TestEnd();
}
