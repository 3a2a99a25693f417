# HHT_PYTHON: a Python 3 that has h5py, numpy and matplotlib. The first one on PATH (pyenv, conda) often has not.
function(hht_python_has_modules result candidate)
  execute_process(COMMAND ${candidate} -c "import h5py, numpy, matplotlib"
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(NOT status EQUAL 0)
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

find_program(HHT_PYTHON NAMES python3 python PATHS /usr/bin /usr/local/bin
  DOC "Python 3 with h5py, numpy and matplotlib"
  VALIDATOR hht_python_has_modules)
