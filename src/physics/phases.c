/*
  exp(i theta m), m = 0, 1, .., is a geometric progression. It is built in levels of radix 8: the first 8^l entries times
  exp(i theta q 8^l), q = 1 .. 7, give the next ones. So an entry is a product of at most log8(n/2) factors, each from sin and cos
  themselves: 4 roundings at n = 8192, and 7 sines a level instead of one a point.
*/
#include "phases.h"
#include <math.h>

#define RADIX 8

PetscErrorCode HHTPhasesCreate(HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTPhases *phases)
{
  PetscFunctionBeginUser;
  *phases     = (HHTPhases){.dim = dim};
  phases->run = numbers == HHT_REAL ? n[dim - 1] / 2 + 1 : n[dim - 1];
  for (int j = 0; j < dim; j++) {
    phases->n[j]     = n[j];
    phases->theta[j] = NAN;
    PetscCall(PetscMalloc1(n[j], &phases->table[j]));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTPhasesDestroy(HHTPhases *phases)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < phases->dim; j++) PetscCall(PetscFree(phases->table[j]));
  phases->dim = 0;
  PetscFunctionReturn(0);
}

static void scale_copy(ptrdiff_t n, double complex w, const double complex *restrict from, double complex *restrict to)
{
  for (ptrdiff_t m = 0; m < n; m++) to[m] = HHTMultiply(from[m], w);
}

static void progression(double theta, ptrdiff_t n, double complex *table)
{
  table[0] = 1;
  for (ptrdiff_t length = 1; length < n; length *= RADIX)
    for (ptrdiff_t first = length; first < n && first < RADIX * length; first += length)
      scale_copy(PetscMin(length, n - first), HHTPhase(theta * (double)first), table, table + first);
}

static void set_table(double theta, ptrdiff_t n, double complex *restrict table)
{
  ptrdiff_t half = n / 2;

  progression(theta, half, table);
  table[half] = 1; /* the Nyquist entry */
  for (ptrdiff_t m = 1; m < half; m++) table[n - m] = conj(table[m]);
}

void HHTPhasesSet(HHTPhases *phases, const double theta[])
{
  for (int j = 0; j < phases->dim; j++) {
    if (theta[j] == phases->theta[j]) continue;
    phases->theta[j] = theta[j];
    set_table(theta[j], phases->n[j], phases->table[j]);
  }
}

HHTFactor HHTReciprocal(double n, double epsilon)
{
  const double high = 1 / n;

  return (HHTFactor){.high = high, .low = fma(-high, n, 1) / n - high * epsilon};
}

static inline double complex scaled(double complex a, HHTFactor f)
{
  return CMPLX(creal(a) * f.high + creal(a) * f.low, cimag(a) * f.high + cimag(a) * f.low);
}

static void multiply_line(ptrdiff_t n, HHTFactor f, const double complex *restrict table, double complex *restrict line)
{
  for (ptrdiff_t i = 0; i < n; i++) line[i] = HHTMultiply(scaled(line[i], f), table[i]);
}

static void multiply_line_by(ptrdiff_t n, HHTFactor f, double complex w, const double complex *restrict table,
                             double complex *restrict line)
{
  for (ptrdiff_t i = 0; i < n; i++) line[i] = HHTMultiply(scaled(line[i], f), HHTMultiply(w, table[i]));
}

void HHTPhasesMultiply(const HHTPhases *p, HHTFactor f, double complex line[])
{
  const ptrdiff_t n_last = p->run;

  switch (p->dim) {
  case 1: multiply_line(n_last, f, p->table[0], line); break;
  case 2:
    for (ptrdiff_t i = 0; i < p->n[0]; i++) multiply_line_by(n_last, f, p->table[0][i], p->table[1], line + i * n_last);
    break;
  default:
    for (ptrdiff_t i = 0; i < p->n[0]; i++)
      for (ptrdiff_t k = 0; k < p->n[1]; k++)
        multiply_line_by(n_last, f, HHTMultiply(p->table[0][i], p->table[1][k]), p->table[2],
                         line + (i * p->n[1] + k) * n_last);
  }
}
