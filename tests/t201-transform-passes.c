/*
  What operators see in each pass against a DFT summed term by term, and the way back to rest; all engines, all d, both
  precisions.
*/
#include "../src/physics/entries.h"
#include "random.h"
#include "test.h"
#include <hht/grid.h>
#include <hht/transform.h>

typedef struct {
  int       dim_x, dim_v;
  ptrdiff_t nx[HHT_MAX_DIM], nv[HHT_MAX_DIM];
} Sizes;

/* The matrix at rest, after the row transform xi -> v, and after the column transform x -> k as well. */
typedef struct {
  HHTNumbers      numbers;
  ptrdiff_t       n_rows, n_cols;
  double complex *rest, *rows, *full;
  double          factor, error; /* by which the matrix has grown so far; largest difference over it */
  ptrdiff_t       lines[5];      /* seen by in_xi, in_v, in_x, in_k, after */
  ptrdiff_t       next;          /* column that `after` is to see */
} Expected;

/* sum over i of in[i] exp(sign 2 pi i sum_j o_j i_j / n_j) for all o; entries are `stride` apart */
static void dft(int sign, int dim, const ptrdiff_t n[], ptrdiff_t total, ptrdiff_t stride, const double complex *in,
                double complex *out)
{
  ptrdiff_t a[HHT_MAX_DIM], b[HHT_MAX_DIM];

  for (ptrdiff_t o = 0; o < total; o++) {
    HHTUnflatten(o, dim, n, a);
    out[o * stride] = 0;
    for (ptrdiff_t i = 0; i < total; i++) {
      double turns = 0;

      HHTUnflatten(i, dim, n, b);
      for (int j = 0; j < dim; j++) turns += (double)(a[j] * b[j] % n[j]) / (double)n[j];
      out[o * stride] += in[i * stride] * cexp(I * (sign * 2 * PETSC_PI * turns));
    }
  }
}

static Expected expect(const Sizes *s, HHTNumbers numbers)
{
  Expected e = {.numbers = numbers, .n_rows = 1, .n_cols = 1, .factor = 1};
  size_t   bytes;

  for (int j = 0; j < s->dim_x; j++) e.n_rows *= s->nx[j];
  for (int j = 0; j < s->dim_v; j++) e.n_cols *= s->nv[j];
  bytes  = (size_t)(e.n_rows * e.n_cols) * sizeof(double complex);
  e.rest = malloc(bytes);
  e.rows = malloc(bytes);
  e.full = malloc(bytes);
  for (ptrdiff_t i = 0; i < e.n_rows * e.n_cols; i++) e.rest[i] = RandomComplex((uint64_t)i);
  for (ptrdiff_t i = 0; i < e.n_rows; i++)
    dft(1, s->dim_v, s->nv, e.n_cols, 1, e.rest + i * e.n_cols, e.rows + i * e.n_cols);
  for (ptrdiff_t j = 0; j < e.n_cols; j++) dft(-1, s->dim_x, s->nx, e.n_rows, e.n_cols, e.rows + j, e.full + j);
  return e;
}

static void compare(Expected *e, ptrdiff_t n, const void *line, const double complex *expected, ptrdiff_t stride)
{
  for (ptrdiff_t i = 0; i < n; i++)
    e->error = fmax(e->error, cabs(HHTEntryGet(e->numbers, line, i) / e->factor - expected[i * stride]));
}

static void in_xi(void *ctx, ptrdiff_t row, void *line)
{
  Expected *e = ctx;

  compare(e, e->n_cols, line, e->rest + row * e->n_cols, 1);
  e->lines[0]++;
}

static void in_v(void *ctx, ptrdiff_t row, void *line)
{
  Expected *e = ctx;

  compare(e, e->n_cols, line, e->rows + row * e->n_cols, 1);
  e->lines[1]++;
}

static void in_x(void *ctx, ptrdiff_t column, void *line)
{
  Expected *e = ctx;

  compare(e, e->n_rows, line, e->rows + column, e->n_cols);
  e->lines[2]++;
}

static void in_k(void *ctx, ptrdiff_t column, void *line)
{
  Expected *e = ctx;

  compare(e, e->n_rows, line, e->full + column, e->n_cols);
  e->lines[3]++;
}

