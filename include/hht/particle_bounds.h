/* The a-priori bounds of Lemma 3.4 on the derivatives of alpha_N, for particles on a line (d = 1). docs/theory.md has the constants. */
#ifndef HHT_PARTICLE_BOUNDS_H
#define HHT_PARTICLE_BOUNDS_H

/* (1): the largest ||D_{z_1} alpha_N(t)||, of which d1 is the value at t = 0. c_gamma is that of (Pot); NaN outside gives NaN. */
double HHTParticleBound1(double d1, double c_gamma, double t);

/* (2): the largest ||D^2_{(z_1, z_2)} alpha_N(t)||, of which d2 is the value at t = 0. */
double HHTParticleBound2(double d1, double d2, double c_gamma, double t);

#endif
