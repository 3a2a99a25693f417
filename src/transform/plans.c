#include "plans.h"
#include "memory.h"
#include <errno.h>

unsigned HHTRigorFlags(HHTRigor rigor)
{
  static const unsigned flags[] = {FFTW_ESTIMATE, FFTW_MEASURE, FFTW_PATIENT};

  return flags[rigor];
}

static int plan(int dim, const int n[], unsigned flags, HHTPlans *plans)
{
  size_t          bytes = (size_t)plans->n * sizeof(double complex);
  double complex *a = HHTMemoryCreate(bytes), *b = HHTMemoryCreate(bytes);

  if (a && b) {
    plans->forward  = fftw_plan_dft(dim, n, a, b, FFTW_FORWARD, flags | FFTW_DESTROY_INPUT);
    plans->backward = fftw_plan_dft(dim, n, b, a, FFTW_BACKWARD, flags | FFTW_DESTROY_INPUT);
  }
  HHTMemoryDestroy(a);
  HHTMemoryDestroy(b);
  return plans->forward && plans->backward ? 0 : ENOMEM;
}

int HHTPlansCreate(MPI_Comm comm, int dim, const ptrdiff_t n[], HHTRigor rigor, HHTPlans *plans)
{
  int rank, err = 0, n_int[8] = {1};

  *plans = (HHTPlans){.n = 1};
  for (int j = 0; j < dim; j++) {
    n_int[j] = (int)n[j];
    plans->n *= n[j];
  }
  if (!dim) dim = 1; /* one number is a transform of length 1 */
  if (rigor == HHT_RIGOR_ESTIMATE) return plan(dim, n_int, HHTRigorFlags(rigor), plans);
  MPI_Comm_rank(comm, &rank);
  if (!rank) err = plan(dim, n_int, HHTRigorFlags(rigor), plans);
  if (MPI_Bcast(&err, 1, MPI_INT, 0, comm)) return EIO;
  if (!err) err = HHTWisdomShare(comm);
  if (!err && rank) err = plan(dim, n_int, HHTRigorFlags(rigor), plans);
  return err;
}

void HHTPlansDestroy(HHTPlans *plans)
{
  if (plans->forward) fftw_destroy_plan(plans->forward);
  if (plans->backward) fftw_destroy_plan(plans->backward);
  *plans = (HHTPlans){0};
}
