/*
  views_progress.txt: the samples that are finished, in hexadecimal floating point so that a run that goes on has the same bits. It makes
  the steps again, for the states and the history of the field, but does not look again where it has looked.
*/
#include "progress_file.h"
#include "views_impl.h"
#include <hht/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME    "views_progress.txt"
#define NUMBERS (sizeof(HHTViewsSample) / sizeof(double)) /* which are all that it holds */

static void print_sample(FILE *out, const HHTViewsSample *sample)
{
  double number[NUMBERS];

  memcpy(number, sample, sizeof number);
  for (size_t i = 0; i < NUMBERS; i++) fprintf(out, "%s%a", i ? " " : "", number[i]);
  fputc('\n', out);
}

PetscErrorCode HHTViewsSave(HHTViews *views)
{
  char  *text;
  FILE  *out;
  size_t length;

  PetscFunctionBeginUser;
  out = open_memstream(&text, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "out of memory");
  fprintf(out, "samples %d\n", views->n);
  for (int i = 0; i < views->n; i++) print_sample(out, &views->sample[i]);
  fclose(out);
  PetscCall(HHTProgressWrite(views->run.comm, views->run.c.output_dir, NAME, text));
  free(text);
  PetscFunctionReturn(0);
}

static int parse_sample(const char *line, HHTViewsSample *sample)
{
  double number[NUMBERS];
  char  *end;

  for (size_t i = 0; i < NUMBERS; i++, line = end) {
    number[i] = strtod(line, &end);
    if (end == line) return 0;
  }
  memcpy(sample, number, sizeof number);
  return 1;
}

/* Other times are other steps, and other bits. */
static PetscErrorCode check_time(const HHTViews *views, int i, double time)
{
  if (i < HHTViewsSamples(views) && HHTViewsTime(views, i) == time) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "ts_max_time, output_snapshot_interval: %g and %g are not allowed; what is finished in %s was looked at "
      "at time %g, so give those that it was begun with, or another output_dir",
      views->run.c.max_time, views->run.c.snapshot_interval, views->run.c.output_dir, time);
}

static PetscErrorCode parse(void *ctx, const char *path, const char *text)
{
  HHTViews      *views = ctx;
  HHTViewsSample sample;

  PetscFunctionBeginUser;
  for (const char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
    if (!parse_sample(line, &sample)) PetscFunctionReturn(HHTProgressDamaged(path));
    PetscCall(check_time(views, views->finished, sample.time));
    views->sample[views->finished++] = sample;
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTViewsLoad(HHTViews *views)
{
  PetscFunctionBeginUser;
  PetscCall(HHTProgressRead(views->run.comm, views->run.c.output_dir, NAME, parse, views));
  PetscFunctionReturn(0);
}
