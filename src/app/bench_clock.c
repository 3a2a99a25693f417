#include "bench_impl.h"
#include <stdlib.h>

double HHTBenchClock(MPI_Comm comm)
{
  (void)MPI_Barrier(comm);
  return MPI_Wtime();
}

static int compare(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

double HHTBenchMedian(int n, double t[])
{
  qsort(t, (size_t)n, sizeof *t, compare);
  return n % 2 ? t[n / 2] : (t[n / 2 - 1] + t[n / 2]) / 2;
}
