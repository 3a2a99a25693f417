#include "transpose.h"
#include <errno.h>
#include <stdlib.h>

#define LINE_PAIR 128
#define PAGE      4096

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

int HHTTransformShares(MPI_Comm comm, ptrdiff_t first, ptrdiff_t count, int counts[], int offsets[])
{
  const int own[] = {(int)count, (int)first};

  if (MPI_Allgather(&own[0], 1, MPI_INT, counts, 1, MPI_INT, comm)) return EIO;
  return MPI_Allgather(&own[1], 1, MPI_INT, offsets, 1, MPI_INT, comm) ? EIO : 0;
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

/*
  The entries from one row to the next. Rows a power of two apart begin in the same few sets of every cache, which then cannot hold a block of
  columns from its load to its store; so rows of a page and more stand an odd number of pairs of cache lines apart.
*/
static ptrdiff_t spread(ptrdiff_t n, size_t bytes)
{
  const ptrdiff_t unit = (ptrdiff_t)(LINE_PAIR / bytes);

  return (size_t)n * bytes < PAGE ? n : ((n + unit - 1) / unit | 1) * unit;
}

int HHTTransposeInPlace(HHTTranspose t)
{
  t->in_place      = 1;
  t->bytes_sent    = 0;
  t->row_stride    = spread(t->n_cols, t->bytes);
  t->column_stride = 1;
  t->size          = t->rows.count * t->row_stride;
  t->pieces        = malloc(sizeof *t->pieces);
  if (!t->pieces) return ENOMEM;
  t->n_pieces = 1;
  *t->pieces  = (HHTPiece){.first = 0, .count = t->n_cols, .offset = 0, .stride = t->row_stride};
  return 0;
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
