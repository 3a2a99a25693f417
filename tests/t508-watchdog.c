/* Writing that hangs ends with one line and HHT_EXIT_IO, though the program's own thread does nothing any more. */
#include "scratch.h"
#include <hht/output.h>
#include <hht/watchdog.h>
#include <sys/wait.h>

#define SECONDS 0.3

/* In a process of its own, as if a call on `path` did not come back. */
static void hang(const char *path, int output)
{
  dup2(output, STDERR_FILENO);
  (void)HHTWatchdogSetLimit(SECONDS);
  (void)HHTWatchdogStart(MPI_COMM_SELF, path);
  sleep(20);
  _exit(0);
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
  if (!child) hang(ScratchPath(dir, "text"), ends[1]);
  close(ends[1]);
  waitpid(child, &status, 0);
  n = read(ends[0], message, sizeof(message) - 1);
  TestCheck(WIFEXITED(status) && WEXITSTATUS(status) == HHT_EXIT_IO, "status %x", (unsigned)status);
  TestCheck(n > 0 && strstr(message, ScratchPath(dir, "text")) && strstr(message, "hangs\n"), "message '%s'", message);
  TestCheck(MPI_Wtime() - start >= SECONDS, "ended after %g s", MPI_Wtime() - start);

  /* A call that ends in time leaves nothing that could fire later. */
  TestCall(HHTWatchdogSetLimit(SECONDS));
  TestCall(HHTWriteText(MPI_COMM_SELF, ScratchPath(dir, "quick"), "text"));
  usleep((useconds_t)(1.5e6 * SECONDS));
  ScratchDestroy(dir);
  return TestEnd();
}
