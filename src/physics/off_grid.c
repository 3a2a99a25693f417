/*
  Trigonometric interpolation in barycentric form (Berrut, Trefethen, SIAM Rev. 46 (2004) 501): with n even,

      f(x) = sum_i w_i f_i / sum_i w_i,   w_i = (-1)^i cot(pi (x - x_i) / L),

  a quotient that stays accurate next to a point of the grid, where both sums are as wrong as w_i itself.
*/
#include "off_grid.h"
#include <math.h>

/* What the sine is taken for at a point of the grid: its weight then outdoes all others. */
#define TINY 1e-200

PetscErrorCode HHTOffGridCreate(const HHTGrid *grid, HHTOffGrid *o)
{
  PetscFunctionBeginUser;
  *o = (HHTOffGrid){.grid = *grid};
  for (int j = 0; j < grid->dim; j++) {
    const size_t n = (size_t)grid->nx[j];

    PetscCall(PetscMalloc3(n, &o->cosine[j], n, &o->sine[j], n, &o->weight[j]));
    for (size_t i = 0; i < n; i++) {
      o->cosine[j][i] = cos(PETSC_PI * (double)i / (double)n);
      o->sine[j][i]   = sin(PETSC_PI * (double)i / (double)n);
    }
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTOffGridDestroy(HHTOffGrid *o)
{
  PetscFunctionBeginUser;
  for (int j = 0; j < o->grid.dim; j++) PetscCall(PetscFree3(o->cosine[j], o->sine[j], o->weight[j]));
  o->grid.dim = 0;
  PetscFunctionReturn(0);
}

static void set_axis(HHTOffGrid *o, int j, const HHTPoints x)
{
  const HHTGrid *g   = &o->grid;
  HHTPoints      sum = {0}, c, s;

  for (int p = 0; p < HHT_POINTS; p++) {
    const double turns = (x[p] - g->x_min[j]) / g->x_length[j], angle = PETSC_PI * (turns - floor(turns));

    c[p] = cos(angle);
    s[p] = sin(angle);
  }
  for (ptrdiff_t i = 0; i < g->nx[j]; i++) {
    const double sign = i % 2 ? -1 : 1, ci = o->cosine[j][i], si = o->sine[j][i];

    for (int p = 0; p < HHT_POINTS; p++) {
      const double sine = s[p] * ci - c[p] * si, w = sign * (c[p] * ci + s[p] * si) / (sine == 0 ? TINY : sine);

      o->weight[j][i][p] = w;
      sum[p] += w;
    }
  }
  for (int p = 0; p < HHT_POINTS; p++) sum[p] = 1 / sum[p];
  for (ptrdiff_t i = 0; i < g->nx[j]; i++)
    for (int p = 0; p < HHT_POINTS; p++) o->weight[j][i][p] *= sum[p];
}

void HHTOffGridSet(HHTOffGrid *o, const HHTPoints x[])
{
  for (int j = 0; j < o->grid.dim; j++) set_axis(o, j, x[j]);
}

/* The product of the weights of all dimensions but the last. */
static void outer_weight(const HHTOffGrid *o, ptrdiff_t outer, HHTPoints result)
{
  ptrdiff_t index[HHT_MAX_DIM];

  HHTUnflatten(outer, o->grid.dim - 1, o->grid.nx, index);
  for (int p = 0; p < HHT_POINTS; p++) result[p] = 1;
  for (int j = 0; j < o->grid.dim - 1; j++)
    for (int p = 0; p < HHT_POINTS; p++) result[p] *= o->weight[j][index[j]][p];
}

void HHTOffGridWeights(const HHTOffGrid *o, HHTPoints weights[])
{
  const int        last   = o->grid.dim - 1;
  const ptrdiff_t  n      = o->grid.nx[last];
  const HHTPoints *weight = (const HHTPoints *)o->weight[last];
  HHTPoints        outer;

  for (ptrdiff_t line = 0; line < o->grid.n_rows / n; line++) {
    outer_weight(o, line, outer);
    for (ptrdiff_t i = 0; i < n; i++)
      for (int p = 0; p < HHT_POINTS; p++) weights[line * n + i][p] = outer[p] * weight[i][p];
  }
}

void HHTOffGridValue(const HHTOffGrid *o, const double values[], HHTPoints result)
{
  const int        last   = o->grid.dim - 1;
  const ptrdiff_t  n      = o->grid.nx[last];
  const HHTPoints *weight = (const HHTPoints *)o->weight[last];
  HHTPoints        total  = {0}, outer;

  for (ptrdiff_t line = 0; line < o->grid.n_rows / n; line++) {
    HHTPoints inner = {0};

    for (ptrdiff_t i = 0; i < n; i++)
      for (int p = 0; p < HHT_POINTS; p++) inner[p] += weight[i][p] * values[line * n + i];
    outer_weight(o, line, outer);
    for (int p = 0; p < HHT_POINTS; p++) total[p] += outer[p] * inner[p];
  }
  for (int p = 0; p < HHT_POINTS; p++) result[p] = total[p];
}
