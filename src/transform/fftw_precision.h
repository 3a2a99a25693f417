/*
  A pair of plans by FFTW in one precision, and what is done with them. plans.c includes this once for each, with
  FFTW(name) for FFTW's function, LOCAL(name) for ours, REAL for the type.
*/
static void LOCAL(plan)(int dim, const int n[], unsigned flags, void *line, void *spectrum, HHTPlans *p)
{
  if (HHTNumbersAreReal(p->numbers)) {
    p->forward  = FFTW(plan_dft_r2c)(dim, n, line, spectrum, flags);
    p->backward = FFTW(plan_dft_c2r)(dim, n, spectrum, line, flags);
  } else {
    p->forward  = FFTW(plan_dft)(dim, n, line, spectrum, FFTW_FORWARD, flags);
    p->backward = FFTW(plan_dft)(dim, n, spectrum, line, FFTW_BACKWARD, flags);
  }
}

static void LOCAL(destroy)(void *plan) { FFTW(destroy_plan)(plan); }

static void LOCAL(forward)(const HHTPlans *p, void *line, void *spectrum)
{
  if (HHTNumbersAreReal(p->numbers))
    FFTW(execute_dft_r2c)(p->forward, line, spectrum);
  else
    FFTW(execute_dft)(p->forward, line, spectrum);
}

static void LOCAL(backward)(const HHTPlans *p, void *spectrum, void *line)
{
  if (HHTNumbersAreReal(p->numbers))
    FFTW(execute_dft_c2r)(p->backward, spectrum, line);
  else
    FFTW(execute_dft)(p->backward, spectrum, line);
}

static void LOCAL(weigh)(const HHTPlans *p, double factor, void *spectrum)
{
  REAL complex *entry = spectrum;

  for (ptrdiff_t first = 0; first < p->spectrum; first += p->run)
    for (ptrdiff_t i = 1; i < p->run - 1; i++) entry[first + i] = (REAL complex)(factor * entry[first + i]);
}
