#include "checkpoint_impl.h"
#include <hht/error.h>
#include <math.h>
#include <string.h>

#define DIAGNOSTICS     ((int)(sizeof(HHTDiagnostics) / sizeof(double))) /* it holds doubles only */
#define WATCHED_NUMBERS ((int)(sizeof(HHTWatched) / sizeof(double)))     /* and so does this */

#define PER_SOLUTION 0 /* numbers in an attribute that has as many as there are solutions */

typedef struct {
  const char *name;
  int         n;
} Attribute;

typedef double Values[HHT_SOLUTIONS];

enum {
  FORMAT,
  SOLUTIONS,
  TIME_STEP,
  MAX_TIME,
  LAST_SEEN,
  NEXT_SNAPSHOT,
  WARNED,
  WALL_TIME,
  REAL,
  SINGLE,
  IN_V,
  PENDING,
  PENDING_GRADIENT,
  MASS,
  NORM,
  ABSORBED_MASS,
  ABSORBED_ENERGY,
  RHO_KNOWN,
  J_KNOWN,
  WATCHED,
  FIRST,
  N_ATTRIBUTES
};

static const Attribute attributes[N_ATTRIBUTES] = {
    [FORMAT]           = {"checkpointFormat", 1},
    [SOLUTIONS]        = {"solutions", 1},
    [TIME_STEP]        = {"time_step", 1},
    [MAX_TIME]         = {"max_time", 1},
    [LAST_SEEN]        = {"last_diagnostics_step", 1},
    [NEXT_SNAPSHOT]    = {"next_snapshot", 1},
    [WARNED]           = {"warnings_given", 1},
    [WALL_TIME]        = {"wall_time", 1},
    [REAL]             = {"real_numbers", 1},
    [SINGLE]           = {"single_precision", 1},
    [IN_V]             = {"state_in_v", PER_SOLUTION},
    [PENDING]          = {"pending_potential_flow", PER_SOLUTION},
    [PENDING_GRADIENT] = {"pending_modified_potential_flow", PER_SOLUTION},
    [MASS]             = {"initial_mass", PER_SOLUTION},
    [NORM]             = {"initial_norm", PER_SOLUTION},
    [ABSORBED_MASS]    = {"absorbed_mass", PER_SOLUTION},
    [ABSORBED_ENERGY]  = {"absorbed_energy", PER_SOLUTION},
    [RHO_KNOWN]        = {"density_known", PER_SOLUTION},
    [J_KNOWN]          = {"current_known", PER_SOLUTION},
    [WATCHED]          = {"largest_diagnostics", WATCHED_NUMBERS},
    [FIRST]            = {"first_diagnostics", DIAGNOSTICS},
};

const char *HHTCheckpointArrayName(int solution, HHTCheckpointArray array)
{
  static const char *const names[HHT_SOLUTIONS][HHT_ARRAYS] = {{"state", "density", "current"},
                                                               {"other_state", "other_density", "other_current"}};

  return names[solution][array];
}

static int count(const Attribute *a, int solutions) { return a->n == PER_SOLUTION ? solutions : a->n; }

static void flow_to_values(const HHTFlowProgress *f, int solution, Values values[N_ATTRIBUTES])
{
  values[IN_V][solution]             = f->in_v;
  values[PENDING][solution]          = f->pending;
  values[PENDING_GRADIENT][solution] = f->pending_gradient;
  values[MASS][solution]             = f->mass;
  values[NORM][solution]             = f->norm;
  values[ABSORBED_MASS][solution]    = f->absorbed_mass;
  values[ABSORBED_ENERGY][solution]  = f->absorbed_energy;
  values[RHO_KNOWN][solution]        = f->rho_known;
  values[J_KNOWN][solution]          = f->J_known;
}

/* Where the numbers of an attribute stand. */
static double *place(int i, Values values[N_ATTRIBUTES], double first[], double watched[])
{
  if (i == FIRST) return first;
  return i == WATCHED ? watched : values[i];
}

PetscErrorCode HHTCheckpointNumbersWrite(const char *path, hid_t file, const HHTCheckpointNumbers *c)
{
  const HHTProgress *p                    = &c->progress;
  Values             values[N_ATTRIBUTES] = {[FORMAT]        = {HHT_CHECKPOINT_FORMAT},
                                             [SOLUTIONS]     = {c->solutions},
                                             [TIME_STEP]     = {p->time_step},
                                             [MAX_TIME]      = {p->max_time},
                                             [LAST_SEEN]     = {(double)p->last_seen},
                                             [NEXT_SNAPSHOT] = {(double)p->next_snapshot},
                                             [WARNED]        = {p->warned},
                                             [WALL_TIME]     = {p->wall_time},
                                             [REAL]          = {HHTNumbersAreReal(c->numbers)},
                                             [SINGLE]        = {HHTNumbersPrecision(c->numbers) == HHT_SINGLE}};
  double             first[DIAGNOSTICS], watched[WATCHED_NUMBERS];

  PetscFunctionBeginUser;
  for (int s = 0; s < c->solutions; s++) flow_to_values(&c->flow[s], s, values);
  memcpy(first, &p->first, sizeof(first));
  memcpy(watched, &p->watched, sizeof(watched));
  for (int i = 0; i < N_ATTRIBUTES; i++) {
    const int n = count(&attributes[i], c->solutions);

    PetscCall(HHTHDF5WriteDoubles(path, file, attributes[i].name, (hsize_t)n, place(i, values, first, watched)));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode read_attribute(const char *path, hid_t file, const Attribute *a, int solutions, double values[])
{
  const int expected = count(a, solutions);
  int       n;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadDoubles(path, file, a->name, expected, values, &n));
  if (n == expected) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_IO, "'%s': the attribute %s has %d numbers; it must have %d", path, a->name, n, expected));
}

