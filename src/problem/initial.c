#include "initial_impl.h"
#include <math.h>
#include <string.h>

static const HHTInitialMethods *const types[] = {&HHTInitial_Maxwellian, &HHTInitial_Landau,     &HHTInitial_TwoStream,
                                                 &HHTInitial_Beams,      &HHTInitial_BumpOnTail, &HHTInitial_Waterbag,
                                                 &HHTInitial_Gaussian,   &HHTInitial_Expression, &HHTInitial_File};

#define N_TYPES (sizeof types / sizeof *types)

static PetscErrorCode find(const char *name, const HHTInitialMethods **methods)
{
  char list[512] = "";

  PetscFunctionBeginUser;
  for (size_t i = 0; i < N_TYPES; i++) {
    *methods = types[i];
    if (!strcmp(name, types[i]->name)) PetscFunctionReturn(0);
    PetscCall(PetscStrlcat(list, i ? ", " : "", sizeof list));
    PetscCall(PetscStrlcat(list, types[i]->name, sizeof list));
  }
  return HHTError(HHT_EXIT_USAGE, "initial_type: '%s' is not allowed; it must be one of %s", name, list);
}

PetscErrorCode HHTInitialCheckFinite(const char *option, double value)
{
  if (isfinite(value)) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %g is not allowed; it must be a finite number", option, value);
}

PetscErrorCode HHTInitialCheckPositive(const char *option, double value)
{
  if (value > 0 && isfinite(value)) return 0;
  return HHTError(HHT_EXIT_USAGE, "%s: %g is not allowed; it must be a finite number > 0", option, value);
}

PetscErrorCode HHTInitialCompile(HHTInitial initial, const char *option, const char *formula, HHTExpression *expression)
{
  static const char *const names[HHT_MAX_DIM][2 * HHT_MAX_DIM] = {
      {"x", "vx", "v"}, {"x", "y", "vx", "vy"}, {"x", "y", "z", "vx", "vy", "vz"}};
  const int dim = initial->grid.dim;

  PetscFunctionBeginUser;
  PetscCall(HHTExpressionCreate(option, formula, dim == 1 ? 3 : 2 * dim, names[dim - 1], expression));
  PetscFunctionReturn(0);
}

void HHTInitialCoordinates(HHTInitial initial, ptrdiff_t row, ptrdiff_t col, double values[])
{
  const HHTGrid *g = &initial->grid;
  ptrdiff_t      index[HHT_MAX_DIM];

  HHTUnflatten(row, g->dim, g->nx, index);
  for (int j = 0; j < g->dim; j++) {
    values[j]          = HHTGridX(g, j, index[j]);
    values[g->dim + j] = initial->v[col * g->dim + j];
  }
  if (g->dim == 1) values[2] = values[1];
}

void HHTInitialCoordinatesAt(HHTInitial initial, const double z[], double values[])
{
  const HHTGrid *g = &initial->grid;

  for (int j = 0; j < g->dim; j++) {
    values[j]          = z[j] - g->x_length[j] * floor((z[j] - g->x_min[j]) / g->x_length[j]);
    values[g->dim + j] = z[g->dim + j];
  }
  if (g->dim == 1) values[2] = values[1];
}

