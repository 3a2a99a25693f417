#[[
A layer is a folder of src/, compiled as the object library hht_<name>.

  hht_layer(<name> <library or lower layer> ..)   creates it
  hht_sources(<target> <file> ..)                 adds the files of the current folder
]]
function(hht_layer name)
  add_library(hht_${name} OBJECT ${hht_empty_source})
  set_target_properties(hht_${name} PROPERTIES LINKER_LANGUAGE C)
  target_include_directories(hht_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
  target_link_libraries(hht_${name} PUBLIC ${ARGN} PRIVATE hht_flags)
endfunction()

function(hht_sources target)
  foreach(file IN LISTS ARGN)
    if(HHT_STRICT OR EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
      target_sources(${target} PRIVATE ${file})
    endif()
  endforeach()
endfunction()

# Without HHT_STRICT a new file must make the build configure again, and a layer may have no files yet.
if(NOT HHT_STRICT)
  set(hht_empty_source ${PROJECT_BINARY_DIR}/empty.c)
  file(WRITE ${hht_empty_source} "typedef int hht_empty;\n")
  file(GLOB_RECURSE hht_present CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.c ${PROJECT_SOURCE_DIR}/tests/*.[ch])
endif()
