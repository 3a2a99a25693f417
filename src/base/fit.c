#include <complex.h>
#include <hht/fit.h>
#include <math.h>

void HHTFitOscillation(int n, double h, const double s[], double *rate, double *frequency)
{
  double         s00 = 0, s01 = 0, s11 = 0, s02 = 0, s12 = 0;
  double         a, b, det;
  double complex root;

  for (int i = 0; i + 2 < n; i++) {
    s00 += s[i] * s[i];
    s01 += s[i] * s[i + 1];
    s11 += s[i + 1] * s[i + 1];
    s02 += s[i] * s[i + 2];
    s12 += s[i + 1] * s[i + 2];
  }
  det        = s00 * s11 - s01 * s01;
  a          = (s00 * s12 - s01 * s02) / det;
  b          = (s01 * s12 - s11 * s02) / det;
  root       = a / 2 + (a < 0 ? -1 : 1) * csqrt(a * a / 4 - b);
  *rate      = log(cabs(root)) / h;
  *frequency = a * a < 4 * b ? fabs(carg(root)) / h : 0;
}

double HHTFitGrowth(int n, double h, const double s[])
{
  double sum = 0, weights = 0;

  for (int i = 0; i < n; i++) {
    const double t = h * (i - (n - 1) / 2.);

    sum += t * log(fabs(s[i]));
    weights += t * t;
  }
  return sum / weights;
}
