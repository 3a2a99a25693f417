/* Sums of cosines, and of sines along each dimension in turn, against the sums term by term; d = 1, 2, 3. */
#include <hht/transform.h>

#include "test.h"

static const ptrdiff_t n[3] = {5, 7, 4};

/* The factor of term m at point i along dimension j, over a whole period. */
static double term(int j, int sine, ptrdiff_t m, ptrdiff_t i)
{
  const double angle = PETSC_PI * (double)(m * i) / (double)(n[j] - 1);
  const int    end   = m == 0 || m == n[j] - 1;

  if (sine) return end ? 0 : 2 * sin(angle);
  return (end ? 1 : 2) * cos(angle);
}

static void check(int dim, int sine)
{
  double    x[140], y[140];
  ptrdiff_t size[3] = {n[0], dim > 1 ? n[1] : 1, dim > 2 ? n[2] : 1}, points = size[0] * size[1] * size[2];

  for (ptrdiff_t i = 0; i < points; i++) y[i] = x[i] = sin(1 + 0.7 * (double)(i * i));
  TestCheck(!HHTTransformCosine(dim, n, sine, y), "cannot plan");
  for (ptrdiff_t i = 0; i < points; i++) {
    const ptrdiff_t at[] = {i / (size[1] * size[2]), i / size[2] % size[1], i % size[2]};
    double          sum  = 0;

    for (ptrdiff_t k = 0; k < points; k++) {
      const ptrdiff_t m[]    = {k / (size[1] * size[2]), k / size[2] % size[1], k % size[2]};
      double          factor = 1;

      for (int j = 0; j < dim; j++) factor *= term(j, j == sine, m[j], at[j]);
      sum += factor * x[k];
    }
    TestClose(y[i], sum, 1e-12, "sum");
  }
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++)
    for (int sine = -1; sine < dim; sine++) check(dim, sine);
  return TestEnd();
}
