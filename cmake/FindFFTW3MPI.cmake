#[[
Finds FFTW 3 in double and single precision with its MPI parts and, in double, its threads, which come without a
pkg-config file in Debian.

  FFTW3MPI::fftw3_mpi      imported target; brings FFTW3MPI::fftw3 and MPI::MPI_C
  FFTW3MPI::fftw3f_mpi     the same in single precision; brings FFTW3MPI::fftw3f and MPI::MPI_C
  FFTW3MPI::fftw3_threads  brings FFTW3MPI::fftw3 and Threads::Threads
  FFTW3MPI_VERSION

Look-ups start from FFTW3_ROOT or FFTW3MPI_ROOT where set.
]]
find_package(MPI QUIET COMPONENTS C)
find_package(Threads QUIET)
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_FFTW3 QUIET fftw3)
endif()

set(_fftw3_hints HINTS ${FFTW3_ROOT} $ENV{FFTW3_ROOT} ${PC_FFTW3_PREFIX})
find_path(FFTW3MPI_INCLUDE_DIR fftw3-mpi.h ${_fftw3_hints} PATH_SUFFIXES include)
find_library(FFTW3MPI_FFTW3_LIBRARY fftw3 ${_fftw3_hints} PATH_SUFFIXES lib)
find_library(FFTW3MPI_FFTW3F_LIBRARY fftw3f ${_fftw3_hints} PATH_SUFFIXES lib)
find_library(FFTW3MPI_LIBRARY fftw3_mpi ${_fftw3_hints} PATH_SUFFIXES lib)
find_library(FFTW3MPI_SINGLE_LIBRARY fftw3f_mpi ${_fftw3_hints} PATH_SUFFIXES lib)
find_library(FFTW3MPI_THREADS_LIBRARY fftw3_threads ${_fftw3_hints} PATH_SUFFIXES lib)
set(FFTW3MPI_VERSION ${PC_FFTW3_VERSION})

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFTW3MPI
  REQUIRED_VARS FFTW3MPI_LIBRARY FFTW3MPI_FFTW3_LIBRARY FFTW3MPI_SINGLE_LIBRARY FFTW3MPI_FFTW3F_LIBRARY
    FFTW3MPI_THREADS_LIBRARY FFTW3MPI_INCLUDE_DIR MPI_C_FOUND Threads_FOUND
  VERSION_VAR FFTW3MPI_VERSION)
mark_as_advanced(FFTW3MPI_INCLUDE_DIR FFTW3MPI_FFTW3_LIBRARY FFTW3MPI_FFTW3F_LIBRARY FFTW3MPI_LIBRARY
  FFTW3MPI_SINGLE_LIBRARY FFTW3MPI_THREADS_LIBRARY)

function(_fftw3_target name location)
  add_library(FFTW3MPI::${name} UNKNOWN IMPORTED)
  set_target_properties(FFTW3MPI::${name} PROPERTIES
    IMPORTED_LOCATION ${location}
    INTERFACE_INCLUDE_DIRECTORIES ${FFTW3MPI_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES "${ARGN}")
endfunction()

if(FFTW3MPI_FOUND AND NOT TARGET FFTW3MPI::fftw3_mpi)
  _fftw3_target(fftw3 ${FFTW3MPI_FFTW3_LIBRARY} m)
  _fftw3_target(fftw3f ${FFTW3MPI_FFTW3F_LIBRARY} m)
  _fftw3_target(fftw3_mpi ${FFTW3MPI_LIBRARY} FFTW3MPI::fftw3 MPI::MPI_C)
  _fftw3_target(fftw3f_mpi ${FFTW3MPI_SINGLE_LIBRARY} FFTW3MPI::fftw3f MPI::MPI_C)
  _fftw3_target(fftw3_threads ${FFTW3MPI_THREADS_LIBRARY} FFTW3MPI::fftw3 Threads::Threads)
endif()
