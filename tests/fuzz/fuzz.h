/*
  Hostile input. A target is one file, fuzz-<what>.c, which defines the functions below. Two programs are made of each:

  - libFuzzer's, which looks for inputs that reach new code (fuzzer.c; CMake's HHT_FUZZ),
  - a replay, which any compiler builds: the seeds, the corpus, and a fixed number of mutations of both (replay.c).

  Input is bad where it crashes, hangs, takes memory out of proportion, or ends in an error that is not one of ours. A target ends the
  process by abort() on the last; the others are up to the sanitizers and to limits.
*/
#ifndef HHT_FUZZ_H
#define HHT_FUZZ_H

#include <hht/error.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Starts the target; MPI and PETSc are up. */
void FuzzBegin(void);

/* The input at which mutation starts: number i of some, NULL beyond the last. Borrowed. */
const uint8_t *FuzzSeed(int i, size_t *size);

/* One try. */
void FuzzOne(const uint8_t *data, size_t size);

/* Starts MPI and PETSc without arguments, and hides what the program prints. */
static inline void FuzzStart(void)
{
  if (PetscInitializeNoArguments() || PetscPopSignalHandler() || PetscPushErrorHandler(HHTErrorHandler, NULL)) abort();
  if (!freopen("/dev/null", "w", stdout)) abort();
  FuzzBegin();
}

/* A call that must work, whatever the input is. */
#define FuzzCall(...) \
  do { \
    if (__VA_ARGS__) { \
      fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #__VA_ARGS__, HHTErrorMessage()); \
      abort(); \
    } \
  } while (0)

/* Whether a call accepts the input. It must refuse it by the given exit code and one line. */
static inline int FuzzAccepts(PetscErrorCode ierr, HHTExit refusal)
{
  if (!ierr) return 1;
  if (HHTErrorExitCode(ierr) != (int)refusal || !HHTErrorMessage()[0]) {
    fprintf(stderr, "refused with code %d: '%s'\n", HHTErrorExitCode(ierr), HHTErrorMessage());
    abort();
  }
  HHTErrorClear();
  return 0;
}

#endif
