/* Steps with non-trivial operators give the same bits on any number of ranks and by any engine, in all kinds of numbers. */
#include "../src/physics/entries.h"
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
  HHTTransform t;
  HHTNumbers   numbers;
  ptrdiff_t    n_rows, n_cols, in_k, in_xi; /* numbers in a column, a row, and their spectra */
  ptrdiff_t    first, count;                /* rows */
  double       block;                       /* sum over the present block of columns */
  HHTSum       sum;                         /* over blocks */
} Matrix;

static void multiply(HHTNumbers numbers, ptrdiff_t n, ptrdiff_t index, double factor, void *line)
{
  for (ptrdiff_t i = 0; i < n; i++)
    HHTEntrySet(numbers, line, i, HHTEntryGet(numbers, line, i) * RandomComplex((uint64_t)(index * n + i)) * factor);
}

static void multiply_xi(void *ctx, ptrdiff_t row, void *line)
{
  const Matrix *m = ctx;

  multiply(HHTNumbersSpectrum(m->numbers), m->in_xi, row, 1, line);
}

static void multiply_v(void *ctx, ptrdiff_t row, void *line)
{
  const Matrix *m = ctx;

  multiply(m->numbers, m->n_cols, row, 1, line);
}

static void multiply_x(void *ctx, ptrdiff_t column, void *line)
{
  const Matrix *m = ctx;

  multiply(m->numbers, m->n_rows, column, 1. / 64, line);
}

static void multiply_k(void *ctx, ptrdiff_t column, void *line)
{
  const Matrix *m = ctx;

  multiply(HHTNumbersSpectrum(m->numbers), m->in_k, column, 1. / 64, line);
}

/* One term of the exact sum is a block of columns, as in the sums of the density. */
static void sum_column(void *ctx, ptrdiff_t column, void *line)
{
  Matrix *m = ctx;

  for (ptrdiff_t i = 0; i < m->n_rows; i++) m->block += cabs(HHTEntryGet(m->numbers, line, i)) * (double)(column + 1);
  if (column % HHT_BLOCK != HHT_BLOCK - 1 && column != m->n_cols - 1) return;
  HHTSumAdd(&m->sum, m->block);
  m->block = 0;
}

static ptrdiff_t half(HHTNumbers numbers, ptrdiff_t n, ptrdiff_t last)
{
  return HHTNumbersAreReal(numbers) ? n / last * (last / 2 + 1) : n;
}

static void *rest_of(const Matrix *m, ptrdiff_t row)
{
  return HHTEntryAt(HHTNumbersSpectrum(m->numbers), HHTTransformGetRest(m->t), (row - m->first) * m->in_xi);
}

static void create(MPI_Comm comm, const Sizes *s, HHTNumbers numbers, HHTTransposeType type, Matrix *m)
{
  TestCall(HHTTransformCreate(comm, numbers, s->dim, s->nx, s->dim, s->nv, type, HHT_RIGOR_ESTIMATE, &m->t));
  TestCheck(HHTTransformGetNumbers(m->t) == numbers, "other numbers");
  m->numbers = numbers;
  m->n_rows = m->n_cols = 1;
  for (int j = 0; j < s->dim; j++) m->n_rows *= s->nx[j], m->n_cols *= s->nv[j];
  m->in_k  = half(numbers, m->n_rows, s->nx[s->dim - 1]);
  m->in_xi = half(numbers, m->n_cols, s->nv[s->dim - 1]);
  HHTTransformGetRows(m->t, &m->first, &m->count);
  HHTSumClear(&m->sum);
  m->block = 0;
  for (ptrdiff_t row = m->first; row < m->first + m->count; row++)
    for (ptrdiff_t i = 0; i < m->in_xi; i++)
      HHTEntrySet(HHTNumbersSpectrum(numbers), rest_of(m, row), i, RandomComplex((uint64_t)(row * m->in_xi + i)));
}

static void columns(Matrix *m)
{
  const HHTColumnOperators op = {.ctx = m, .in_x = multiply_x, .in_k = multiply_k, .after = sum_column};

  TestCall(HHTTransformToColumns(m->t));
  TestCall(HHTTransformColumns(m->t, &op));
  TestCall(HHTTransformToRows(m->t));
}

static void step(Matrix *m)
{
  const HHTRowOperators op = {.ctx = m, .in_xi = multiply_xi, .in_v = multiply_v};

  TestCall(HHTTransformRows(m->t, HHT_ROWS_OPEN, &op));
  columns(m);
  TestCall(HHTTransformRows(m->t, HHT_ROWS_MERGED, &op));
  columns(m);
  TestCall(HHTTransformRows(m->t, HHT_ROWS_CLOSE, &op));
}

static void check(const Sizes *s, HHTNumbers numbers, HHTTransposeType type)
{
  Matrix       alone, all;
  const size_t number = HHTNumbersSize(HHTNumbersSpectrum(numbers));

  create(MPI_COMM_SELF, s, numbers, HHT_TRANSPOSE_ALLTOALL, &alone);
  create(MPI_COMM_WORLD, s, numbers, type, &all);
  for (int i = 0; i < 2; i++) {
    step(&alone);
    step(&all);
  }
  TestCall(HHTSumAllreduce(MPI_COMM_WORLD, &all.sum, 1));
  TestCheck(HHTSumValue(&all.sum) == HHTSumValue(&alone.sum), "d = %d: sums %.17g, alone %.17g", s->dim,
            HHTSumValue(&all.sum), HHTSumValue(&alone.sum));
  TestCheck(!memcmp(rest_of(&all, all.first), rest_of(&alone, all.first), (size_t)(all.count * all.in_xi) * number),
            "numbers %d, d = %d, %td x %td: rows differ from those of one rank", (int)numbers, s->dim, all.n_rows,
            all.n_cols);
  TestCheck(HHTSumValue(&alone.sum) > 0 && isfinite(HHTSumValue(&alone.sum)), "nothing was compared");
  TestCall(HHTTransformDestroy(&all.t));
  TestCall(HHTTransformDestroy(&alone.t));
}

int main(int argc, char **argv)
{
  static const Sizes sizes[] = {{1, {64}, {64}},  {1, {4}, {100}}, {1, {100}, {4}},      {1, {30}, {42}},
                                {1, {10}, {512}}, {1, {6}, {300}}, {2, {8, 6}, {10, 8}}, {3, {4, 6, 4}, {6, 4, 8}}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    for (HHTNumbers numbers = HHT_COMPLEX; numbers <= HHT_SINGLE_REAL; numbers++) {
      check(&sizes[i], numbers, HHT_TRANSPOSE_ALLTOALL);
      check(&sizes[i], numbers, HHT_TRANSPOSE_FFTW);
      check(&sizes[i], numbers, HHT_TRANSPOSE_SHARED);
    }
  return TestEnd();
}
