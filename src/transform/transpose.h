/*
  The distributed transpose between slabs of rows and slabs of columns of an n_rows x n_cols matrix, by an engine.

  An engine fixes where numbers stand on either side, so that the passes write and read its layout themselves and no packing
  sweep is needed. On the row side each row is cut into pieces: local row i's columns first .. first + count stand at
  offset + i * stride. On the column side entry (row i, local column j) stands at i * row_stride + j * column_stride, and one of
  the two is 1.
*/
#ifndef HHT_TRANSPOSE_H
#define HHT_TRANSPOSE_H

#include <hht/transform.h>
#include <mpi.h>
#include <stddef.h>

typedef struct {
  ptrdiff_t first, count; /* this rank's share */
  ptrdiff_t block;        /* every rank's share but the last ones' */
} HHTSlab;

typedef struct {
  ptrdiff_t first, count, offset, stride;
} HHTPiece;

typedef struct HHTTranspose_s *HHTTranspose;

struct HHTTranspose_s {
  MPI_Comm     comm;  /* borrowed */
  size_t       bytes; /* of an entry: one of the numbers */
  MPI_Datatype entry;
  ptrdiff_t    n_rows, n_cols;
  HHTSlab      rows, cols;
  ptrdiff_t    size; /* entries that each of the two buffers must hold */

  int       n_pieces;
  HHTPiece *pieces;                    /* owned */
  ptrdiff_t row_stride, column_stride; /* column side */
  int       in_place;                  /* both sides are the same memory, whole rows */
  double    bytes_sent;                /* to other ranks, by one transpose */
  /* Memory of the engine's own for the two sides; NULL: any will do. */
  void *row_side, *column_side;

  /* plan may be NULL: for engines that need the buffers; row and column are fixed from then on */
  int (*plan)(HHTTranspose, HHTRigor, void *row, void *column);
  int (*to_columns)(HHTTranspose, void *row, void *column);
  int (*to_rows)(HHTTranspose, void *column, void *row);
  void (*destroy)(HHTTranspose);
  void *data; /* the engine's */
};

/* Rows are dealt out one by one, columns in units of column_unit. Collective. Returns 0 or an errno. */
int  HHTTransposeCreate(MPI_Comm comm, HHTNumbers numbers, ptrdiff_t n_rows, ptrdiff_t n_cols, ptrdiff_t column_unit,
                        HHTTransposeType type, HHTTranspose *transpose);
void HHTTransposeDestroy(HHTTranspose *transpose);

/* The engines, one file each. They fill in all that HHTTransposeCreate() left. */
int HHTTransposeSetUp_Alltoall(HHTTranspose transpose);
int HHTTransposeSetUp_FFTW(HHTTranspose transpose);
int HHTTransposeSetUp_Shared(HHTTranspose transpose);

/* For an engine that has whole rows in one memory for both sides: all of the layout. Returns 0 or an errno. */
int HHTTransposeInPlace(HHTTranspose transpose);

/*
  Makes the solvers of FFTW-MPI known, before the first plan and the first wisdom: FFTW takes wisdom only where the same solvers are known
  as where it was given. Not collective, safe twice.
*/
void HHTTransposeInit_FFTW(void);

#endif
