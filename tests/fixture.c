#include "fixture.h"
#include "test.h"

static PetscErrorCode fill(void *ctx, ptrdiff_t row, double complex *alpha)
{
  const Fixture *f = ctx;
  const HHTGrid *g = &f->grid;
  ptrdiff_t      i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double         x[HHT_MAX_DIM], v[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, i);
  for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
  for (ptrdiff_t c = 0; c < g->n_cols; c++) {
    HHTUnflatten(c, g->dim, g->nv, m);
    for (int j = 0; j < g->dim; j++) v[j] = HHTGridV(g, j, m[j]);
    alpha[c] = f->amplitude(f->ctx, x, v);
  }
  return 0;
}

HHTGrid FixtureGrid(int dim, int nx, double x_min, double x_length, int nv, double v_max)
{
  HHTGrid g = {.dim = dim};

  for (int j = 0; j < dim; j++) {
    g.nx[j]       = nx;
    g.nv[j]       = nv;
    g.x_min[j]    = x_min;
    g.x_length[j] = x_length;
    g.v_max[j]    = v_max;
  }
  return g;
}

/* Whether the amplitude is real on the whole grid: named data know, a function is asked everywhere. */
static PetscBool is_real(MPI_Comm comm, Fixture *f, HHTInitial initial)
{
  const char *numbers = getenv("HHT_TEST_NUMBERS");
  PetscBool   real    = PETSC_TRUE;
  ptrdiff_t   first, count;

  if (f->unknown == HHT_DISTRIBUTION) return PETSC_TRUE;
  if (f->complex_numbers || (numbers && !strcmp(numbers, "complex"))) return PETSC_FALSE;
  if (initial) {
    TestCall(HHTInitialIsReal(initial, &real));
    return real;
  }
  HHTTransformShare(comm, f->grid.n_rows, &first, &count);
  double complex *row = malloc((size_t)f->grid.n_cols * sizeof *row);
  for (ptrdiff_t i = first; i < first + count; i++) {
    TestCall(fill(f, i, row));
    for (ptrdiff_t c = 0; c < f->grid.n_cols; c++)
      if (cimag(row[c]) != 0) real = PETSC_FALSE;
  }
  free(row);
  MPI_Allreduce(MPI_IN_PLACE, &real, 1, MPI_INT, MPI_MIN, comm);
  return real;
}

static HHTPrecision precision_of(const Fixture *f)
{
  const char *precision = getenv("HHT_TEST_PRECISION");

  return precision && !strcmp(precision, "single") ? HHT_SINGLE : f->precision;
}

static void create_initial(MPI_Comm comm, Fixture *f, HHTInitial *initial)
{
  HHTInitialParams *p = &f->initial_params;
  ptrdiff_t         first, count;

  *initial = NULL;
  if (!f->initial) return;
  p->mass = f->mass;
  TestCall(PetscStrncpy(p->type, f->initial, sizeof p->type));
  HHTTransformShare(comm, f->grid.n_rows, &first, &count);
  TestCall(HHTInitialCreate(comm, &f->grid, p, first, count, initial));
  TestCall(HHTInitialMass(*initial, &f->mass));
}

static PetscErrorCode fill_distribution(void *ctx, ptrdiff_t row, double complex *f)
{
  const ptrdiff_t n = ((const Fixture *)ctx)->grid.n_cols;

  TestCall(fill(ctx, row, f));
  for (ptrdiff_t c = 0; c < n; c++) f[c] *= conj(f[c]);
  return 0;
}

static void fill_state(Fixture *f, HHTInitial initial)
{
  if (f->unknown == HHT_DISTRIBUTION)
    TestCall(HHTStateSetAmplitude(f->state, initial ? HHTInitialFillDistributionRow : fill_distribution,
                                  initial ? (void *)initial : f, f->mass));
  else
    TestCall(
        HHTStateSetAmplitude(f->state, initial ? HHTInitialFillRow : fill, initial ? (void *)initial : f, f->mass));
}

