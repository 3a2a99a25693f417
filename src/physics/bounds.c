#include <hht/bounds.h>
#include <math.h>

/* The product, 0 where the factor is, also if x has overflowed. */
static double times(double factor, double x) { return factor == 0 ? 0 : factor * x; }

/* b_M(t) = constant + growing exp(rate t) */
typedef struct {
  double constant, growing, rate;
} M1Bound;

static M1Bound m1_bound(double m, double c)
{
  const double q = c * m * m, rate = 1 + 2 * q;

  return (M1Bound){.constant = m * (1 + q) / rate, .growing = m * (1 + 3 * q) / rate, .rate = rate};
}

double HHTM1Bound(double m, double c, double t)
{
  const M1Bound b = m1_bound(m, c);

  return b.constant + b.growing * exp(b.rate * t);
}

/* int_0^t b_M(s) exp(a (t - s)) ds; rates that are close, or equal, lose no digits. */
static double convolve(const M1Bound *b, double a, double t)
{
  const double x = (b->rate - a) * t;

  return b->constant * expm1(a * t) / a + b->growing * exp(a * t) * t * (x == 0 ? 1 : expm1(x) / x);
}

/*
  With m = C ||alpha||^2, a = 1 + m: ||DZ|| <= e^(as), ||D^2 Z|| <= m/a (e^(2as) - e^(as)) over a time s, (9) and (10). Along the
  characteristics alpha(t) = alpha(0) o Z exp(-S), S = int K. Its second derivatives have the terms

      D^2 alpha(0)[DZ, DZ] + D alpha(0)[D^2 Z] - 2 sym(DZ^T D alpha(0) x DS) + alpha(0) (DS x DS - D^2 S),

  of which the paper's (11) leaves out DS x DS. ||grad K|| and ||D^2 K|| are at most C ||alpha(0)|| b_M. The norm of D^2 alpha is that of all its
  entries, so a bilinear form of 2d variables, bounded as one, counts sqrt(2d) times, and D^2 K, in d variables, sqrt(d) times.
*/
double HHTD2Bound(const HHTNorms *start, int dim, int real, double c, double t)
{
  const double  m = c * start->l2 * start->l2, a = 1 + m;
  const M1Bound b    = m1_bound(sqrt(start->l2 * start->l2 + start->gradient * start->gradient), c);
  const double  dz   = exp(a * t);
  const double  d2z  = times(m / a, dz * expm1(a * t));
  const double  form = sqrt(2. * dim);
  double        bound, ds, once, twice;

  bound = times(start->d2, dz * dz) + times(form * start->gradient, d2z);
  if (real || c == 0 || !isfinite(bound)) return bound;
  once  = convolve(&b, a, t);
  twice = convolve(&b, 2 * a, t);
  if (!isfinite(twice)) return INFINITY; /* once may be, too; their difference would be none */
  ds = c * start->l2 * once;
  bound += 2 * start->gradient * dz * ds;
  bound += start->l2 * ds * ds;
  bound += c * start->l2 * start->l2 * (sqrt(dim) * twice + form * m / a * (twice - once));
  return bound;
}

double HHTDistanceBound(double distance, double m, double c, double t)
{
  const M1Bound b      = m1_bound(m, c);
  const double  square = b.constant * b.constant * t + 2 * b.constant * b.growing * expm1(b.rate * t) / b.rate +
                        b.growing * b.growing * expm1(2 * b.rate * t) / (2 * b.rate);

  return isnan(c) ? c : times(distance, exp(t + times(4 * c * c * m * m, square)));
}
