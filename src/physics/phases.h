/*
  Separable phase factors over one line (a d-dimensional array in FFT order): prod_j exp(i theta_j s_j), s_j the signed index with
  the Nyquist entry at 0. Both exact flows are of this form.
*/
#ifndef HHT_PHASES_H
#define HHT_PHASES_H

#include <hht/grid.h>
#include <hht/transform.h>

typedef struct {
  HHTNumbers      spectrum; /* what lines are made of */
  int             dim;
  ptrdiff_t       n[HHT_MAX_DIM];
  ptrdiff_t       run;                /* entries along the last dimension: n, or n/2 + 1 of a half spectrum */
  double          theta[HHT_MAX_DIM]; /* that the tables hold */
  double complex *table[HHT_MAX_DIM]; /* n[j] factors of each dimension but the last, owned */
  /* The last dimension: entry c * chunk + r has the factor outer[c] * inner[r], but the Nyquist entry 1. chunk may be n. */
  ptrdiff_t       chunk;
  double complex *outer, *inner; /* n / chunk and chunk factors, owned */
  double complex *plane;         /* of three dimensions: the products of the last two, n[1] * run; owned */
} HHTPhases;

/* For spectra of such numbers. Tables and products are in double precision always. */
PetscErrorCode HHTPhasesCreate(HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTPhases *phases);
PetscErrorCode HHTPhasesDestroy(HHTPhases *phases);

/* Makes the tables for theta[0 .. dim); a table whose theta is unchanged is kept. */
void HHTPhasesSet(HHTPhases *phases, const double theta[]);

/* line[i] = factor * line[i] * prod_j exp(i theta_j s_j) */
void HHTPhasesMultiply(const HHTPhases *phases, double factor, void *line);

/* a * b without the recovery of infinities that C's * promises. */
static inline double complex HHTMultiply(double complex a, double complex b)
{
  double ar = creal(a), ai = cimag(a), br = creal(b), bi = cimag(b);

  return CMPLX(ar * br - ai * bi, ar * bi + ai * br);
}

static inline double complex HHTPhase(double angle) { return CMPLX(cos(angle), sin(angle)); }

#endif
