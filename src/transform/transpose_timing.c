#include <errno.h>
#include <hht/transpose_timing.h>
#include <math.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define STEPS_MIN 3
#define STEPS_MAX 100
#define SECONDS   0.02 /* small grids take more steps: a single one would measure the clock */

static int step(HHTTransform t)
{
  const HHTRowOperators    rows    = {0};
  const HHTColumnOperators columns = {0};
  int                      err;

  if ((err = HHTTransformRows(t, HHT_ROWS_MERGED, &rows))) return err;
  if ((err = HHTTransformToColumns(t))) return err;
  if ((err = HHTTransformColumns(t, &columns))) return err;
  return HHTTransformToRows(t);
}

static int time_step(MPI_Comm comm, HHTTransform t, double *seconds)
{
  double start;
  int    err;

  if (MPI_Barrier(comm)) return EIO;
  start    = MPI_Wtime();
  err      = step(t);
  *seconds = MPI_Wtime() - start;
  return err || MPI_Allreduce(MPI_IN_PLACE, seconds, 1, MPI_DOUBLE, MPI_MAX, comm) ? EIO : 0;
}

/* The first step is not counted: it connects ranks. */
static int time_steps(MPI_Comm comm, HHTTransform t, double *seconds)
{
  double sum = 0, one;
  int    err = time_step(comm, t, &one);

  *seconds = INFINITY;
  for (int i = 0; i < STEPS_MAX && (i < STEPS_MIN || sum < SECONDS) && !err; i++) {
    err      = time_step(comm, t, &one);
    *seconds = fmin(*seconds, one);
    sum += one;
  }
  return err;
}

int HHTTransposeTime(MPI_Comm comm, const HHTTransposeProblem *p, HHTTransposeType type, double *seconds)
{
  HHTTransform t;
  int          err = HHTTransformCreate(comm, p->numbers, p->dim, p->nx, p->dim, p->nv, type, p->rigor, &t);

  if (err) return err;
  err = HHTTransformSetThreads(t, p->threads);
  if (!err) err = time_steps(comm, t, seconds);
  (void)HHTTransformDestroy(&t);
#ifdef __GLIBC__
  /* Open MPI has malloc() keep what is freed; the next engine, and the state, could not use it where sizes differ. */
  (void)malloc_trim(0);
#endif
  return err;
}
