/* Wisdom from a file is every rank's, so that plans made from it are the same everywhere, those of ESTIMATE too. */
#include "random.h"
#include "test.h"
#include <complex.h>
#include <errno.h>
#include <fftw3.h>
#include <hht/transform.h>
#include <string.h>

static int  rank;
static char path[64];

static HHTTransform create(MPI_Comm comm, ptrdiff_t n, HHTRigor rigor)
{
  const ptrdiff_t rows = 4;
  HHTTransform    t;

  TestCall(HHTTransformCreate(comm, HHT_COMPLEX, 1, &rows, 1, &n, HHT_TRANSPOSE_ALLTOALL, rigor, &t));
  return t;
}

static void write_text(const char *text)
{
  FILE *file = fopen(path, "w");

  if (!file || fputs(text, file) < 0 || fclose(file)) TestCheck(0, "cannot write %s", path);
}

/* Rank 0 alone measures, writes what it learnt and forgets it. */
static void write_wisdom(ptrdiff_t n)
{
  HHTTransform t    = create(MPI_COMM_SELF, n, HHT_RIGOR_MEASURE);
  char        *text = HHTWisdomText();

  TestCheck(strstr(text, "fftw_codelet") != NULL, "no codelet in '%s'", text);
  write_text(text);
  free(text);
  TestCall(HHTTransformDestroy(&t));
  fftw_forget_wisdom();
}

static void check(ptrdiff_t n)
{
  const size_t    bytes = (size_t)n * sizeof(double complex);
  double complex *row = malloc(bytes), *first = malloc(bytes);
  HHTTransform    t;

  if (!rank) write_wisdom(n);
  MPI_Barrier(MPI_COMM_WORLD);
  TestCall(HHTWisdomRead(MPI_COMM_WORLD, path));
  t = create(MPI_COMM_WORLD, n, HHT_RIGOR_ESTIMATE);
  for (ptrdiff_t i = 0; i < n; i++) row[i] = RandomComplex((uint64_t)i);
  TestCall(HHTTransformRow(t, FFTW_FORWARD, row));
  memcpy(first, row, bytes);
  MPI_Bcast(first, (int)n, MPI_C_DOUBLE_COMPLEX, 0, MPI_COMM_WORLD);
  TestCheck(!memcmp(first, row, bytes), "length %td: the row differs from rank 0's", n);
  TestCall(HHTTransformDestroy(&t));
  fftw_forget_wisdom();
  free(row), free(first);
}

static void check_files(void)
{
  if (!rank) write_text("no wisdom");
  MPI_Barrier(MPI_COMM_WORLD);
  TestCheck(HHTWisdomRead(MPI_COMM_WORLD, path) == EINVAL, "text that is no wisdom was read");
  MPI_Barrier(MPI_COMM_WORLD);
  if (!rank) (void)remove(path);
  MPI_Barrier(MPI_COMM_WORLD);
  TestCheck(HHTWisdomRead(MPI_COMM_WORLD, path) == 0, "a file that does not exist is an error");
}

int main(int argc, char **argv)
{
  int size;

  TestBegin(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  (void)snprintf(path, sizeof path, "t205-wisdom-%d", size);
  for (ptrdiff_t n = 60; n <= 4000; n = 2 * n + 6) check(n);
  check_files();
  return TestEnd();
}
