/*
  Lines are copied one by one into a buffer, transformed, given more or fewer modes, and transformed back. Data are
  read once a run, so lines are not batched. The highest mode of an even number of points is the sum of +n/2 and -n/2:
  it is split in halves on a finer grid, and summed up on a coarser one, which keeps real data real.
*/
#include "resample.h"
#include <fftw3.h>

struct HHTResampler_s {
  ptrdiff_t       n_in, n_out;
  double complex *in, *out;          /* one line each */
  fftw_plan       forward, backward; /* of in and out, in place */
};

PetscErrorCode HHTResamplerCreate(ptrdiff_t n_in, ptrdiff_t n_out, HHTResampler *resampler)
{
  HHTResampler r;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(resampler));
  r        = *resampler;
  r->n_in  = n_in;
  r->n_out = n_out;
  r->in    = fftw_alloc_complex((size_t)n_in);
  r->out   = fftw_alloc_complex((size_t)n_out);
  PetscCheck(r->in && r->out, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for %td + %td numbers", n_in, n_out);
  r->forward  = fftw_plan_dft_1d((int)n_in, r->in, r->in, FFTW_FORWARD, FFTW_ESTIMATE);
  r->backward = fftw_plan_dft_1d((int)n_out, r->out, r->out, FFTW_BACKWARD, FFTW_ESTIMATE);
  PetscCheck(r->forward && r->backward, PETSC_COMM_SELF, PETSC_ERR_LIB, "FFTW made no plan for %td, %td", n_in, n_out);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTResamplerDestroy(HHTResampler *resampler)
{
  HHTResampler r = *resampler;

  PetscFunctionBeginUser;
  if (!r) PetscFunctionReturn(0);
  if (r->forward) fftw_destroy_plan(r->forward);
  if (r->backward) fftw_destroy_plan(r->backward);
  fftw_free(r->in);
  fftw_free(r->out);
  PetscCall(PetscFree(*resampler));
  PetscFunctionReturn(0);
}

/* Modes of in -> modes of out, with FFTW's factor n_in removed. */
static void copy_modes(HHTResampler r)
{
  const ptrdiff_t n = PetscMin(r->n_in, r->n_out), half = n / 2;
  const double    scale = 1 / (double)r->n_in;

  for (ptrdiff_t i = 0; i < r->n_out; i++) r->out[i] = 0;
  for (ptrdiff_t m = 0; 2 * m < n; m++) r->out[m] = scale * r->in[m];
  for (ptrdiff_t m = 1; 2 * m < n; m++) r->out[r->n_out - m] = scale * r->in[r->n_in - m];
  if (n % 2) return;
  if (r->n_out > n)
    r->out[half] = r->out[r->n_out - half] = 0.5 * scale * r->in[half];
  else
    r->out[half] = scale * (r->in[half] + r->in[r->n_in - half]);
}

static void resample_line(HHTResampler r)
{
  fftw_execute(r->forward);
  copy_modes(r);
  fftw_execute(r->backward);
}

PetscErrorCode HHTResamplerApply(HHTResampler r, ptrdiff_t before, ptrdiff_t after, ptrdiff_t first, ptrdiff_t count,
                                 const double complex *in, double complex *out)
{
  const double complex *result = r->n_in == r->n_out ? r->in : r->out;

  PetscFunctionBeginUser;
  for (ptrdiff_t b = 0; b < before; b++) {
    for (ptrdiff_t a = 0; a < after; a++) {
      for (ptrdiff_t i = 0; i < r->n_in; i++) r->in[i] = in[(b * r->n_in + i) * after + a];
      if (result == r->out) resample_line(r);
      for (ptrdiff_t i = 0; i < count; i++) out[(b * count + i) * after + a] = result[first + i];
    }
  }
  PetscFunctionReturn(0);
}
