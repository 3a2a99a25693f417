#[[
Finds the C library of an HDF5 that was built for MPI.

  HDF5::mpi   imported target; brings MPI::MPI_C
  HDF5MPI_VERSION

pkg-config's hdf5-openmpi, hdf5-mpich and hdf5 are tried, then CMake's own module (HDF5_ROOT). The compiler wrapper
h5pcc is not used: it links every library that HDF5 was ever linked to.
]]
find_package(MPI QUIET COMPONENTS C)
find_package(PkgConfig QUIET)

if(PkgConfig_FOUND AND NOT HDF5_ROOT AND NOT DEFINED ENV{HDF5_ROOT})
  pkg_search_module(PC_HDF5 QUIET hdf5-openmpi hdf5-mpich hdf5)
  find_path(HDF5MPI_INCLUDE_DIR hdf5.h HINTS ${PC_HDF5_INCLUDE_DIRS})
  find_library(HDF5MPI_LIBRARY hdf5 HINTS ${PC_HDF5_LIBRARY_DIRS})
  set(HDF5MPI_VERSION ${PC_HDF5_VERSION})
endif()
if(NOT HDF5MPI_LIBRARY)
  set(HDF5_PREFER_PARALLEL TRUE)
  find_package(HDF5 QUIET COMPONENTS C)
  find_path(HDF5MPI_INCLUDE_DIR hdf5.h HINTS ${HDF5_C_INCLUDE_DIRS})
  find_library(HDF5MPI_LIBRARY hdf5 HINTS ${HDF5_ROOT}/lib $ENV{HDF5_ROOT}/lib)
  set(HDF5MPI_VERSION ${HDF5_VERSION})
endif()

# H5pubconf.h may only include one for the word size, so look at all of them.
if(HDF5MPI_INCLUDE_DIR)
  file(GLOB _hdf5_conf ${HDF5MPI_INCLUDE_DIR}/H5pubconf*.h)
  foreach(_file IN LISTS _hdf5_conf)
    file(STRINGS ${_file} _hdf5_parallel REGEX "define H5_HAVE_PARALLEL 1")
    if(_hdf5_parallel)
      set(HDF5MPI_IS_PARALLEL TRUE)
    endif()
  endforeach()
  if(NOT HDF5MPI_IS_PARALLEL)
    string(CONCAT HDF5MPI_REASON "HDF5 in ${HDF5MPI_INCLUDE_DIR} is not parallel, hht needs one built for MPI "
      "(Debian: libhdf5-openmpi-dev)")
  endif()
else()
  set(HDF5MPI_REASON "no parallel HDF5 was found (Debian: libhdf5-openmpi-dev), set HDF5_ROOT")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(HDF5MPI
  REQUIRED_VARS HDF5MPI_LIBRARY HDF5MPI_INCLUDE_DIR HDF5MPI_IS_PARALLEL MPI_C_FOUND
  VERSION_VAR HDF5MPI_VERSION
  REASON_FAILURE_MESSAGE "${HDF5MPI_REASON}")
mark_as_advanced(HDF5MPI_INCLUDE_DIR HDF5MPI_LIBRARY)

if(HDF5MPI_FOUND AND NOT TARGET HDF5::mpi)
  add_library(HDF5::mpi UNKNOWN IMPORTED)
  set_target_properties(HDF5::mpi PROPERTIES
    IMPORTED_LOCATION ${HDF5MPI_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${HDF5MPI_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES MPI::MPI_C)
endif()
