# The program and the library are installed where they are made; here the headers and what other projects find hht by.
include(CMakePackageConfigHelpers)

set(hht_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/hht)

# case.h belongs to the program.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/hht DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} PATTERN case.h EXCLUDE)

install(EXPORT hht NAMESPACE hht:: FILE hht-targets.cmake DESTINATION ${hht_cmake_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hht-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_SOURCE_DIR}/cmake/hht-config.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindPETScComplex.cmake
  ${PROJECT_BINARY_DIR}/hht-config-version.cmake
  DESTINATION ${hht_cmake_dir})

# Relative, so that `cmake --install --prefix` may choose another folder.
file(RELATIVE_PATH HHT_PREFIX_FROM_PC ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
set(HHT_PETSC_CFLAGS ${PETScComplex_INCLUDE_DIR} ${PETScComplex_CONF_DIR})
list(REMOVE_DUPLICATES HHT_PETSC_CFLAGS)
list(TRANSFORM HHT_PETSC_CFLAGS PREPEND "-isystem ")
list(JOIN HHT_PETSC_CFLAGS " " HHT_PETSC_CFLAGS)
configure_file(${PROJECT_SOURCE_DIR}/cmake/hht.pc.in ${PROJECT_BINARY_DIR}/hht.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/hht.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES ${PROJECT_SOURCE_DIR}/docs/hht.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/tools/hht-completion.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME hht)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/jobs DESTINATION ${CMAKE_INSTALL_DATADIR}/hht USE_SOURCE_PERMISSIONS)
