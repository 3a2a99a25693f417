#include "plans.h"
#include "memory.h"
#include "transpose.h"
#include <errno.h>

static unsigned rigor_flags(HHTRigor rigor)
{
  static const unsigned flags[] = {FFTW_ESTIMATE, FFTW_MEASURE, FFTW_PATIENT};

  return flags[rigor];
}

static void plan_pair(int dim, const int n[], unsigned flags, double complex *line, double complex *spectrum,
                      HHTPlans *p)
{
  flags |= FFTW_DESTROY_INPUT;
  if (p->numbers == HHT_REAL) {
    p->forward  = fftw_plan_dft_r2c(dim, n, (double *)line, spectrum, flags);
    p->backward = fftw_plan_dft_c2r(dim, n, spectrum, (double *)line, flags);
  } else {
    p->forward  = fftw_plan_dft(dim, n, line, spectrum, FFTW_FORWARD, flags);
    p->backward = fftw_plan_dft(dim, n, spectrum, line, FFTW_BACKWARD, flags);
  }
}

static int plan(int dim, const int n[], unsigned flags, HHTPlans *plans)
{
  size_t          bytes = (size_t)(plans->n + plans->spectrum) * sizeof(double complex);
  double complex *line = HHTMemoryCreate(bytes), *spectrum = HHTMemoryCreate(bytes);

  if (line && spectrum) plan_pair(dim, n, flags, line, spectrum, plans);
  HHTMemoryDestroy(line);
  HHTMemoryDestroy(spectrum);
  return plans->forward && plans->backward ? 0 : ENOMEM;
}

int HHTPlansCreate(MPI_Comm comm, HHTNumbers numbers, int dim, const ptrdiff_t n[], HHTRigor rigor, HHTPlans *plans)
{
  int rank, err = 0, n_int[8] = {1};

  HHTTransposeInit_FFTW();
  *plans = (HHTPlans){.numbers = numbers, .n = 1};
  for (int j = 0; j < dim; j++) {
    n_int[j] = (int)n[j];
    plans->n *= n[j];
  }
  if (!dim) dim = 1; /* one number is a transform of length 1 */
  plans->run      = numbers == HHT_REAL ? n_int[dim - 1] / 2 + 1 : n_int[dim - 1];
  plans->spectrum = plans->n / n_int[dim - 1] * plans->run;
  if (rigor == HHT_RIGOR_ESTIMATE) return plan(dim, n_int, rigor_flags(rigor), plans);
  MPI_Comm_rank(comm, &rank);
  if (!rank) err = plan(dim, n_int, rigor_flags(rigor), plans);
  if (MPI_Bcast(&err, 1, MPI_INT, 0, comm)) return EIO;
  if (!err) err = HHTWisdomShare(comm);
  if (!err && rank) err = plan(dim, n_int, rigor_flags(rigor), plans);
  return err;
}

void HHTPlansDestroy(HHTPlans *plans)
{
  if (plans->forward) fftw_destroy_plan(plans->forward);
  if (plans->backward) fftw_destroy_plan(plans->backward);
  *plans = (HHTPlans){0};
}

void HHTPlansForward(const HHTPlans *p, double complex *line, double complex *spectrum)
{
  if (p->numbers == HHT_REAL)
    fftw_execute_dft_r2c(p->forward, (double *)line, spectrum);
  else
    fftw_execute_dft(p->forward, line, spectrum);
}

void HHTPlansBackward(const HHTPlans *p, double complex *spectrum, double complex *line)
{
  if (p->numbers == HHT_REAL)
    fftw_execute_dft_c2r(p->backward, spectrum, (double *)line);
  else
    fftw_execute_dft(p->backward, spectrum, line);
}

void HHTPlansWeigh(const HHTPlans *p, double factor, double complex *spectrum)
{
  if (p->numbers == HHT_COMPLEX) return;
  for (ptrdiff_t first = 0; first < p->spectrum; first += p->run)
    for (ptrdiff_t i = 1; i < p->run - 1; i++) spectrum[first + i] *= factor;
}
