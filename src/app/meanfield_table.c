/* What the ladder says: the table, meanfield.csv, and how things go with N. */
#include "meanfield_impl.h"
#include <hht/error.h>
#include <hht/fit.h>
#include <hht/log.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define HEAVY 0.2 /* of the sum of squares in one sample: the error bar is then a guess */

/* ---- beta_N ---- */

/*
  beta_N = sum_k min(k / N^lambda, 1) P_k = 1 - sum_{k < N^lambda} (1 - k / N^lambda) P_k, because the P_k add up to 1. NaN where more of
  them are needed than are sampled.
*/
static void beta(const HHTLadder *l, const HHTRung *r, double *value, double *error)
{
  const double scale    = pow((double)r->n, l->run.c.meanfield_lambda) * (1 - 1e-12);
  double       variance = 0;

  *value = 1;
  for (int k = 0; k < scale; k++) {
    double p = NAN, e = NAN;

    if (k < HHT_WEIGHTS) HHTEstimateValue(&r->estimates[HHT_ESTIMATE_P + k], &p, &e);
    *value -= (1 - k / scale) * p;
    variance += pow((1 - k / scale) * e, 2);
  }
  *error = sqrt(variance);
}

/* What Theorem 4.8 says of the rate: N^-lambda + N^(-(1 - lambda)/4), without its constant. */
static double theorem(const HHTLadder *l, ptrdiff_t n)
{
  const double lambda = l->run.c.meanfield_lambda;

  return pow((double)n, -lambda) + pow((double)n, -(1 - lambda) / 4);
}

/* With the constant that makes it beta_N at the first N. */
static double scaled_theorem(const HHTLadder *l, ptrdiff_t n)
{
  double first, error;

  beta(l, &l->rung[0], &first, &error);
  return first * theorem(l, n) / theorem(l, l->rung[0].n);
}

/* The largest share that one sample has in the variance of a quantity. */
static double heaviest(const HHTRung *r)
{
  double share = 0;

  for (int q = 0; q < HHT_ESTIMATES; q++)
    if (r->estimates[q].square > 0) share = fmax(share, r->estimates[q].largest / r->estimates[q].square);
  return share;
}

/* ---- the terminal ---- */

PetscErrorCode HHTLadderHead(HHTLadder *l)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(l->run.comm,
                   "\n       N  samples    beta_N   +-         <q_1>   +-           P_0   +-       trajectories  "
                   "|dH|/|H|\n"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderLine(HHTLadder *l, const HHTRung *r)
{
  double value[3], error[3];

  PetscFunctionBeginUser;
  beta(l, r, &value[0], &error[0]);
  HHTEstimateValue(&r->estimates[HHT_ESTIMATE_Q1], &value[1], &error[1]);
  HHTEstimateValue(&r->estimates[HHT_ESTIMATE_P], &value[2], &error[2]);
  PetscCall(HHTLog(l->run.comm, "%8td %8" PetscInt_FMT "  %8.5f %8.5f  %9.6f %9.6f  %8.5f %8.5f  %10.3g  %10.1e\n",
                   r->n, r->batches * HHT_BATCH, value[0], error[0], value[1], error[1], value[2], error[2],
                   r->distance, r->drift));
  if (heaviest(r) > HEAVY)
    PetscCall(HHTWarn(l->run.comm,
                      "N = %td: one sample of %" PetscInt_FMT
                      " has %.0f %% of a sum of squares; take error bars as too small, "
                      "and raise meanfield_samples",
                      r->n, r->batches * HHT_BATCH, 100 * heaviest(r)));
  PetscFunctionReturn(0);
}

/* ---- meanfield.csv ---- */

static void print_estimate(FILE *out, const HHTEstimate *e)
{
  double mean, error;

  HHTEstimateValue(e, &mean, &error);
  fprintf(out, ",%.17g,%.17g", mean, error);
}

static void print_row(FILE *out, const HHTLadder *l, const HHTRung *r)
{
  double value, error;

  beta(l, r, &value, &error);
  fprintf(out, "%td,%" PetscInt_FMT ",%.17g,%.17g,%.17g", r->n, r->batches * HHT_BATCH, value, error,
          scaled_theorem(l, r->n));
  for (int q = 0; q < HHT_ESTIMATES; q++) print_estimate(out, &r->estimates[q]);
  fprintf(out, ",%.17g,%.17g,%.17g\n", r->distance, r->drift, heaviest(r));
}

PetscErrorCode HHTLadderTable(HHTLadder *l)
{
  char  *text, path[PETSC_MAX_PATH_LEN];
  FILE  *out;
  size_t length;

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, sizeof path, "%s/meanfield.csv", l->run.c.output_dir));
  out = open_memstream(&text, &length);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "out of memory");
  fprintf(out, "# lambda: %.17g; time: %.17g\n", l->run.c.meanfield_lambda, l->run.c.max_time);
  fprintf(out, "particles,samples,beta,beta_error,theorem,q1,q1_error,marginal_d2,marginal_d2_error");
  for (int k = 0; k < HHT_WEIGHTS; k++) fprintf(out, ",P_%d,P_%d_error", k, k);
  fprintf(out, ",trajectory_distance,energy_drift,heaviest_sample\n");
  for (int i = 0; i < l->n_rungs; i++)
    if (l->rung[i].moved) print_row(out, l, &l->rung[i]);
  fclose(out);
  PetscCall(HHTWriteText(l->run.comm, path, text));
  free(text);
  PetscFunctionReturn(0);
}

/* ---- rates ---- */

typedef void (*Quantity)(const HHTLadder *l, const HHTRung *rung, double *value, double *error);

static void q1(const HHTLadder *l, const HHTRung *r, double *value, double *error)
{
  (void)l;
  HHTEstimateValue(&r->estimates[HHT_ESTIMATE_Q1], value, error);
}

static PetscErrorCode fit(HHTLadder *l, const char *name, Quantity quantity)
{
  double *x, exponent, error, spread;
  int     n = 0;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(3 * (size_t)l->n_rungs, &x));
  double *y = x + l->n_rungs, *e = y + l->n_rungs;
  for (int i = 0; i < l->n_rungs; i++) {
    quantity(l, &l->rung[i], &y[n], &e[n]);
    x[n] = (double)l->rung[i].n;
    if (y[n] > 0 && e[n] > 0) n++;
  }
  if (n >= 2) {
    HHTFitPower(n, x, y, e, &exponent, &error, &spread);
    PetscCall(HHTLog(l->run.comm, "  %-7s ~ N^(%.3f +- %.3f), %d values of N, residuals %.1f standard errors\n", name,
                     exponent, error, n, spread));
  }
  PetscCall(PetscFree(x));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTLadderRates(HHTLadder *l)
{
  const double lambda = l->run.c.meanfield_lambda;

  PetscFunctionBeginUser;
  PetscCall(HHTLog(l->run.comm, "\n"));
  PetscCall(fit(l, "beta_N", beta));
  PetscCall(fit(l, "<q_1>", q1));
  PetscCall(HHTLog(l->run.comm, "  Theorem 4.8 bounds beta_N by a constant times N^(%.3f) + N^(%.3f)\n", -lambda,
                   -(1 - lambda) / 4));
  PetscFunctionReturn(0);
}
