/* Attributes, written whole and read whole. */
#include "hdf5_calls.h"
#include <hht/error.h>
#include <string.h>

/* n = 0 makes a scalar. */
static PetscErrorCode write_attribute(const char *path, hid_t loc, const char *name, hid_t type, hsize_t n,
                                      const void *values)
{
  hid_t space, attribute;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, space = n ? H5Screate_simple(1, &n, NULL) : H5Screate(H5S_SCALAR));
  HHTCallHDF5(path, attribute = H5Acreate2(loc, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
  HHTCallHDF5(path, H5Awrite(attribute, type, values));
  HHTCallHDF5(path, H5Aclose(attribute));
  HHTCallHDF5(path, H5Sclose(space));
  PetscFunctionReturn(0);
}

static PetscErrorCode string_type(const char *path, size_t size, hid_t *type)
{
  PetscFunctionBeginUser;
  HHTCallHDF5(path, *type = H5Tcopy(H5T_C_S1));
  HHTCallHDF5(path, H5Tset_size(*type, size ? size : 1));
  HHTCallHDF5(path, H5Tset_strpad(*type, H5T_STR_NULLPAD));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5WriteString(const char *path, hid_t loc, const char *name, const char *value)
{
  hid_t type;

  PetscFunctionBeginUser;
  PetscCall(string_type(path, strlen(value), &type));
  PetscCall(write_attribute(path, loc, name, type, 0, value));
  HHTCallHDF5(path, H5Tclose(type));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5WriteStrings(const char *path, hid_t loc, const char *name, hsize_t n, const char *const values[])
{
  size_t size = 1;
  char  *packed;
  hid_t  type;

  PetscFunctionBeginUser;
  for (hsize_t i = 0; i < n; i++) size = PetscMax(size, strlen(values[i]));
  PetscCall(PetscCalloc1(n * size, &packed));
  for (hsize_t i = 0; i < n; i++) memcpy(packed + i * size, values[i], strlen(values[i]));
  PetscCall(string_type(path, size, &type));
  PetscCall(write_attribute(path, loc, name, type, n, packed));
  HHTCallHDF5(path, H5Tclose(type));
  PetscCall(PetscFree(packed));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5WriteDoubles(const char *path, hid_t loc, const char *name, hsize_t n, const double values[])
{
  return write_attribute(path, loc, name, H5T_NATIVE_DOUBLE, n, values);
}

PetscErrorCode HHTHDF5WriteDouble(const char *path, hid_t loc, const char *name, double value)
{
  return write_attribute(path, loc, name, H5T_NATIVE_DOUBLE, 0, &value);
}

PetscErrorCode HHTHDF5WriteInts(const char *path, hid_t loc, const char *name, hsize_t n, const int64_t values[])
{
  return write_attribute(path, loc, name, H5T_NATIVE_INT64, n, values);
}

PetscErrorCode HHTHDF5WriteInt(const char *path, hid_t loc, const char *name, int64_t value)
{
  return write_attribute(path, loc, name, H5T_NATIVE_INT64, 0, &value);
}

PetscErrorCode HHTHDF5WriteUInt32(const char *path, hid_t loc, const char *name, uint32_t value)
{
  return write_attribute(path, loc, name, H5T_NATIVE_UINT32, 0, &value);
}

/* How many numbers or strings the attribute has. */
static PetscErrorCode count_values(const char *path, hid_t attribute, hssize_t *n)
{
  hid_t space;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, space = H5Aget_space(attribute));
  HHTCallHDF5(path, *n = H5Sget_simple_extent_npoints(space));
  HHTCallHDF5(path, H5Sclose(space));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5ReadString(const char *path, hid_t loc, const char *name, size_t size, char value[])
{
  hid_t    attribute, type, memory;
  hssize_t n = 0;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, attribute = H5Aopen(loc, name, H5P_DEFAULT));
  HHTCallHDF5(path, type = H5Aget_type(attribute));
  PetscCall(count_values(path, attribute, &n));
  if (n != 1 || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type)) {
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the attribute %s is not one string of fixed length", path, name));
  }
  PetscCall(PetscMemzero(value, size));
  PetscCall(string_type(path, size - 1, &memory));
  if (H5Tget_size(type) < size) HHTCallHDF5(path, H5Tset_size(memory, H5Tget_size(type)));
  HHTCallHDF5(path, H5Tset_cset(memory, H5Tget_cset(type)));
  HHTCallHDF5(path, H5Aread(attribute, memory, value));
  HHTCallHDF5(path, H5Tclose(memory));
  HHTCallHDF5(path, H5Tclose(type));
  HHTCallHDF5(path, H5Aclose(attribute));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTHDF5ReadDoubles(const char *path, hid_t loc, const char *name, int max, double values[], int *n)
{
  hid_t    attribute;
  hssize_t size = 0;

  PetscFunctionBeginUser;
  HHTCallHDF5(path, attribute = H5Aopen(loc, name, H5P_DEFAULT));
  PetscCall(count_values(path, attribute, &size));
  if (size < 1 || size > max) {
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the attribute %s has %lld numbers; it must have 1 to %d", path,
                                 name, (long long)size, max));
  }
  HHTCallHDF5(path, H5Aread(attribute, H5T_NATIVE_DOUBLE, values));
  HHTCallHDF5(path, H5Aclose(attribute));
  if (n) *n = (int)size;
  PetscFunctionReturn(0);
}
