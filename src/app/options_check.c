/*
  What no option can say alone: the grid as a whole against the machine, and automatic values. Potential and initial
  data check their own parameters when they are made, which is before anything is written.
*/
#include "options.h"

#include <hht/error.h>
#include <math.h>
#include <unistd.h>

/* ---- the grid ---- */

/* Points of phase space, as a double because they may be more than an integer holds. */
static double points(const HHTGrid *g)
{
  double product = 1;

  for (int j = 0; j < g->dim; j++) product *= (double)g->nx[j] * (double)g->nv[j];
  return product;
}

static PetscErrorCode check_count(const HHTGrid *g)
{
  if (points(g) <= (double)PETSC_MAX_INT) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "grid_nx, grid_nv: %.6g points of phase space are not allowed; this PETSc counts to %.0f "
                  "(64-bit indices count further)",
                  points(g), (double)PETSC_MAX_INT);
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

/*
  Two copies of the state, cut by rows, and the fields, which every rank holds: rho, phi, G, and J and grad phi in d
  components.
*/
static double bytes_per_rank(const HHTGrid *g, int ranks)
{
  const double rows = ceil((double)g->n_rows / ranks);

  return 2 * (double)sizeof(double complex) * rows * (double)g->n_cols +
         (double)sizeof(double) * (3 + 2 * g->dim) * (double)g->n_rows;
}

static PetscErrorCode check_memory(MPI_Comm comm, const HHTGrid *g)
{
  const double gib = 1024. * 1024 * 1024;
  double       needed, present;
  PetscMPIInt  ranks;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(memory_per_rank(comm, &present));
  needed = bytes_per_rank(g, ranks);
  if (needed <= present) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_USAGE,
                               "grid_nx, grid_nv: %.6g points are not allowed; they need %.3g GiB on each of %d ranks, "
                               "and there are %.3g GiB of memory per rank",
                               points(g), needed / gib, ranks, present / gib));
}

static PetscErrorCode check_grid(MPI_Comm comm, HHTGrid *g)
{
  PetscFunctionBeginUser;
  PetscCall(check_count(g));
  PetscCall(HHTGridSetUp(g));
  PetscCall(check_memory(comm, g));
  PetscFunctionReturn(0);
}

/* ---- the initial data ---- */

static void resolve_wavenumber(HHTCase *c)
{
  for (int j = 0; j < c->grid.dim; j++) {
    if (isnan(c->initial.wavenumber[j])) c->initial.wavenumber[j] = j ? 0 : c->grid.dk[0];
  }
}

PetscErrorCode HHTCaseCheck(MPI_Comm comm, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(check_grid(comm, &c->grid));
  resolve_wavenumber(c);
  PetscFunctionReturn(0);
}
