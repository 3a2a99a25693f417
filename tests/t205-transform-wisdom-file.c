/*
  Wisdom from a file, of both precisions, is every rank's, so that plans made from it are the same everywhere, those of ESTIMATE
  too.
*/
#include "../src/physics/entries.h"
#include "random.h"
#include "test.h"
#include <complex.h>
#include <errno.h>
#include <fftw3.h>
#include <hht/transform.h>
#include <string.h>

static int  rank;
static char path[64];

static HHTTransform create(MPI_Comm comm, HHTNumbers numbers, ptrdiff_t n, HHTRigor rigor)
{
  const ptrdiff_t rows = 4;
  HHTTransform    t;

  TestCall(HHTTransformCreate(comm, numbers, 1, &rows, 1, &n, HHT_TRANSPOSE_ALLTOALL, rigor, &t));
  return t;
}

static void put_text(const char *mode, const char *text)
{
  FILE *file = fopen(path, mode);

  if (!file || fputs(text, file) < 0 || fclose(file)) TestCheck(0, "cannot write %s", path);
}

static void write_text(const char *text) { put_text("w", text); }

static void append_text(const char *text) { put_text("a", text); }

static void forget(void)
{
  fftw_forget_wisdom();
  fftwf_forget_wisdom();
}

/* Rank 0 alone measures, writes what it learnt and forgets it. */
static void write_wisdom(HHTNumbers numbers, ptrdiff_t n)
{
  const char  *codelet = HHTNumbersPrecision(numbers) == HHT_SINGLE ? "fftwf_codelet" : "fftw_codelet";
  HHTTransform t       = create(MPI_COMM_SELF, numbers, n, HHT_RIGOR_MEASURE);
  char        *text    = HHTWisdomText();

  TestCheck(strstr(text, codelet) != NULL, "no codelet in '%s'", text);
  write_text(text);
  free(text);
  TestCall(HHTTransformDestroy(&t));
  forget();
}

static void check(HHTNumbers numbers, ptrdiff_t n)
{
  const size_t bytes = (size_t)n * HHTNumbersSize(numbers);
  void        *row = malloc(bytes), *first = malloc(bytes);
  HHTTransform t;

  if (!rank) write_wisdom(numbers, n);
  MPI_Barrier(MPI_COMM_WORLD);
  TestCall(HHTWisdomRead(MPI_COMM_WORLD, path));
  t = create(MPI_COMM_WORLD, numbers, n, HHT_RIGOR_ESTIMATE);
  for (ptrdiff_t i = 0; i < n; i++) HHTEntrySet(numbers, row, i, RandomComplex((uint64_t)i));
  TestCall(HHTTransformRow(t, FFTW_FORWARD, row));
  memcpy(first, row, bytes);
  MPI_Bcast(first, (int)bytes, MPI_BYTE, 0, MPI_COMM_WORLD);
  TestCheck(!memcmp(first, row, bytes), "length %td: the row differs from rank 0's", n);
  TestCall(HHTTransformDestroy(&t));
  forget();
  free(row), free(first);
}

/* A file may hold the wisdom of one precision alone, as FFTW writes it, or of both. */
static void check_parts(void)
{
  char *parts[] = {fftw_export_wisdom_to_string(), fftwf_export_wisdom_to_string(), HHTWisdomText()};

  for (int i = 0; i < 3; i++) {
    if (!rank) write_text(parts[i]);
    MPI_Barrier(MPI_COMM_WORLD);
    TestCheck(HHTWisdomRead(MPI_COMM_WORLD, path) == 0, "wisdom of kind %d was not read", i);
    MPI_Barrier(MPI_COMM_WORLD);
    free(parts[i]);
  }
}

/* The entries of wisdom with another number of 8 digits in place of their first: FFTW's planner ends the program on it. */
static void check_forged(void)
{
  HHTTransform t;
  char        *text, *entry;

  if (!rank) {
    t     = create(MPI_COMM_SELF, HHT_COMPLEX, 100, HHT_RIGOR_MEASURE);
    text  = HHTWisdomText();
    entry = strstr(text, " 0 #x");
    TestCheck(entry != NULL, "no entry in '%s'", text);
    *entry = 0;
    fftw_forget_wisdom();
    TestCall(HHTTransformDestroy(&t));
    write_text(text);
    append_text(" 0 #x7fffffff");
    append_text(strchr(entry + 5, ' '));
    free(text);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  TestCheck(HHTWisdomRead(MPI_COMM_WORLD, path) == EINVAL, "forged wisdom was read");
  MPI_Barrier(MPI_COMM_WORLD);
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
  for (ptrdiff_t n = 60; n <= 4000; n = 2 * n + 6) {
    check(HHT_COMPLEX, n);
    check(HHT_SINGLE_COMPLEX, n);
  }
  check_parts();
  check_forged();
  check_files();
  return TestEnd();
}
