/* Closed solutions of (HHt): a complex Gaussian moved by free transport or by its own harmonic mean field, d = 1. */
#ifndef HHT_EXACT_H
#define HHT_EXACT_H

#include <complex.h>

/*
  alpha(0, z) = N exp(-1/2 y^T M y + i kappa.y), y = z - center, z = (x, v), with ||alpha||^2 = mass, in the potential
  Gamma = sigma x^2/2, sigma = +1, -1 or 0 (free). M is complex symmetric with positive definite real part.
  Products over dimensions solve the equation for d = 2, 3 when every factor has unit mass, up to the mass's factor.
*/
typedef struct {
  double complex m[2][2];
  double         kappa[2], center[2];
  double         mass, sigma;
} HHTGaussian;

/* alpha(0, x, v) */
double complex HHTGaussianInitial(const HHTGaussian *gaussian, double x, double v);

/* alpha_hat(t, x, xi), docs/theory.md, "Exact solutions". */
double complex HHTGaussianExact(const HHTGaussian *gaussian, double t, double x, double xi);

#endif
