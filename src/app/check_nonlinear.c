/*
  A nonlinear state with a phase in the HMF potential -cos x, against numbers from an independent method
  (characteristics that carry the phase), and the conservation of its mass.
*/
#include "check_impl.h"
#include <hht/interpolate.h>
#include <math.h>
#include <stdio.h>

#define N_POINTS 6

/*
  alpha(t, x, v); int rho exp(-ix) dx and int J exp(-ix) dx, by symmetry one real, one imaginary; the L2 norm of the
  force.
*/
typedef struct {
  double         t;
  double complex alpha[N_POINTS];
  double         rho_1, J_1, E_2;
} Reference;

static const double points[N_POINTS][2] = {{0, 0.3}, {1, -0.7}, {2, 1.1}, {3, 0}, {4, -0.4}, {5, 0.9}};

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

#define ENERGY      0.14875 /* at all times */
#define HAMILTONIAN (-0.0025)

static PetscErrorCode set_case(ptrdiff_t nx, ptrdiff_t nv, double v_max, double dt, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(HHTCheckSetCase(1, nx, 0, 2 * PETSC_PI, nv, v_max, c));
  PetscCall(PetscStrncpy(c->potential.type, "cosine", sizeof c->potential.type));
  PetscCall(PetscStrncpy(c->initial.type, "expression", sizeof c->initial.type));
  PetscCall(PetscStrncpy(c->initial.f, "(1 + 0.1*cos(x)) * exp(-v^2/0.6)", sizeof c->initial.f));
  PetscCall(PetscStrncpy(c->initial.phase, "0.5*v*sin(x) + 0.3*cos(x) + 0.1*v^2", sizeof c->initial.phase));
  c->potential.strength = -1;
  c->dt                 = dt;
  PetscFunctionReturn(0);
}

/* int f exp(-ix) dx */
static double complex first_harmonic(const HHTGrid *g, const double f[])
{
  double complex sum = 0;

  for (ptrdiff_t i = 0; i < g->n_rows; i++) sum += f[i] * cexp(-I * HHTGridX(g, 0, i));
  return sum * g->cell_x;
}

typedef struct {
  HHTCheck        *check;
  const Reference *reference;
} Context;

static PetscErrorCode report(const Context *context, const char *what, double error)
{
  char name[64];

  PetscFunctionBeginUser;
  (void)snprintf(name, sizeof name, "t = %g: %s", context->reference->t, what);
  PetscCall(HHTCheckError(context->check, name, error, 1e-9));
  PetscFunctionReturn(0);
}

static PetscErrorCode compare(HHTProblem *problem, double t, void *ctx)
{
  const Context   *context = ctx;
  const Reference *r       = context->reference;
  const HHTGrid   *g;
  HHTFields        fields;
  HHTDiagnostics   values;
  double complex   alpha;
  double           error = 0;

  PetscFunctionBeginUser;
  if (t == 0) PetscFunctionReturn(0);
  for (int p = 0; p < N_POINTS; p++) {
    PetscCall(HHTStateInterpolate(problem->state, &points[p][0], &points[p][1], &alpha));
    error = fmax(error, cabs(alpha - r->alpha[p]));
  }
  PetscCall(report(context, "alpha at six points off the grid", error));
  PetscCall(HHTStateGetGrid(problem->state, &g));
  PetscCall(HHTFlowGetFields(problem->flow, &fields));
  PetscCall(report(context, "first harmonic of rho", cabs(first_harmonic(g, fields.rho) - r->rho_1)));
  PetscCall(report(context, "first harmonic of J", cabs(first_harmonic(g, fields.J) - I * r->J_1)));
  PetscCall(HHTDiagnose(problem->diagnoser, t, &values));
  PetscCall(report(context, "L2 norm of the force", fabs(sqrt(2 * values.field_energy) - r->E_2)));
  PetscCall(report(context, "energy", fabs(values.energy - ENERGY)));
  PetscCall(report(context, "H_Ht", fabs(values.hamiltonian - HAMILTONIAN)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckNonlinear(HHTCheck *check)
{
  HHTCase *c;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
    Context context = {check, &references[i]};

    PetscCall(set_case(96, 400, 7, 0.025, c));
    c->max_time = references[i].t;
    PetscCall(HHTCheckSolve(check->comm, c, compare, &context));
  }
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}

/* The masses at the start and at the end. */
typedef struct {
  double first, last;
} Masses;

static PetscErrorCode weigh(HHTProblem *problem, double t, void *ctx)
{
  Masses *masses = ctx;

  PetscFunctionBeginUser;
  PetscCall(HHTStateMass(problem->state, &masses->last));
  if (t == 0) masses->first = masses->last;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckMass(HHTCheck *check)
{
  static const ptrdiff_t n[][2] = {{32, 64}, {30, 70}};
  HHTCase               *c;
  char                   name[64];

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
    Masses masses = {0};

    PetscCall(set_case(n[i][0], n[i][1], 6, 0.05, c));
    PetscCall(PetscStrncpy(c->splitting, "strang", sizeof c->splitting));
    c->max_time = 1000 * c->dt;
    PetscCall(HHTCheckSolve(check->comm, c, weigh, &masses));
    (void)snprintf(name, sizeof name, "%d x %d points", (int)n[i][0], (int)n[i][1]);
    PetscCall(HHTCheckError(check, name, fabs(masses.last / masses.first - 1), 1e-13));
  }
  PetscCall(PetscFree(c));
  PetscFunctionReturn(0);
}
