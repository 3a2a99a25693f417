/*
  Periodic forces by sums over modes: with E_k = sum_n exp(i k.x_n),

      sum_n Gamma(x - x_n) = 1/V sum_k Gamma_k exp(i k.x) conj(E_k),

  where k and -k, and n = m in the gradient, take care of themselves. Blocks of particles are summed in fixed point, so that
  their order, and hence the ranks, do not matter.
*/
#include "pair_force_impl.h"
#include <hht/error.h>
#include <hht/sum.h>
#include <math.h>
#include <string.h>

#define NEGLIGIBLE 1e-17 /* share of the largest Gamma_k |k| */

/* ---- the modes ---- */

/* The first component that is not 0 is positive. */
static PetscBool in_half_space(const int index[])
{
  for (int j = 0; j < HHT_MAX_DIM; j++)
    if (index[j] != 0) return index[j] > 0 ? PETSC_TRUE : PETSC_FALSE;
  return PETSC_FALSE;
}

/* The wave vector of an entry of the x grid in FFT order; whether it is a mode. */
static PetscErrorCode find_mode(HHTPairForce f, ptrdiff_t flat, HHTPairMode *mode, double *weight, PetscBool *is_mode)
{
  const HHTGrid *g = &f->grid;
  ptrdiff_t      at[HHT_MAX_DIM];
  double         k[HHT_MAX_DIM], k2 = 0, symbol;

  PetscFunctionBeginUser;
  *is_mode = PETSC_FALSE;
  *mode    = (HHTPairMode){0};
  HHTUnflatten(flat, g->dim, g->nx, at);
  for (int j = 0; j < g->dim; j++) {
    if (2 * at[j] == g->nx[j]) PetscFunctionReturn(0);
    mode->index[j] = (int)HHTSigned(at[j], g->nx[j]);
    k[j]           = mode->index[j] * g->dk[j];
    k2 += k[j] * k[j];
  }
  if (!in_half_space(mode->index)) PetscFunctionReturn(0);
  PetscCall(HHTPotentialSymbol(f->potential, k, &symbol));
  mode->gamma = 2 * f->coupling * symbol / (g->cell_x * (double)g->n_rows);
  *weight     = fabs(mode->gamma) * sqrt(k2);
  *is_mode    = PETSC_TRUE;
  PetscFunctionReturn(0);
}

