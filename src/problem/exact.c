#include <hht/exact.h>
#include <math.h>

typedef double complex Complex2[2][2];
typedef double         Real2[2][2];

static double normalisation(const HHTGaussian *g)
{
  double det = creal(g->m[0][0]) * creal(g->m[1][1]) - creal(g->m[0][1]) * creal(g->m[1][0]);

  return sqrt(g->mass * sqrt(det) / M_PI);
}

double complex HHTGaussianInitial(const HHTGaussian *g, double x, double v)
{
  double         y[2] = {x - g->center[0], v - g->center[1]};
  double complex form = 0;

  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) form += y[i] * g->m[i][j] * y[j];
  return normalisation(g) * cexp(-form / 2 + I * (g->kappa[0] * y[0] + g->kappa[1] * y[1]));
}

/* The linear flow of a particle around the centre: C'' = -g C, S'' = -g S, C(0) = 1, S'(0) = 1, g = sigma mass. */
typedef struct {
  double g, c, s;
  double one_minus_c, t_minus_sc, s_minus_tc; /* each over g; free motion (sigma = 0) has no use for them */
} Motion;

static Motion motion(double g, double t)
{
  double om = sqrt(fabs(g));
  Motion m  = {.g = g, .c = 1, .s = t};

  if (g == 0) return m;
  m.c           = g > 0 ? cos(om * t) : cosh(om * t);
  m.s           = (g > 0 ? sin(om * t) : sinh(om * t)) / om;
  m.one_minus_c = (1 - m.c) / g;
  m.t_minus_sc  = (t - m.s * m.c) / g;
  m.s_minus_tc  = (m.s - t * m.c) / g;
  return m;
}

/* M_t = R^T M R, R = [[C, -S], [g S, C]] */
static void move_form(const HHTGaussian *gaussian, const Motion *m, Complex2 out)
{
  const Real2 r = {{m->c, -m->s}, {m->g * m->s, m->c}};

  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) {
      out[i][j] = 0;
      for (int k = 0; k < 2; k++)
        for (int l = 0; l < 2; l++) out[i][j] += r[k][i] * gaussian->m[k][l] * r[l][j];
    }
}

/* kappa_t = R^T (kappa - lambda) */
static void move_kappa(const HHTGaussian *g, const Motion *m, double t, double out[2])
{
  double p = g->mass * g->kappa[0], xi0 = g->mass * g->kappa[1];
  double lambda_x = g->sigma * (xi0 * m->s - p * (t * m->s - m->one_minus_c));
  double lambda_v = g->sigma * (xi0 * m->one_minus_c - p * m->s_minus_tc);
  double dx = g->kappa[0] - lambda_x, dv = g->kappa[1] - lambda_v;

  out[0] = m->c * dx + m->g * m->s * dv;
  out[1] = -m->s * dx + m->c * dv;
}

static double global_phase(const HHTGaussian *g, const Motion *m, double t)
{
  Real2  re, im, a;
  double det;

  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) {
      re[i][j] = creal(g->m[i][j]);
      im[i][j] = cimag(g->m[i][j]);
    }
  det = re[0][0] * re[1][1] - re[0][1] * re[1][0];
  for (int j = 0; j < 2; j++) { /* A = -mass/2 (Re M)^-1 Im M */
    a[0][j] = -g->mass / 2 * (re[1][1] * im[0][j] - re[0][1] * im[1][j]) / det;
    a[1][j] = -g->mass / 2 * (-re[1][0] * im[0][j] + re[0][0] * im[1][j]) / det;
  }
  return -g->sigma *
         (a[0][1] * (t + m->s * m->c) / 2 + (a[1][1] - a[0][0]) * m->s * m->s / 2 - a[1][0] * m->t_minus_sc / 2);
}

double complex HHTGaussianExact(const HHTGaussian *g, double t, double x, double xi)
{
  const Motion   m = motion(g->sigma * g->mass, t);
  Complex2       form;
  double         kappa[2], y = x - g->center[0] - g->center[1] * t;
  double complex linear;

  move_form(g, &m, form);
  move_kappa(g, &m, t, kappa);
  linear = I * (kappa[1] - xi) - form[0][1] * y;
  return normalisation(g) * cexp(-I * global_phase(g, &m, t)) / csqrt(form[1][1]) *
         cexp(-form[0][0] * y * y / 2 + I * kappa[0] * y - I * g->center[1] * xi + linear * linear / (2 * form[1][1]));
}
