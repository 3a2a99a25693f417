/*
  Counted random numbers: the generator's known answer, streams that are what their names say whatever was drawn before, and the
  moments of uniform and normal numbers within five standard errors.
*/
#include "test.h"
#include <hht/random.h>

#define N 200000

/* From the kat_vectors of Random123: Philox 4x64 with 10 rounds, counter and key 0; the last number of the block is used first. */
static void check_known(void)
{
  static const uint64_t bits[] = {UINT64_C(0x7e68b68aec7ba23b), UINT64_C(0xd7e772cee186176b),
                                  UINT64_C(0xdb20fe9d672d0fdc), UINT64_C(0x16554d9eca36314c)};
  HHTRandom             r      = HHTRandomStream(0, 0, 0, 0);

  for (int i = 0; i < 4; i++)
    TestClose(HHTRandomUniform(&r), ldexp((double)(bits[i] >> 11) + 0.5, -53), 0, "a number of the known block");
}

static void check_names(void)
{
  HHTRandom a = HHTRandomStream(1, 2, 3, 4), b = HHTRandomStream(1, 2, 3, 4);
  HHTRandom other[] = {HHTRandomStream(2, 2, 3, 4), HHTRandomStream(1, 3, 3, 4), HHTRandomStream(1, 2, 4, 4),
                       HHTRandomStream(1, 2, 3, 5)};

  for (int i = 0; i < 9; i++)
    TestCheck(HHTRandomUniform(&a) == HHTRandomUniform(&b), "number %d of one stream twice", i);
  b = HHTRandomStream(1, 2, 3, 4);
  for (int i = 0; i < 4; i++)
    TestCheck(HHTRandomUniform(&other[i]) != HHTRandomUniform(&b), "stream %d has the numbers of another", i);
}

static void check_moments(void)
{
  double mean = 0, square = 0, fourth = 0, uniform = 0, pairs = 0, last = 0;

  for (uint64_t i = 0; i < N; i++) {
    HHTRandom    r = HHTRandomStream(7, 0, i, 0);
    const double x = HHTRandomNormal(&r), u = HHTRandomUniform(&r);

    mean += x / N;
    square += x * x / N;
    fourth += x * x * x * x / N;
    uniform += u / N;
    pairs += x * last / N;
    last = x;
  }
  TestClose(mean, 0, 5 * sqrt(1. / N), "mean of normal numbers");
  TestClose(square, 1, 5 * sqrt(2. / N), "their variance");
  TestClose(fourth, 3, 5 * sqrt(96. / N), "their fourth moment");
  TestClose(uniform, 0.5, 5 * sqrt(1. / 12 / N), "mean of uniform numbers");
  TestClose(pairs, 0, 5 * sqrt(1. / N), "product of neighbours in different streams");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_known();
  check_names();
  check_moments();
  return TestEnd();
}