static void create_state(MPI_Comm comm, Fixture *f)
{
  HHTInitial initial;
  HHTNumbers numbers;

  create_initial(comm, f, &initial);
  f->real = is_real(comm, f, initial);
  numbers = HHTNumbersOf(f->real ? 1 : 0, precision_of(f));
  TestCall(HHTStateCreate(comm, &f->grid, numbers, f->transpose, HHT_RIGOR_ESTIMATE, &f->state));
  if (f->threads) TestCall(HHTStateSetThreads(f->state, f->threads));
  TestCall(HHTStateSetUnknown(f->state, f->unknown));
  fill_state(f, initial);
  TestCall(HHTInitialDestroy(&initial));
}

static HHTField create_field(MPI_Comm comm, Fixture *f)
{
  HHTField field;

  f->one = f->grid;
  if (f->particles) {
    TestCall(HHTParticleFieldCreate(&f->one, f->particles, f->gamma, &f->particle_field));
    TestCall(HHTParticleFieldGetField(f->particle_field, &field));
    f->grid = HHTGridOfParticles(&f->one, f->particles);
  } else {
    TestCall(HHTMeanFieldCreate(comm, &f->grid, f->gamma, f->field_type, HHT_RIGOR_ESTIMATE, &f->field));
    TestCall(HHTMeanFieldGetField(f->field, &field));
  }
  return field;
}

void FixtureCreate(MPI_Comm comm, Fixture *f)
{
  HHTField field;
  double   c_gamma;

  TestCall(HHTGridSetUp(&f->grid));
  for (int j = 0; j < f->grid.dim && f->kept; j++) f->grid.kept_k[j] = f->kept;
  TestCall(HHTPotentialCreate(&f->grid, &f->potential, &f->gamma));
  field = create_field(comm, f);
  create_state(comm, f);
  TestCall(HHTFlowCreateInField(f->state, &field, &f->flow));
  TestCall(HHTPotentialBound(f->gamma, &c_gamma));
  TestCall(HHTDiagnoserCreate(f->flow, c_gamma, &f->diagnoser));
}

void FixtureDestroy(Fixture *f)
{
  TestCall(HHTDiagnoserDestroy(&f->diagnoser));
  TestCall(HHTFlowDestroy(&f->flow));
  TestCall(HHTStateDestroy(&f->state));
  TestCall(HHTMeanFieldDestroy(&f->field));
  TestCall(HHTParticleFieldDestroy(&f->particle_field));
  TestCall(HHTPotentialDestroy(&f->gamma));
}

/* One call of FixtureSolve(). */
typedef struct {
  Fixture  *fixture;
  int       n;
  PetscBool merged;
} Solve;

static PetscBool looked_at(const Solve *s, PetscInt step)
{
  const int every = s->fixture->every;

  if (!s->fixture->look) return PETSC_FALSE;
  return step == 0 || step == s->n || (every > 0 && step % every == 0) ? PETSC_TRUE : PETSC_FALSE;
}

static PetscErrorCode is_seen(TS ts, PetscInt step, PetscReal time, PetscBool *seen, void *ctx)
{
  const Solve *s = ctx;

  (void)ts, (void)time;
  *seen = !s->merged || looked_at(s, step) ? PETSC_TRUE : PETSC_FALSE;
  return 0;
}

/* After each step, and before the first. Monitors would make every step end at rest. */
static PetscErrorCode look(TS ts)
{
  Solve    *s;
  PetscInt  step;
  PetscReal time;

  TestCall(TSGetApplicationContext(ts, &s));
  TestCall(TSGetStepNumber(ts, &step));
  TestCall(TSGetTime(ts, &time));
  if (looked_at(s, step)) s->fixture->look(s->fixture, time, s->fixture->look_ctx);
  return 0;
}

