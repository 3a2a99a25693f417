/* What a case needs of memory, and whether the nodes have it. */
#include "problem.h"

#include <hht/error.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

PetscBool HHTCaseAdapts(const HHTCase *c)
{
  return !strcmp(c->ts_type, "splitting") && strcmp(c->adapt, "none") != 0 ? PETSC_TRUE : PETSC_FALSE;
}

double HHTCaseMemory(const HHTCase *c, HHTNumbers numbers, int ranks)
{
  const HHTGrid g    = HHTCaseStateGrid(c);
  const double  rows = ceil((double)g.n_rows / ranks), number = (double)HHTNumbersSize(numbers);
  double        arrays    = 3 + 2 * g.dim + 2;        /* rho, phi, G; J, grad phi; phases and sums of a pass */
  const double  states    = HHTCaseAdapts(c) ? 4 : 2; /* at rest, in work; copies of a step that may be rejected */
  const double  solutions = c->compares ? 2 : 1;
  double        bytes     = states * number * rows * (double)g.n_cols;

  if (c->equation == HHT_EQUATION_NBODY) {
    arrays += 1 + g.dim; /* of the particles' field */
    /* a projection on the mean field, as numbers and in fixed point */
    bytes += 2 * sizeof(double complex) * pow((double)(c->grid.n_rows * c->grid.n_cols), c->particles - 1);
  }
  bytes += HHTAbsorberBytes(&g, numbers, &c->absorber) * rows / (double)g.n_rows;
  return solutions * (bytes + arrays * (double)sizeof(double) * (double)g.n_rows);
}

/* The smallest share of a node's memory that a rank has. */
static PetscErrorCode memory_per_rank(MPI_Comm comm, double *bytes)
{
  MPI_Comm    node;
  PetscMPIInt ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node));
  PetscCallMPI(MPI_Comm_size(node, &ranks));
  PetscCallMPI(MPI_Comm_free(&node));
  *bytes = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE) / ranks;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, bytes, 1, MPI_DOUBLE, MPI_MIN, comm));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCaseCheckMemory(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers)
{
  const double  gib = 1024. * 1024 * 1024;
  const HHTGrid g   = HHTCaseStateGrid(c);
  double        needed, present;
  PetscMPIInt   ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(memory_per_rank(comm, &present));
  needed = HHTCaseMemory(c, numbers, ranks);
  if (needed <= present) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_USAGE,
               "grid_nx, grid_nv: %.6g points need %.3g GiB on each of %d ranks, where there are %.3g GiB; "
               "use more nodes, fewer points or -state_precision single",
               (double)g.n_rows * (double)g.n_cols, needed / gib, ranks, present / gib));
}
