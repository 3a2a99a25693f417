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

void HHTFitPower(int n, const double x[], const double y[], const double e[], double *exponent, double *error,
                 double *spread)
{
  double total = 0, mean_x = 0, mean_y = 0, xx = 0, xy = 0, residual = 0;

  for (int i = 0; i < n; i++) {
    const double weight = (y[i] / e[i]) * (y[i] / e[i]);

    total += weight;
    mean_x += weight * log(x[i]);
    mean_y += weight * log(y[i]);
  }
  mean_x /= total;
  mean_y /= total;
  for (int i = 0; i < n; i++) {
    const double weight = (y[i] / e[i]) * (y[i] / e[i]), dx = log(x[i]) - mean_x;

    xx += weight * dx * dx;
    xy += weight * dx * (log(y[i]) - mean_y);
  }
  *exponent = xy / xx;
  *error    = 1 / sqrt(xx);
  for (int i = 0; i < n; i++) {
    const double r = (log(y[i]) - mean_y - *exponent * (log(x[i]) - mean_x)) * y[i] / e[i];

    residual += r * r;
  }
  *spread = sqrt(residual / n);
}