static PetscErrorCode find_largest(HHTPairForce f, double *largest)
{
  PetscFunctionBeginUser;
  *largest = 0;
  for (ptrdiff_t flat = 0; flat < f->grid.n_rows; flat++) {
    HHTPairMode mode;
    PetscBool   is_mode;
    double      weight;

    PetscCall(find_mode(f, flat, &mode, &weight, &is_mode));
    if (is_mode) *largest = fmax(*largest, weight);
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode find_modes(HHTPairForce f)
{
  double largest;

  PetscFunctionBeginUser;
  PetscCall(find_largest(f, &largest));
  PetscCall(PetscMalloc1((size_t)f->grid.n_rows, &f->mode));
  for (ptrdiff_t flat = 0; flat < f->grid.n_rows; flat++) {
    HHTPairMode mode;
    PetscBool   is_mode;
    double      weight;

    PetscCall(find_mode(f, flat, &mode, &weight, &is_mode));
    if (!is_mode || !(weight > NEGLIGIBLE * largest)) continue;
    f->mode[f->n_modes++] = mode;
    for (int j = 0; j < f->grid.dim; j++) f->highest[j] = PetscMax(f->highest[j], abs(mode.index[j]));
  }
  PetscFunctionReturn(0);
}

static ptrdiff_t n_blocks(HHTPairForce f) { return (f->count + HHT_POINTS - 1) / HHT_POINTS; }

PetscErrorCode HHTPairModesCreate(HHTPairForce f)
{
  const double zero[HHT_MAX_DIM] = {0};
  double       symbol;

  PetscFunctionBeginUser;
  PetscCall(find_modes(f));
  PetscCall(HHTPotentialSymbol(f->potential, zero, &symbol));
  f->zero = f->coupling * symbol / (f->grid.cell_x * (double)f->grid.n_rows);
  for (int j = 0; j < f->grid.dim; j++)
    PetscCall(PetscMalloc1((size_t)n_blocks(f) * 2 * (size_t)(f->highest[j] + 1), &f->wave[j]));
  PetscCall(PetscMalloc1(2 * (size_t)f->n_modes, &f->sum));
  PetscCall(PetscMalloc1(2 * (size_t)f->n_modes, &f->fixed));
  PetscFunctionReturn(0);
}

/* ---- waves at the particles ---- */

/* cos, sin of m dk_j x for m = 0 .. highest, by multiplication from m = 1. */
static void set_wave(HHTPairForce f, int j, const HHTPoints x, HHTPoints *wave)
{
  for (int p = 0; p < HHT_POINTS; p++) {
    const double angle = f->grid.dk[j] * x[p];

    wave[0][p] = 1;
    wave[1][p] = 0;
    if (f->highest[j] == 0) continue;
    wave[2][p] = cos(angle);
    wave[3][p] = sin(angle);
  }
  for (int m = 2; m <= f->highest[j]; m++)
    for (int p = 0; p < HHT_POINTS; p++) {
      const double c = wave[2 * m - 2][p], s = wave[2 * m - 1][p];

      wave[2 * m][p]     = c * wave[2][p] - s * wave[3][p];
      wave[2 * m + 1][p] = c * wave[3][p] + s * wave[2][p];
    }
}

static HHTPoints *block_wave(HHTPairForce f, int j, ptrdiff_t block)
{
  return f->wave[j] + block * 2 * (f->highest[j] + 1);
}

static void set_waves(HHTPairForce f, const double x[])
{
  for (int j = 0; j < f->grid.dim; j++)
    for (ptrdiff_t block = 0; block < n_blocks(f); block++) {
      HHTPoints at;

      /* past the last particle, any place does */
      for (int p = 0; p < HHT_POINTS; p++) at[p] = x[j * f->count + PetscMin(block * HHT_POINTS + p, f->count - 1)];
      set_wave(f, j, at, block_wave(f, j, block));
    }
}

/* exp(i k.x) at the particles of a block. */
static void mode_at_block(HHTPairForce f, const HHTPairMode *mode, ptrdiff_t block, HHTPoints c, HHTPoints s)
{
  for (int j = 0; j < f->grid.dim; j++) {
    const HHTPoints *wave = (const HHTPoints *)block_wave(f, j, block) + 2 * abs(mode->index[j]);
    const double     sign = mode->index[j] < 0 ? -1 : 1;

    for (int p = 0; p < HHT_POINTS; p++) {
      const double wc = wave[0][p], ws = sign * wave[1][p], c0 = j ? c[p] : 1, s0 = j ? s[p] : 0;

      c[p] = c0 * wc - s0 * ws;
      s[p] = c0 * ws + s0 * wc;
    }
  }
}

/* The sums over the particles of a block that are there. */
static void add_block(HHTPairForce f, ptrdiff_t block, double scale)
{
  const ptrdiff_t n = PetscMin(HHT_POINTS, f->count - block * HHT_POINTS);

  for (int m = 0; m < f->n_modes; m++) {
    HHTPoints c, s;
    double    sum[2] = {0};

    mode_at_block(f, &f->mode[m], block, c, s);
    for (ptrdiff_t p = 0; p < n; p++) {
      sum[0] += c[p];
      sum[1] += s[p];
    }
    f->fixed[2 * m] += llrint(sum[0] * scale);
    f->fixed[2 * m + 1] += llrint(sum[1] * scale);
  }
}

static PetscErrorCode set_sums(HHTPairForce f, const double x[])
{
  const double scale = HHTFixedScale((double)(f->n + HHT_POINTS));

  PetscFunctionBeginUser;
  set_waves(f, x);
  memset(f->fixed, 0, 2 * (size_t)f->n_modes * sizeof *f->fixed);
  for (ptrdiff_t block = 0; block < n_blocks(f); block++) add_block(f, block, scale);
  if (f->size > 1)
    HHTCallErrno(HHTFixedAllreduce(f->comm, f->fixed, f->sum, 2 * f->n_modes, scale));
  else
    for (int i = 0; i < 2 * f->n_modes; i++) f->sum[i] = (double)f->fixed[i] / scale;
  PetscFunctionReturn(0);
}

/* ---- gradient and energy ---- */

/* -2 c/V Gamma_k k_j Im(exp(i k.x) conj(E_k)) */
static void add_mode(HHTPairForce f, int m, ptrdiff_t block, HHTPoints gradient[])
{
  const HHTPairMode *mode = &f->mode[m];
  HHTPoints          c, s, im;

  mode_at_block(f, mode, block, c, s);
  for (int p = 0; p < HHT_POINTS; p++) im[p] = s[p] * f->sum[2 * m] - c[p] * f->sum[2 * m + 1];
  for (int j = 0; j < f->grid.dim; j++) {
    const double factor = -mode->gamma * mode->index[j] * f->grid.dk[j];

    for (int p = 0; p < HHT_POINTS; p++) gradient[j][p] += factor * im[p];
  }
}

PetscErrorCode HHTPairModesGradient(HHTPairForce f, const double x[], double gradient[])
{
  PetscFunctionBeginUser;
  PetscCall(set_sums(f, x));
  for (ptrdiff_t block = 0; block < n_blocks(f); block++) {
    HHTPoints sum[HHT_MAX_DIM] = {{0}};

    for (int m = 0; m < f->n_modes; m++) add_mode(f, m, block, sum);
    for (int j = 0; j < f->grid.dim; j++)
      for (ptrdiff_t p = 0; p < HHT_POINTS && block * HHT_POINTS + p < f->count; p++)
        gradient[j * f->count + block * HHT_POINTS + p] = sum[j][p];
  }
  PetscFunctionReturn(0);
}

/* 1/2 sum_{m, n} without the N terms m = n */
PetscErrorCode HHTPairModesEnergy(HHTPairForce f, const double x[], double *energy)
{
  const double n     = (double)f->n;
  double       total = f->zero * n * (n - 1);

  PetscFunctionBeginUser;
  PetscCall(set_sums(f, x));
  for (int m = 0; m < f->n_modes; m++) {
    const double c = f->sum[2 * m], s = f->sum[2 * m + 1];

    total += f->mode[m].gamma * (c * c + s * s - n);
  }
  *energy = 0.5 * total;
  PetscFunctionReturn(0);
}
