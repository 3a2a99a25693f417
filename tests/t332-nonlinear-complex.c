/*
  A nonlinear state with a phase in the HMF potential against numbers of an independent method (characteristics that
  carry the phase): alpha at points off the grid, moments, energies.

  Reference case C1_hmf_complex: Gamma = -cos x, L = 2 pi, alpha0 = sqrt((1 + 0.1 cos x)/(2 pi)) (2 pi 0.3)^(-1/4)
  exp(-v^2/1.2 + i (0.5 v sin x + 0.3 cos x + 0.1 v^2)).
*/
#include "fixture.h"
#include "test.h"
#include <hht/interpolate.h>

#define N_POINTS 6

static const double points[N_POINTS][2] = {{0, 0.3}, {1, -0.7}, {2, 1.1}, {3, 0}, {4, -0.4}, {5, 0.9}};

/* rho_1 = int rho exp(-ix) dx is real, int J exp(-ix) dx = i J_1; E_2 the L2 norm of the force. */
typedef struct {
  double         t;
  double complex alpha[N_POINTS];
  double         rho_1, J_1, E_2;
} Reference;

static const Reference references[] = {
    {1,
     {0.28169605264948655 + 0.1754395682073458 * I, 0.23124545166134094 - 0.05623189277893044 * I,
      0.08202736641361008 + 0.0834081414998143 * I, 0.2663940436003025 - 0.18296904331610497 * I,
      0.2845621582442773 - 0.0012665954553885833 * I, 0.16006675133564335 - 0.0846960255126122 * I},
     0.05483782166088648,
     -0.3499761591189032,
     0.09719750817810816},
    {5,
     {-0.09169346050596705 + 0.3328568336312839 * I, 0.112984769432463 - 0.25371677235675144 * I,
      0.09651898722024918 + 0.05542124559597343 * I, -0.23353131141714023 - 0.2222622540993797 * I,
      0.1985897245501891 + 0.14230192148317763 * I, 0.17133401958571032 - 0.0989481801873029 * I},
     0.1373372904186617,
     -0.6530119694546319,
     0.24342400927548613},
};

static double complex initial(void *ctx, const double x[], const double v[])
{
  (void)ctx;
  return sqrt(1 + 0.1 * cos(x[0])) *
         cexp(-v[0] * v[0] / 1.2 + I * (0.5 * v[0] * sin(x[0]) + 0.3 * cos(x[0]) + 0.1 * v[0] * v[0]));
}

static double complex first_harmonic(const HHTGrid *g, const double values[])
{
  double complex sum = 0;

  for (ptrdiff_t i = 0; i < g->n_rows; i++) sum += values[i] * cexp(-I * HHTGridX(g, 0, i));
  return sum * g->cell_x;
}

static void compare(Fixture *f, const Reference *r)
{
  const HHTDiagnostics d = FixtureDiagnose(f, r->t);
  HHTFields            fields;
  double               error = 0;

  for (int i = 0; i < N_POINTS; i++) {
    double complex alpha;

    TestCall(HHTStateInterpolate(f->state, &points[i][0], &points[i][1], &alpha));
    error = fmax(error, cabs(alpha - r->alpha[i]));
  }
  TestMeasured("t = %.0f, alpha %.1e", r->t, error);
  TestMeasured("t = %.0f, energy %.1e", r->t, fabs(d.energy - 0.14875));
  TestMeasured("t = %.0f, H_Ht %.1e", r->t, fabs(d.hamiltonian + 0.0025));
  TestClose(error, 0, 3e-10, "alpha at six points");
  TestCall(HHTFlowGetFields(f->flow, &fields));
  TestClose(cabs(first_harmonic(&f->grid, fields.rho) - r->rho_1), 0, 1e-10, "first harmonic of rho");
  TestClose(cabs(first_harmonic(&f->grid, fields.J) - I * r->J_1), 0, 3e-10, "first harmonic of J");
  TestClose(sqrt(2 * d.field_energy), r->E_2, 1e-10, "L2 norm of the force");
  TestClose(d.energy, 0.14875, 1e-11, "energy");
  TestClose(d.hamiltonian, -0.0025, 1e-11, "H_Ht");
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (int i = 0; i < 2; i++) {
    const Reference *r = &references[i];
    Fixture          f = {.grid      = FixtureGrid(1, 64, 0, 2 * PETSC_PI, 400, 7),
                          .potential = {.type = "cosine", .strength = -1},
                          .amplitude = initial,
                          .mass      = 1};

    FixtureCreate(PETSC_COMM_WORLD, &f);
    TestCheck(!f.real, "alpha counts as real");
    FixtureSolve(&f, "blanesmoan4", r->t, (int)lround(r->t / 0.03125), PETSC_TRUE);
    compare(&f, r);
    FixtureDestroy(&f);
  }
  return TestEnd();
}
