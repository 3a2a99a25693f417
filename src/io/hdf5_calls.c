#include "hdf5_calls.h"
#include <hht/error.h>
#include <hht/output.h>
#include <stdlib.h>
#include <string.h>

/* The stack is walked from the inside out; the first entry says what happened, the others only who called. */
static herr_t copy_first(unsigned n, const H5E_error2_t *entry, void *text)
{
  if (n == 0) (void)PetscStrncpy(text, entry->desc, 512);
  return 0;
}

/* Descriptions of failed system calls are long; the part in "error message = '..'" is what a user wants. */
static void keep_system_message(char *text)
{
  static const char mark[] = "error message = '";
  char             *from   = strstr(text, mark), *end;

  if (!from) return;
  from += sizeof(mark) - 1;
  end = strchr(from, '\'');
  if (end) *end = 0;
  memmove(text, from, strlen(from) + 1);
}

PetscErrorCode HHTHDF5Error(const char *path)
{
  char text[512] = "no reason given by HDF5";

  (void)H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, copy_first, text);
  keep_system_message(text);
  return HHTError(HHT_EXIT_IO, "'%s': %s", path, text);
}

PetscErrorCode HHTHDF5BeSilent(const char *path)
{
  PetscFunctionBeginUser;
  /* Parallel file systems often refuse locks, and a file gets its final name only when it is complete. */
  (void)setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0);
  HHTCallHDF5(path, H5Eset_auto2(H5E_DEFAULT, NULL, NULL));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5OpenRead(const char *path, hid_t *file)
{
  hid_t access;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5BeSilent(path));
  HHTCallHDF5(path, access = H5Pcreate(H5P_FILE_ACCESS));
  HHTCallHDF5(path, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG));
  HHTCallHDF5(path, *file = H5Fopen(path, H5F_ACC_RDONLY, access));
  HHTCallHDF5(path, H5Pclose(access));
  PetscFunctionReturn(0);
}

/* Whether every file that was written could be closed. */
static PetscBool may_finalize = PETSC_TRUE;

PetscBool HHTOutputMayFinalize(void) { return may_finalize; }

PetscErrorCode HHTHDF5CloseWritten(const char *path, hid_t *file)
{
  const hid_t open_file = *file;

  PetscFunctionBeginUser;
  *file = -1;
  if (open_file < 0 || H5Fclose(open_file) >= 0) PetscFunctionReturn(0);
  may_finalize = PETSC_FALSE;
  PetscFunctionReturn(HHTHDF5Error(path));
}

PetscErrorCode HHTHDF5SetObjectCreation(const char *path, hid_t creation, PetscBool group)
{
  PetscFunctionBeginUser;
  HHTCallHDF5(path, H5Pset_obj_track_times(creation, 0));
  HHTCallHDF5(path, H5Pset_attr_phase_change(creation, 64, 32));
  if (group) HHTCallHDF5(path, H5Pset_link_phase_change(creation, 64, 32));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_group(const char *path, hid_t file, const char *name)
{
  hid_t creation, group;

  PetscFunctionBeginUser;
  if (H5Lexists(file, name, H5P_DEFAULT) > 0) PetscFunctionReturn(0);
  HHTCallHDF5(path, creation = H5Pcreate(H5P_GROUP_CREATE));
  PetscCall(HHTHDF5SetObjectCreation(path, creation, PETSC_TRUE));
  HHTCallHDF5(path, group = H5Gcreate2(file, name, H5P_DEFAULT, creation, H5P_DEFAULT));
  HHTCallHDF5(path, H5Gclose(group));
  HHTCallHDF5(path, H5Pclose(creation));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5CreateGroups(const char *path, hid_t file, const char *name)
{
  PetscFunctionBeginUser;
  for (const char *slash = strchr(name + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    char *group;

    PetscCall(PetscStrallocpy(name, &group));
    group[slash - name] = 0;
    PetscCall(create_group(path, file, group));
    PetscCall(PetscFree(group));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5NumbersType(const char *path, HHTNumbers numbers, hid_t *type)
{
  const hid_t  part = HHTNumbersPrecision(numbers) == HHT_SINGLE ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE;
  const size_t size = HHTNumbersSize(numbers);

  PetscFunctionBeginUser;
  if (HHTNumbersAreReal(numbers)) {
    HHTCallHDF5(path, *type = H5Tcopy(part));
    PetscFunctionReturn(0);
  }
  HHTCallHDF5(path, *type = H5Tcreate(H5T_COMPOUND, size));
  HHTCallHDF5(path, H5Tinsert(*type, "r", 0, part));
  HHTCallHDF5(path, H5Tinsert(*type, "i", size / 2, part));
  PetscFunctionReturn(0);
}
