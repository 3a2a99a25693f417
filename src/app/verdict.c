/* Whether the run was resolved in x, v, xi and t, by what was watched on the way, and what to change if not. */
#include "run_impl.h"
#include <hht/log.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 64

/* "512", or "512,256" where dimensions differ. */
static void format_counts(int dim, const ptrdiff_t n[], char text[TEXT_MAX])
{
  PetscBool same = PETSC_TRUE;
  int       used = snprintf(text, TEXT_MAX, "%td", n[0]);

  for (int j = 1; j < dim; j++) same = n[j] == n[0] ? same : PETSC_FALSE;
  for (int j = 1; j < dim && !same; j++) used += snprintf(text + used, (size_t)(TEXT_MAX - used), ",%td", n[j]);
}

/* Points times a factor, even. */
static void scale_counts(int dim, const ptrdiff_t n[], double factor, char text[TEXT_MAX])
{
  ptrdiff_t scaled[HHT_MAX_DIM] = {0};

  for (int j = 0; j < dim; j++) scaled[j] = 2 * (ptrdiff_t)ceil((double)n[j] * factor / 2);
  format_counts(dim, scaled, text);
}

static void scale_reals(int dim, const double x[], double factor, char text[TEXT_MAX])
{
  PetscBool same = PETSC_TRUE;
  int       used = snprintf(text, TEXT_MAX, "%.6g", x[0] * factor);

  for (int j = 1; j < dim; j++) same = x[j] == x[0] ? same : PETSC_FALSE;
  for (int j = 1; j < dim && !same; j++)
    used += snprintf(text + used, (size_t)(TEXT_MAX - used), ",%.6g", x[j] * factor);
}

/* One line for what was found, and one for what to do where it is not resolved. */
static PetscErrorCode say(const HHTRun *run, const char *what, PetscBool resolved, const char *found,
                          const char *advice)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(run->comm, "  %-2s  %-12s  %s\n", what, resolved ? "resolved" : "NOT RESOLVED", found));
  if (!resolved) PetscCall(HHTLog(run->comm, "                    try %s\n", advice));
  PetscFunctionReturn(0);
}

static PetscBool is_low(double share) { return share <= HHT_EDGE_LIMIT ? PETSC_TRUE : PETSC_FALSE; }

static PetscErrorCode say_x(const HHTRun *run)
{
  const HHTGrid *g     = &run->c.grid;
  const double   share = run->progress.watched.k_edge;
  char           found[128], advice[128], nx[TEXT_MAX];

  PetscFunctionBeginUser;
  scale_counts(g->dim, g->nx, 2, nx);
  (void)snprintf(found, sizeof found, "%.1e of the mass in the outer 5 %% of wave numbers", share);
  (void)snprintf(advice, sizeof advice, "-grid_nx %s", nx);
  PetscCall(say(run, "x", is_low(share), found, advice));
  PetscFunctionReturn(0);
}

/* More room for v at the same spacing, which is what keeps the window in xi. */
static PetscErrorCode say_v(const HHTRun *run)
{
  const HHTGrid *g     = &run->c.grid;
  const double   share = run->progress.watched.v_edge;
  char           found[128], advice[160], nv[TEXT_MAX], v_max[TEXT_MAX];

  PetscFunctionBeginUser;
  scale_counts(g->dim, g->nv, 1.5, nv);
  scale_reals(g->dim, g->v_max, 1.5, v_max);
  (void)snprintf(found, sizeof found, "%.1e of it in the outer 5 %% of the v window", share);
  (void)snprintf(advice, sizeof advice, "-grid_v_max %s -grid_nv %s", v_max, nv);
  PetscCall(say(run, "v", is_low(share), found, advice));
  PetscFunctionReturn(0);
}

static PetscErrorCode say_xi(const HHTRun *run)
{
  const HHTGrid  *g          = &run->c.grid;
  const double    share      = run->progress.watched.xi_edge;
  const double    recurrence = HHTRecurrenceTime(&run->c), rounds = run->last_time / recurrence;
  const PetscBool edge = is_low(share), absorbs = run->c.absorber.type != HHT_ABSORBER_NONE;
  const PetscBool returned = rounds > 1 && !absorbs ? PETSC_TRUE : PETSC_FALSE;
  char            found[128], advice[128], nv[TEXT_MAX];

  PetscFunctionBeginUser;
  scale_counts(g->dim, g->nv, returned ? exp2(ceil(log2(rounds))) : 2, nv);
  if (returned)
    (void)snprintf(found, sizeof found, "time %.4g is past the recurrence at %.4g; edge %.1e", run->last_time,
                   recurrence, share);
  else
    (void)snprintf(found, sizeof found, "%.1e of it in the outer 5 %% of the xi window", share);
  (void)snprintf(advice, sizeof advice, "-grid_nv %s", nv);
  PetscCall(say(run, "xi", edge && !returned ? PETSC_TRUE : PETSC_FALSE, found, advice));
  PetscFunctionReturn(0);
}

/* The step, or the tolerance, at which a drift of the method's order is within the limit. */
static void advise_time(const HHTRun *run, double drift, char *advice, size_t size)
{
  const HHTSplitting *method = NULL;
  double              factor;

  (void)HHTSplittingFind(run->c.splitting, &method);
  factor = drift / HHT_ENERGY_LIMIT;
  if (!isfinite(factor)) factor = 1e6;
  if (HHTCaseAdapts(&run->c))
    (void)snprintf(advice, size, "-ts_atol %.1g -ts_rtol %.1g", run->c.atol / (10 * factor),
                   run->c.rtol / (10 * factor));
  else
    (void)snprintf(advice, size, "-ts_dt %.3g",
                   run->c.dt / exp2(ceil(log2(factor) / (run->splitting && method ? method->order : 1) + 1e-9)));
}

static PetscErrorCode say_t(const HHTRun *run)
{
  const HHTWatched *w     = &run->progress.watched;
  const PetscBool   kept  = w->energy_drift <= HHT_ENERGY_LIMIT ? PETSC_TRUE : PETSC_FALSE;
  const PetscBool   space = is_low(w->k_edge) && is_low(w->v_edge) && is_low(w->xi_edge) ? PETSC_TRUE : PETSC_FALSE;
  char              found[128], advice[160];

  PetscFunctionBeginUser;
  (void)snprintf(found, sizeof found, "energy drifts by %.1e%s", w->energy_drift,
                 kept || space ? "" : ", perhaps for lack of points");
  advise_time(run, w->energy_drift, advice, sizeof advice);
  PetscCall(say(run, "t", kept, found, advice));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunVerdict(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(run->comm, "\nResolution, by the largest of all diagnostics (--error-check measures errors):\n"));
  PetscCall(say_x(run));
  PetscCall(say_v(run));
  PetscCall(say_xi(run));
  PetscCall(say_t(run));
  PetscFunctionReturn(0);
}
