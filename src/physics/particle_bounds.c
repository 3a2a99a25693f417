/*
  The constants of (MFC) with ||D^2 Gamma||, ||D^3 Gamma|| <= C_Gamma, good for every N >= 2: in [D_{z_1} H_N, alpha_N] the force's
  derivative acts on grad_{v_1} - grad_{v_m}, whose norms are equal by symmetry, which makes C_1 = max(1, 2 C_Gamma); C_2 and C_3 are
  counted the same way over the entries of the second derivative.
*/
#include <hht/particle_bounds.h>
#include <math.h>

double HHTParticleBound1(double d1, double c, double t)
{
  const double c1 = isnan(c) ? c : fmax(1, 2 * c);

  return d1 * exp((1 + c1 * c1) * t / 2);
}

double HHTParticleBound2(double d1, double d2, double c, double t)
{
  const double a  = isnan(c) ? c : 1 + pow(fmax(1, 2 * c), 2); /* 1 + C_1^2 */
  const double c2 = 4 * c, c3_2 = fmax(1, 6 * c * c);          /* C_2, C_3^2 */

  return sqrt(d2 * d2 + c2 * c2 / a * d1 * d1 * expm1(a * t)) * exp((1.5 + c3_2) * t);
}
