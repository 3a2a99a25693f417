/* Initial data alpha = sqrt(f0) exp(i phase), by registered name; one file in src/problem/ each. */
#ifndef HHT_INITIAL_H
#define HHT_INITIAL_H

#include <complex.h>
#include <hht/error.h>
#include <hht/expression.h>
#include <hht/grid.h>
#include <hht/random.h>

/*
  Every field is read as the option initial_<field>. Lengths, velocities and temperatures are in the units of the
  grid.
*/
typedef struct {
  char   type[32];    /* maxwellian landau two_stream beams bump_on_tail waterbag gaussian expression file */
  double mass;        /* total mass; NaN: the x-box volume */
  double temperature; /* T of the Maxwellian, > 0 */
  double amplitude;   /* perturbation 1 + amplitude prod_j cos(k_j x_j) over non-zero k_j; in [-1, 1] */
  double wavenumber[HHT_MAX_DIM]; /* k_j, multiples of 2 pi / x_length */
  double drift;                   /* beams, bump_on_tail: u along v_x */
  double beam_fraction;           /* bump_on_tail: n_b in (0, 1) */
  double beam_temperature;        /* bump_on_tail: > 0 */
  double v0, edge;                /* waterbag: half width and smoothing width of the edge, > 0 */
  /*
    gaussian: N exp(-1/2 z^T M z + i kappa.z), z = (x, v) - center; 2d x 2d complex symmetric M, row by row, with
    positive real part. x is taken to the periodic image nearest to the center.
  */
  double complex m[4 * HHT_MAX_DIM * HHT_MAX_DIM];
  double         kappa[2 * HHT_MAX_DIM];
  double         center[2 * HHT_MAX_DIM];
  /*
    expression: f >= 0, or alpha (real, signed); phase: arg(alpha), for every type. "" = none. In x y z vx vy
    vz and, for dim 1, v = vx.
  */
  char f[HHT_FORMULA_MAX], alpha[HHT_FORMULA_MAX], phase[HHT_FORMULA_MAX];
  /*
    file: HDF5 dataset alpha[x.., v..] of floating point or of compound {r, i}. It covers the box of the grid, axes
    increasing from x_min and -v_max, ends excluded; with other numbers of points it is interpolated by its Fourier
    series.
  */
  char path[PETSC_MAX_PATH_LEN], dataset[PETSC_MAX_PATH_LEN];
} HHTInitialParams;

typedef struct HHTInitial_s *HHTInitial;

/*
  HHTInitialCreate - checks params (HHT_EXIT_USAGE, naming the option initial_*) and prepares the rows
  [first, first + count) of this rank. grid must be set up; grid and params are copied. Collective.
*/
PetscErrorCode HHTInitialCreate(MPI_Comm comm, const HHTGrid *grid, const HHTInitialParams *params, ptrdiff_t first,
                                ptrdiff_t count, HHTInitial *initial);
PetscErrorCode HHTInitialDestroy(HHTInitial *initial); /* safe twice */

/*
  HHTInitialFillRow - alpha(x_row, v), n_cols numbers, FFT order in v, not scaled to the mass. An HHTAmplitudeRow with
  ctx = the HHTInitial. The imaginary part is exactly 0 when alpha is real.

  row is one of those prepared. Not collective: a formula with a value that is not allowed, a dataset that cannot be
  read or holds NaN end in HHT_EXIT_USAGE on this rank alone, so agree afterwards (HHTAgree()).
*/
PetscErrorCode HHTInitialFillRow(void *initial, ptrdiff_t row, double complex *alpha);

/* The same of f0 = |alpha|^2, whose integral is the mass. */
PetscErrorCode HHTInitialFillDistributionRow(void *initial, ptrdiff_t row, double complex *f);

/* alpha(z), not scaled; z = (x, v), 2 d numbers, x of any period of the box; of all types but `file`. HHT_EXIT_USAGE as for HHTInitialFillRow(). Not collective. */
PetscErrorCode HHTInitialAmplitude(HHTInitial initial, const double z[], double complex *alpha);

/*
  The same at n points, z[j * n + i] coordinate j of point i, for all types. `expression` is its formula, and 0 beyond v_max; `file` the
  trigonometric polynomial through its values on the grid, and 0 there: HHTInitialPreparePoints() fills all rows for it, so they must be
  prepared, and takes so many bytes on every rank. Preparing is collective.
*/
double         HHTInitialPointsBytes(HHTInitial initial);
PetscErrorCode HHTInitialPreparePoints(MPI_Comm comm, HHTInitial initial);
PetscErrorCode HHTInitialAmplitudes(HHTInitial initial, ptrdiff_t n, const double z[], double complex alpha[]);

/* Whether points can be drawn from it: HHT_EXIT_USAGE for `expression` and `file`. */
PetscErrorCode HHTInitialCheckSample(HHTInitial initial);

/* A point drawn from |alpha|^2. Not collective. */
PetscErrorCode HHTInitialSample(HHTInitial initial, HHTRandom *random, double z[]);

/* Whether alpha is real, known before it is filled: neither a phase nor complex data are given. */
PetscErrorCode HHTInitialIsReal(HHTInitial initial, PetscBool *real);

/* The mass to scale to: params->mass, the box volume where that is NaN, NaN (keep) for `file` without a given mass. */
PetscErrorCode HHTInitialMass(HHTInitial initial, double *mass);

#endif
