/* HDF5's core driver without a backing file; callbacks take over its memory when it closes. */
#include "hdf5_image.h"
#include <hht/error.h>
#include <stdlib.h>
#include <string.h>

/* HDF5 file format specification, version 2 of the superblock: where the end of file address stands, little-endian. */
#define SUPERBLOCK_VERSION 8
#define SUPERBLOCK_END     28

static void *image_malloc(size_t size, H5FD_file_image_op_t operation, void *image)
{
  (void)operation, (void)image;
  return malloc(size);
}

static void *image_realloc(void *bytes, size_t size, H5FD_file_image_op_t operation, void *ctx)
{
  HHTHDF5Image *image = ctx;

  (void)operation;
  bytes = realloc(bytes, size);
  if (!bytes) return NULL;
  /* HDF5 leaves gaps, which would else hold what was in memory before. */
  if (size > image->size) memset((char *)bytes + image->size, 0, size - image->size);
  image->size = size;
  return bytes;
}

static herr_t image_free(void *bytes, H5FD_file_image_op_t operation, void *ctx)
{
  HHTHDF5Image *image = ctx;

  if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
    image->bytes = bytes;
  else
    free(bytes);
  return 0;
}

static void *same_image(void *image) { return image; }

static herr_t keep_image(void *image)
{
  (void)image;
  return 0;
}

static PetscErrorCode memory_access(const char *path, HHTHDF5Image *image, hid_t *access)
{
  H5FD_file_image_callbacks_t callbacks = {.image_malloc  = image_malloc,
                                           .image_realloc = image_realloc,
                                           .image_free    = image_free,
                                           .udata_copy    = same_image,
                                           .udata_free    = keep_image,
                                           .udata         = image};

  PetscFunctionBeginUser;
  HHTCallHDF5(path, *access = H5Pcreate(H5P_FILE_ACCESS));
  HHTCallHDF5(path, H5Pset_fapl_core(*access, HHT_STRUCTURE_BYTES, 0));
  HHTCallHDF5(path, H5Pset_file_image_callbacks(*access, &callbacks));
  HHTCallHDF5(path, H5Pset_fclose_degree(*access, H5F_CLOSE_STRONG));
  HHTCallHDF5(path, H5Pset_meta_block_size(*access, HHT_STRUCTURE_BYTES));
  /* Large datasets start at pages. */
  HHTCallHDF5(path, H5Pset_alignment(*access, HHT_STRUCTURE_BYTES, 4096));
  /* The format of HDF5 1.8: the first whose headers and groups carry checksums, and every reader of today knows it. */
  HHTCallHDF5(path, H5Pset_libver_bounds(*access, H5F_LIBVER_V18, H5F_LIBVER_V18));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5ImageOpen(const char *path, HHTHDF5Image *image, hid_t *file)
{
  hid_t access, creation;

  PetscFunctionBeginUser;
  *image = (HHTHDF5Image){0};
  PetscCall(HHTHDF5BeSilent(path));
  PetscCall(memory_access(path, image, &access));
  HHTCallHDF5(path, creation = H5Pcreate(H5P_FILE_CREATE));
  PetscCall(HHTHDF5SetObjectCreation(path, creation, PETSC_TRUE));
  HHTCallHDF5(path, *file = H5Fcreate(path, H5F_ACC_TRUNC, creation, access));
  HHTCallHDF5(path, H5Pclose(creation));
  HHTCallHDF5(path, H5Pclose(access));
  PetscFunctionReturn(0);
}

PetscBool HHTHDF5ImageHasSignature(const char *bytes)
{
  return memcmp(bytes, "\211HDF\r\n\032\n", SUPERBLOCK_VERSION) ? PETSC_FALSE : PETSC_TRUE;
}

size_t HHTHDF5ImageFileSize(const char *bytes)
{
  const unsigned char *end  = (const unsigned char *)bytes + SUPERBLOCK_END;
  size_t               size = 0;

  if (bytes[SUPERBLOCK_VERSION] != 2) return 0;
  for (int i = 7; i >= 0; i--) size = size << 8 | end[i];
  return size;
}

/* The superblock holds the size of the file from the close on. */
static PetscErrorCode read_file_size(const char *path, HHTHDF5Image *image)
{
  PetscFunctionBeginUser;
  image->file_size = image->bytes ? HHTHDF5ImageFileSize(image->bytes) : 0;
  PetscCheck(image->file_size, PETSC_COMM_SELF, PETSC_ERR_LIB, "%s: HDF5 has not made a superblock of version 2", path);
  PetscCheck(image->size == HHT_STRUCTURE_BYTES && image->file_size >= image->size, PETSC_COMM_SELF, PETSC_ERR_LIB,
             "%s: the structure does not fit into %d bytes", path, HHT_STRUCTURE_BYTES);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5ImageClose(const char *path, HHTHDF5Image *image, hid_t file)
{
  PetscFunctionBeginUser;
  HHTCallHDF5(path, H5Fclose(file));
  PetscCall(read_file_size(path, image));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5ImageDestroy(HHTHDF5Image *image)
{
  PetscFunctionBeginUser;
  free(image->bytes);
  image->bytes = NULL;
  PetscFunctionReturn(0);
}
