/*
  FFT plans of one line: a d-dimensional complex transform, forward and backward, out of place between aligned buffers.

  Every FFT of the program is planned here. Rank 0 plans, the others take its wisdom, so that a line gets the same arithmetic on
  every rank.
*/
#ifndef HHT_PLANS_H
#define HHT_PLANS_H

#include <complex.h>
#include <fftw3.h>
#include <hht/transform.h>
#include <mpi.h>
#include <stddef.h>

typedef struct {
  ptrdiff_t n; /* numbers in a line */
  fftw_plan forward, backward;
} HHTPlans;

unsigned HHTRigorFlags(HHTRigor rigor);

/* Gives rank 0's wisdom to all ranks. Collective. Returns 0 or an errno. */
int HHTWisdomShare(MPI_Comm comm);

/* Collective on comm. n[] has dim lengths; dim = 0 means one number. Returns 0 or an errno. */
int  HHTPlansCreate(MPI_Comm comm, int dim, const ptrdiff_t n[], HHTRigor rigor, HHTPlans *plans);
void HHTPlansDestroy(HHTPlans *plans);

/* out = transform of in; both from HHTMemoryCreate() or at a multiple of 64 bytes in it. in is overwritten. */
static inline void HHTPlansForward(const HHTPlans *p, double complex *in, double complex *out)
{
  fftw_execute_dft(p->forward, in, out);
}
static inline void HHTPlansBackward(const HHTPlans *p, double complex *in, double complex *out)
{
  fftw_execute_dft(p->backward, in, out);
}

#endif
