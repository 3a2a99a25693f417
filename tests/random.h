/* Reproducible numbers for tests: the same for the same index on every rank and machine. */
#ifndef HHT_TEST_RANDOM_H
#define HHT_TEST_RANDOM_H

#include <complex.h>
#include <stdint.h>

/* 64 random bits: splitmix64, S. Vigna, public domain. */
static inline uint64_t RandomBits(uint64_t index)
{
  uint64_t z = (index + 1) * 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* Uniform in [-1, 1), all 53 bits in use. */
static inline double Random(uint64_t index) { return (double)(RandomBits(index) >> 11) * 0x1p-52 - 1; }

static inline double complex RandomComplex(uint64_t index) { return CMPLX(Random(2 * index), Random(2 * index + 1)); }

#endif
