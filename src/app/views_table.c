/* What is printed and written of the views. Distances are relative to the same norm of f at the start, errors to what it was there. */
#include "views_impl.h"
#include <hht/error.h>
#include <hht/log.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* How far a view has moved from what (Vl) conserves. */
typedef struct {
  double l1, l2, entropy;
} Errors;

static double relative(double now, double first) { return (now - first) / fabs(first); }

static Errors errors_of(const HHTViews *views, const HHTViewsSample *s, HHTView view)
{
  const HHTDistributionValues *first = &views->sample[0].value[view], *now = &s->value[view];

  return (Errors){relative(now->l1, first->l1), relative(now->l2, first->l2), relative(now->entropy, first->entropy)};
}

static double largest(const HHTDistributionValues *d) { return fmax(-d->min, d->max); }

/* ---- the terminal ---- */

PetscErrorCode HHTViewsHead(HHTViews *views)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(
      views->run.comm,
      "\n          L2 distance of f, hht = 1, along characteristics = 2, vlasov = 3    change of int |f|, L2 norm, entropy\n"
      "    time      1-2      1-3      2-3  alpha 1-2   f_min 3     hht: L2  entropy   vlasov: L1       L2  entropy\n"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTViewsLine(HHTViews *views)
{
  const HHTViewsSample        *s      = &views->sample[views->n - 1];
  const HHTDistributionValues *first  = &views->sample[0].value[HHT_VIEW_HHT];
  const Errors                 hht    = errors_of(views, s, HHT_VIEW_HHT);
  const Errors                 vlasov = errors_of(views, s, HHT_VIEW_VLASOV);

  PetscFunctionBeginUser;
  PetscCall(HHTLog(views->run.comm, "%8.4g %8.1e %8.1e %8.1e   %8.1e  %8.1e    %8.1e %8.1e     %8.1e %8.1e %8.1e\n",
                   s->time, s->difference[0].l2 / first->l2, s->difference[1].l2 / first->l2,
                   s->difference[2].l2 / first->l2, s->amplitude.l2 / sqrt(first->l1),
                   s->value[HHT_VIEW_VLASOV].min / first->max, hht.l2, hht.entropy, vlasov.l1, vlasov.l2,
                   vlasov.entropy));
  PetscFunctionReturn(0);
}

/* ---- views.csv ---- */

static void print_header(FILE *out)
{
  fprintf(out, "time");
  for (int p = 0; p < HHT_PAIRS; p++) {
    const char *a = HHTViewName(HHTViewPairs[p][0]), *b = HHTViewName(HHTViewPairs[p][1]);

    fprintf(out, ",l1_%s_%s,l2_%s_%s,max_%s_%s", a, b, a, b, a, b);
  }
  fprintf(out, ",alpha_l2,alpha_max");
  for (int k = 0; k < HHT_VIEWS; k++) {
    const char *name = HHTViewName((HHTView)k);

    fprintf(out, ",f_min_%s,negative_mass_%s,l1_error_%s,l2_error_%s,entropy_error_%s", name, name, name, name, name);
  }
  fprintf(out, "\n");
}

static void print_row(FILE *out, const HHTViews *views, const HHTViewsSample *s)
{
  const HHTDistributionValues *first = &views->sample[0].value[HHT_VIEW_HHT];

  fprintf(out, "%.17g", s->time);
  for (int p = 0; p < HHT_PAIRS; p++)
    fprintf(out, ",%.17g,%.17g,%.17g", s->difference[p].l1 / first->l1, s->difference[p].l2 / first->l2,
            largest(&s->difference[p]) / first->max);
  fprintf(out, ",%.17g,%.17g", s->amplitude.l2 / sqrt(first->l1), s->amplitude.max / sqrt(first->max));
  for (int k = 0; k < HHT_VIEWS; k++) {
    const Errors e = errors_of(views, s, (HHTView)k);

    fprintf(out, ",%.17g,%.17g,%.17g,%.17g,%.17g", s->value[k].min / first->max, s->value[k].negative_mass / first->l1,
            e.l1, e.l2, e.entropy);
  }
  fprintf(out, "\n");
}

PetscErrorCode HHTViewsTable(HHTViews *views)
{
  char          *text, path[PETSC_MAX_PATH_LEN];
  FILE          *out;
  size_t         length;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, sizeof path, "%s/views.csv", views->run.c.output_dir));
  out = open_memstream(&text, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "out of memory");
  print_header(out);
  for (int i = 0; i < views->n; i++) print_row(out, views, &views->sample[i]);
  (void)fclose(out);
  ierr = HHTWriteText(views->run.comm, path, text);
  free(text);
  PetscFunctionReturn(ierr);
}
