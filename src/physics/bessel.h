/* Modified Bessel functions of the second kind, which the C library lacks. */
#ifndef HHT_BESSEL_H
#define HHT_BESSEL_H

/* K_n(z) for n = 0 or 1 and z >= 0, to a relative accuracy of a few ulp (of exp(-z) for large z); infinite at 0. */
double HHTBesselK(int n, double z);

#endif
