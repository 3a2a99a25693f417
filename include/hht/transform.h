/*
  The two passes over a distributed phase-space matrix, and the transposes between them. MPI and FFTW only, no PETSc.

  Rows and columns are cut into slabs over the ranks: whole rows, and blocks of HHT_BLOCK columns, as evenly as blocks
  allow; ranks beyond the last block own nothing and still take part. A row pass loads one row into a cache-sized buffer,
  transforms xi <-> v there and stores it; a column pass does the same with one block of columns, x <-> k. What happens to
  the numbers in between is the caller's: an operator that sees one row or one block at a time. A row's or a block's arithmetic
  is the same on whichever rank it runs, so results do not depend on the number of ranks.

  Two buffers hold the matrix: `rest`, plain rows, and `work`. The sequence is

      row pass      rest -> work        HHTTransformRows(.., HHT_ROWS_OPEN, ..)
      transpose     work -> columns     HHTTransformToColumns()
      column pass   in columns          HHTTransformColumns()
      transpose     columns -> work     HHTTransformToRows()
      row pass      work -> work | rest HHTTransformRows(.., HHT_ROWS_MERGED | HHT_ROWS_CLOSE, ..)

  where `columns` is the memory of `rest`, or of `work` where nothing has to move: on one rank, and in shared memory.
  HHTTransformReadColumns() looks at columns without giving up rest.

  Real lines need half of everything: their transforms are the non-redundant half of the spectrum (FFTW's r2c: entries
  0 .. n/2 of the last dimension). In the half spectrum at rest all entries but those at 0 and n/2 carry a factor sqrt(2), so
  that sums of |.|^2 over a line are those over the whole spectrum; so do lines that operators see in passes from and to
  rest, and in HHTTransformReadColumns(). In single precision lines and their transforms are float.

  Transforms are unnormalised: a forward and a backward pair multiplies by n_cols (rows) or n_rows (columns).

  Functions return 0 or an errno.
*/
#ifndef HHT_TRANSFORM_H
#define HHT_TRANSFORM_H

#include <hht/numbers.h>
#include <mpi.h>
#include <stddef.h>

#define HHT_BLOCK 8 /* columns in a block: one or two cache lines of a row */

/*
  How rows become columns: MPI_Alltoallv; FFTW3-MPI's transpose; shared memory, where all ranks are on one node with room for it (else
  ENOTSUP). AUTO is shared memory where it can be, else alltoall, without a try; HHTTransposeTime() tries. All give the same bits.
*/
typedef enum { HHT_TRANSPOSE_ALLTOALL, HHT_TRANSPOSE_FFTW, HHT_TRANSPOSE_SHARED, HHT_TRANSPOSE_AUTO } HHTTransposeType;

/* How hard FFTW searches for a plan. ESTIMATE is the only one that gives the same plan, hence the same bits, in every run. */
typedef enum { HHT_RIGOR_ESTIMATE, HHT_RIGOR_MEASURE, HHT_RIGOR_PATIENT } HHTRigor;

typedef struct HHTTransform_s *HHTTransform;

/*
  Called on one row or one column; index is its global flattened number. In v and x the line is n_cols or n_rows of the
  transform's numbers; in xi and k it is the spectrum, of HHTNumbersSpectrum() of them.
*/
typedef void (*HHTLineOperator)(void *ctx, ptrdiff_t index, void *line);

typedef enum {
  HHT_ROWS_OPEN,   /* rest (xi) -> work (v) */
  HHT_ROWS_MERGED, /* work (v) -> xi -> work (v) */
  HHT_ROWS_CLOSE   /* work (v) -> rest (xi) */
} HHTRowPass;

/* Any operator may be NULL. Several threads call them at a time if the transform has several, each on other lines. */
typedef struct {
  void           *ctx;
  HHTLineOperator in_xi; /* every row pass has a xi stage */
  HHTLineOperator in_v;  /* OPEN and MERGED: after the transform xi -> v, before the row is stored */
} HHTRowOperators;

/* A thread sees its columns in increasing order, and whole blocks of HHT_BLOCK columns (but for the last of all). */
typedef struct {
  void           *ctx;
  HHTLineOperator in_x;  /* before x -> k */
  HHTLineOperator in_k;  /* between the transforms */
  HHTLineOperator after; /* after k -> x */
} HHTColumnOperators;

/*
  HHTTransformCreate - plans the transforms of a matrix of prod nx rows and prod nv columns, where a column is a dim_x-dimensional
  array and a row a dim_v-dimensional one (dim_v = 0: one column). Collective on comm, which is duplicated.
*/
int HHTTransformCreate(MPI_Comm comm, HHTNumbers numbers, int dim_x, const ptrdiff_t nx[], int dim_v,
                       const ptrdiff_t nv[], HHTTransposeType type, HHTRigor rigor, HHTTransform *transform);
int HHTTransformDestroy(HHTTransform *transform); /* safe twice */

