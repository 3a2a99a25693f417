/* What a case needs of memory, and whether the nodes have it. Objects whose size is not plain from the case count their own. */
#include "problem.h"

#include <hht/characteristics.h>
#include <hht/error.h>
#include <hht/mean_field_solution.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

PetscBool HHTCaseAdapts(const HHTCase *c)
{
  return !strcmp(c->ts_type, "splitting") && strcmp(c->adapt, "none") != 0 ? PETSC_TRUE : PETSC_FALSE;
}

/* rho, phi, G and its phase; J, grad phi and the kick; and of each thread of a pass the density of a block, and in fixed point. */
static double flow_bytes(const HHTCase *c, const HHTGrid *g)
{
  return (double)sizeof(double) * (double)g->n_rows * (5 + 3 * g->dim + 2 * PetscMax(1, c->threads));
}

/* The state before a step that may be rejected, and after the whole of it. */
static double copies_bytes(const HHTCase *c, const HHTGrid *g, HHTNumbers numbers, int ranks)
{
  return HHTCaseAdapts(c) ? HHTStateBytes(g, numbers, ranks) : 0;
}

/* The particles' own field, a projection on the mean field as numbers and in fixed point, and the mean field, of which there is one on every rank. */
static double particles_bytes(const HHTCase *c, const HHTGrid *all, HHTNumbers numbers)
{
  const double points = (double)c->grid.n_rows * (double)c->grid.n_cols;
  const double field  = (double)sizeof(double) * (double)all->n_rows * (1 + all->dim);
  const int    others = HHTCaseParticles(c) - 1;

  if (!others) return field;
  return field + 2 * sizeof(double complex) * pow(points, others) +
         HHTParticlesMeanFieldBytes(c, HHTNumbersOf(HHTNumbersAreReal(numbers), HHT_DOUBLE));
}

double HHTCaseMemory(const HHTCase *c, HHTNumbers numbers, int ranks)
{
  const HHTGrid g         = HHTCaseStateGrid(c);
  const double  solutions = c->compares ? 2 : 1, share = ceil((double)g.n_rows / ranks) / (double)g.n_rows;
  double        bytes = HHTStateBytes(&g, numbers, ranks) + flow_bytes(c, &g) + copies_bytes(c, &g, numbers, ranks) +
                 HHTAbsorberBytes(&g, numbers, &c->absorber) * share;

  bytes *= solutions;
  if (c->equation == HHT_EQUATION_NBODY) return bytes + particles_bytes(c, &g, numbers);
  return bytes + HHTMeanFieldBytes(&g, c->potential.boundary, c->field, ranks);
}

/* Of each kinetic flow there is a potential one before it; a look applies the one that is pending. */
double HHTCaseHistoryMemory(const HHTCase *c, HHTNumbers numbers, double steps, double looks)
{
  const HHTSplitting *method;
  const PetscBool     phase = HHTNumbersAreReal(numbers) ? PETSC_FALSE : PETSC_TRUE;
  double              kinetic;

  (void)HHTSplittingFind(c->splitting, &method);
  kinetic = steps * method->stages;
  return HHTCharacteristicsBytes(&c->grid, c->potential.boundary, phase, kinetic, kinetic + looks);
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

PetscErrorCode HHTCaseCheckMemory(MPI_Comm comm, const HHTCase *c, double needed, const char *advice)
{
  const double  gib = 1024. * 1024 * 1024;
  const HHTGrid g   = HHTCaseStateGrid(c);
  double        present;
  PetscMPIInt   ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(memory_per_rank(comm, &present));
  if (needed <= present) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(
      HHT_EXIT_USAGE, "grid_nx, grid_nv: %.6g points need %.3g GiB on each of %d ranks, where there are %.3g GiB; %s",
      (double)g.n_rows * (double)g.n_cols, needed / gib, ranks, present / gib, advice));
}
