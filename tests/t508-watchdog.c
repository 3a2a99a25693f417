/* Writing that hangs ends with one line and HHT_EXIT_IO: here a text "file" that is a pipe nobody reads. */
#include "scratch.h"
#include <hht/output.h>
#include <sys/wait.h>

#define SECONDS 0.3

/* In a process of its own, which must not come back from the call. */
static void hang(const char *path, int output)
{
  dup2(output, STDERR_FILENO);
  (void)HHTWatchdogSetLimit(SECONDS);
  (void)HHTWriteText(MPI_COMM_SELF, path, "text");
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
  if (mkfifo(ScratchPath(dir, ".text.tmp"), 0600) || pipe(ends)) MPI_Abort(MPI_COMM_WORLD, 1);
  start = MPI_Wtime();
  child = fork();
  if (!child) hang(ScratchPath(dir, "text"), ends[1]);
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
