# The libraries that hht stands on, each as an imported target, so that their headers are system headers.
find_package(PkgConfig REQUIRED)
find_package(MPI REQUIRED COMPONENTS C)
find_package(FFTW3MPI REQUIRED)
find_package(OpenMP COMPONENTS C) # threads in a rank; without it there is one
find_package(ZLIB REQUIRED)
find_package(Random123 REQUIRED)

# Not REQUIRED, so that one line says what is wrong with the library that was found.
foreach(package IN ITEMS PETScComplex HDF5MPI)
  find_package(${package})
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${${package}_REASON}")
  endif()
endforeach()

# hht_pkg_config(target module) - an imported target for a library that pkg-config knows.
function(hht_pkg_config target module)
  pkg_check_modules(HHT_${module} REQUIRED IMPORTED_TARGET ${module})
  add_library(${target} ALIAS PkgConfig::HHT_${module})
endfunction()

hht_pkg_config(muParser::muparser muparser)
hht_pkg_config(YAML::yaml yaml-0.1)
