/*
  The natural logarithm of positive numbers, to 2 ulp. libm's is a call for each number, as costly as all else that is summed over a line; this
  one has no branch and no table, so that loops over it run in vector registers.

  x = 2^e m, m in [sqrt(1/2), sqrt(2)), and ln m = 2 artanh s = 2 s (1 + s^2/3 + s^4/5 + ..), s = (m - 1)/(m + 1), |s| < 0.172.
*/
#ifndef HHT_LOGARITHM_H
#define HHT_LOGARITHM_H

#include <stdint.h>
#include <string.h>

/* Some finite number for what is not positive, and for numbers below 2^-1022. */
static inline double HHTLogarithm(double x)
{
  const uint64_t root = 0x3fe6a09e667f3bcd; /* sqrt(1/2) */
  uint64_t       bits, exponent;
  double         e, m;

  memcpy(&bits, &x, sizeof bits);
  exponent = (bits - root + ((uint64_t)1024 << 52)) >> 52; /* e + 1024 */
  bits -= (exponent - 1024) << 52;
  memcpy(&m, &bits, sizeof m);
  exponent |= 0x4330000000000000; /* the double 2^52 + e + 1024: an integer becomes a double in any vector register */
  memcpy(&e, &exponent, sizeof e);
  e -= 0x1p52 + 1024;

  const double s = (m - 1) / (m + 1), z = s * s;
  double       p = 2. / 19;

  p = p * z + 2. / 17;
  p = p * z + 2. / 15;
  p = p * z + 2. / 13;
  p = p * z + 2. / 11;
  p = p * z + 2. / 9;
  p = p * z + 2. / 7;
  p = p * z + 2. / 5;
  p = p * z + 2. / 3;
  /* ln 2 in two parts, so that e times the first is exact */
  return e * 0x1.62e42feep-1 + (2 * s + (s * z * p + e * 0x1.a39ef35793c76p-33));
}

#endif
