/*
  A-priori bounds of the paper on solutions of (HVl), hence of (HHt), as docs/a-priori-bounds.md derives them. C is C_Gamma of (Pot);
  where it is NaN, so is every bound. A bound too large for a double is infinite.
*/
#ifndef HHT_BOUNDS_H
#define HHT_BOUNDS_H

/* Norms of alpha at t = 0, all in L^2 of phase space. */
typedef struct {
  double l2;       /* ||alpha|| */
  double gradient; /* ||grad alpha||, in x and v */
  double d2;       /* ||D^2 alpha||, all second derivatives in x and v */
} HHTNorms;

/* The bound b_M(t) of (8) with Q(0) = 2M: M [1 + C M^2 + (1 + 3 C M^2) exp((1 + 2 C M^2) t)] / (1 + 2 C M^2). */
double HHTM1Bound(double m, double c, double t);

/*
  HHTD2Bound - the bound (11) on ||D^2 alpha(t)||, from (9), (10) and b_M(t), in d = dim dimensions. real: alpha is real, hence K = 0, and
  the terms with K are left out.
*/
double HHTD2Bound(const HHTNorms *start, int dim, int real, double c, double t);

/*
  HHTDistanceBound - the bound (7), Corollary 3.7, on the L^2 distance of two solutions which is `distance` at t = 0; m is the larger of
  their W^{1,2} norms there.
*/
double HHTDistanceBound(double distance, double m, double c, double t);

#endif
