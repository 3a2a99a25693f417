/* Steps with non-trivial operators give the same bits on any number of ranks and by either engine. */
#include "random.h"
#include "test.h"
#include <hht/grid.h>
#include <hht/sum.h>
#include <hht/transform.h>
#include <string.h>

typedef struct {
  int       dim;
  ptrdiff_t nx[HHT_MAX_DIM], nv[HHT_MAX_DIM];
} Sizes;

typedef struct {
  HHTTransform    t;
  ptrdiff_t       n_rows, n_cols, first, count; /* rows */
  double complex *rest;
  double          block; /* sum over the present block of columns */
  HHTSum          sum;   /* over blocks */
} Matrix;

static void multiply_row(void *ctx, ptrdiff_t row, double complex *line)
{
  const Matrix *m = ctx;

  for (ptrdiff_t i = 0; i < m->n_cols; i++) line[i] *= RandomComplex((uint64_t)(row * m->n_cols + i));
}

static void multiply_column(void *ctx, ptrdiff_t column, double complex *line)
{
  const Matrix *m = ctx;

  for (ptrdiff_t i = 0; i < m->n_rows; i++) line[i] *= RandomComplex((uint64_t)(column * m->n_rows + i)) / 64;
}

/* One term of the exact sum is a block of columns, as in the sums of the density. */
static void sum_column(void *ctx, ptrdiff_t column, double complex *line)
{
  Matrix *m = ctx;

  for (ptrdiff_t i = 0; i < m->n_rows; i++) m->block += cabs(line[i]) * (double)(column + 1);
  if (column % HHT_BLOCK != HHT_BLOCK - 1 && column != m->n_cols - 1) return;
  HHTSumAdd(&m->sum, m->block);
  m->block = 0;
}

static void create(MPI_Comm comm, const Sizes *s, HHTTransposeType type, Matrix *m)
{
  double complex *work;

  TestCall(HHTTransformCreate(comm, HHT_COMPLEX, s->dim, s->nx, s->dim, s->nv, type, HHT_RIGOR_ESTIMATE, &m->t));
  m->n_rows = m->n_cols = 1;
  for (int j = 0; j < s->dim; j++) m->n_rows *= s->nx[j], m->n_cols *= s->nv[j];
  HHTTransformGetRows(m->t, &m->first, &m->count);
  HHTTransformGetBuffers(m->t, &m->rest, &work);
  HHTSumClear(&m->sum);
  m->block = 0;
  for (ptrdiff_t i = 0; i < m->count * m->n_cols; i++) m->rest[i] = RandomComplex((uint64_t)(m->first * m->n_cols + i));
}

static void columns(Matrix *m)
{
  const HHTColumnOperators op = {.ctx = m, .in_x = multiply_column, .in_k = multiply_column, .after = sum_column};

  TestCall(HHTTransformToColumns(m->t));
  TestCall(HHTTransformColumns(m->t, &op));
  TestCall(HHTTransformToRows(m->t));
}

static void step(Matrix *m)
{
  const HHTRowOperators op = {.ctx = m, .in_xi = multiply_row, .in_v = multiply_row};

  TestCall(HHTTransformRows(m->t, HHT_ROWS_OPEN, &op));
  columns(m);
  TestCall(HHTTransformRows(m->t, HHT_ROWS_MERGED, &op));
  columns(m);
  TestCall(HHTTransformRows(m->t, HHT_ROWS_CLOSE, &op));
}

static void check(const Sizes *s, HHTTransposeType type)
{
  Matrix    alone, all;
  ptrdiff_t n_local;

  create(MPI_COMM_SELF, s, HHT_TRANSPOSE_ALLTOALL, &alone);
  create(MPI_COMM_WORLD, s, type, &all);
  n_local = all.count * all.n_cols;
  for (int i = 0; i < 2; i++) {
    step(&alone);
    step(&all);
  }
  TestCall(HHTSumAllreduce(MPI_COMM_WORLD, &all.sum, 1));
  TestCheck(HHTSumValue(&all.sum) == HHTSumValue(&alone.sum), "d = %d: sums %.17g, alone %.17g", s->dim,
            HHTSumValue(&all.sum), HHTSumValue(&alone.sum));
  TestCheck(!memcmp(all.rest, alone.rest + all.first * all.n_cols, (size_t)n_local * sizeof *all.rest),
            "d = %d, %td x %td: rows differ from those of one rank", s->dim, all.n_rows, all.n_cols);
  TestCheck(HHTSumValue(&alone.sum) > 0 && isfinite(creal(alone.rest[0])), "nothing was compared");
  TestCall(HHTTransformDestroy(&all.t));
  TestCall(HHTTransformDestroy(&alone.t));
}

int main(int argc, char **argv)
{
  static const Sizes sizes[] = {{1, {64}, {64}},  {1, {4}, {100}}, {1, {100}, {4}},      {1, {30}, {42}},
                                {1, {10}, {512}}, {1, {6}, {300}}, {2, {8, 6}, {10, 8}}, {3, {4, 6, 4}, {6, 4, 8}}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    check(&sizes[i], HHT_TRANSPOSE_ALLTOALL);
    check(&sizes[i], HHT_TRANSPOSE_FFTW);
    check(&sizes[i], HHT_TRANSPOSE_SHARED);
  }
  return TestEnd();
}
