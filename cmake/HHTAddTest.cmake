#[[
hht_add_test(<tNNN-name> [RANKS 1 2 3] [LABELS label ..] [LIBS library ..] [TIMEOUT seconds])

Builds tests/<tNNN-name>.c against libhht (or LIBS) and runs it under mpiexec on each number of ranks, one CTest test
each: t320-state.np1, t320-state.np2, .. Labels np1, np2, .. come by themselves; "long" keeps a test out of the runs
under clang and the sanitizers, which take those on 2 ranks.
]]
set(HHT_TEST_ENVIRONMENT
  # Containers and CI run as root, and on fewer cores than ranks.
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
  # Containers forbid the system call that single-copy needs, and Open MPI says so on every run.
  OMPI_MCA_btl_vader_single_copy_mechanism=none
  OMP_NUM_THREADS=1
  OMPI_MCA_mpi_yield_when_idle=1
  # As the program does for itself.
  OMPI_MCA_io=romio321
  # Open MPI keeps memory until the process ends.
  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1)

# hht_mpi_test(<name> <ranks> <label list> <timeout> <command> ..) - one CTest test that runs a command on so many
# ranks. It fails too when PETSc finds memory at the end that nobody freed ("[ 0] 16 bytes VecCreate() at ..").
function(hht_mpi_test name ranks labels timeout)
  add_test(NAME ${name}
    COMMAND ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${ranks} ${MPIEXEC_PREFLAGS} ${ARGN} ${MPIEXEC_POSTFLAGS})
  set_tests_properties(${name} PROPERTIES
    PROCESSORS ${ranks} TIMEOUT ${timeout} LABELS "np${ranks};${labels}"
    ENVIRONMENT "${HHT_TEST_ENVIRONMENT};PETSC_OPTIONS=-malloc_dump"
    FAIL_REGULAR_EXPRESSION "\\[ *[0-9]+\\] *[0-9]+ bytes [^\n]* at ")
endfunction()

function(hht_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "RANKS;LABELS;LIBS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "hht_add_test(${name}): ${arg_UNPARSED_ARGUMENTS} is not known")
  endif()
  if(NOT arg_RANKS)
    set(arg_RANKS 1 2 3)
  endif()
  if(NOT arg_LIBS)
    set(arg_LIBS hht)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()

  add_executable(${name} ${name}.c)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} PETSc::petsc MPI::MPI_C m hht_flags)
  foreach(ranks IN LISTS arg_RANKS)
    hht_mpi_test(${name}.np${ranks} ${ranks} "${arg_LABELS}" ${arg_TIMEOUT} $<TARGET_FILE:${name}>)
  endforeach()
  # Problems with a real alpha are solved in real numbers; here once more in complex ones.
  if("hht_test_fixture" IN_LIST arg_LIBS)
    hht_mpi_test(${name}.np2.complex 2 "${arg_LABELS}" ${arg_TIMEOUT} $<TARGET_FILE:${name}>)
    set_property(TEST ${name}.np2.complex APPEND PROPERTY ENVIRONMENT HHT_TEST_NUMBERS=complex)
  endif()
endfunction()

# hht_add_python_test(<tNNN-name> [ARGS argument ..] [LABELS label ..] [TIMEOUT seconds] [ALONE])
# Runs tests/<tNNN-name>.py, beside no other test where ALONE is given. Exit code 77 means that it cannot run here.
function(hht_add_python_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALONE" "TIMEOUT" "ARGS;LABELS")
  if(NOT HHT_PYTHON)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${HHT_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/${name}.py ${arg_ARGS})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${HHT_TEST_ENVIRONMENT}"
    RUN_SERIAL ${arg_ALONE} SKIP_RETURN_CODE 77)
endfunction()
