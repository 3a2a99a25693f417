/*
  Pair potentials Gamma(x), even. Registered by name; one file in src/physics/potentials/ each. strength s multiplies:
  s > 0 repels, s < 0 attracts.

  Periodic potentials are the periodised sums of the free ones, given by their Fourier symbol, which is then the
  analytic Fourier transform at the wave vectors of the box; k = 0 is dropped where it diverges (neutralising
  background).
*/
#ifndef HHT_POTENTIAL_H
#define HHT_POTENTIAL_H

#include <hht/error.h>
#include <hht/grid.h>

typedef enum { HHT_PERIODIC, HHT_FREE } HHTBoundary;

typedef struct {
  char        type[32];
  double      strength;
  HHTBoundary boundary;
  double      kappa;     /* yukawa: inverse screening length, > 0 */
  double      width;     /* gaussian: w > 0 */
  double      softening; /* plummer: a > 0 */
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
  /* Gamma is quadratic: h' is constant. */
  PetscBool quadratic;
  /* h' at n values of r^2, for the loops over pairs of particles, which it lets vectorise. NULL: first() is called for each. */
  void (*first_many)(const HHTPotentialParams *p, int n, const double r2[], double result[]);
  /* C_Gamma of (Pot) where it is known in closed form, else NULL. */
  double (*bound)(const HHTPotentialParams *p, const HHTGrid *grid);
} HHTPotentialMethods;

/* Makes a type known under methods->name, which must outlive its use. Not collective; call it on every rank. */
PetscErrorCode HHTPotentialRegister(const HHTPotentialMethods *methods);

/*
  Checks the parameters (HHT_EXIT_USAGE names the option potential_*) and looks up the type. grid and params are
  copied.
*/
PetscErrorCode HHTPotentialCreate(const HHTGrid *grid, const HHTPotentialParams *params, HHTPotential *potential);
PetscErrorCode HHTPotentialDestroy(HHTPotential *potential); /* safe twice */

PetscErrorCode HHTPotentialGetParams(HHTPotential potential, const HHTPotentialParams **params); /* borrowed */
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
  HHTPotentialBound - C_Gamma of (Pot): the largest of the sup norms (Euclidean operator norms) of the first three
  derivatives.

  Exact to 1e-10 for free boundaries and for `cosine`; an upper bound for other periodic sums; NaN where the potential
  is outside (Pot). Not collective, the same on every rank.
*/
PetscErrorCode HHTPotentialBound(HHTPotential potential, double *c_gamma);

#endif
