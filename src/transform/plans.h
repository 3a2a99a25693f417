/*
  FFT plans of one line: a d-dimensional transform, forward and backward, out of place between aligned buffers.

  Every FFT of the program is planned here. Rank 0 plans, the others take its wisdom, so that a line gets the same arithmetic on
  every rank.
*/
#ifndef HHT_PLANS_H
#define HHT_PLANS_H

#include <hht/transform.h>
#include <mpi.h>
#include <stddef.h>

typedef struct {
  HHTNumbers numbers;
  ptrdiff_t  n;                  /* numbers in a line */
  ptrdiff_t  spectrum;           /* complex numbers in its spectrum: n, or the half */
  ptrdiff_t  run;                /* of them along the last dimension */
  void      *forward, *backward; /* FFTW's plans, of the precision of numbers */
} HHTPlans;

/* Gives rank 0's wisdom to all ranks. Collective. Returns 0 or an errno. */
int HHTWisdomShare(MPI_Comm comm);

/* Collective on comm. n[] has dim lengths; dim = 0 means one number. Returns 0 or an errno. */
int  HHTPlansCreate(MPI_Comm comm, HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTRigor rigor, HHTPlans *plans);
void HHTPlansDestroy(HHTPlans *plans);

/* Bytes of a line and of its spectrum. */
size_t HHTPlansLineSize(const HHTPlans *plans);
size_t HHTPlansSpectrumSize(const HHTPlans *plans);

/* spectrum = transform of line, and back; both from HHTMemoryCreate() or at a multiple of 64 bytes in it. The input is lost. */
void HHTPlansForward(const HHTPlans *plans, void *line, void *spectrum);
void HHTPlansBackward(const HHTPlans *plans, void *spectrum, void *line);

/* Multiplies the entries of a half spectrum that stand for two by the factor; a whole spectrum is left alone. */
void HHTPlansWeigh(const HHTPlans *plans, double factor, void *spectrum);

#endif
