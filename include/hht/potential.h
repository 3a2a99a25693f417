/*
  Pair potentials Gamma(x), even. Registered by name; one file in src/physics/potentials/ each. strength s multiplies:
  s > 0 repels, s < 0 attracts.

  A potential is one type's, or the sum of several: HHTPotentialAdd().

  Periodic potentials are the periodised sums of the free ones, given by their Fourier symbol, which is then the
  analytic Fourier transform at the wave vectors of the box; k = 0 is dropped where it diverges (neutralising
  background).
*/
#ifndef HHT_POTENTIAL_H
#define HHT_POTENTIAL_H

#include <hht/error.h>
#include <hht/expression.h>
#include <hht/grid.h>

typedef enum { HHT_PERIODIC, HHT_FREE } HHTBoundary;

/*
  How a free convolution takes a singular Gamma: by the symbol of Gamma cut off beyond the box, to spectral accuracy, or by a sum over
  the cells of the grid, to second order. A Gamma that is smooth is summed to spectral accuracy.
*/
typedef enum { HHT_TRUNCATED, HHT_CELLS } HHTConvolution;

/* A radial function by its values. */
typedef struct {
  int     n;
  double *r, *gamma; /* n numbers each */
} HHTRadialTable;

typedef struct {
  char           type[32];
  double         strength;
  HHTBoundary    boundary;
  HHTConvolution convolution; /* with the free boundary */
  double         kappa;       /* yukawa: inverse screening length, > 0 */
  double         width;       /* gaussian: w > 0 */
  double         softening;   /* plummer: a > 0 */

  char                  formula[HHT_FORMULA_MAX]; /* expression: Gamma in x, y, z (as the dimension has) and r = |x| */
  const HHTRadialTable *table;                    /* table: the caller's, read by HHTPotentialCreate() alone */
} HHTPotentialParams;

typedef struct HHTPotential_s *HHTPotential;

/*
  A radial function of r >= 0 in R^dim. Radial potentials are given through u = r^2/2: with h(u) = Gamma,

      grad Gamma = h' x,   D^2 Gamma = h' 1 + h'' x x^T,   D^3 Gamma (a, a, a) = h''' (x.a)^3 + 3 h'' (x.a) |a|^2,

  which has no cancellation at r = 0.
*/
typedef double (*HHTRadial)(const HHTPotentialParams *p, int dim, double r);

/* The methods of one type of potential, for strength 1. */
typedef struct {
  const char *name;
  /* The type's own parameters: HHT_EXIT_USAGE on a wrong one. May be NULL. */
  PetscErrorCode (*check)(const HHTPotentialParams *p);
  /* Fourier symbol int Gamma(x) exp(-i k.x) dx at the wave vector k of the box; k = 0 included. NULL: not periodic. */
  double (*symbol)(const HHTPotentialParams *p, const HHTGrid *grid, const double k[]);
  /* h and h'; may be infinite at r = 0. NULL: not free. */
  HHTRadial value, first;
  /* h'' and h''', NULL outside the class (Pot). */
  HHTRadial second, third;
  /* Fourier symbol of Gamma cut off at |x| = radius, for those that are singular; else NULL. */
  double (*truncated)(const HHTPotentialParams *p, int dim, double k, double radius);
  /* Gamma is quadratic: h' is constant. */
  PetscBool quadratic;
  /* h' at n values of r^2, for the loops over pairs of particles, which it lets vectorise. NULL: first() is called for each. */
  void (*first_many)(const HHTPotentialParams *p, int n, const double r2[], double result[]);
  /* C_Gamma of (Pot) where it is known in closed form, else NULL. */
  double (*bound)(const HHTPotentialParams *p, const HHTGrid *grid);
  /*
    Instead of all these (NULL then), for types that are known by values that they look up: create() makes `data` of the
    parameters (HHT_EXIT_USAGE), which sample() and destroy() get. sample() gives Gamma at the displacement x, which is in the
    box about 0 if periodic, and with the free boundary its gradient, unless that is NULL.
  */
  PetscErrorCode (*create)(const HHTPotentialParams *p, const HHTGrid *grid, void **data);
  PetscErrorCode (*sample)(void *data, const double x[], double *value, double gradient[]);
  PetscErrorCode (*destroy)(void **data);
} HHTPotentialMethods;

/* Makes a type known under methods->name, which must outlive its use. Not collective; call it on every rank. */
PetscErrorCode HHTPotentialRegister(const HHTPotentialMethods *methods);

/*
  Checks the parameters (HHT_EXIT_USAGE names the option potential_*) and looks up the type. grid and params are
  copied. Not collective, the same on every rank.
*/
PetscErrorCode HHTPotentialCreate(const HHTGrid *grid, const HHTPotentialParams *params, HHTPotential *potential);
PetscErrorCode HHTPotentialDestroy(HHTPotential *potential); /* safe twice */

/* Adds a potential of the same grid and boundary to the sum, which owns it from then on; *term becomes NULL. */
PetscErrorCode HHTPotentialAdd(HHTPotential sum, HHTPotential *term);

/* Those of the first term, borrowed. All terms have its boundary. */
PetscErrorCode HHTPotentialGetParams(HHTPotential potential, const HHTPotentialParams **params);
PetscErrorCode HHTPotentialIsZero(HHTPotential potential, PetscBool *zero);

/* s times the symbol at the wave vector k, dim entries (periodic boundary only). */
PetscErrorCode HHTPotentialSymbol(HHTPotential potential, const double k[], double *symbol);

/*
  s Gamma(x) and s grad Gamma(x), dim entries, at the displacement x (free boundary only). At x = 0 the gradient is 0,
  and a value that is infinite there is replaced by its average over a cell of the grid, which makes a sum over the
  grid times cell_x a second-order approximation of the convolution.
*/
PetscErrorCode HHTPotentialValue(HHTPotential potential, const double x[], double *value, double gradient[]);

/*
  For free convolutions: the terms whose convolution is HHT_TRUNCATED and that have such a symbol, s times theirs at |k| = k, and
  HHTPotentialValue() of the other terms.
*/
PetscErrorCode HHTPotentialHasTruncated(HHTPotential potential, PetscBool *has);
PetscErrorCode HHTPotentialTruncatedSymbol(HHTPotential potential, double k, double radius, double *symbol);
PetscErrorCode HHTPotentialSmoothValue(HHTPotential potential, const double x[], double *value, double gradient[]);

/*
  HHTPotentialBound - C_Gamma of (Pot): the largest of the sup norms (Euclidean operator norms) of the first three
  derivatives.

  Exact to 1e-10 for free boundaries and for `cosine`; an upper bound for other periodic potentials and for sums of several; NaN
  where the potential is outside (Pot), or is known by its values and these do not tell: with the free boundary, or
  where the grid does not resolve the third derivative. Not collective, the same on every rank.
*/
PetscErrorCode HHTPotentialBound(HHTPotential potential, double *c_gamma);

#endif
