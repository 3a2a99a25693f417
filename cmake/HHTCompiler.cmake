# The flags of all our code, as the interface library hht_flags.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Set here and not by CMake's defaults: -O3 in Release, and debug builds keep assert-like checks of PETSc.
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")

add_library(hht_flags INTERFACE)
target_compile_definitions(hht_flags INTERFACE _GNU_SOURCE)
target_compile_options(hht_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion $<$<BOOL:${HHT_WERROR}>:-Werror>)

# Nobody reads errno after sqrt() or traps on a NaN; without this the compiler may not vectorise such loops.
target_compile_options(hht_flags INTERFACE -fno-math-errno -fno-trapping-math)

# Complex products without C99's recovery of infinities (annex G), which costs a branch or a call each.
check_c_compiler_flag(-fcx-limited-range HHT_HAVE_CX_LIMITED_RANGE)
if(HHT_HAVE_CX_LIMITED_RANGE)
  target_compile_options(hht_flags INTERFACE -fcx-limited-range)
endif()

# glibc gives C11's CMPLX only to compilers that call themselves GCC 4.7 or later, and clang says 4.2.
check_c_source_compiles("#include <complex.h>\nint main(void) { return CMPLX(1, 2) == 0; }" HHT_HAVE_CMPLX)
if(NOT HHT_HAVE_CMPLX)
  target_compile_options(hht_flags INTERFACE "-DCMPLX(x,y)=__builtin_complex((double)(x),(double)(y))")
endif()

if(HHT_ARCH)
  check_c_compiler_flag(-march=${HHT_ARCH} HHT_HAVE_ARCH_${HHT_ARCH})
  if(NOT HHT_HAVE_ARCH_${HHT_ARCH})
    message(FATAL_ERROR
      "HHT_ARCH: the compiler does not take -march=${HHT_ARCH}; give another processor or an empty value")
  endif()
  target_compile_options(hht_flags INTERFACE -march=${HHT_ARCH})
endif()

if(HHT_SANITIZE)
  add_compile_options(-O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# All code counts which of its branches an input reaches; only the fuzzers link to what evaluates it.
if(HHT_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "HHT_FUZZ: libFuzzer is clang's; give -DCMAKE_C_COMPILER=clang")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
