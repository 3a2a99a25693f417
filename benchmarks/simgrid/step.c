/*
  The transform layer of hht on a simulated machine: real rows, real columns and real messages between many ranks in one
  process, whose clock is SimGrid's. Computing is free there and its modelled seconds are added, so that curves do not
  depend on the machine that simulates.

      step D N STEPS ROW_NS COLUMN_NS

  steps a complex state of N^(2D) points; a rank's row pass takes ROW_NS nanoseconds a point, its column pass COLUMN_NS.
  Prints one line: ranks, and milliseconds a step: whole, passes, transposes, field; bytes sent by a rank.
*/
#include <fftw3.h>
#include <hht/transform.h>
#include <math.h>
#include <mpi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIM_MAX   3
#define TOLERANCE 1e-12 /* of a number of size 1 after all steps */

typedef struct {
  HHTTransform transform;
  int          dim, size, steps;
  ptrdiff_t    n, points, first_row, rows, columns; /* points: of x, and of v */
  double       row_seconds, column_seconds;         /* of this rank's passes */
  int64_t     *density;                             /* as in the program: whole arrays on every rank */
  double      *current;
  int         *counts, *offsets;
  double       passes, field;
} Step;

static void fail(const char *what)
{
  (void)fprintf(stderr, "step: %s\n", what);
  MPI_Abort(MPI_COMM_WORLD, 1);
  exit(1);
}

static void create(Step *s, double row_ns, double column_ns)
{
  ptrdiff_t n[DIM_MAX] = {s->n, s->n, s->n}, column;

  s->points = 1;
  for (int j = 0; j < s->dim; j++) s->points *= s->n;
  MPI_Comm_size(MPI_COMM_WORLD, &s->size);
  if (HHTTransformCreate(MPI_COMM_WORLD, HHT_COMPLEX, s->dim, n, s->dim, n, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE,
                         &s->transform))
    fail("no transform");
  HHTTransformGetRows(s->transform, &s->first_row, &s->rows);
  HHTTransformGetColumns(s->transform, &column, &s->columns);
  s->row_seconds    = (double)(s->rows * s->points) * row_ns * 1e-9;
  s->column_seconds = (double)(s->columns * s->points) * column_ns * 1e-9;
  s->density        = calloc((size_t)s->points, sizeof *s->density);
  s->current        = calloc((size_t)s->points, sizeof *s->current);
  s->counts         = calloc(2 * (size_t)s->size, sizeof *s->counts);
  if (!s->density || !s->current || !s->counts) fail("no memory");
  s->offsets = s->counts + s->size;
  MPI_Allgather(&(int){(int)s->rows}, 1, MPI_INT, s->counts, 1, MPI_INT, MPI_COMM_WORLD);
  MPI_Allgather(&(int){(int)s->first_row}, 1, MPI_INT, s->offsets, 1, MPI_INT, MPI_COMM_WORLD);
}

static void destroy(Step *s)
{
  free(s->density);
  free(s->current);
  free(s->counts);
  (void)HHTTransformDestroy(&s->transform);
}

/* A number of its own for every point of the matrix. */
static double complex sample(ptrdiff_t row, ptrdiff_t column)
{
  double phase = (double)(row * 7919 % 1013) + (double)(column * 104729 % 997) / 997;

  return CMPLX(cos(phase), sin(phase));
}

static void fill(Step *s)
{
  double complex *rest = HHTTransformGetRest(s->transform);

  for (ptrdiff_t i = 0; i < s->rows; i++)
    for (ptrdiff_t j = 0; j < s->points; j++) rest[i * s->points + j] = sample(s->first_row + i, j);
}

/* Transforms are not normalised. */
static void scale_row(void *ctx, ptrdiff_t row, void *data)
{
  double complex *line = data;
  const Step     *s    = ctx;

  (void)row;
  for (ptrdiff_t j = 0; j < s->points; j++) line[j] /= (double)s->points;
}

static void scale_column(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line = data;
  const Step     *s    = ctx;

  (void)column;
  for (ptrdiff_t i = 0; i < s->points; i++) line[i] /= (double)s->points;
}

static void exchange_field(Step *s)
{
  double start = MPI_Wtime();

  MPI_Allreduce(MPI_IN_PLACE, s->density, (int)s->points, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
  for (int j = 0; j < s->dim; j++)
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DOUBLE, s->current, s->counts, s->offsets, MPI_DOUBLE, MPI_COMM_WORLD);
  s->field += MPI_Wtime() - start;
}

static void work_for(Step *s, double seconds)
{
  smpi_execute(seconds);
  s->passes += seconds;
}

static void advance(Step *s)
{
  const HHTRowOperators    row_operators    = {.ctx = s, .in_xi = scale_row};
  const HHTColumnOperators column_operators = {.ctx = s, .in_k = scale_column};

  (void)HHTTransformRows(s->transform, HHT_ROWS_MERGED, &row_operators);
  work_for(s, s->row_seconds);
  if (HHTTransformToColumns(s->transform)) fail("transpose");
  (void)HHTTransformColumns(s->transform, &column_operators);
  work_for(s, s->column_seconds);
  if (HHTTransformToRows(s->transform)) fail("transpose");
  exchange_field(s);
}

/* The steps multiply by 1: what was filled in must come back. */
static double largest_error(Step *s)
{
  const double complex *rest  = HHTTransformGetRest(s->transform);
  double                error = 0;

  for (ptrdiff_t i = 0; i < s->rows; i++)
    for (ptrdiff_t j = 0; j < s->points; j++)
      error = fmax(error, cabs(rest[i * s->points + j] - sample(s->first_row + i, j)));
  MPI_Allreduce(MPI_IN_PLACE, &error, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return error;
}

/* Means over the steps; of the passes, transposes and field those of rank 0, which always has work. */
static void report(const Step *s, double seconds)
{
  HHTTransformTimes times = HHTTransformGetTimes(s->transform);
  const double      ms    = 1e3 / s->steps;

  printf("%d %.4f %.4f %.4f %.4f %.0f\n", s->size, seconds * ms, s->passes * ms, times.transposes * ms, s->field * ms,
         times.bytes_sent / s->steps);
}

static void run(Step *s)
{
  const HHTRowOperators none = {0}, scale = {.ctx = s, .in_xi = scale_row};
  double                start, seconds;
  int                   rank;

  fill(s);
  (void)HHTTransformRows(s->transform, HHT_ROWS_OPEN, &none);
  MPI_Barrier(MPI_COMM_WORLD);
  HHTTransformResetTimes(s->transform);
  start = MPI_Wtime();
  for (int i = 0; i < s->steps; i++) advance(s);
  MPI_Barrier(MPI_COMM_WORLD);
  seconds = MPI_Wtime() - start;
  (void)HHTTransformRows(s->transform, HHT_ROWS_CLOSE, &scale);
  if (!(largest_error(s) < TOLERANCE)) fail("the state did not come back");
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) report(s, seconds);
}

int main(int argc, char **argv)
{
  Step s = {0};

  MPI_Init(&argc, &argv);
  if (argc != 6) fail("usage: step D N STEPS ROW_NS COLUMN_NS");
  s.dim   = atoi(argv[1]);
  s.n     = atoi(argv[2]);
  s.steps = atoi(argv[3]);
  if (s.dim < 1 || s.dim > DIM_MAX || s.n < 2 || s.steps < 1) fail("D is 1, 2 or 3, N >= 2, STEPS >= 1");
  create(&s, atof(argv[4]), atof(argv[5]));
  run(&s);
  destroy(&s);
  MPI_Finalize();
  return 0;
}
