/*
  What a state is made of: complex or real numbers, in double or single precision. It is said of lines that stand in v and
  x; in xi and k they are spectra, which are complex in the same precision.
*/
#ifndef HHT_NUMBERS_H
#define HHT_NUMBERS_H

#include <complex.h>
#include <stddef.h>

/* |a|^2, without the root of cabs(). */
static inline double HHTNorm2(double complex a) { return creal(a) * creal(a) + cimag(a) * cimag(a); }

typedef enum { HHT_COMPLEX, HHT_REAL, HHT_SINGLE_COMPLEX, HHT_SINGLE_REAL } HHTNumbers;

typedef enum { HHT_DOUBLE, HHT_SINGLE } HHTPrecision;

static inline HHTNumbers HHTNumbersOf(int real, HHTPrecision precision)
{
  if (precision == HHT_SINGLE) return real ? HHT_SINGLE_REAL : HHT_SINGLE_COMPLEX;
  return real ? HHT_REAL : HHT_COMPLEX;
}

static inline int HHTNumbersAreReal(HHTNumbers n) { return n == HHT_REAL || n == HHT_SINGLE_REAL; }

static inline HHTPrecision HHTNumbersPrecision(HHTNumbers n)
{
  return n == HHT_SINGLE_COMPLEX || n == HHT_SINGLE_REAL ? HHT_SINGLE : HHT_DOUBLE;
}

/* Those of their spectra. */
static inline HHTNumbers HHTNumbersSpectrum(HHTNumbers n) { return HHTNumbersOf(0, HHTNumbersPrecision(n)); }

/* Bytes of one. */
static inline size_t HHTNumbersSize(HHTNumbers n)
{
  const size_t part = HHTNumbersPrecision(n) == HHT_SINGLE ? sizeof(float) : sizeof(double);

  return HHTNumbersAreReal(n) ? part : 2 * part;
}

#endif