static PetscErrorCode set_velocities(HHTInitial initial)
{
  const HHTGrid *g = &initial->grid;
  ptrdiff_t      index[HHT_MAX_DIM];

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)(g->n_cols * g->dim), &initial->v));
  for (ptrdiff_t col = 0; col < g->n_cols; col++) {
    HHTUnflatten(col, g->dim, g->nv, index);
    for (int j = 0; j < g->dim; j++) initial->v[col * g->dim + j] = HHTGridV(g, j, index[j]);
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode prepare(HHTInitial initial)
{
  const HHTInitialParams *p = &initial->params;

  PetscFunctionBeginUser;
  if (!isnan(p->mass)) PetscCall(HHTInitialCheckPositive("initial_mass", p->mass));
  PetscCall(set_velocities(initial));
  if (p->phase[0]) PetscCall(HHTInitialCompile(initial, "initial_phase", p->phase, &initial->phase));
  if (initial->methods->create) PetscCall(initial->methods->create(initial));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialCreate(MPI_Comm comm, const HHTGrid *grid, const HHTInitialParams *params, ptrdiff_t first,
                                ptrdiff_t count, HHTInitial *initial)
{
  const HHTInitialMethods *methods;
  PetscErrorCode           ierr;

  PetscFunctionBeginUser;
  *initial = NULL;
  PetscCall(find(params->type, &methods));
  PetscCall(PetscNew(initial));
  **initial = (struct HHTInitial_s){
      .methods = methods, .params = *params, .grid = *grid, .first = first, .count = count};
  ierr = HHTAgree(comm, prepare(*initial));
  if (ierr) PetscCall(HHTInitialDestroy(initial));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTInitialDestroy(HHTInitial *initial)
{
  PetscFunctionBeginUser;
  if (!*initial) PetscFunctionReturn(0);
  if ((*initial)->methods->destroy) PetscCall((*initial)->methods->destroy(*initial));
  PetscCall(HHTInterpolantDestroy(&(*initial)->interpolant));
  PetscCall(HHTExpressionDestroy(&(*initial)->phase));
  PetscCall(PetscFree((*initial)->v));
  PetscCall(PetscFree(*initial));
  PetscFunctionReturn(0);
}

static PetscErrorCode apply_phase(HHTInitial initial, ptrdiff_t row, double complex *alpha)
{
  double at[HHT_EXPRESSION_VARIABLES], phase;

  PetscFunctionBeginUser;
  for (ptrdiff_t col = 0; col < initial->grid.n_cols; col++) {
    HHTInitialCoordinates(initial, row, col, at);
    PetscCall(HHTExpressionEvaluate(initial->phase, at, &phase));
    alpha[col] *= (cos(phase) + I * sin(phase));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialFillRow(void *ctx, ptrdiff_t row, double complex *alpha)
{
  HHTInitial initial = ctx;

  PetscFunctionBeginUser;
  PetscCall(initial->methods->fill(initial, row, alpha));
  if (initial->phase) PetscCall(apply_phase(initial, row, alpha));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialFillDistributionRow(void *ctx, ptrdiff_t row, double complex *f)
{
  const ptrdiff_t n = ((HHTInitial)ctx)->grid.n_cols;

  PetscFunctionBeginUser;
  PetscCall(HHTInitialFillRow(ctx, row, f));
  for (ptrdiff_t i = 0; i < n; i++) f[i] = creal(f[i]) * creal(f[i]) + cimag(f[i]) * cimag(f[i]);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialCheckSample(HHTInitial initial)
{
  char list[512] = "";

  PetscFunctionBeginUser;
  if (initial->methods->sample) PetscFunctionReturn(0);
  for (size_t i = 0; i < N_TYPES; i++) {
    if (!types[i]->sample) continue;
    PetscCall(PetscStrlcat(list, i ? ", " : "", sizeof list));
    PetscCall(PetscStrlcat(list, types[i]->name, sizeof list));
  }
  return HHTError(HHT_EXIT_USAGE,
                  "initial_type: %s is not allowed for particles, which are drawn from it; it must be one of %s",
                  initial->methods->name, list);
}

static PetscErrorCode multiply_phase(HHTInitial initial, const double z[], double complex *alpha)
{
  double at[HHT_EXPRESSION_VARIABLES], phase;

  PetscFunctionBeginUser;
  if (!initial->phase) PetscFunctionReturn(0);
  HHTInitialCoordinatesAt(initial, z, at);
  PetscCall(HHTExpressionEvaluate(initial->phase, at, &phase));
  *alpha *= cos(phase) + I * sin(phase);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialAmplitude(HHTInitial initial, const double z[], double complex *alpha)
{
  PetscFunctionBeginUser;
  PetscCall(initial->methods->amplitude(initial, z, alpha));
  PetscCall(multiply_phase(initial, z, alpha));
  PetscFunctionReturn(0);
}

static PetscErrorCode fill_type_row(void *initial, ptrdiff_t row, double complex *alpha)
{
  return ((HHTInitial)initial)->methods->fill(initial, row, alpha);
}

double HHTInitialPointsBytes(HHTInitial initial)
{
  return initial->methods->amplitude ? 0 : HHTInterpolantBytes(&initial->grid);
}

PetscErrorCode HHTInitialPreparePoints(MPI_Comm comm, HHTInitial initial)
{
  PetscFunctionBeginUser;
  if (initial->methods->amplitude || initial->interpolant) PetscFunctionReturn(0);
  PetscCall(HHTAgree(comm, HHTInterpolantCreate(&initial->grid, fill_type_row, initial, &initial->interpolant)));
  PetscFunctionReturn(0);
}

static void get_point(int dim, ptrdiff_t n, const double *z, double point[])
{
  for (int j = 0; j < 2 * dim; j++) point[j] = z[j * n];
}

PetscErrorCode HHTInitialAmplitudes(HHTInitial initial, ptrdiff_t n, const double z[], double complex alpha[])
{
  double point[2 * HHT_MAX_DIM];

  PetscFunctionBeginUser;
  if (initial->interpolant) PetscCall(HHTInterpolantValues(initial->interpolant, n, z, alpha));
  for (ptrdiff_t i = 0; i < n; i++) {
    get_point(initial->grid.dim, n, z + i, point);
    if (!initial->interpolant) PetscCall(initial->methods->amplitude(initial, point, alpha + i));
    PetscCall(multiply_phase(initial, point, alpha + i));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialSample(HHTInitial initial, HHTRandom *random, double z[])
{
  PetscFunctionBeginUser;
  initial->methods->sample(initial, random, z);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialIsReal(HHTInitial initial, PetscBool *real)
{
  const HHTInitialMethods *methods = initial->methods;

  PetscFunctionBeginUser;
  *real = !initial->phase && (!methods->is_real || methods->is_real(initial)) ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTInitialMass(HHTInitial initial, double *mass)
{
  const int keep = initial->methods == &HHTInitial_File;

  PetscFunctionBeginUser;
  *mass = initial->params.mass;
  if (!isnan(*mass) || keep) PetscFunctionReturn(0);
  *mass = 1;
  for (int j = 0; j < initial->grid.dim; j++) *mass *= initial->grid.x_length[j];
  PetscFunctionReturn(0);
}
