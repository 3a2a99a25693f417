#include "checkpoint_impl.h"
#include <hht/error.h>
#include <math.h>
#include <string.h>

#define DIAGNOSTICS     ((int)(sizeof(HHTDiagnostics) / sizeof(double))) /* it holds doubles only */
#define WATCHED_NUMBERS ((int)(sizeof(HHTWatched) / sizeof(double)))     /* and so does this */

/* What one attribute is, given the numbers that it is part of. */
typedef struct {
  const char *name;
  int         n;
} Attribute;

enum {
  FORMAT,
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
  RHO_KNOWN,
  J_KNOWN,
  WATCHED,
  FIRST,
  N_ATTRIBUTES
};

static const Attribute attributes[N_ATTRIBUTES] = {
    [FORMAT]           = {"checkpointFormat", 1},
    [TIME_STEP]        = {"time_step", 1},
    [MAX_TIME]         = {"max_time", 1},
    [LAST_SEEN]        = {"last_diagnostics_step", 1},
    [NEXT_SNAPSHOT]    = {"next_snapshot", 1},
    [WARNED]           = {"warnings_given", 1},
    [WALL_TIME]        = {"wall_time", 1},
    [REAL]             = {"real_numbers", 1},
    [SINGLE]           = {"single_precision", 1},
    [IN_V]             = {"state_in_v", 1},
    [PENDING]          = {"pending_potential_flow", 1},
    [PENDING_GRADIENT] = {"pending_modified_potential_flow", 1},
    [MASS]             = {"initial_mass", 1},
    [RHO_KNOWN]        = {"density_known", 1},
    [J_KNOWN]          = {"current_known", 1},
    [WATCHED]          = {"largest_diagnostics", WATCHED_NUMBERS},
    [FIRST]            = {"first_diagnostics", DIAGNOSTICS},
};

/* Where the numbers of an attribute stand. */
static double *place(int i, double values[], double first[], double watched[])
{
  if (i == FIRST) return first;
  return i == WATCHED ? watched : &values[i];
}

PetscErrorCode HHTCheckpointNumbersWrite(const char *path, hid_t file, const HHTCheckpointNumbers *c)
{
  const HHTProgress     *p                    = &c->progress;
  const HHTFlowProgress *f                    = &c->flow;
  double                 values[N_ATTRIBUTES] = {[FORMAT]           = HHT_CHECKPOINT_FORMAT,
                                                 [TIME_STEP]        = p->time_step,
                                                 [MAX_TIME]         = p->max_time,
                                                 [LAST_SEEN]        = (double)p->last_seen,
                                                 [NEXT_SNAPSHOT]    = (double)p->next_snapshot,
                                                 [WARNED]           = p->warned,
                                                 [WALL_TIME]        = p->wall_time,
                                                 [REAL]             = HHTNumbersAreReal(c->numbers),
                                                 [SINGLE]           = HHTNumbersPrecision(c->numbers) == HHT_SINGLE,
                                                 [IN_V]             = f->in_v,
                                                 [PENDING]          = f->pending,
                                                 [PENDING_GRADIENT] = f->pending_gradient,
                                                 [MASS]             = f->mass,
                                                 [RHO_KNOWN]        = f->rho_known,
                                                 [J_KNOWN]          = f->J_known};
  double                 first[DIAGNOSTICS], watched[WATCHED_NUMBERS];

  PetscFunctionBeginUser;
  memcpy(first, &p->first, sizeof(first));
  memcpy(watched, &p->watched, sizeof(watched));
  for (int i = 0; i < N_ATTRIBUTES; i++) {
    PetscCall(HHTHDF5WriteDoubles(path, file, attributes[i].name, (hsize_t)attributes[i].n,
                                  place(i, values, first, watched)));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode read_attribute(const char *path, hid_t file, const Attribute *a, double values[])
{
  int n;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5ReadDoubles(path, file, a->name, a->n, values, &n));
  if (n == a->n) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_IO, "'%s': the attribute %s has %d numbers; it must have %d", path, a->name, n, a->n));
}

/* The diagnostics of the initial data may hold what is not a number; where a run stands may not. */
static PetscErrorCode check_finite(const char *path, const double values[])
{
  for (int i = 0; i < N_ATTRIBUTES; i++) {
    if (i == FIRST || i == WATCHED || isfinite(values[i])) continue;
    return HHTError(HHT_EXIT_IO, "'%s': %s = %g is not allowed; it must be finite", path, attributes[i].name,
                    values[i]);
  }
  if (values[TIME_STEP] > 0) return 0;
  return HHTError(HHT_EXIT_IO, "'%s': time_step = %g is not allowed; it must be > 0", path, values[TIME_STEP]);
}

static PetscBool truth(double value) { return value != 0 ? PETSC_TRUE : PETSC_FALSE; }

/* Numbers of a damaged file pass checksums only if somebody made them; a conversion must not trap even then. */
static PetscInt integer(double value) { return value >= -1 && value <= PETSC_MAX_INT ? (PetscInt)value : -1; }

PetscErrorCode HHTCheckpointNumbersRead(const char *path, hid_t file, HHTCheckpointNumbers *c)
{
  double values[N_ATTRIBUTES], first[DIAGNOSTICS], watched[WATCHED_NUMBERS];

  PetscFunctionBeginUser;
  PetscCall(read_attribute(path, file, &attributes[FORMAT], &values[FORMAT]));
  if (values[FORMAT] != HHT_CHECKPOINT_FORMAT)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the checkpoint has format %g; this program reads format %d", path,
                                 values[FORMAT], HHT_CHECKPOINT_FORMAT));
  for (int i = FORMAT + 1; i < N_ATTRIBUTES; i++)
    PetscCall(read_attribute(path, file, &attributes[i], place(i, values, first, watched)));
  PetscCall(check_finite(path, values));
  c->progress = (HHTProgress){.time_step     = values[TIME_STEP],
                              .max_time      = values[MAX_TIME],
                              .last_seen     = integer(values[LAST_SEEN]),
                              .next_snapshot = integer(values[NEXT_SNAPSHOT]),
                              .warned        = (unsigned)integer(values[WARNED]),
                              .wall_time     = values[WALL_TIME]};
  c->flow     = (HHTFlowProgress){.in_v             = truth(values[IN_V]),
                                  .pending          = values[PENDING],
                                  .pending_gradient = values[PENDING_GRADIENT],
                                  .mass             = values[MASS],
                                  .rho_known        = truth(values[RHO_KNOWN]),
                                  .J_known          = truth(values[J_KNOWN])};
  c->numbers  = HHTNumbersOf(values[REAL] != 0, values[SINGLE] != 0 ? HHT_SINGLE : HHT_DOUBLE);
  memcpy(&c->progress.watched, watched, sizeof(watched));
  memcpy(&c->progress.first, first, sizeof(first));
  PetscFunctionReturn(0);
}
