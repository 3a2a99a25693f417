/*
  A file that HHTDataFile has written, read by all ranks. Nothing in it is trusted before its checksum holds: first that of the
  structure, which stands at a known place, so that HDF5 never parses a damaged file; then that of each row. Datasets are read by system
  calls from the places that the structure names, which are checked to lie inside the file.

      HHTDataReaderOpen()  HHTDataReaderVerify()  HHTDataReaderRead() ..  HHTDataReaderClose()

  Errors are HHT_EXIT_IO with one line.
*/
#ifndef HHT_DATA_READER_H
#define HHT_DATA_READER_H

#include "data_file.h"

typedef struct HHTDataReader_s *HHTDataReader;

/* Collective. Close is safe twice. */
PetscErrorCode HHTDataReaderOpen(MPI_Comm comm, const char *path, HHTDataReader *reader);
PetscErrorCode HHTDataReaderClose(HHTDataReader *reader);

/* The file as HDF5 has opened it, on rank 0; elsewhere negative. */
hid_t HHTDataReaderHDF5(HHTDataReader reader);

/* Where a dataset lies, on any rank; NULL if there is none of that name with checksums. */
const HHTRows *HHTDataReaderFind(HHTDataReader reader, const char *name);

/* The first row of a dataset, read whole by this rank, that fails its checksum; -1 if all hold. Not collective. */
PetscErrorCode HHTDataReaderCheck(HHTDataReader reader, const HHTRows *rows, ptrdiff_t *bad);

/* Whether all bytes between the datasets are 0, as they were written. Not collective. */
PetscErrorCode HHTDataReaderCheckGaps(HHTDataReader reader);

/* Checks every byte of the file, each rank its share. Collective. */
PetscErrorCode HHTDataReaderVerify(HHTDataReader reader);

/* Hands rows [first, first + count) of a dataset of n_rows rows of `size` bytes to `take`. Collective; ranks may ask for any rows. */
PetscErrorCode HHTDataReaderRead(HHTDataReader reader, const char *name, ptrdiff_t n_rows, size_t size, ptrdiff_t first,
                                 ptrdiff_t count, HHTDataTake take, void *ctx);

#endif
