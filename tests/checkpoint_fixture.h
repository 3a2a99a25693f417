/* A state and its checkpoints, for tests of what can happen to them. */
#ifndef HHT_TEST_CHECKPOINT_FIXTURE_H
#define HHT_TEST_CHECKPOINT_FIXTURE_H

#include "fixture.h"
#include "scratch.h"
#include <hht/checkpoint.h>
#include <hht/output.h>

static inline double complex CheckpointAmplitude(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return (1 + 0.5 * cos(x[0])) * exp(-v[0] * v[0] / 2) * cexp(I * sin(x[0]) * v[0]);
}

/* Complex, on nx times nv points. Collective. */
static inline void CheckpointFixtureCreate(int nx, int nv, Fixture *f)
{
  *f = (Fixture){.grid      = FixtureGrid(1, nx, 0, 2 * PETSC_PI, nv, 6),
                 .potential = {.type = "cosine", .strength = 1},
                 .amplitude = CheckpointAmplitude,
                 .mass      = 1};
  FixtureCreate(PETSC_COMM_WORLD, f);
}

/* dir/checkpoints/checkpoint_<step>.h5. Collective. */
static inline PetscErrorCode CheckpointFixtureWrite(Fixture *f, const char *dir, PetscInt step)
{
  const HHTProgress progress = {.step = step, .time = 0.1 * (double)step, .time_step = 0.1, .dt = 0.1, .max_time = 1};

  return HHTCheckpointWrite(f->flow, NULL, dir, &progress, "ts:\n  dt: 0.1\n", NULL);
}

/* dir/snapshots/snapshot_<step>.h5. Collective. */
static inline PetscErrorCode CheckpointFixtureSnapshot(Fixture *f, const char *dir, PetscInt step)
{
  HHTSnapshotInfo info = {.step = step, .time = 0.1 * (double)step, .dt = 0.1};

  TestCall(PetscStrncpy(info.dir, dir, sizeof(info.dir)));
  return HHTSnapshotWrite(f->flow, &info, NULL, NULL);
}

/* The step of the newest checkpoint that proves valid, -1 if none does. Collective. */
static inline PetscInt CheckpointFixtureNewest(const char *dir)
{
  HHTCheckpoint checkpoint;
  PetscInt      step = -1;

  TestCall(HHTCheckpointFind(PETSC_COMM_WORLD, dir, &checkpoint));
  if (checkpoint) step = HHTCheckpointProgress(checkpoint)->step;
  TestCall(HHTCheckpointClose(&checkpoint));
  return step;
}

#endif
