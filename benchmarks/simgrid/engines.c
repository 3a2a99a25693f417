/* The engines that cannot be simulated: SimGrid has no windows of shared memory, and FFTW3-MPI is built against another MPI. */
#include "transpose.h"
#include <errno.h>

void HHTTransposeInit_FFTW(void) {}

int HHTTransposeSetUp_FFTW(HHTTranspose transpose)
{
  (void)transpose;
  return ENOTSUP;
}

int HHTTransposeSetUp_Shared(HHTTranspose transpose)
{
  (void)transpose;
  return ENOTSUP;
}

int HHTTransposeCanShare(MPI_Comm comm, double bytes)
{
  (void)comm, (void)bytes;
  return 0;
}
