/* The fits of rate and frequency return those of exact exponentials, and survive small noise. */
#include "test.h"
#include <complex.h>
#include <hht/fit.h>

#define N 40

static void fill(double h, double rate, double frequency, double noise, double s[N])
{
  for (int i = 0; i < N; i++)
    s[i] = creal((0.3 + 0.4 * I) * cexp((rate - I * frequency) * i * h)) * (1 + noise * sin(7. * i * i));
}

static void check_oscillation(double h, double rate, double frequency, double noise, double tol)
{
  double s[N], r, f;

  fill(h, rate, frequency, noise, s);
  HHTFitOscillation(N, h, s, &r, &f);
  TestClose(r, rate, tol, "rate");
  TestClose(f, frequency, tol, "frequency");
}

/* An exact power, and one whose second point weighs as much as two that agree on another value. */
static void check_power(void)
{
  const double x[] = {2, 4, 8}, y[] = {3, 3 / sqrt(2), 1.5}, e[] = {0.1, 0.02, 0.3};
  const double same[] = {1, 1, 4}, up[] = {1, 2, 8}, equal[] = {0.1, 0.2, 0.8};
  double       exponent, error, spread;

  HHTFitPower(3, x, y, e, &exponent, &error, &spread);
  TestClose(exponent, -0.5, 1e-14, "exponent of an exact power");
  TestClose(spread, 0, 1e-12, "its residuals");
  HHTFitPower(3, same, up, equal, &exponent, &error, &spread);
  TestClose(exponent, log(8 / sqrt(2)) / log(4), 1e-14, "exponent against the mean of two");
  TestClose(error, 0.1 / log(4) / sqrt(2. / 3), 1e-14, "its standard error");
  TestClose(spread, log(2) / sqrt(2) / 0.1 / sqrt(3), 1e-12, "residuals of the two");
}

int main(int argc, char **argv)
{
  double s[N], r, f;

  TestBegin(&argc, &argv);
  check_oscillation(0.5, -0.153, 1.4157, 0, 1e-13);
  check_oscillation(0.5, 0.2, 4, 0, 1e-13); /* more than a quarter of a turn a sample */
  check_oscillation(0.5, -0.153, 1.4157, 1e-6, 1e-5);
  fill(0.25, 0.7, 0, 0, s);
  TestClose(HHTFitGrowth(N, 0.25, s), 0.7, 1e-14, "rate of a growing series");
  fill(0.25, -0.3, 0, 1e-6, s);
  TestClose(HHTFitGrowth(N, 0.25, s), -0.3, 1e-6, "rate of a decaying series with noise");
  for (int i = 0; i < N; i++) s[i] = exp(-0.1 * i) + 2 * exp(-0.5 * i);
  HHTFitOscillation(N, 1, s, &r, &f);
  TestClose(r, -0.1, 1e-12, "rate of the slower of two");
  TestClose(f, 0, 0, "frequency of a sum of two decays");
  check_power();
  return TestEnd();
}
