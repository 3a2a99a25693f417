#include "plans.h"
#include "memory.h"
#include "transpose.h"
#include <errno.h>
#include <fftw3.h>

#define FFTW(name)  fftw_##name
#define LOCAL(name) name##_double
#define REAL        double
#include "fftw_precision.h"
#undef FFTW
#undef LOCAL
#undef REAL

#define FFTW(name)  fftwf_##name
#define LOCAL(name) name##_single
#define REAL        float
#include "fftw_precision.h"

typedef struct {
  void (*plan)(int dim, const int n[], unsigned flags, void *line, void *spectrum, HHTPlans *plans);
  void (*destroy)(void *plan);
  void (*forward)(const HHTPlans *plans, void *line, void *spectrum);
  void (*backward)(const HHTPlans *plans, void *spectrum, void *line);
  void (*weigh)(const HHTPlans *plans, double factor, void *spectrum);
} Precision;

static const Precision precisions[] = {
    [HHT_DOUBLE] = {plan_double, destroy_double, forward_double, backward_double, weigh_double},
    [HHT_SINGLE] = {plan_single, destroy_single, forward_single, backward_single, weigh_single}};

static const Precision *precision_of(const HHTPlans *plans) { return &precisions[HHTNumbersPrecision(plans->numbers)]; }

static unsigned rigor_flags(HHTRigor rigor)
{
  static const unsigned flags[] = {FFTW_ESTIMATE, FFTW_MEASURE, FFTW_PATIENT};

  return flags[rigor];
}

static int plan(int dim, const int n[], unsigned flags, HHTPlans *plans)
{
  void *line = HHTMemoryCreate(HHTPlansLineSize(plans)), *spectrum = HHTMemoryCreate(HHTPlansSpectrumSize(plans));

  if (line && spectrum) precision_of(plans)->plan(dim, n, flags | FFTW_DESTROY_INPUT, line, spectrum, plans);
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
  plans->run      = HHTNumbersAreReal(numbers) ? n_int[dim - 1] / 2 + 1 : n_int[dim - 1];
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
  if (plans->forward) precision_of(plans)->destroy(plans->forward);
  if (plans->backward) precision_of(plans)->destroy(plans->backward);
  *plans = (HHTPlans){0};
}

size_t HHTPlansLineSize(const HHTPlans *p) { return (size_t)p->n * HHTNumbersSize(p->numbers); }

size_t HHTPlansSpectrumSize(const HHTPlans *p)
{
  return (size_t)p->spectrum * HHTNumbersSize(HHTNumbersSpectrum(p->numbers));
}

void HHTPlansForward(const HHTPlans *p, void *line, void *spectrum) { precision_of(p)->forward(p, line, spectrum); }

void HHTPlansBackward(const HHTPlans *p, void *spectrum, void *line) { precision_of(p)->backward(p, spectrum, line); }

void HHTPlansWeigh(const HHTPlans *p, double factor, void *spectrum)
{
  if (HHTNumbersAreReal(p->numbers)) precision_of(p)->weigh(p, factor, spectrum);
}
