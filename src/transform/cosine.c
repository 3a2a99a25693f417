/* Sums of cosines, and of sines along one dimension, by FFTW's transforms of even and odd real data. */
#include <errno.h>
#include <fftw3.h>
#include <hht/transform.h>

#define DIM_MAX 3

static void clear_plane(int dim, const ptrdiff_t n[], int along, ptrdiff_t plane, double values[])
{
  ptrdiff_t outer = 1, inner = 1;

  for (int j = 0; j < along; j++) outer *= n[j];
  for (int j = along + 1; j < dim; j++) inner *= n[j];
  for (ptrdiff_t o = 0; o < outer; o++)
    for (ptrdiff_t i = 0; i < inner; i++) values[(o * n[along] + plane) * inner + i] = 0;
}

int HHTTransformCosine(int dim, const ptrdiff_t n[], int sine, double values[])
{
  fftw_iodim64  dims[DIM_MAX];
  fftw_r2r_kind kinds[DIM_MAX];
  fftw_plan     plan;
  ptrdiff_t     stride = 1, start = 0;

  for (int j = dim - 1; j >= 0; j--) {
    dims[j]  = (fftw_iodim64){.n = j == sine ? n[j] - 2 : n[j], .is = stride, .os = stride};
    kinds[j] = j == sine ? FFTW_RODFT00 : FFTW_REDFT00;
    if (j == sine) start = stride; /* the ends of an odd function are 0 and no part of its transform */
    stride *= n[j];
  }
  plan = fftw_plan_guru64_r2r(dim, dims, 0, NULL, values + start, values + start, kinds, FFTW_ESTIMATE);
  if (!plan) return ENOMEM;
  fftw_execute(plan);
  fftw_destroy_plan(plan);
  if (sine < 0) return 0;
  clear_plane(dim, n, sine, 0, values);
  clear_plane(dim, n, sine, n[sine] - 1, values);
  return 0;
}
