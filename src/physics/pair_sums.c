/*
  Free forces by sums over pairs: a block of this rank's particles against all others in their order, whatever the ranks.
  grad Gamma = h'(r^2/2) x. A quadratic Gamma has constant h': its force is N h' times the distance to the centre of mass.
*/
#include "pair_force_impl.h"
#include "potential_impl.h"
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

/* Positions of all particles to all ranks. */
static PetscErrorCode gather(HHTPairForce f, const double x[])
{
  PetscFunctionBeginUser;
  for (int j = 0; j < f->grid.dim; j++) {
    const double *own   = x + j * f->count;
    double       *whole = f->all + j * f->n;

    if (f->size > 1)
      PetscCallMPI(MPI_Allgatherv(own, (int)f->count, MPI_DOUBLE, whole, f->counts, f->offsets, MPI_DOUBLE, f->comm));
    else
      memcpy(whole, own, (size_t)f->n * sizeof *whole);
  }
  PetscFunctionReturn(0);
}

/* c h' of the distances from the particles of a block to particle i; 0 where they are the same. */
static void pair_factors(HHTPairForce f, ptrdiff_t i, const HHTPoints x[], HHTPoints distance[], HHTPoints factor)
{
  const HHTPotentialMethods *methods = f->potential->methods;
  const HHTPotentialParams  *p       = &f->potential->params;
  HHTPoints                  r2      = {0};

  for (int j = 0; j < f->grid.dim; j++)
    for (int q = 0; q < HHT_POINTS; q++) {
      distance[j][q] = x[j][q] - f->all[j * f->n + i];
      r2[q] += distance[j][q] * distance[j][q];
    }
  if (methods->first_many)
    methods->first_many(p, HHT_POINTS, r2, factor);
  else
    for (int q = 0; q < HHT_POINTS; q++) factor[q] = methods->first(p, f->grid.dim, sqrt(r2[q]));
  for (int q = 0; q < HHT_POINTS; q++) factor[q] = r2[q] > 0 ? p->strength * f->coupling * factor[q] : 0;
}

static void block_gradient(HHTPairForce f, const HHTPoints x[], HHTPoints gradient[])
{
  memset(gradient, 0, (size_t)f->grid.dim * sizeof *gradient);
  for (ptrdiff_t i = 0; i < f->n; i++) {
    HHTPoints distance[HHT_MAX_DIM], factor;

    pair_factors(f, i, x, distance, factor);
    for (int j = 0; j < f->grid.dim; j++)
      for (int q = 0; q < HHT_POINTS; q++) gradient[j][q] += factor[q] * distance[j][q];
  }
}

static void pairs_gradient(HHTPairForce f, double gradient[])
{
  for (ptrdiff_t start = 0; start < f->count; start += HHT_POINTS) {
    HHTPoints x[HHT_MAX_DIM], sum[HHT_MAX_DIM];

    for (int j = 0; j < f->grid.dim; j++)
      for (int q = 0; q < HHT_POINTS; q++) x[j][q] = f->all[j * f->n + f->first + PetscMin(start + q, f->count - 1)];
    block_gradient(f, (const HHTPoints *)x, sum);
    for (int j = 0; j < f->grid.dim; j++)
      for (ptrdiff_t q = 0; q < HHT_POINTS && start + q < f->count; q++) gradient[j * f->count + start + q] = sum[j][q];
  }
}

static void quadratic_gradient(HHTPairForce f, double gradient[])
{
  const HHTPotentialParams *p      = &f->potential->params;
  const double              factor = p->strength * f->coupling * f->potential->methods->first(p, f->grid.dim, 1);

  for (int j = 0; j < f->grid.dim; j++) {
    const double *x   = f->all + j * f->n;
    double        sum = 0;

    for (ptrdiff_t i = 0; i < f->n; i++) sum += x[i];
    for (ptrdiff_t i = 0; i < f->count; i++)
      gradient[j * f->count + i] = factor * ((double)f->n * x[f->first + i] - sum);
  }
}

PetscErrorCode HHTPairSumsGradient(HHTPairForce f, const double x[], double gradient[])
{
  PetscFunctionBeginUser;
  PetscCall(gather(f, x));
  if (f->potential->methods->quadratic)
    quadratic_gradient(f, gradient);
  else
    pairs_gradient(f, gradient);
  PetscFunctionReturn(0);
}

/* Gamma of particle i with those after it. */
static double energy_after(HHTPairForce f, ptrdiff_t i)
{
  const HHTPotentialParams *p   = &f->potential->params;
  double                    sum = 0;

  for (ptrdiff_t n = i + 1; n < f->n; n++) {
    double r2 = 0;

    for (int j = 0; j < f->grid.dim; j++) r2 += pow(f->all[j * f->n + i] - f->all[j * f->n + n], 2);
    sum += f->potential->methods->value(p, f->grid.dim, sqrt(r2));
  }
  return p->strength * f->coupling * sum;
}

PetscErrorCode HHTPairSumsEnergy(HHTPairForce f, const double x[], double *energy)
{
  HHTSum sum;

  PetscFunctionBeginUser;
  PetscCall(gather(f, x));
  HHTSumClear(&sum);
  for (ptrdiff_t i = 0; i < f->count; i++) HHTSumAdd(&sum, energy_after(f, f->first + i));
  HHTCallErrno(HHTSumAllreduce(f->comm, &sum, 1));
  *energy = HHTSumValue(&sum);
  PetscFunctionReturn(0);
}
