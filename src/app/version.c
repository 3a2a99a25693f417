/* hht --version: what this program was built from and runs with. HHT_VERSION and HHT_ARCH come from the build. */
#include "commands.h"

#include <complex.h>
#include <fftw3.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <muParserDLL.h>
#include <stdio.h>
#include <string.h>

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

static void print_mpi(void)
{
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int  length;

  MPI_Get_library_version(text, &length);
  printf("  MPI       %.*s\n", (int)strcspn(text, ",\n"), text);
}

/* FFTW names the instruction sets that it was built for behind its version: fftw-3.3.10-sse2-avx. */
static void print_fftw(void)
{
  const char *version = strchr(fftw_version, '-');
  const char *simd;

  version = version ? version + 1 : fftw_version;
  simd    = strchr(version, '-');
  printf("  FFTW      %.*s, SIMD: %s\n", (int)strcspn(version, "-"), version, simd ? simd + 1 : "none");
}

static void print_petsc(void)
{
  PetscInt major, minor, subminor;

  if (PetscGetVersionNumber(&major, &minor, &subminor, NULL)) return;
  printf("  PETSc     %d.%d.%d, complex, %d-bit indices\n", (int)major, (int)minor, (int)subminor,
         (int)(8 * sizeof(PetscInt)));
}

static void print_hdf5(void)
{
  unsigned major, minor, release;

  if (H5get_libversion(&major, &minor, &release) < 0) return;
  printf("  HDF5      %u.%u.%u\n", major, minor, release);
}

static void print_muparser(void)
{
  muParserHandle_t parser = mupCreate(muBASETYPE_FLOAT);

  if (!parser) return;
  printf("  muParser  %.*s\n", (int)strcspn(mupGetVersion(parser), " "), mupGetVersion(parser));
  mupRelease(parser);
}

void HHTVersionPrint(void)
{
  printf("hht %s\n", HHT_VERSION);
  print_mpi();
  print_fftw();
  print_petsc();
  print_hdf5();
  print_muparser();
  printf("  GSL       %s\n", gsl_version);
  printf("  compiler  %s, %s\n", COMPILER, *HHT_ARCH ? "-march=" HHT_ARCH : "for its default processor");
}
