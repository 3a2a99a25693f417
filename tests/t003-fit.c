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
  return TestEnd();
}
