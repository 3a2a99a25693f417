/*
  A file of datasets that all ranks write at once; snapshots and checkpoints are made of it.

  The file is written by parallel HDF5, but HDF5 is kept from its weakness, writes of its own structures that fail on
  some ranks of a collective call. Rank 0 has it make the structure in memory -- groups, attributes, contiguous datasets
  without their numbers -- and writes that by itself. Then every rank opens the file, and writes its rows by
  independent H5Dwrite() to places that are there already. A full disk is so an error code on the rank that meets it,
  agreed on after each dataset; no rank waits inside HDF5 for one that failed.

  A dataset is cut into n_rows rows of equal size. /checksums/<its path> holds the CRC-32 (zlib's) of every row, so
  that files are the same on any number of ranks, and /checksums/structure that of HDF5's own part, which stands right behind that
  part. Before the rename every rank syncs and reads back from disk, by system calls, what it wrote, and compares; then only does rank 0
  write the checksum of the structure, the mark of a complete file.

      HHTDataFileCreate()  HHTDataFileDefine()  HHTDataFileWrite() for each dataset  HHTDataFileCommit()
      HHTDataFileDestroy()
*/
#ifndef HHT_DATA_FILE_H
#define HHT_DATA_FILE_H

#include "hdf5_calls.h"
#include "hdf5_image.h"
#include "rows.h"

#define HHT_CHECKSUMS         "/checksums"
#define HHT_STRUCTURE         "/structure" /* stands for HDF5's own part of the file, see HHT_STRUCTURE_BYTES */
#define HHT_DATA_FILE_MAX     32           /* datasets in a file */
#define HHT_DATA_FILE_MAXNAME 128          /* length of a dataset's path */

typedef struct HHTDataFile_s *HHTDataFile;

/* The absolute path of a dataset of a step: /data/<step>/<dataset>. */
PetscErrorCode HHTDataFileName(PetscInt step, const char *dataset, char name[HHT_DATA_FILE_MAXNAME]);

/* Makes the structure with the open HDF5 file, on rank 0 only, by HHTDataFileAdd() and calls of its own. */
typedef PetscErrorCode (*HHTDataDefine)(void *ctx, HHTDataFile file, hid_t hdf5, const char *path);

/* Destroy without a commit removes what was written aside. Collective, safe twice. */
PetscErrorCode HHTDataFileCreate(MPI_Comm comm, const char *path, HHTDataFile *file);
PetscErrorCode HHTDataFileDestroy(HHTDataFile *file);

/* Collective. */
PetscErrorCode HHTDataFileDefine(HHTDataFile file, HHTDataDefine define, void *ctx);

/*
  Inside HHTDataDefine: a dataset at the absolute path `name`, its groups made as needed. n_rows divides the number of
  entries.
*/
PetscErrorCode HHTDataFileAdd(HHTDataFile file, hid_t hdf5, const char *name, hid_t type, int n_axes,
                              const hsize_t shape[], ptrdiff_t n_rows);

/*
  Writes this rank's rows [first, first + count) of a dataset; once for each. The ranks' rows are disjoint.
  Collective.
*/
PetscErrorCode HHTDataFileWrite(HHTDataFile file, const char *name, ptrdiff_t first, ptrdiff_t count, HHTDataRow row,
                                void *ctx);

/* A small structure as all of them are made, in memory only; destroy the image. Not collective. */
PetscErrorCode HHTDataFileSample(HHTHDF5Image *image);

/* Syncs, reads back, compares and renames. bytes (may be NULL) is the size of all data. Collective. */
PetscErrorCode HHTDataFileCommit(HHTDataFile file, double *bytes);

#endif