/* The diagnostics of the initial data may hold what is not a number; where a run stands may not. */
static PetscErrorCode check_finite(const char *path, int solutions, Values values[N_ATTRIBUTES])
{
  for (int i = 0; i < N_ATTRIBUTES; i++) {
    for (int k = 0; i != FIRST && i != WATCHED && k < count(&attributes[i], solutions); k++)
      if (!isfinite(values[i][k]))
        return HHTError(HHT_EXIT_IO, "'%s': %s = %g is not allowed; it must be finite", path, attributes[i].name,
                        values[i][k]);
  }
  if (values[TIME_STEP][0] > 0) return 0;
  return HHTError(HHT_EXIT_IO, "'%s': time_step = %g is not allowed; it must be > 0", path, values[TIME_STEP][0]);
}

static PetscBool truth(double value) { return value != 0 ? PETSC_TRUE : PETSC_FALSE; }

/* Numbers of a damaged file pass checksums only if somebody made them; a conversion must not trap even then. */
static PetscInt integer(double value) { return value >= -1 && value <= PETSC_MAX_INT ? (PetscInt)value : -1; }

/* What the others are read by. */
static PetscErrorCode read_layout(const char *path, hid_t file, Values values[N_ATTRIBUTES])
{
  double format, solutions;

  PetscFunctionBeginUser;
  PetscCall(read_attribute(path, file, &attributes[FORMAT], 1, values[FORMAT]));
  format = values[FORMAT][0];
  if (format != HHT_CHECKPOINT_FORMAT)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the checkpoint has format %g; this program reads format %d", path,
                                 format, HHT_CHECKPOINT_FORMAT));
  PetscCall(read_attribute(path, file, &attributes[SOLUTIONS], 1, values[SOLUTIONS]));
  solutions = values[SOLUTIONS][0];
  if (solutions != 1 && solutions != HHT_SOLUTIONS)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': %g solutions are not allowed; there must be 1 or %d", path,
                                 solutions, HHT_SOLUTIONS));
  PetscFunctionReturn(0);
}

static HHTFlowProgress flow_of_values(Values values[N_ATTRIBUTES], int solution)
{
  return (HHTFlowProgress){.in_v             = truth(values[IN_V][solution]),
                           .pending          = values[PENDING][solution],
                           .pending_gradient = values[PENDING_GRADIENT][solution],
                           .mass             = values[MASS][solution],
                           .norm             = values[NORM][solution],
                           .absorbed_mass    = values[ABSORBED_MASS][solution],
                           .absorbed_energy  = values[ABSORBED_ENERGY][solution],
                           .rho_known        = truth(values[RHO_KNOWN][solution]),
                           .J_known          = truth(values[J_KNOWN][solution])};
}

PetscErrorCode HHTCheckpointNumbersRead(const char *path, hid_t file, HHTCheckpointNumbers *c)
{
  Values values[N_ATTRIBUTES];
  double first[DIAGNOSTICS], watched[WATCHED_NUMBERS];

  PetscFunctionBeginUser;
  PetscCall(read_layout(path, file, values));
  c->solutions = (int)values[SOLUTIONS][0];
  for (int i = SOLUTIONS + 1; i < N_ATTRIBUTES; i++)
    PetscCall(read_attribute(path, file, &attributes[i], c->solutions, place(i, values, first, watched)));
  PetscCall(check_finite(path, c->solutions, values));
  c->progress = (HHTProgress){.time_step     = values[TIME_STEP][0],
                              .max_time      = values[MAX_TIME][0],
                              .last_seen     = integer(values[LAST_SEEN][0]),
                              .next_snapshot = integer(values[NEXT_SNAPSHOT][0]),
                              .warned        = (unsigned)integer(values[WARNED][0]),
                              .wall_time     = values[WALL_TIME][0]};
  for (int s = 0; s < c->solutions; s++) c->flow[s] = flow_of_values(values, s);
  c->numbers = HHTNumbersOf(values[REAL][0] != 0, values[SINGLE][0] != 0 ? HHT_SINGLE : HHT_DOUBLE);
  memcpy(&c->progress.watched, watched, sizeof(watched));
  memcpy(&c->progress.first, first, sizeof(first));
  PetscFunctionReturn(0);
}