static void after(void *ctx, ptrdiff_t column, void *line)
{
  Expected *e = ctx;

  TestCheck(column == e->next, "column %td came, expected %td", column, e->next);
  e->next = column + 1;
  e->factor *= (double)e->n_rows;
  compare(e, e->n_rows, line, e->rows + column, e->n_cols);
  e->factor /= (double)e->n_rows;
  e->lines[4]++;
}

static void check_error(Expected *e, const char *what)
{
  const double ulps = e->numbers == HHT_SINGLE_COMPLEX ? 0x1p-24 : 0x1p-53;

  TestClose(e->error, 0, 1e4 * ulps, what);
  e->error = 0;
}

static void columns(HHTTransform t, Expected *e)
{
  const HHTColumnOperators see = {.ctx = e, .in_x = in_x, .in_k = in_k, .after = after};
  ptrdiff_t                count;

  HHTTransformGetColumns(t, &e->next, &count);
  TestCall(HHTTransformToColumns(t));
  TestCall(HHTTransformColumns(t, &see));
  check_error(e, "column pass");
  e->factor *= (double)e->n_rows;
  TestCall(HHTTransformToRows(t));
}

static void rows(HHTTransform t, HHTRowPass pass, Expected *e)
{
  const HHTRowOperators see = {.ctx = e, .in_xi = in_xi, .in_v = in_v};

  if (pass != HHT_ROWS_OPEN) e->factor *= (double)e->n_cols;
  TestCall(HHTTransformRows(t, pass, &see));
  check_error(e, pass == HHT_ROWS_OPEN ? "open" : pass == HHT_ROWS_MERGED ? "merged" : "close");
}

static void check(const Sizes *s, HHTNumbers numbers, HHTTransposeType type)
{
  Expected     e = expect(s, numbers);
  HHTTransform t;
  ptrdiff_t    first, n_local, n_columns;
  void        *rest;

  TestCall(HHTTransformCreate(MPI_COMM_WORLD, numbers, s->dim_x, s->nx, s->dim_v, s->nv, type, HHT_RIGOR_ESTIMATE, &t));
  HHTTransformGetColumns(t, &first, &n_columns);
  HHTTransformGetRows(t, &first, &n_local);
  rest = HHTTransformGetRest(t);
  for (ptrdiff_t i = 0; i < n_local * e.n_cols; i++) HHTEntrySet(numbers, rest, i, e.rest[first * e.n_cols + i]);
  rows(t, HHT_ROWS_OPEN, &e);
  columns(t, &e);
  rows(t, HHT_ROWS_MERGED, &e);
  columns(t, &e);
  rows(t, HHT_ROWS_CLOSE, &e);
  compare(&e, n_local * e.n_cols, rest, e.rest + first * e.n_cols, 1);
  check_error(&e, "at rest again");
  TestClose(e.factor, pow((double)e.n_rows * (double)e.n_cols, 2), 0, "growth");
  for (int i = 0; i < 5; i++) {
    ptrdiff_t seen = i == 0 ? 3 * n_local : i == 1 ? 2 * n_local : 2 * n_columns;

    TestCheck(e.lines[i] == seen, "operator %d saw %td lines of %td", i, e.lines[i], seen);
  }
  TestCall(HHTTransformDestroy(&t));
  free(e.rest), free(e.rows), free(e.full);
}

int main(int argc, char **argv)
{
  static const Sizes sizes[] = {{1, 1, {4}, {4}},       {1, 1, {6}, {10}},    {1, 1, {9}, {29}},
                                {2, 2, {4, 6}, {6, 4}}, {2, 1, {3, 5}, {18}}, {3, 3, {4, 2, 3}, {2, 5, 4}},
                                {1, 0, {12}, {0}},      {1, 2, {8}, {4, 6}}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
    for (HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL; type <= HHT_TRANSPOSE_SHARED; type++) {
      check(&sizes[i], HHT_COMPLEX, type);
      check(&sizes[i], HHT_SINGLE_COMPLEX, type);
    }
  return TestEnd();
}
