/*
  Small transposes in vector registers of 16 bytes: a tile is as many rows and columns as a register holds entries, 4 x 4 floats,
  2 x 2 entries of 8 bytes, one of 16. Entry by entry the copy would be held up by its many stores.
*/
#ifndef HHT_TILE_H
#define HHT_TILE_H

#include <stddef.h>
#include <string.h>

#define TILE_BYTES 16

#ifdef __has_builtin
#if __has_builtin(__builtin_shufflevector)
#define HHT_HAVE_TILES 1
#endif
#endif

#ifdef HHT_HAVE_TILES

typedef float  Floats __attribute__((vector_size(TILE_BYTES)));
typedef double Doubles __attribute__((vector_size(TILE_BYTES)));

static inline void transpose_floats(const char *from, size_t from_stride, char *to, size_t to_stride)
{
  Floats row[4], half[4], column[4];

  for (int i = 0; i < 4; i++) memcpy(&row[i], from + (size_t)i * from_stride, TILE_BYTES);
  half[0]   = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  half[1]   = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  half[2]   = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  half[3]   = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  column[0] = __builtin_shufflevector(half[0], half[1], 0, 1, 4, 5);
  column[1] = __builtin_shufflevector(half[0], half[1], 2, 3, 6, 7);
  column[2] = __builtin_shufflevector(half[2], half[3], 0, 1, 4, 5);
  column[3] = __builtin_shufflevector(half[2], half[3], 2, 3, 6, 7);
  for (int i = 0; i < 4; i++) memcpy(to + (size_t)i * to_stride, &column[i], TILE_BYTES);
}

static inline void transpose_doubles(const char *from, size_t from_stride, char *to, size_t to_stride)
{
  Doubles row[2], column[2];

  for (int i = 0; i < 2; i++) memcpy(&row[i], from + (size_t)i * from_stride, TILE_BYTES);
  column[0] = __builtin_shufflevector(row[0], row[1], 0, 2);
  column[1] = __builtin_shufflevector(row[0], row[1], 1, 3);
  for (int i = 0; i < 2; i++) memcpy(to + (size_t)i * to_stride, &column[i], TILE_BYTES);
}

/* One tile. Entries are moved, whatever they stand for. */
static inline void transpose_tile(size_t bytes, const char *from, size_t from_stride, char *to, size_t to_stride)
{
  switch (bytes) {
  case sizeof(float): transpose_floats(from, from_stride, to, to_stride); break;
  case sizeof(double): transpose_doubles(from, from_stride, to, to_stride); break;
  default: memcpy(to, from, TILE_BYTES);
  }
}

#else

static inline void transpose_tile(size_t bytes, const char *from, size_t from_stride, char *to, size_t to_stride)
{
  for (size_t i = 0; i < TILE_BYTES / bytes; i++)
    for (size_t j = 0; j < TILE_BYTES / bytes; j++)
      memcpy(to + j * to_stride + i * bytes, from + i * from_stride + j * bytes, bytes);
}

#endif

/*
  Row i, column j of m x n entries becomes row j, column i. Strides are bytes between rows, in which entries are neighbours. Inlined
  with constants.
*/
static inline void HHTTransposeEntries(size_t bytes, int m, int n, const char *restrict from, size_t from_stride,
                                       char *restrict to, size_t to_stride)
{
  const int tile = (int)(TILE_BYTES / bytes), whole = m % tile == 0 && n % tile == 0, step = whole ? tile : 1;

  for (int j = 0; j < n; j += step)
    for (int i = 0; i < m; i += step) {
      const char *source = from + (size_t)i * from_stride + (size_t)j * bytes;
      char       *target = to + (size_t)j * to_stride + (size_t)i * bytes;

      if (whole)
        transpose_tile(bytes, source, from_stride, target, to_stride);
      else
        memcpy(target, source, bytes);
    }
}

#endif
