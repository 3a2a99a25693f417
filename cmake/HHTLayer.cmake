# hht_layer(<name> <library or lower layer> ..) - a folder of src/ as the object library hht_<name>.
function(hht_layer name)
  add_library(hht_${name} OBJECT)
  target_include_directories(hht_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(hht_${name} PUBLIC ${ARGN} PRIVATE hht_flags)
endfunction()
