/*
  System calls on files that go wrong when a test says so.

  Linked into a test, its functions stand before those of the C library, for HDF5 and MPI-IO too, and FaultSet() says what goes wrong.
  As a library of its own, in LD_PRELOAD of a program, the environment does:

      FAULT_CALL=write FAULT_PATH=.checkpoint_ FAULT_AT=3 FAULT_DO=KILL FAULT_RANK=1

  the fourth write (counted from 0) to a path that holds the text .checkpoint_ kills rank 1 (all ranks: no FAULT_RANK). FAULT_DO is a plan's
  action in words: EIO, ENOSPC, short, flip, full, or a signal without SIG; FAULT_ON=1: so do all calls after it.
*/
#ifndef HHT_TEST_FAULT_SHIM_H
#define HHT_TEST_FAULT_SHIM_H

typedef enum {
  FAULT_ERROR,  /* the call fails with errno `number` */
  FAULT_SHORT,  /* a write takes half of the bytes */
  FAULT_FLIP,   /* a write says it is well, and stores a flipped bit */
  FAULT_FULL,   /* new bytes fit up to `at` in all, then writes fail with ENOSPC */
  FAULT_SIGNAL, /* the process gets signal `number`, a write has taken half of its bytes then */
} FaultAction;

typedef struct {
  const char *
      call; /* open, read, write, fsync, ftruncate, close, rename, unlink, any; pwrite is a write, fdatasync an fsync */
  const char *path; /* that holds this text */
  long        at;   /* the call that goes wrong, counted from 0 */
  int         on;   /* and all after it */
  FaultAction action;
  int         number;
} FaultPlan;

/* From now on, in this process; NULL: nothing goes wrong any more. The plan's texts are borrowed. */
void FaultSet(const FaultPlan *plan);

/* How many calls have gone wrong since. */
int FaultCount(void);

#endif
