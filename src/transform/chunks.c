#include "chunks.h"
#include "memory.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_NUMBERS ((ptrdiff_t)1 << 19) /* 8 MiB received at a time, more if a block of columns is longer */

int HHTChunksCreate(HHTTranspose t, HHTChunks *chunks)
{
  ptrdiff_t width = CHUNK_NUMBERS / t->n_rows / HHT_BLOCK * HHT_BLOCK;
  int       size;

  MPI_Comm_size(t->comm, &size);
  if (width < HHT_BLOCK) width = HHT_BLOCK;
  if (width > t->cols.block) width = t->cols.block;
  *chunks          = (HHTChunks){.width = width, .n = (int)((t->cols.block + width - 1) / width)};
  chunks->packed   = HHTMemoryCreate((size_t)(t->rows.count * width * size) * t->bytes);
  chunks->received = HHTMemoryCreate((size_t)(t->n_rows * width) * t->bytes);
  chunks->counts   = calloc(4 * (size_t)size, sizeof(int));
  return chunks->packed && chunks->received && chunks->counts ? 0 : ENOMEM;
}

void HHTChunksDestroy(HHTChunks *chunks)
{
  HHTMemoryDestroy(chunks->packed);
  HHTMemoryDestroy(chunks->received);
  free(chunks->counts);
}

/* The columns of chunk i of the given rank. */
static ptrdiff_t columns_of(HHTTranspose t, const HHTChunks *chunks, int rank, int i, ptrdiff_t *first)
{
  ptrdiff_t begin = t->cols.block * rank + chunks->width * i, end = begin + chunks->width;
  ptrdiff_t limit = t->cols.block * (rank + 1);

  if (limit > t->n_cols) limit = t->n_cols;
  if (end > limit) end = limit;
  *first = begin;
  return end > begin ? end - begin : 0;
}

static ptrdiff_t rows_of(HHTTranspose t, int rank)
{
  ptrdiff_t begin = t->rows.block * rank, end = begin + t->rows.block;

  if (end > t->n_rows) end = t->n_rows;
  return end > begin ? end - begin : 0;
}

/* Columns first .. first + width never cross a piece: pieces end where ranks' columns end. */
static void pack(HHTTranspose t, const char *row, ptrdiff_t first, ptrdiff_t width, char *to)
{
  const HHTPiece *piece = t->pieces;

  while (first >= piece->first + piece->count) piece++;
  for (ptrdiff_t i = 0; i < t->rows.count; i++)
    memcpy(to + (size_t)(i * width) * t->bytes,
           row + (size_t)(piece->offset + i * piece->stride + first - piece->first) * t->bytes,
           (size_t)width * t->bytes);
}

int HHTChunksGet(HHTTranspose t, HHTChunks *chunks, const void *row, int i, ptrdiff_t *first, ptrdiff_t *width)
{
  int  size, rank, sent = 0, received = 0;
  int *send_counts, *send_offsets, *receive_counts, *receive_offsets;

  MPI_Comm_size(t->comm, &size);
  MPI_Comm_rank(t->comm, &rank);
  send_counts     = chunks->counts;
  send_offsets    = send_counts + size;
  receive_counts  = send_offsets + size;
  receive_offsets = receive_counts + size;
  *width          = columns_of(t, chunks, rank, i, first);
  for (int r = 0; r < size; r++) {
    ptrdiff_t begin, n = columns_of(t, chunks, r, i, &begin);

    if (n) pack(t, row, begin, n, chunks->packed + (size_t)sent * t->bytes);
    send_offsets[r]               = sent;
    receive_offsets[r]            = received;
    sent += send_counts[r]        = (int)(n * t->rows.count);
    received += receive_counts[r] = (int)(*width * rows_of(t, r));
  }
  return MPI_Alltoallv(chunks->packed, send_counts, send_offsets, t->entry, chunks->received, receive_counts,
                       receive_offsets, t->entry, t->comm)
             ? EIO
             : 0;
}
