/*
  The counting functional of Theorem 4.8: how many of N particles are not in the one-particle state alpha. P_k is the weight of alpha_N
  with exactly k particles outside alpha, in units of ||alpha_N||^2, so that sum_k P_k = 1.

  beta_N and <q_1> need the P_k only, from wherever they are.
*/
#ifndef HHT_COUNTING_H
#define HHT_COUNTING_H

#include <hht/state.h>

/* m_lambda(k) = min(k / N^lambda, 1) */
double HHTCountingWeight(int particles, double lambda, int k);

/* beta_N = sum_k m_lambda(k) P_k, and <q_1> = 1 - ||p_1 alpha_N||^2 = sum_k k/N P_k, of N + 1 weights. */
double HHTCountingBeta(int particles, double lambda, const double P[]);
double HHTCountingQ1(int particles, const double P[]);

/*
  HHTCountingWeights - the N + 1 weights P_k of a state on HHTGridOfParticles(grid, N), N >= 2, that is symmetric in its particles.
  alpha is [n_rows][n_cols] of grid, FFT order in v, of any mass. To round-off of 1, not of each weight. The state must be at rest.
  Collective, the same bits on any ranks.
*/
PetscErrorCode HHTCountingWeights(HHTState state, const HHTGrid *grid, int particles, const double complex alpha[],
                                  double P[]);

/*
  The marginal of the first particle, int |alpha_N|^2 dz_2 .. dz_N, [n_rows][n_cols] of its grid in FFT order in v, whole on every
  rank. The state must be at rest. Collective, the same bits on any ranks.
*/
PetscErrorCode HHTMarginal(HHTState state, const HHTGrid *grid, double marginal[]);

#endif
