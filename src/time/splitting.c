/*
  TSSPLITTING. The one file that needs PETSc's private TS header, and the place of its version guards.

  With (HHt) as i d_t alpha_hat = (T + W) alpha_hat, T = grad_x . grad_xi, one step is the product of the exact flows

      V(b_0 dt) T(a_0 dt) V(b_1 dt) .. T(a_{s-1} dt) V(b_s dt),

  applied from left to right, with the coefficients of a table. In force-gradient methods V is that of a
  modified potential. An absorber, which cannot run backward as some of these do, comes after the whole step. The flows act on the
  state's own memory, which is the TS solution Vec.

  With an adaptor a step is two half steps, and one whole step beside them tells their error: the distance of the two over 2^order - 1, in
  the L2 norm. That costs half as much again, whatever the table. All steps then end at rest.
*/
#include <hht/error.h>
#include <hht/flow_copy.h>
#include <hht/splitting.h>
#include <petsc/private/tsimpl.h>

#define FLOW_KEY "hht_flow"

typedef struct {
  const HHTSplitting *method;
  HHTFlow             flow;         /* borrowed, found at set-up */
  HHTFlowCopy         start, whole; /* of the step in progress, where steps adapt; else NULL */
  PetscReal           error;        /* of that step, over the tolerance */
  HHTSeen             seen;
  void               *seen_ctx;
} Splitting;

static PetscLogEvent event_kinetic, event_finish;

static PetscErrorCode register_events(void)
{
  static PetscBool registered = PETSC_FALSE;
  PetscClassId     id;

  PetscFunctionBeginUser;
  if (registered) PetscFunctionReturn(0);
  PetscCall(PetscClassIdRegister("HHT flow", &id));
  PetscCall(PetscLogEventRegister("HHTFlowKinetic", id, &event_kinetic));
  PetscCall(PetscLogEventRegister("HHTFlowFinish", id, &event_finish));
  registered = PETSC_TRUE;
  PetscFunctionReturn(0);
}

static PetscErrorCode apply_potential(const HHTSplitting *m, int i, HHTFlow flow, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(HHTFlowPotential(flow, m->potential[i] * dt));
  if (m->modified && m->modified[i] != 0) PetscCall(HHTFlowModifiedPotential(flow, m->modified[i] * dt * dt * dt));
  PetscFunctionReturn(0);
}

