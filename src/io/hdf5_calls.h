/*
  HDF5 with errors of one line in place of its printed stack. Not collective.

  Calls that fail leave their identifiers open. H5Fclose() ends those of a file, which is opened with H5F_CLOSE_STRONG.
*/
#ifndef HHT_HDF5_CALLS_H
#define HHT_HDF5_CALLS_H

#include <hdf5.h>
#include <hht/numbers.h>
#include <petscsys.h>

/* An HDF5 call that gives an identifier or a status, both negative on failure. `path` is the file for the message. */
#define HHTCallHDF5(path, ...) \
  do { \
    if ((__VA_ARGS__) < 0) PetscFunctionReturn(HHTHDF5Error(path)); \
  } while (0)

/* HHT_EXIT_IO with the innermost description of HDF5's error stack. */
PetscErrorCode HHTHDF5Error(const char *path);

/* Turns off HDF5's own messages, and its file locks. */
PetscErrorCode HHTHDF5BeSilent(const char *path);

PetscErrorCode HHTHDF5OpenRead(const char *path, hid_t *file);

/* Closes a file that was written, if it is open, and sets *file to -1. See HHTOutputMayFinalize(). */
PetscErrorCode HHTHDF5CloseWritten(const char *path, hid_t *file);

/*
  Of files, groups and datasets that are to be made: no time of day, so that the same run gives the same bytes, and links and attributes in
  the headers, which readers check, instead of indices beside them.
*/
PetscErrorCode HHTHDF5SetObjectCreation(const char *path, hid_t creation, PetscBool group);

/*
  Makes the groups on the way to the object at the absolute path `name` that are not there yet. Unlike those that HDF5
  makes by itself they hold no time of day, so that the same run gives the same bytes.
*/
PetscErrorCode HHTHDF5CreateGroups(const char *path, hid_t file, const char *name);

/* Real numbers, or the compound {r, i} of them, which h5py and Julia read as complex. Close with H5Tclose(). */
PetscErrorCode HHTHDF5NumbersType(const char *path, HHTNumbers numbers, hid_t *type);

/* Attributes of the file or object `loc`. Strings have a fixed length, so that checksummed headers hold them. */
PetscErrorCode HHTHDF5WriteString(const char *path, hid_t loc, const char *name, const char *value);
PetscErrorCode HHTHDF5WriteStrings(const char *path, hid_t loc, const char *name, hsize_t n,
                                   const char *const values[]);
PetscErrorCode HHTHDF5WriteDoubles(const char *path, hid_t loc, const char *name, hsize_t n, const double values[]);
PetscErrorCode HHTHDF5WriteDouble(const char *path, hid_t loc, const char *name, double value);
PetscErrorCode HHTHDF5WriteInts(const char *path, hid_t loc, const char *name, hsize_t n, const int64_t values[]);
PetscErrorCode HHTHDF5WriteInt(const char *path, hid_t loc, const char *name, int64_t value);
PetscErrorCode HHTHDF5WriteUInt32(const char *path, hid_t loc, const char *name, uint32_t value);

PetscErrorCode HHTHDF5ReadString(const char *path, hid_t loc, const char *name, size_t size, char value[]);
/* At most `max` numbers; n (may be NULL) is how many there are. Integers are converted. */
PetscErrorCode HHTHDF5ReadDoubles(const char *path, hid_t loc, const char *name, int max, double values[], int *n);

#endif
