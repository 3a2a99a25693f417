/*
  The phase-space box and its indices: plain data, the same on every rank.

  A state is a matrix. Rows are the positions (d indices flattened, x slowest, y, z), columns the velocities or their
  duals (d indices flattened the same way). Positions are in natural order, x_i = x_min + i dx. Velocities and duals are
  in FFT order: v_j = s dv, xi_m = s dxi with s = 0, 1, .., n/2 - 1, -n/2, .., -1, so that the velocity Fourier
  transform (FT) needs no phase factor. v covers [-v_max, v_max), dxi = pi / v_max, xi covers [-pi/dv, pi/dv).
*/
#ifndef HHT_GRID_H
#define HHT_GRID_H

#include <inttypes.h>
#include <petscsys.h>
#include <stddef.h>

#define HHT_MAX_DIM 3

/* Zero padding, by the 2/3 rule, of the wave numbers in x, or of xi, or of both: HHT_PADDING_X | HHT_PADDING_V. */
typedef enum { HHT_PADDING_NONE, HHT_PADDING_X, HHT_PADDING_V, HHT_PADDING_XV } HHTPadding;

typedef struct {
  /* given */
  int        dim;                   /* d = 1, 2, 3; entries j >= d below are 1 point of width 1 */
  ptrdiff_t  nx[HHT_MAX_DIM];       /* even, >= 4 */
  ptrdiff_t  nv[HHT_MAX_DIM];       /* even, >= 4 */
  double     x_min[HHT_MAX_DIM];    /* length units */
  double     x_length[HHT_MAX_DIM]; /* > 0 */
  double     v_max[HHT_MAX_DIM];    /* > 0 */
  HHTPadding padding;
  /* derived by HHTGridSetUp() */
  ptrdiff_t n_rows, n_cols; /* prod nx, prod nv */
  double    dx[HHT_MAX_DIM], dv[HHT_MAX_DIM], dk[HHT_MAX_DIM], dxi[HHT_MAX_DIM];
  double    cell_x, cell_v, cell_xi; /* products of the spacings */
  /* |s| up to which the signed indices of k and xi are kept; beyond, a padded state is 0: (n - 1)/3, or n/2, which are all */
  ptrdiff_t kept_k[HHT_MAX_DIM], kept_xi[HHT_MAX_DIM];
} HHTGrid;

/*
  Checks the given fields (HHT_EXIT_USAGE names the option grid_*, the value and what is allowed) and fills the others.
*/
PetscErrorCode HHTGridSetUp(HHTGrid *grid);

/*
  The phase space of several particles, each on `grid`, which is set up: its axes once for each particle, particle after particle.
  particles * grid->dim <= HHT_MAX_DIM.
*/
HHTGrid HHTGridOfParticles(const HHTGrid *grid, int particles);

/* The signed index of FFT order: 0, 1, .., n/2 - 1, -n/2, .., -1. */
static inline ptrdiff_t HHTSigned(ptrdiff_t i, ptrdiff_t n) { return i < n - n / 2 ? i : i - n; }

/* The same with the Nyquist index set to 0: the multiplier of a first derivative. */
static inline ptrdiff_t HHTDerivative(ptrdiff_t i, ptrdiff_t n) { return 2 * i == n ? 0 : HHTSigned(i, n); }

/* Splits a flattened index into dim indices, last fastest; unused entries become 0. */
static inline void HHTUnflatten(ptrdiff_t flat, int dim, const ptrdiff_t n[], ptrdiff_t index[HHT_MAX_DIM])
{
  for (int j = HHT_MAX_DIM - 1; j >= dim; j--) index[j] = 0;
  for (int j = dim - 1; j >= 0; j--) {
    index[j] = flat % n[j];
    flat /= n[j];
  }
}

/* The place of FFT order's index on the axis that increases from -n/2. */
static inline ptrdiff_t HHTIncreasing(ptrdiff_t i, ptrdiff_t n) { return HHTSigned(i, n) + n / 2; }

/* The same of a flattened velocity, on axes that increase from -v_max. */
static inline ptrdiff_t HHTGridIncreasing(const HHTGrid *g, ptrdiff_t column)
{
  ptrdiff_t index[HHT_MAX_DIM], at = 0;

  HHTUnflatten(column, g->dim, g->nv, index);
  for (int j = 0; j < g->dim; j++) at = at * g->nv[j] + HHTIncreasing(index[j], g->nv[j]);
  return at;
}

/* Whether a mode is among those that zero padding keeps: |s_j| <= kept[j] in all of dim dimensions. */
static inline int HHTIsKept(int dim, const ptrdiff_t n[], const ptrdiff_t kept[], const ptrdiff_t index[])
{
  for (int j = 0; j < dim; j++)
    if (imaxabs(HHTSigned(index[j], n[j])) > kept[j]) return 0;
  return 1;
}

/* Numbers of a row's spectrum in xi: all, or the half that a real row has (the last dimension's entries 0 .. nv/2). */
static inline ptrdiff_t HHTGridSpectrumSize(const HHTGrid *g, int half)
{
  const ptrdiff_t last = g->nv[g->dim - 1];

  return half ? g->n_cols / last * (last / 2 + 1) : g->n_cols;
}

static inline double HHTGridX(const HHTGrid *g, int j, ptrdiff_t i) { return g->x_min[j] + (double)i * g->dx[j]; }
static inline double HHTGridV(const HHTGrid *g, int j, ptrdiff_t i)
{
  return (double)HHTSigned(i, g->nv[j]) * g->dv[j];
}
static inline double HHTGridXi(const HHTGrid *g, int j, ptrdiff_t i)
{
  return (double)HHTSigned(i, g->nv[j]) * g->dxi[j];
}

#endif
