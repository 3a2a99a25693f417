#[[
Finds a PETSc whose scalars are complex.

  PETSc::petsc   imported target; brings MPI::MPI_C
  PETScComplex_VERSION

Tried in this order: PETSC_DIR with PETSC_ARCH, what pkg-config calls petsc, Debian's folders below /usr/lib/petscdir.
A PETSc with real scalars is passed over; the one that is left out last is named when no other is found.
]]
find_package(MPI QUIET COMPONENTS C)
find_package(PkgConfig QUIET)

# Folders that may hold include/petscconf.h.
set(_petsc_roots "")
if(DEFINED ENV{PETSC_DIR})
  list(APPEND _petsc_roots $ENV{PETSC_DIR}/$ENV{PETSC_ARCH} $ENV{PETSC_DIR})
endif()
if(PkgConfig_FOUND)
  pkg_check_modules(PC_PETSC QUIET petsc)
  if(PC_PETSC_FOUND)
    list(APPEND _petsc_roots ${PC_PETSC_PREFIX})
    foreach(_dir IN LISTS PC_PETSC_INCLUDE_DIRS)
      list(APPEND _petsc_roots ${_dir}/..)
    endforeach()
  endif()
endif()
file(GLOB _petsc_debian /usr/lib/petscdir/petsc-complex /usr/lib/petscdir/petsc*/*-complex)
list(APPEND _petsc_roots ${_petsc_debian})

foreach(_root IN LISTS _petsc_roots)
  if(PETScComplex_LIBRARY OR NOT EXISTS ${_root}/include/petscconf.h)
    continue()
  endif()
  file(STRINGS ${_root}/include/petscconf.h _petsc_complex REGEX "define PETSC_USE_COMPLEX")
  if(NOT _petsc_complex)
    set(_petsc_real ${_root})
    continue()
  endif()
  find_library(PETScComplex_LIBRARY NAMES petsc_complex petsc HINTS ${_root}/lib NO_DEFAULT_PATH)
  # A PETSc built in its source folder keeps petsc.h apart from petscconf.h.
  find_path(PETScComplex_INCLUDE_DIR petsc.h HINTS ${_root}/include $ENV{PETSC_DIR}/include NO_DEFAULT_PATH)
  get_filename_component(_petsc_conf_dir ${_root}/include REALPATH)
  set(PETScComplex_CONF_DIR ${_petsc_conf_dir} CACHE PATH "Folder of the complex petscconf.h")
endforeach()

if(_petsc_real AND NOT PETScComplex_LIBRARY)
  string(CONCAT PETScComplex_REASON "PETSc in ${_petsc_real} has real scalars, hht needs complex ones "
    "(Debian: libpetsc-complex-dev)")
else()
  string(CONCAT PETScComplex_REASON "no PETSc with complex scalars was found (Debian: libpetsc-complex-dev), "
    "set PETSC_DIR and PETSC_ARCH")
endif()

if(PETScComplex_INCLUDE_DIR)
  file(STRINGS ${PETScComplex_INCLUDE_DIR}/petscversion.h _petsc_version
    REGEX "define PETSC_VERSION_(MAJOR|MINOR|SUBMINOR) ")
  list(TRANSFORM _petsc_version REPLACE "[^0-9]+" "")
  list(JOIN _petsc_version "." PETScComplex_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PETScComplex
  REQUIRED_VARS PETScComplex_LIBRARY PETScComplex_INCLUDE_DIR MPI_C_FOUND
  VERSION_VAR PETScComplex_VERSION
  REASON_FAILURE_MESSAGE "${PETScComplex_REASON}")
mark_as_advanced(PETScComplex_LIBRARY PETScComplex_INCLUDE_DIR PETScComplex_CONF_DIR)

if(PETScComplex_FOUND AND NOT TARGET PETSc::petsc)
  add_library(PETSc::petsc UNKNOWN IMPORTED)
  set_target_properties(PETSc::petsc PROPERTIES
    IMPORTED_LOCATION ${PETScComplex_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES "${PETScComplex_INCLUDE_DIR};${PETScComplex_CONF_DIR}"
    INTERFACE_LINK_LIBRARIES MPI::MPI_C)
endif()
