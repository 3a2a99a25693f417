/* The inside of HHTInitial, for the files that implement its types. */
#ifndef HHT_INITIAL_IMPL_H
#define HHT_INITIAL_IMPL_H

#include "interpolant.h"
#include <hht/expression.h>
#include <hht/initial.h>

typedef struct {
  const char *name;
  /*
    Checks the type's own parameters (HHT_EXIT_USAGE) and prepares; not collective, its verdict is agreed on. May be
    NULL.
  */
  PetscErrorCode (*create)(HHTInitial initial);
  /* alpha without the phase of the option initial_phase */
  PetscErrorCode (*fill)(HHTInitial initial, ptrdiff_t row, double complex *alpha);
  /* Whether alpha is known to be real before it is filled. NULL: it is. */
  PetscBool (*is_real)(HHTInitial initial);
  /* alpha without that phase at z = (x, v); NULL: the trigonometric polynomial through its values on the grid. */
  PetscErrorCode (*amplitude)(HHTInitial initial, const double z[], double complex *alpha);
  /* z drawn from |alpha|^2. NULL: it cannot be. */
  void (*sample)(HHTInitial initial, HHTRandom *random, double z[]);
  /* Frees initial->data, also after a create() that failed halfway. May be NULL. */
  PetscErrorCode (*destroy)(HHTInitial initial);
} HHTInitialMethods;

struct HHTInitial_s {
  const HHTInitialMethods *methods; /* static */
  HHTInitialParams         params;
  HHTGrid                  grid;
  ptrdiff_t                first, count; /* rows of this rank */
  double                  *v;            /* n_cols x dim velocities, owned */
  HHTExpression            phase;        /* NULL if none, owned */
  HHTInterpolant           interpolant;  /* of types without amplitude(), once it is prepared; owned */
  void                    *data;         /* the type's own */
};

extern const HHTInitialMethods HHTInitial_Maxwellian, HHTInitial_Landau, HHTInitial_TwoStream, HHTInitial_Beams,
    HHTInitial_BumpOnTail, HHTInitial_Waterbag, HHTInitial_Gaussian, HHTInitial_Expression, HHTInitial_File;

/* HHT_EXIT_USAGE unless the value is finite, or finite and > 0. */
PetscErrorCode HHTInitialCheckFinite(const char *option, double value);
PetscErrorCode HHTInitialCheckPositive(const char *option, double value);

/* Compiles a formula in the coordinates of phase space, and gives its variables' values at a grid point. */
PetscErrorCode HHTInitialCompile(HHTInitial initial, const char *option, const char *formula,
                                 HHTExpression *expression);
void           HHTInitialCoordinates(HHTInitial initial, ptrdiff_t row, ptrdiff_t col, double values[]);
/* And at z, whose x is taken back into the box. */
void HHTInitialCoordinatesAt(HHTInitial initial, const double z[], double values[]);

/* The velocity profile of separable data alpha = sqrt(1 + perturbation(x)) profile(v): sqrt of f0, or with a sign. */
typedef double (*HHTInitialProfile)(const HHTInitialParams *p, int dim, const double v[]);

/* What the types with a profile share: their create() ends with the first, the others are their methods. */
PetscErrorCode HHTInitialProfileCreate(HHTInitial initial, HHTInitialProfile profile);
PetscErrorCode HHTInitialProfileFill(HHTInitial initial, ptrdiff_t row, double complex *alpha);
PetscErrorCode HHTInitialProfileDestroy(HHTInitial initial);
PetscErrorCode HHTInitialProfileAmplitude(HHTInitial initial, const double z[], double complex *alpha);

/* x drawn from the perturbation; a velocity from the Maxwellian about u e_x. */
void HHTInitialSamplePosition(HHTInitial initial, HHTRandom *random, double x[]);
void HHTInitialSampleMaxwellian(HHTRandom *random, double temperature, double drift, int dim, double v[]);

/* The Maxwellian (2 pi T)^(-d/2) exp(-|v - u e_x|^2 / (2 T)) to the power `power`. */
double HHTMaxwellian(double temperature, double drift, double power, int dim, const double v[]);

#endif
