/*
  Columns fetched from the row side a chunk at a time, for passes that only look: at most a few MiB of buffers instead of a
  second matrix.
*/
#ifndef HHT_CHUNKS_H
#define HHT_CHUNKS_H

#include "transpose.h"

typedef struct {
  int       n;     /* chunks, the same on every rank */
  ptrdiff_t width; /* columns of a full chunk */
  char     *packed, *received;
  int      *counts; /* 4 ints a rank */
} HHTChunks;

/* Collective only in that all ranks must pass equal arguments. Returns 0 or an errno. */
int  HHTChunksCreate(HHTTranspose transpose, HHTChunks *chunks);
void HHTChunksDestroy(HHTChunks *chunks);

/*
  HHTChunksGet - chunk i of this rank's columns, from the row side `row`, into chunks->received: n_rows plain rows of *width numbers, the
  global columns *first .. *first + *width. Collective.
*/
int HHTChunksGet(HHTTranspose transpose, HHTChunks *chunks, const void *row, int i, ptrdiff_t *first, ptrdiff_t *width);

#endif
