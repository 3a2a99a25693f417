#include "transpose.h"
#include <errno.h>
#include <stdlib.h>

/* Blocks of ceil(units / size) units: the distribution that FFTW-MPI prescribes. */
static HHTSlab slab(ptrdiff_t n, ptrdiff_t unit, int rank, int size)
{
  ptrdiff_t units = (n + unit - 1) / unit;
  HHTSlab   s;

  s.block = (units + size - 1) / size * unit;
  s.first = s.block * rank < n ? s.block * rank : n;
  s.count = s.first + s.block < n ? s.block : n - s.first;
  return s;
}

void HHTTransformShare(MPI_Comm comm, ptrdiff_t n_rows, ptrdiff_t *first, ptrdiff_t *count)
{
  int     rank, size;
  HHTSlab s;

  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  s      = slab(n_rows, 1, rank, size);
  *first = s.first;
  *count = s.count;
}

static ptrdiff_t largest(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

const char *HHTTransposeName(HHTTransposeType type)
{
  static const char *const names[] = {[HHT_TRANSPOSE_ALLTOALL] = "alltoall",
                                      [HHT_TRANSPOSE_FFTW]     = "fftw",
                                      [HHT_TRANSPOSE_SHARED]   = "shared",
                                      [HHT_TRANSPOSE_AUTO]     = "auto"};

  return names[type];
}

static int (*const set_up[])(HHTTranspose) = {[HHT_TRANSPOSE_ALLTOALL] = HHTTransposeSetUp_Alltoall,
                                              [HHT_TRANSPOSE_FFTW]     = HHTTransposeSetUp_FFTW,
                                              [HHT_TRANSPOSE_SHARED]   = HHTTransposeSetUp_Shared};

static MPI_Datatype entry_of(HHTNumbers numbers)
{
  if (HHTNumbersPrecision(numbers) == HHT_SINGLE) return HHTNumbersAreReal(numbers) ? MPI_FLOAT : MPI_C_FLOAT_COMPLEX;
  return HHTNumbersAreReal(numbers) ? MPI_DOUBLE : MPI_C_DOUBLE_COMPLEX;
}

int HHTTransposeCreate(MPI_Comm comm, HHTNumbers numbers, ptrdiff_t n_rows, ptrdiff_t n_cols, ptrdiff_t column_unit,
                       HHTTransposeType type, HHTTranspose *transpose)
{
  HHTTranspose t;
  int          rank, size, err;

  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  *transpose = t = calloc(1, sizeof *t);
  if (!t) return ENOMEM;
  t->comm       = comm;
  t->bytes      = HHTNumbersSize(numbers);
  t->entry      = entry_of(numbers);
  t->n_rows     = n_rows;
  t->n_cols     = n_cols;
  t->rows       = slab(n_rows, 1, rank, size);
  t->cols       = slab(n_cols, column_unit, rank, size);
  t->size       = largest(t->rows.count * n_cols, n_rows * t->cols.count);
  t->bytes_sent = (double)(t->rows.count * (n_cols - t->cols.count)) * (double)t->bytes;
  err           = set_up[type](t);
  if (err) HHTTransposeDestroy(transpose);
  return err;
}

void HHTTransposeDestroy(HHTTranspose *transpose)
{
  HHTTranspose t = *transpose;

  if (!t) return;
  if (t->destroy) t->destroy(t);
  free(t->pieces);
  free(t);
  *transpose = NULL;
}
