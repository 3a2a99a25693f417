/* The inside of HHTTransform, shared by transform.c, row_pass.c and column_pass.c. */
#ifndef HHT_TRANSFORM_IMPL_H
#define HHT_TRANSFORM_IMPL_H

#include "memory.h"
#include "plans.h"
#include "transpose.h"

#define CACHE_LINE 64
#define LOAD_BYTES 128 /* of each row in a block of columns */

/* The cache-sized buffers of one thread. */
typedef struct {
  void *line, *spectrum; /* one row or one column, and its transform */
  char *block;           /* width columns */
} Workspace;

struct HHTTransform_s {
  MPI_Comm          comm; /* own duplicate */
  HHTPlans          row_plans, column_plans;
  HHTTranspose      transpose;
  HHTTransposeType  type;    /* of transpose */
  char             *rest;    /* spectra of rows, or the column side of the transpose */
  char             *work;    /* the row side */
  char             *columns; /* the column side: rest, or work if the transpose is in place */
  int               threads;
  Workspace        *space; /* of each thread */
  int               width; /* columns in a block: LOAD_BYTES of a row, one or more times HHT_BLOCK */
  ptrdiff_t         block_stride;
  HHTTransformTimes times;
};

static inline void HHTLineApply(HHTLineOperator act, void *ctx, ptrdiff_t index, void *line)
{
  if (act) act(ctx, index, line);
}

/* One rank's error is everyone's. Collective. */
int HHTTransformAgree(MPI_Comm comm, int err);

#endif