/*
  The passes of this rank run on so many OpenMP threads, 1 unless set here. ENOTSUP for more than 1 in a build without OpenMP. Results are
  the same bits on any number. Not collective. HHTTransformThread() tells an operator which of them calls, 0 .. threads - 1.
*/
int HHTTransformSetThreads(HHTTransform transform, int threads);
int HHTTransformGetThreads(HHTTransform transform);
int HHTTransformThread(void);

/* What AUTO became. */
HHTTransposeType HHTTransformGetTranspose(HHTTransform transform);
const char      *HHTTransposeName(HHTTransposeType type); /* as transpose_type has it */

/* Whether all ranks can share so much memory: they are on one node, and there is room. Collective. */
int HHTTransposeCanShare(MPI_Comm comm, double bytes);

/* The rows that a transform with so many of them gives this rank. */
void HHTTransformShare(MPI_Comm comm, ptrdiff_t n_rows, ptrdiff_t *first, ptrdiff_t *count);

/* The shares of all ranks, as MPI_Allgatherv() takes them, from this rank's. Collective; 0, or EIO. */
int HHTTransformShares(MPI_Comm comm, ptrdiff_t first, ptrdiff_t count, int counts[], int offsets[]);

void HHTTransformGetRows(HHTTransform transform, ptrdiff_t *first, ptrdiff_t *count);    /* this rank's rows */
void HHTTransformGetColumns(HHTTransform transform, ptrdiff_t *first, ptrdiff_t *count); /* this rank's columns */

/* Numbers of a spectrum in xi: n_cols, or with real numbers the entries of its half. */
ptrdiff_t HHTTransformGetSpectrumSize(HHTTransform transform);

HHTNumbers HHTTransformGetNumbers(HHTTransform transform);

/*
  The two buffers. rest holds the spectra of this rank's rows one after the other when at rest. work is the engine's, and holds
  the transform's numbers. They live as long as the transform.
*/
void *HHTTransformGetRest(HHTTransform transform);
void *HHTTransformGetWork(HHTTransform transform);

int HHTTransformRows(HHTTransform transform, HHTRowPass pass, const HHTRowOperators *operators);
int HHTTransformToColumns(HHTTransform transform);
int HHTTransformColumns(HHTTransform transform, const HHTColumnOperators *operators);
int HHTTransformToRows(HHTTransform transform);

/*
  HHTTransformReadColumns - shows every column that stands in work (after HHT_ROWS_OPEN) to in_x and, transformed, to in_k; nothing is
  stored, rest is kept. Columns travel in chunks through small buffers. Collective.
*/
int HHTTransformReadColumns(HHTTransform transform, const HHTColumnOperators *operators);

/*
  One row, xi -> v (FFTW_BACKWARD) or v -> xi (FFTW_FORWARD), unnormalised, in place in n_cols complex numbers of the
  transform's precision. The spectrum is as at rest, v is n_cols of the transform's numbers. Not collective.
*/
int HHTTransformRow(HHTTransform transform, int sign, void *row);

/*
  HHTTransformCosine - in place, values[] of prod n_j numbers X become along each dimension, with M = n_j - 1,

      Y_i = X_0 + (-1)^i X_M + 2 sum_{m=1}^{M-1} X_m cos(pi m i / M),   along `sine` (-1: none)   2 sum_{m=1}^{M-1} X_m sin(pi m i / M),

  the sums over a whole period of 2 M of an even series and of an odd one. n_j >= 3. Not collective.
*/
int HHTTransformCosine(int dim, const ptrdiff_t n[], int sine, double values[]);

/*
  One row as it stands in work, in v: n_cols of the transform's numbers in one piece whatever the engine makes of it. row is global, one
  of this rank's. Not collective.
*/
size_t HHTTransformGetRowBytes(HHTTransform transform);
void   HHTTransformLoadRow(HHTTransform transform, ptrdiff_t row, void *numbers);
void   HHTTransformStoreRow(HHTTransform transform, ptrdiff_t row, const void *numbers);

/*
  FFTW's wisdom of both precisions in a file, read by rank 0 for all: with MEASURE and PATIENT a run that starts from the same
  wisdom gets the same bits. A file that does not exist reads as no wisdom. Collective; 0 or an errno, the same on all ranks.
*/
int   HHTWisdomRead(MPI_Comm comm, const char *path);
char *HHTWisdomText(void); /* this rank's wisdom; free() it */
/* The same from a text that rank 0 has; EINVAL if it is none. Collective. */
int HHTWisdomTake(MPI_Comm comm, const char *text);

/* Seconds spent in row passes, column passes and transposes since creation or the last reset, and bytes sent to other ranks. */
typedef struct {
  double rows, columns, transposes;
  double bytes_sent;
} HHTTransformTimes;
HHTTransformTimes HHTTransformGetTimes(HHTTransform transform);
void              HHTTransformResetTimes(HHTTransform transform);

#endif
