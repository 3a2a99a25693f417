/*
  meanfield_progress.txt: what is finished of each N, in hexadecimal floating point so that a restarted run has the same bits. It is
  written after every batch.
*/
#include "meanfield_impl.h"
#include "progress_file.h"
#include <hht/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "meanfield_progress.txt"

/* ---- writing ---- */

static void print_rung(FILE *out, const HHTRung *r)
{
  fprintf(out, "%td %" PetscInt_FMT " %d %a %a", r->n, r->batches, r->moved ? 1 : 0, r->distance, r->drift);
  for (int q = 0; q < HHT_ESTIMATES; q++) {
    const HHTEstimate *e = &r->estimates[q];

    fprintf(out, " %a %a %a %a", e->n, e->sum, e->square, e->largest);
  }
  fputc('\n', out);
}

PetscErrorCode HHTLadderSave(HHTLadder *l)
{
  char  *text;
  FILE  *out;
  size_t length;

  PetscFunctionBeginUser;
  out = open_memstream(&text, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "out of memory");
  fprintf(out, "time %a\n", l->run.c.max_time);
  for (int i = 0; i < l->n_rungs; i++) print_rung(out, &l->rung[i]);
  fclose(out);
  PetscCall(HHTProgressWrite(l->run.comm, l->run.c.output_dir, NAME, text));
  free(text);
  PetscFunctionReturn(0);
}

/* ---- reading ---- */

static PetscErrorCode check_time(const HHTLadder *l, const char *text)
{
  double time;

  if (sscanf(text, "time %la", &time) == 1 && time == l->run.c.max_time) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "ts_max_time: %g is not allowed; what is finished in %s is of time %g, so give that, or another output_dir",
      l->run.c.max_time, l->run.c.output_dir, time);
}

/* Reads a line into the rung of that N, if there is one still. */
static int parse_rung(HHTLadder *l, const char *line)
{
  HHTRung r = {0};
  int     moved, used, at = 0;

  if (sscanf(line, "%td %" PetscInt_FMT " %d %la %la%n", &r.n, &r.batches, &moved, &r.distance, &r.drift, &at) != 5)
    return 0;
  r.moved = moved ? PETSC_TRUE : PETSC_FALSE;
  for (int q = 0; q < HHT_ESTIMATES; q++, at += used) {
    HHTEstimate *e = &r.estimates[q];

    if (sscanf(line + at, " %la %la %la %la%n", &e->n, &e->sum, &e->square, &e->largest, &used) != 4) return 0;
  }
  for (int i = 0; i < l->n_rungs; i++)
    if (l->rung[i].n == r.n) l->rung[i] = r;
  return 1;
}

static PetscErrorCode parse(void *ctx, const char *path, const char *text)
{
  HHTLadder *l = ctx;

  PetscFunctionBeginUser;
  PetscCall(check_time(l, text));
  for (const char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1)
    if (!parse_rung(l, line)) PetscFunctionReturn(HHTProgressDamaged(path));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderLoad(HHTLadder *l)
{
  PetscFunctionBeginUser;
  PetscCall(HHTProgressRead(l->run.comm, l->run.c.output_dir, NAME, parse, l));
  PetscFunctionReturn(0);
}
