/*
  A pair potential of one's own: Gamma(x) = w^2 / (x^2 + w^2) in one dimension, attracting, so that a cold gas clumps.
  Energy is conserved to the order of the method: half the step gives a quarter of the drift.
*/
#include <hht/hht.h>
#include <math.h>

/* The Fourier transform of w^2 / (x^2 + w^2), w = params->width. The box's wave vector k has one entry here. */
static double symbol(const HHTPotentialParams *p, const HHTGrid *grid, const double k[])
{
  (void)grid;
  return PETSC_PI * p->width * exp(-p->width * fabs(k[0]));
}

static PetscErrorCode check(const HHTPotentialParams *p)
{
  if (p->width > 0) return 0;
  return HHTError(HHT_EXIT_USAGE, "potential_width: %g is not allowed; it must be > 0", p->width);
}

static const HHTPotentialMethods lorentz = {.name = "lorentz", .check = check, .symbol = symbol};

/* What the run is made of, in the order in which it is made. */
typedef struct {
  HHTGrid      grid;
  HHTPotential potential;
  HHTMeanField field;
  HHTState     state;
  HHTFlow      flow;
  HHTDiagnoser diagnoser;
} Run;

/* A registered kind of initial data: a Maxwellian with a wave on it. */
static PetscErrorCode set_amplitude(Run *r)
{
  HHTInitialParams params = {.type = "landau", .mass = 1, .temperature = 0.03, .amplitude = 0.05};
  HHTInitial       initial;
  ptrdiff_t        first, count;

  PetscFunctionBeginUser;
  params.wavenumber[0] = 1;
  PetscCall(HHTStateGetRows(r->state, &first, &count));
  PetscCall(HHTInitialCreate(PETSC_COMM_WORLD, &r->grid, &params, first, count, &initial));
  PetscCall(HHTStateSetAmplitude(r->state, HHTInitialFillRow, initial, params.mass));
  PetscCall(HHTInitialDestroy(&initial));
  PetscFunctionReturn(0);
}

static PetscErrorCode create(Run *r)
{
  const HHTPotentialParams params = {.type = "lorentz", .strength = -1, .boundary = HHT_PERIODIC, .width = 0.5};
  double                   bound;

  PetscFunctionBeginUser;
  r->grid = (HHTGrid){.dim = 1, .nx = {64}, .x_length = {2 * PETSC_PI}, .nv = {128}, .v_max = {3}};
  PetscCall(HHTGridSetUp(&r->grid));
  PetscCall(HHTPotentialCreate(&r->grid, &params, &r->potential));
  PetscCall(
      HHTMeanFieldCreate(PETSC_COMM_WORLD, &r->grid, r->potential, HHT_FIELD_AUTO, HHT_RIGOR_ESTIMATE, &r->field));
  PetscCall(
      HHTStateCreate(PETSC_COMM_WORLD, &r->grid, HHT_REAL, HHT_TRANSPOSE_ALLTOALL, HHT_RIGOR_ESTIMATE, &r->state));
  PetscCall(set_amplitude(r));
  PetscCall(HHTFlowCreate(r->state, r->field, &r->flow));
  PetscCall(HHTPotentialBound(r->potential, &bound));
  PetscCall(HHTDiagnoserCreate(r->flow, bound, &r->diagnoser));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(Run *r)
{
  PetscFunctionBeginUser;
  PetscCall(HHTDiagnoserDestroy(&r->diagnoser));
  PetscCall(HHTFlowDestroy(&r->flow));
  PetscCall(HHTStateDestroy(&r->state));
  PetscCall(HHTMeanFieldDestroy(&r->field));
  PetscCall(HHTPotentialDestroy(&r->potential));
  PetscFunctionReturn(0);
}

/* Strang's steps, written out: V/2 T V/2. Half steps that follow one another are merged by the flow itself. */
static PetscErrorCode energy_drift(double t, int steps, double *drift)
{
  Run            run;
  HHTDiagnostics before, after;

  PetscFunctionBeginUser;
  PetscCall(create(&run));
  PetscCall(HHTDiagnose(run.diagnoser, 0, &before));
  for (int i = 0; i < steps; i++) {
    PetscCall(HHTFlowPotential(run.flow, t / steps / 2));
    PetscCall(HHTFlowKinetic(run.flow, t / steps));
    PetscCall(HHTFlowPotential(run.flow, t / steps / 2));
  }
  PetscCall(HHTDiagnose(run.diagnoser, t, &after));
  *drift = fabs(after.energy - before.energy);
  PetscCall(PetscPrintf(PETSC_COMM_WORLD, "%3d steps: energy %.8f -> %.8f, drift %.1e; field energy %.2e -> %.2e\n",
                        steps, before.energy, after.energy, *drift, before.field_energy, after.field_energy));
  PetscCall(destroy(&run));
  PetscFunctionReturn(0);
}

int main(int argc, char **argv)
{
  double coarse, fine;

  PetscFunctionBeginUser;
  PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
  PetscCall(HHTPotentialRegister(&lorentz));
  PetscCall(energy_drift(6, 60, &coarse));
  PetscCall(energy_drift(6, 120, &fine));
  PetscCall(PetscPrintf(PETSC_COMM_WORLD, "drift of the energy over that at half the step: %.2f\n", coarse / fine));
  return PetscFinalize();
}