void FixtureSolve(Fixture *f, const char *splitting, double t, int n, PetscBool merged)
{
  static PetscBool registered = PETSC_FALSE;
  Solve            solve      = {f, n, merged};
  MPI_Comm         comm;
  TS               ts;
  Vec              vec;

  if (!registered) TestCall(TSHHTSplittingRegister());
  registered = PETSC_TRUE;
  TestCall(HHTStateGetComm(f->state, &comm));
  TestCall(HHTStateGetVec(f->state, &vec));
  TestCall(TSCreate(comm, &ts));
  TestCall(TSSetType(ts, TSHHTSPLITTING));
  TestCall(TSHHTSplittingSetType(ts, splitting));
  TestCall(TSHHTSplittingSetFlow(ts, f->flow));
  TestCall(TSHHTSplittingSetSeen(ts, is_seen, &solve));
  TestCall(TSSetApplicationContext(ts, &solve));
  TestCall(TSSetPostStep(ts, look));
  TestCall(TSSetSolution(ts, vec));
  TestCall(TSSetTimeStep(ts, t / n));
  TestCall(TSSetMaxTime(ts, t));
  TestCall(TSSetMaxSteps(ts, n + 2));
  TestCall(look(ts));
  TestCall(TSSolve(ts, vec));
  TestCall(HHTFlowFinish(f->flow));
  TestCall(TSDestroy(&ts));
}

typedef PetscErrorCode (*GetRow)(HHTState state, ptrdiff_t row, double complex *numbers);
typedef double (*Coordinate)(const HHTGrid *grid, int j, ptrdiff_t i);

static double largest_error(Fixture *f, GetRow get, Coordinate second, Amplitude exact, void *ctx)
{
  const HHTGrid  *g = &f->grid;
  ptrdiff_t       first, count, i[HHT_MAX_DIM], m[HHT_MAX_DIM];
  double          x[HHT_MAX_DIM], y[HHT_MAX_DIM], error = 0;
  double complex *row = malloc((size_t)g->n_cols * sizeof *row);
  MPI_Comm        comm;

  TestCall(HHTStateGetComm(f->state, &comm));
  TestCall(HHTStateGetRows(f->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(get(f->state, r, row));
    HHTUnflatten(r, g->dim, g->nx, i);
    for (int j = 0; j < g->dim; j++) x[j] = HHTGridX(g, j, i[j]);
    for (ptrdiff_t c = 0; c < g->n_cols; c++) {
      HHTUnflatten(c, g->dim, g->nv, m);
      for (int j = 0; j < g->dim; j++) y[j] = second(g, j, m[j]);
      error = fmax(error, cabs(row[c] - exact(ctx, x, y)));
    }
  }
  free(row);
  MPI_Allreduce(MPI_IN_PLACE, &error, 1, MPI_DOUBLE, MPI_MAX, comm);
  return error;
}

double FixtureError(Fixture *f, Amplitude exact, void *ctx)
{
  return largest_error(f, HHTStateGetAlphaHatRow, HHTGridXi, exact, ctx);
}

double FixtureAlphaError(Fixture *f, Amplitude exact, void *ctx)
{
  return largest_error(f, HHTStateGetAlphaRow, HHTGridV, exact, ctx);
}

double FixtureDifference(Fixture *a, Fixture *b)
{
  const ptrdiff_t n = a->grid.n_cols;
  double complex *x = malloc((size_t)(2 * n) * sizeof *x), *y = x + n;
  ptrdiff_t       first, count;
  double          difference = 0;
  MPI_Comm        comm;

  TestCall(HHTStateGetComm(a->state, &comm));
  TestCall(HHTStateGetRows(a->state, &first, &count));
  for (ptrdiff_t r = first; r < first + count; r++) {
    TestCall(HHTStateGetAlphaHatRow(a->state, r, x));
    TestCall(HHTStateGetAlphaHatRow(b->state, r, y));
    for (ptrdiff_t i = 0; i < n; i++) difference = fmax(difference, cabs(x[i] - y[i]));
  }
  free(x);
  MPI_Allreduce(MPI_IN_PLACE, &difference, 1, MPI_DOUBLE, MPI_MAX, comm);
  return difference;
}

double FixtureForceMode(Fixture *f, double k)
{
  HHTFields fields;
  double    mode = 0;

  TestCall(HHTFlowGetFields(f->flow, &fields));
  for (ptrdiff_t i = 0; i < f->grid.n_rows; i++) mode -= fields.grad_phi[i] * sin(k * HHTGridX(&f->grid, 0, i));
  return mode;
}

HHTDiagnostics FixtureDiagnose(Fixture *f, double t)
{
  HHTDiagnostics values;

  TestCall(HHTDiagnose(f->diagnoser, t, &values));
  return values;
}
