/* The rows of one contiguous dataset on disk, and their checksums. Not collective. */
#ifndef HHT_ROWS_H
#define HHT_ROWS_H

#include <hdf5.h>
#include <petscsys.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct {
  ptrdiff_t n;               /* rows */
  size_t    size;            /* bytes of a row */
  off_t     offset;          /* of row 0 in the file */
  off_t     checksum_offset; /* of row 0's CRC-32, a native 32-bit integer */
} HHTRows;

/* The file for system calls and messages. */
typedef struct {
  int         fd;
  const char *path;
} HHTPlace;

/* CRC-32 */
uint32_t HHTRowChecksum(const void *data, size_t size);

/* Gives row `row` (global) of a dataset. */
typedef PetscErrorCode (*HHTDataRow)(void *ctx, ptrdiff_t row, void *values);

/*
  Asks for rows [first, first + count) in turn and writes them to `dataset` and their checksums, which are given back
  too, to `checksum_dataset`. An empty range writes nothing.
*/
PetscErrorCode HHTRowsWrite(const HHTRows *rows, hid_t dataset, hid_t checksum_dataset, const HHTPlace *place,
                            ptrdiff_t first, ptrdiff_t count, HHTDataRow row, void *ctx, uint32_t checksums[]);

/* Takes row `row` (global) of a dataset. */
typedef PetscErrorCode (*HHTDataTake)(void *ctx, ptrdiff_t row, const void *values);

/*
  Reads rows [first, first + count) with system calls, not through the library that wrote them, and hands each that fits its stored
  checksum to `take` (NULL: nobody wants them). bad is the first that does not fit it, or whose stored checksum is not the
  expected one (expected may be NULL), where reading ends; -1 if there is none.
*/
PetscErrorCode HHTRowsRead(const HHTRows *rows, const HHTPlace *place, ptrdiff_t first, ptrdiff_t count,
                           const uint32_t expected[], HHTDataTake take, void *ctx, ptrdiff_t *bad);

#endif
