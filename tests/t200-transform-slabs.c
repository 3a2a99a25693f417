/* Rows and columns of the ranks partition the matrix, in order and evenly, with more ranks than rows or blocks too. */
#include "test.h"
#include <hht/transform.h>

static int rank, size;

/* Slabs of whole units: every rank holds ceil(units / size) of them, but for the last that holds any. */
static void check_slabs(ptrdiff_t n, ptrdiff_t unit, ptrdiff_t first, ptrdiff_t count)
{
  ptrdiff_t own[] = {first, count}, units = (n + unit - 1) / unit, largest = (units + size - 1) / size * unit, next = 0;
  ptrdiff_t *all = malloc(2 * (size_t)size * sizeof *all);

  MPI_Allgather(own, 2, MPI_AINT, all, 2, MPI_AINT, MPI_COMM_WORLD);
  for (int r = 0; r < size; r++) {
    TestCheck(all[2 * r] == next, "%td: rank %d starts at %td, expected %td", n, r, all[2 * r], next);
    TestCheck(all[2 * r + 1] >= 0 && all[2 * r + 1] <= largest, "%td: rank %d has %td", n, r, all[2 * r + 1]);
    next += all[2 * r + 1];
    TestCheck(next == n || all[2 * r + 1] == largest, "%td: rank %d has %td of %td", n, r, all[2 * r + 1], largest);
  }
  TestCheck(next == n, "the ranks hold %td of %td", next, n);
  free(all);
}

static void check(HHTTransposeType type, ptrdiff_t n_rows, ptrdiff_t n_cols)
{
  HHTTransform    t;
  ptrdiff_t       first, count;
  double complex *rest, *work;

  TestCall(HHTTransformCreate(MPI_COMM_WORLD, HHT_COMPLEX, 1, &n_rows, 1, &n_cols, type, HHT_RIGOR_ESTIMATE, &t));
  HHTTransformGetRows(t, &first, &count);
  check_slabs(n_rows, 1, first, count);
  rest = HHTTransformGetRest(t);
  work = HHTTransformGetWork(t);
  /* Both buffers hold at least the rows; a sanitizer sees it when they do not. */
  for (ptrdiff_t i = 0; i < count * n_cols; i++) TestCheck(rest[i] == 0 && work[i] == 0, "not zero at first");
  HHTTransformGetColumns(t, &first, &count);
  check_slabs(n_cols, HHT_BLOCK, first, count);
  TestCall(HHTTransformDestroy(&t));
  TestCall(HHTTransformDestroy(&t));
}

int main(int argc, char **argv)
{
  static const ptrdiff_t sizes[][2] = {{4, 4}, {6, 10}, {10, 6}, {1, 1}, {1, 40}, {40, 1}, {7, 33}, {64, 24}, {5, 64}};

  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    check(HHT_TRANSPOSE_ALLTOALL, sizes[i][0], sizes[i][1]);
    check(HHT_TRANSPOSE_FFTW, sizes[i][0], sizes[i][1]);
    check(HHT_TRANSPOSE_SHARED, sizes[i][0], sizes[i][1]);
  }
  return TestEnd();
}
