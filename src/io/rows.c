/* Rows go through a buffer of some MiB, so that the disk sees large requests and memory stays bounded. */
#include "rows.h"
#include "hdf5_calls.h"
#include "hdf5_run.h"
#include "posix_file.h"
#include <hht/error.h>
#include <zlib.h>

#define BUFFER_BYTES ((size_t)8 << 20)

typedef struct {
  ptrdiff_t rows; /* that fit, at least 1 */
  char     *data; /* owned */
} Buffer;

static PetscErrorCode buffer_create(const HHTRows *rows, ptrdiff_t count, Buffer *buffer)
{
  PetscFunctionBeginUser;
  buffer->rows = PetscMax(1, PetscMin(count, (ptrdiff_t)(BUFFER_BYTES / rows->size)));
  PetscCall(PetscMalloc1((size_t)buffer->rows * rows->size, &buffer->data));
  PetscFunctionReturn(0);
}

uint32_t HHTRowChecksum(const void *data, size_t size) { return (uint32_t)crc32_z(0, data, size); }

static off_t row_offset(const HHTRows *rows, ptrdiff_t row) { return rows->offset + (off_t)rows->size * row; }

static off_t row_checksum_offset(const HHTRows *rows, ptrdiff_t row)
{
  return rows->checksum_offset + (off_t)sizeof(uint32_t) * row;
}

static PetscErrorCode fill(const HHTRows *rows, ptrdiff_t first, ptrdiff_t count, HHTDataRow row, void *ctx, char *data,
                           uint32_t checksums[])
{
  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < count; i++, data += rows->size) {
    PetscCall(row(ctx, first + i, data));
    checksums[i] = HHTRowChecksum(data, rows->size);
  }
  PetscFunctionReturn(0);
}

/*
  MPI-IO does not say why a write failed, or was cut short. The system call that is tried in its place does, or carries
  it through.
*/
static PetscErrorCode write_run(const HHTPlace *place, hid_t dataset, hsize_t first, hsize_t count, const void *data,
                                size_t bytes, off_t offset)
{
  PetscFunctionBeginUser;
  if (!HHTHDF5WriteRun(place->path, dataset, first, count, data)) PetscFunctionReturn(0);
  HHTErrorClear();
  PetscCall(HHTWriteAt(place->fd, place->path, data, bytes, offset));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_rows(const HHTRows *rows, hid_t dataset, const HHTPlace *place, ptrdiff_t first,
                                 ptrdiff_t count, HHTDataRow row, void *ctx, const Buffer *buffer, uint32_t checksums[])
{
  hid_t   type;
  hsize_t numbers; /* in a row */

  PetscFunctionBeginUser;
  HHTCallHDF5(place->path, type = H5Dget_type(dataset));
  numbers = rows->size / H5Tget_size(type);
  HHTCallHDF5(place->path, H5Tclose(type));
  for (ptrdiff_t i = 0; i < count; i += buffer->rows) {
    const ptrdiff_t n = PetscMin(buffer->rows, count - i);

    PetscCall(fill(rows, first + i, n, row, ctx, buffer->data, checksums + i));
    PetscCall(write_run(place, dataset, (hsize_t)(first + i) * numbers, (hsize_t)n * numbers, buffer->data,
                        (size_t)n * rows->size, row_offset(rows, first + i)));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRowsWrite(const HHTRows *rows, hid_t dataset, hid_t checksum_dataset, const HHTPlace *place,
                            ptrdiff_t first, ptrdiff_t count, HHTDataRow row, void *ctx, uint32_t checksums[])
{
  PetscErrorCode ierr;
  Buffer         buffer;

  PetscFunctionBeginUser;
  if (!count) PetscFunctionReturn(0);
  PetscCall(buffer_create(rows, count, &buffer));
  ierr = write_rows(rows, dataset, place, first, count, row, ctx, &buffer, checksums);
  PetscCall(PetscFree(buffer.data));
  if (!ierr)
    ierr = write_run(place, checksum_dataset, (hsize_t)first, (hsize_t)count, checksums,
                     (size_t)count * sizeof(*checksums), row_checksum_offset(rows, first));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode take_rows(const HHTRows *rows, const HHTPlace *place, ptrdiff_t first, ptrdiff_t count,
                                const uint32_t checksums[], const Buffer *buffer, HHTDataTake take, void *ctx,
                                ptrdiff_t *bad)
{
  PetscFunctionBeginUser;
  for (ptrdiff_t i = 0; i < count && *bad < 0; i++) {
    const ptrdiff_t at  = i % buffer->rows;
    const char     *row = buffer->data + (size_t)at * rows->size;

    if (at == 0) {
      const ptrdiff_t n = PetscMin(buffer->rows, count - i);

      PetscCall(HHTReadAt(place->fd, place->path, buffer->data, (size_t)n * rows->size, row_offset(rows, first + i)));
    }
    if (HHTRowChecksum(row, rows->size) != checksums[i])
      *bad = first + i;
    else if (take)
      PetscCall(take(ctx, first + i, row));
  }
  PetscFunctionReturn(0);
}

static ptrdiff_t first_difference(ptrdiff_t count, const uint32_t a[], const uint32_t b[])
{
  for (ptrdiff_t i = 0; i < count; i++) {
    if (a[i] != b[i]) return i;
  }
  return -1;
}

PetscErrorCode HHTRowsRead(const HHTRows *rows, const HHTPlace *place, ptrdiff_t first, ptrdiff_t count,
                           const uint32_t expected[], HHTDataTake take, void *ctx, ptrdiff_t *bad)
{
  PetscErrorCode ierr;
  Buffer         buffer;
  uint32_t      *stored;

  PetscFunctionBeginUser;
  *bad = -1;
  if (!count) PetscFunctionReturn(0);
  PetscCall(buffer_create(rows, count, &buffer));
  PetscCall(PetscMalloc1(count, &stored));
  ierr = HHTReadAt(place->fd, place->path, stored, (size_t)count * sizeof(uint32_t), row_checksum_offset(rows, first));
  if (!ierr && expected) *bad = first_difference(count, stored, expected);
  if (*bad >= 0)
    *bad += first;
  else if (!ierr)
    ierr = take_rows(rows, place, first, count, stored, &buffer, take, ctx, bad);
  PetscCall(PetscFree(stored));
  PetscCall(PetscFree(buffer.data));
  PetscFunctionReturn(ierr);
}
