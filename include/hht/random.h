/*
  Random numbers by counting (Philox 4x64, Salmon et al., SC'11): a stream is named by what it is for, so a sample draws the
  same numbers on whichever rank, and in whichever order, it is computed. No PETSc, no MPI.
*/
#ifndef HHT_RANDOM_H
#define HHT_RANDOM_H

#include <stdint.h>

typedef struct {
  uint64_t key[2];
  uint64_t counter[4]; /* draw, particle, sample, 0 */
  double   number[4];  /* of the last draw */
  int      left;       /* of them not used yet */
} HHTRandom;

/* The stream of one particle in one sample of the experiment `purpose` under the user's seed. */
HHTRandom HHTRandomStream(uint64_t seed, uint64_t purpose, uint64_t sample, uint64_t particle);

double HHTRandomUniform(HHTRandom *random); /* in (0, 1), a multiple of 2^-53 and a half */
double HHTRandomNormal(HHTRandom *random);  /* mean 0, variance 1 */

#endif
