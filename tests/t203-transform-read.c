/* HHTTransformReadColumns() shows the lines of HHTTransformColumns(), in one chunk or many, and leaves rest alone. */
#include "random.h"
#include "test.h"
#include <hht/transform.h>
#include <string.h>

typedef struct {
  ptrdiff_t       n, first, count; /* numbers in a column; this rank's columns */
  double complex *x, *k;           /* as seen before and after x -> k */
  ptrdiff_t       lines;
} Seen;

static void see_x(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line = data;
  Seen           *s    = ctx;

  TestCheck(column >= s->first && column < s->first + s->count, "column %td is not of this rank", column);
  memcpy(s->x + (column - s->first) * s->n, line, (size_t)s->n * sizeof *line);
  line[0] *= 2; /* what in_x writes is what gets transformed */
}

static void see_k(void *ctx, ptrdiff_t column, void *data)
{
  double complex *line = data;
  Seen           *s    = ctx;

  memcpy(s->k + (column - s->first) * s->n, line, (size_t)s->n * sizeof *line);
  s->lines++;
}

static Seen create_seen(HHTTransform t, ptrdiff_t n)
{
  Seen s = {.n = n};

  HHTTransformGetColumns(t, &s.first, &s.count);
  s.x = calloc((size_t)(s.count * n) + 1, sizeof *s.x);
  s.k = calloc((size_t)(s.count * n) + 1, sizeof *s.k);
  return s;
}

static void check_seen(const Seen *read, const Seen *pass)
{
  const size_t bytes = (size_t)(read->count * read->n) * sizeof *read->x;

  TestCheck(read->lines == read->count && pass->lines == read->count, "%td, %td of %td columns", read->lines,
            pass->lines, read->count);
  TestCheck(!memcmp(read->x, pass->x, bytes), "%td rows: columns differ in x", read->n);
  TestCheck(!memcmp(read->k, pass->k, bytes), "%td rows: columns differ in k", read->n);
}

static void check(HHTTransposeType type, ptrdiff_t n_rows, ptrdiff_t n_cols)
{
  const HHTRowOperators none = {0};
  HHTTransform          t;
  ptrdiff_t             first, count;
  double complex       *rest, *before;
  Seen                  read, pass;

  TestCall(HHTTransformCreate(MPI_COMM_WORLD, HHT_COMPLEX, 1, &n_rows, 1, &n_cols, type, HHT_RIGOR_ESTIMATE, &t));
  HHTTransformGetRows(t, &first, &count);
  rest   = HHTTransformGetRest(t);
  before = malloc((size_t)(count * n_cols) * sizeof *rest + 1);
  for (ptrdiff_t i = 0; i < count * n_cols; i++) before[i] = rest[i] = RandomComplex((uint64_t)(first * n_cols + i));
  read = create_seen(t, n_rows);
  pass = create_seen(t, n_rows);
  TestCall(HHTTransformRows(t, HHT_ROWS_OPEN, &none));
  TestCall(HHTTransformReadColumns(t, &(HHTColumnOperators){.ctx = &read, .in_x = see_x, .in_k = see_k}));
  TestCheck(!memcmp(before, rest, (size_t)(count * n_cols) * sizeof *rest), "rest was changed");
  TestCall(HHTTransformToColumns(t));
  TestCall(HHTTransformColumns(t, &(HHTColumnOperators){.ctx = &pass, .in_x = see_x, .in_k = see_k}));
  check_seen(&read, &pass);
  free(before), free(read.x), free(read.k), free(pass.x), free(pass.k);
  TestCall(HHTTransformDestroy(&t));
}

int main(int argc, char **argv)
{
  /* The last two come in several chunks, of 24 and of 8 columns. */
  static const ptrdiff_t sizes[][2] = {{4, 4}, {6, 10}, {33, 70}, {1, 40}, {5, 512}, {20000, 50}, {70000, 28}};

  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    check(HHT_TRANSPOSE_ALLTOALL, sizes[i][0], sizes[i][1]);
    check(HHT_TRANSPOSE_FFTW, sizes[i][0], sizes[i][1]);
    check(HHT_TRANSPOSE_SHARED, sizes[i][0], sizes[i][1]);
  }
  return TestEnd();
}