static PetscErrorCode apply_flows(const HHTSplitting *m, HHTFlow flow, double dt)
{
  PetscFunctionBeginUser;
  for (int i = 0; i < m->stages; i++) {
    PetscCall(apply_potential(m, i, flow, dt));
    PetscCall(PetscLogEventBegin(event_kinetic, 0, 0, 0, 0));
    PetscCall(HHTFlowKinetic(flow, m->kinetic[i] * dt));
    PetscCall(PetscLogEventEnd(event_kinetic, 0, 0, 0, 0));
  }
  PetscCall(apply_potential(m, m->stages, flow, dt));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSplittingAdvance(const HHTSplitting *splitting, HHTFlow flow, PetscInt steps, double dt)
{
  PetscFunctionBeginUser;
  PetscCall(register_events());
  for (PetscInt step = 0; step < steps; step++) PetscCall(apply_flows(splitting, flow, dt));
  PetscFunctionReturn(0);
}

/* Monitors and events look at every step; the caller that set seen() is none of them. */
static PetscErrorCode finish_if_seen(TS ts, Splitting *s)
{
  PetscBool seen = PETSC_TRUE;

  PetscFunctionBeginUser;
  if (s->seen && !ts->numbermonitors && !ts->event)
    PetscCall(s->seen(ts, ts->steps + 1, ts->ptime + ts->time_step, &seen, s->seen_ctx));
  if (!seen) PetscFunctionReturn(0);
  PetscCall(PetscLogEventBegin(event_finish, 0, 0, 0, 0));
  PetscCall(HHTFlowFinish(s->flow));
  PetscCall(PetscLogEventEnd(event_finish, 0, 0, 0, 0));
  PetscFunctionReturn(0);
}

static PetscErrorCode fixed_step(TS ts)
{
  Splitting *s              = (Splitting *)ts->data;
  PetscReal  next_time_step = ts->time_step;
  PetscBool  accept         = PETSC_TRUE;

  PetscFunctionBegin;
  PetscCall(TSPreStage(ts, ts->ptime));
  PetscCall(HHTSplittingAdvance(s->method, s->flow, 1, ts->time_step));
  PetscCall(HHTFlowAbsorb(s->flow, ts->time_step));
  PetscCall(finish_if_seen(ts, s));
  PetscCall(TSPostStage(ts, ts->ptime, 0, &ts->vec_sol));
  /* Shortens the last step so that it ends at max_time. */
  PetscCall(TSAdaptChoose(ts->adapt, ts, ts->time_step, NULL, &next_time_step, &accept));
  ts->ptime += ts->time_step;
  ts->time_step = next_time_step;
  PetscFunctionReturn(0);
}

/* From s->start: two half steps, and in s->error how far off they are. */
static PetscErrorCode try_step(TS ts, Splitting *s)
{
  HHTFlowProgress progress;
  double          distance, tolerance;

  PetscFunctionBeginUser;
  PetscCall(HHTSplittingAdvance(s->method, s->flow, 1, ts->time_step));
  PetscCall(HHTFlowCopySave(s->whole));
  PetscCall(HHTFlowCopyRestore(s->start));
  PetscCall(HHTSplittingAdvance(s->method, s->flow, 2, ts->time_step / 2));
  PetscCall(HHTFlowFinish(s->flow));
  PetscCall(HHTFlowCopyDistance(s->whole, &distance));
  PetscCall(HHTFlowGetProgress(s->flow, &progress));
  tolerance = ts->atol + ts->rtol * progress.norm;
  s->error  = distance / (PetscPowReal(2, s->method->order) - 1) / tolerance;
  if (PetscIsInfOrNanReal(s->error)) s->error = PETSC_MAX_REAL;
  PetscFunctionReturn(0);
}

static PetscErrorCode give_up(TS ts)
{
  return HHTError(HHT_EXIT_INVALID,
                  "time %g: %" PetscInt_FMT
                  " steps in a row were rejected, the last of length %g; raise ts_atol or ts_rtol",
                  ts->ptime, ts->max_reject + 1, ts->time_step);
}

static PetscErrorCode adaptive_step(TS ts)
{
  Splitting *s      = (Splitting *)ts->data;
  PetscBool  accept = PETSC_TRUE;
  PetscReal  next_time_step;

  PetscFunctionBegin;
  PetscCall(TSPreStage(ts, ts->ptime));
  PetscCall(HHTFlowCopySave(s->start));
  for (PetscInt rejections = 0;; rejections++) {
    PetscCall(try_step(ts, s));
    PetscCall(TSAdaptChoose(ts->adapt, ts, ts->time_step, NULL, &next_time_step, &accept));
    if (accept) break;
    ts->reject++;
    PetscCall(HHTFlowCopyRestore(s->start));
    if (ts->max_reject >= 0 && rejections >= ts->max_reject) return give_up(ts);
    ts->time_step = next_time_step;
  }
  PetscCall(TSPostStage(ts, ts->ptime, 0, &ts->vec_sol));
  ts->ptime += ts->time_step;
  ts->time_step = next_time_step;
  PetscFunctionReturn(0);
}

static PetscErrorCode step(TS ts)
{
  const Splitting *s = (const Splitting *)ts->data;

  PetscFunctionBegin;
  PetscCall(s->start ? adaptive_step(ts) : fixed_step(ts));
  PetscFunctionReturn(0);
}

/* For the adaptor: the error over the tolerance, which is 1, and the power of the step that it goes with. */
static PetscErrorCode evaluate_error(TS ts, NormType type, PetscInt *order, PetscReal *error)
{
  const Splitting *s = (const Splitting *)ts->data;

  PetscFunctionBegin;
  (void)type;
  *order = s->method->order + 1;
  *error = s->error;
  PetscFunctionReturn(0);
}

static PetscErrorCode create_copies(TS ts, Splitting *s)
{
  PetscBool fixed;

  PetscFunctionBeginUser;
  PetscCall(PetscObjectTypeCompare((PetscObject)ts->adapt, TSADAPTNONE, &fixed));
  if (fixed || s->start) PetscFunctionReturn(0);
  PetscCall(HHTFlowCopyCreate(s->flow, &s->start));
  PetscCall(HHTFlowCopyCreate(s->flow, &s->whole));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_up(TS ts)
{
  Splitting     *s = (Splitting *)ts->data;
  PetscContainer container;
  HHTState       state;
  Vec            vec;

  PetscFunctionBegin;
  PetscCall(PetscObjectQuery((PetscObject)ts, FLOW_KEY, (PetscObject *)&container));
  PetscCheck(container, PetscObjectComm((PetscObject)ts), PETSC_ERR_ORDER, "Call TSHHTSplittingSetFlow() first");
  PetscCall(PetscContainerGetPointer(container, (void **)&s->flow));
  PetscCall(HHTFlowGetState(s->flow, &state));
  PetscCall(HHTStateGetVec(state, &vec));
  PetscCheck(vec == ts->vec_sol, PetscObjectComm((PetscObject)ts), PETSC_ERR_ARG_WRONG,
             "The solution must be the Vec of the flow's state");
  PetscCall(create_copies(ts, s));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_method(Splitting *s, const char *name)
{
  const HHTSplitting *table;
  int                 n;
  char                names[512] = "";

  PetscFunctionBeginUser;
  PetscCall(HHTSplittingFind(name, &s->method));
  if (s->method) PetscFunctionReturn(0);
  PetscCall(HHTSplittingList(&table, &n));
  for (int i = 0; i < n; i++) {
    PetscCall(PetscStrlcat(names, i ? " " : "", sizeof names));
    PetscCall(PetscStrlcat(names, table[i].name, sizeof names));
  }
  return HHTError(HHT_EXIT_USAGE, "ts_splitting_type: '%s' is not allowed; it must be one of: %s", name, names);
}

static PetscErrorCode set_type(TS ts, const char *name)
{
  PetscFunctionBegin;
  PetscCall(set_method((Splitting *)ts->data, name));
  PetscFunctionReturn(0);
}

static PetscErrorCode set_seen(TS ts, HHTSeen seen, void *ctx)
{
  Splitting *s = (Splitting *)ts->data;

  PetscFunctionBegin;
  s->seen     = seen;
  s->seen_ctx = ctx;
  PetscFunctionReturn(0);
}

#if PETSC_VERSION_LT(3, 23, 0)
static PetscErrorCode set_from_options(TS ts, PetscOptionItems *PetscOptionsObject)
#else
static PetscErrorCode set_from_options(TS ts, PetscOptionItems PetscOptionsObject)
#endif
{
  Splitting *s = (Splitting *)ts->data;
  char       name[64];
  PetscBool  set;

  PetscFunctionBegin;
  PetscOptionsHeadBegin(PetscOptionsObject, "Splitting options");
  PetscCall(PetscOptionsString("-ts_splitting_type", "Table of coefficients", "TSHHTSplittingSetType", s->method->name,
                               name, sizeof name, &set));
  if (set) PetscCall(set_method(s, name));
  PetscOptionsHeadEnd();
  PetscFunctionReturn(0);
}

static PetscErrorCode view(TS ts, PetscViewer viewer)
{
  const Splitting *s = (const Splitting *)ts->data;

  PetscFunctionBegin;
  PetscCall(PetscViewerASCIIPrintf(viewer, "  splitting %s, order %d, %d kinetic flows a step\n", s->method->name,
                                   s->method->order, s->method->stages));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(TS ts)
{
  Splitting *s = (Splitting *)ts->data;

  PetscFunctionBegin;
  PetscCall(HHTFlowCopyDestroy(&s->start));
  PetscCall(HHTFlowCopyDestroy(&s->whole));
  PetscCall(PetscObjectComposeFunction((PetscObject)ts, "TSHHTSplittingSetType_C", NULL));
  PetscCall(PetscObjectComposeFunction((PetscObject)ts, "TSHHTSplittingSetSeen_C", NULL));
  PetscCall(PetscFree(ts->data));
  PetscFunctionReturn(0);
}

static PetscErrorCode create(TS ts)
{
  Splitting *s;

  PetscFunctionBegin;
  PetscCall(PetscNew(&s));
  ts->data                = (void *)s;
  ts->ops->setup          = set_up;
  ts->ops->step           = step;
  ts->ops->evaluatewlte   = evaluate_error;
  ts->ops->setfromoptions = set_from_options;
  ts->ops->view           = view;
  ts->ops->destroy        = destroy;
  ts->default_adapt_type  = TSADAPTNONE;
  ts->exact_final_time    = TS_EXACTFINALTIME_MATCHSTEP;
  PetscCall(set_method(s, "strang"));
  PetscCall(PetscObjectComposeFunction((PetscObject)ts, "TSHHTSplittingSetType_C", set_type));
  PetscCall(PetscObjectComposeFunction((PetscObject)ts, "TSHHTSplittingSetSeen_C", set_seen));
  PetscFunctionReturn(0);
}

PetscErrorCode TSHHTSplittingRegister(void)
{
  PetscFunctionBegin;
  PetscCall(TSRegister(TSHHTSPLITTING, create));
  PetscCall(register_events());
  PetscFunctionReturn(0);
}

static PetscErrorCode right_hand_side(TS ts, PetscReal t, Vec x, Vec y, void *flow)
{
  PetscFunctionBegin;
  (void)ts, (void)t;
  PetscCall(HHTFlowRHS((HHTFlow)flow, x, y));
  PetscFunctionReturn(0);
}

PetscErrorCode TSHHTSplittingSetFlow(TS ts, HHTFlow flow)
{
  PetscContainer container;

  PetscFunctionBegin;
  PetscCall(PetscContainerCreate(PetscObjectComm((PetscObject)ts), &container));
  PetscCall(PetscContainerSetPointer(container, flow));
  PetscCall(PetscObjectCompose((PetscObject)ts, FLOW_KEY, (PetscObject)container));
  PetscCall(PetscContainerDestroy(&container));
  PetscCall(TSSetRHSFunction(ts, NULL, right_hand_side, flow));
  PetscFunctionReturn(0);
}

PetscErrorCode TSHHTSplittingSetType(TS ts, const char *name)
{
  PetscFunctionBegin;
  PetscTryMethod(ts, "TSHHTSplittingSetType_C", (TS, const char *), (ts, name));
  PetscFunctionReturn(0);
}

PetscErrorCode TSHHTSplittingSetSeen(TS ts, HHTSeen seen, void *ctx)
{
  PetscFunctionBegin;
  PetscTryMethod(ts, "TSHHTSplittingSetSeen_C", (TS, HHTSeen, void *), (ts, seen, ctx));
  PetscFunctionReturn(0);
}
