/*
  How far alpha_N(t) is from products of the mean field alpha(t): Monte Carlo over N-body flows, for product data
  alpha_N(0) = alpha(0)^{(x) N}. P_k is the weight of alpha_N with exactly k particles outside alpha, q_1 = 1 - p_1 of one particle.

      <q_1>  = E |1 - R|^2 / (1 + |R|^2)   z ~ |alpha_N|^2, z_1' ~ |alpha|^2,
                                           R = alpha_N(z_1', z_2, ..) alpha(z_1) / (alpha_N(z) alpha(z_1'))
      P_0    = |E 2 w / (1 + |w|^2)|^2     w = alpha_N / alpha^{(x) N}, z ~ (|alpha_N|^2 + |alpha^{(x) N}|^2) / 2
      P_k    = C(N,k) 2^-k E Re[conj(D_1 .. D_k w)(r) (D_1 .. D_k w)(r')] / ((1 + mean |w|^2) / 2),
                                           the mean over all copies, k > 0
      D^2    = E [k(y, y') - k(y, z') - k(z, y') + k(z, z')]

  D_i takes the difference between two copies of particle i, r and r' are two copies of the other particles; half of the samples draw all
  from |alpha|^2, half one copy of all N particles from |alpha_N|^2. D is the distance of the marginal of |alpha_N|^2 to
  |alpha|^2, a maximum mean discrepancy (Gretton et al., J. Mach. Learn. Res. 13 (2012) 723) with a Gaussian kernel k: of the
  widths v_max/4 in velocity and x_length/(2 pi) in space, and exp(cos - 1) of the angle in a periodic box. y and z are one particle's
  ends in the forces of the others and in the mean field, y' and z' those of another draw.

  No estimator has a bias, and all samples are bounded, because every integrand, symmetrised, is divided by the symmetrised density that it
  is drawn from; those of P_k, k > 0, by C(N,k) 2^(k+1), which is large beside P_k for late times and many particles. Where few samples
  carry all, which HHTEstimate.largest shows, the error bars mean little.
*/
#ifndef HHT_MONTE_CARLO_H
#define HHT_MONTE_CARLO_H

#include <hht/initial.h>
#include <hht/nbody.h>

#define HHT_WEIGHTS 4 /* P_0 .. P_3 */

typedef enum {
  HHT_ESTIMATE_Q1,
  HHT_ESTIMATE_MARGINAL, /* D^2 */
  HHT_ESTIMATE_P,        /* P_k is HHT_ESTIMATE_P + k */
  HHT_ESTIMATES = HHT_ESTIMATE_P + HHT_WEIGHTS
} HHTEstimated;

/* Samples of one quantity. */
typedef struct {
  double n, sum, square; /* how many, their sum, that of their squares */
  double largest;        /* of the squares */
} HHTEstimate;

/* Mean of all samples and its standard error; NaN where there are too few. */
void HHTEstimateValue(const HHTEstimate *estimate, double *mean, double *error);
void HHTEstimateAdd(HHTEstimate *estimate, const HHTEstimate *more);

/* What alpha(t) and alpha_N(t) are made of; all borrowed. */
typedef struct {
  const HHTGrid      *grid;
  HHTPotential        potential;
  HHTInitial          initial;
  double              mass;      /* the coupling is mass / (N - 1) */
  HHTCharacteristics  history;   /* of the mean field from 0 to t */
  const HHTSplitting *splitting; /* of the N-body flows; t = steps dt */
  double              dt;
  PetscInt            steps;
  uint64_t            seed;
} HHTMonteCarlo;

/*
  HHTMonteCarloSample - samples [first, first + count) with N particles of <q_1>, D^2 and P_0 .. P_{n_weights - 1}, 2 <= n_weights <=
  min(N + 1, HHT_WEIGHTS); the other estimates stay empty.

  A sample takes about 8 + sum_{k>0} (2^(k+1) + 1/2) N-body flows. Ranks share the samples; a sample is the same whatever is drawn beside it, and the
  estimates have the same bits on any number of ranks. Collective.
*/
PetscErrorCode HHTMonteCarloSample(MPI_Comm comm, const HHTMonteCarlo *setup, ptrdiff_t n_particles, int n_weights,
                                   ptrdiff_t first, ptrdiff_t count, HHTEstimate estimates[HHT_ESTIMATES]);

/* Particles [first, first + count) of one draw of n from |alpha(0)|^2, z laid out as for HHTNBodyMove(). Not collective. */
PetscErrorCode HHTDrawParticles(HHTInitial initial, int dim, uint64_t seed, uint64_t purpose, uint64_t sample,
                                ptrdiff_t first, ptrdiff_t count, double z[]);

#endif
