/*
  A process is killed before, or in the middle of, each system call that writes a checkpoint: afterwards the older one, or the new one
  once that has its name, is found, and both are what they should be. A later run writes the same checkpoint over what was left aside.
*/
#include "checkpoint_fixture.h"
#include "fault_shim.h"
#include <signal.h>
#include <sys/wait.h>

/* In a process of its own; whether it was killed. */
static int write_and_die(Fixture *f, const char *dir, const char *call, int at)
{
  const FaultPlan plan   = {.call = call, .path = dir, .at = at, .action = FAULT_SIGNAL, .number = SIGKILL};
  const pid_t     child  = fork();
  int             status = -1;

  if (!child) {
    FaultSet(&plan);
    _exit(CheckpointFixtureWrite(f, dir, 2) ? 1 : 0);
  }
  waitpid(child, &status, 0);
  TestCheck(WIFSIGNALED(status) || (WIFEXITED(status) && !WEXITSTATUS(status)), "%s %d: status %x", call, at,
            (unsigned)status);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void check_after(const char *dir, const char *call, int at)
{
  const int      there = !access(ScratchPath(dir, "checkpoints/checkpoint_0000000002.h5"), F_OK);
  const PetscInt found = CheckpointFixtureNewest(dir);

  TestCheck(found == 1 + there, "%s %d: step %d is found, %s", call, at, (int)found,
            there ? "with a file of step 2" : "");
}

/* Every such call in turn; how many were there. */
static int kill_at_all(Fixture *f, const char *dir, const char *call)
{
  int n = 0;

  while (write_and_die(f, dir, call, n)) {
    check_after(dir, call, n++);
    (void)unlink(ScratchPath(dir, "checkpoints/checkpoint_0000000002.h5"));
  }
  check_after(dir, call, n);
  TestCheck(ScratchCount(ScratchPath(dir, "checkpoints")) == 3,
            "%s: something is left aside by a run that was not killed", call);
  (void)unlink(ScratchPath(dir, "checkpoints/checkpoint_0000000002.h5"));
  return n;
}

int main(int argc, char **argv)
{
  static const char *const calls[] = {"write", "fsync", "rename", "ftruncate", "open", "close", "read"};
  char                     dir[SCRATCH_MAX];
  Fixture                  f;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  CheckpointFixtureCreate(8, 8, &f);
  TestCall(CheckpointFixtureWrite(&f, dir, 1));
  for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
    const int n = kill_at_all(&f, dir, calls[i]);

    TestCheck(n > 0, "no %s was met", calls[i]);
    printf("%s: killed at each of %d\n", calls[i], n);
  }
  FixtureDestroy(&f);
  ScratchDestroy(dir);
  return TestEnd();
}
