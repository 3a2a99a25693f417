# `cpack --config build/release/CPackConfig.cmake` makes a .deb. For other machines than this one configure with -DHHT_ARCH= or a
# processor that all of them have.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hht)
set(CPACK_PACKAGE_VENDOR "The hht developers")
set(CPACK_PACKAGE_CONTACT "The hht developers <hht@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # the libraries that it is linked to
set(CPACK_DEBIAN_PACKAGE_DEPENDS openmpi-bin)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-h5py, python3-numpy, python3-matplotlib, python3-yaml")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

include(CPack)
