/* Names that belong to PETSc, and names that belong to nobody. */
#include "options.h"

#include <hht/error.h>
#include <string.h>
#include <strings.h>

/* clang-format off */
/* Beginnings of the names of PETSc's options, up to the end of the name or an underscore. */
static const char *const prefixes[] = {
  "ts", "vec", "mat", "pc", "ksp", "snes", "tao", "dm", "da", "is", "sf", "ao", "pf", "sub", "npc", "random", "viewer",
  "draw", "display", "nox", "vecscatter", "petscsf", "petscpartitioner", "matmatmult", "matptap", "splitreduction", "python",
  "log", "options", "malloc", "info", "help", "version", "citations", "history", "memory", "objects", "saws", "petsc",
  "on_error", "fp_trap", "get_total", "debugger", "start_in", "stop_for", "no_signal", "check_pointer", "checkstack",
  "checkfunctionlist", "error_output", "process_view", "skip_petscrc", "petscrc", "prefix_push", "prefix_pop", "shared_tmp",
  "not_shared_tmp", "tmp", "device", "root_device_context", "cuda", "hip", "sycl", "kokkos", "use_gpu", "mpi",
};

/* What users of hht may need of them, for suggestions. */
static const char *const suggestions[] = {
  "ts_monitor", "ts_monitor_cancel", "ts_monitor_solution", "ts_view", "ts_adapt_monitor",
  "ts_adapt_dt_min", "ts_adapt_dt_max", "ts_adapt_safety", "ts_adapt_clip", "ts_rk_type", "ts_ssp_type", "ts_ssp_nstages",
  "ts_max_reject", "ts_event_tol", "ts_event_monitor", "ts_init_time", "ts_exact_final_time",
  "log_view", "options_left", "options_view", "options_file_yaml",
};
/* clang-format on */

static int has_prefix(const char *name, const char *prefix)
{
  const size_t length = strlen(prefix);

  return !strncasecmp(name, prefix, length) && (!name[length] || name[length] == '_');
}

int HHTOptionIsPetsc(const char *name)
{
  for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
    if (has_prefix(name, prefixes[i])) return 1;
  }
  return 0;
}

const char *HHTOptionNearest(const char *name)
{
  HHTNearest       nearest = {.wanted = name};
  int              n;
  const HHTOption *table = HHTOptions(&n);

  for (int i = 0; i < n; i++) HHTNearestTry(&nearest, table[i].name);
  for (size_t i = 0; i < sizeof(suggestions) / sizeof(suggestions[0]); i++) HHTNearestTry(&nearest, suggestions[i]);
  return nearest.best;
}

static PetscErrorCode unknown_option(const char *name)
{
  if (HHTIsFlag(name)) return HHTError(HHT_EXIT_USAGE, "-%s: there is no such option; it must be --%s", name, name);
  return HHTError(HHT_EXIT_USAGE, "-%s: there is no such option; the nearest known one is -%s", name,
                  HHTOptionNearest(name));
}

/* Whether an unused option is a mistake. */
typedef int (*IsMistake)(const char *name);

static PetscErrorCode check_left(IsMistake is_mistake)
{
  PetscInt       n;
  char         **names, **values;
  PetscErrorCode mistake = 0;

  PetscFunctionBeginUser;
  PetscCall(PetscOptionsLeftGet(NULL, &n, &names, &values));
  for (PetscInt i = 0; i < n && !mistake; i++) {
    if (is_mistake(names[i])) mistake = unknown_option(names[i]);
  }
  PetscCall(PetscOptionsLeftRestore(NULL, &n, &names, &values));
  PetscFunctionReturn(mistake);
}

static int is_foreign(const char *name) { return !HHTOptionFind(name) && !HHTOptionIsPetsc(name); }

PetscErrorCode HHTOptionsCheckUnknown(void) { return check_left(is_foreign); }

/*
  TSSolve() reads the options ts_view.. later; ours are read by another object than the one that they were meant for.
*/
static int is_unread_ts(const char *name)
{
  return has_prefix(name, "ts") && !has_prefix(name, "ts_view") && !HHTOptionFind(name);
}

PetscErrorCode HHTCaseCheckUnused(MPI_Comm comm)
{
  (void)comm;
  return check_left(is_unread_ts);
}
