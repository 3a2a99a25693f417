/* What no option can say alone: the checks of a case as a whole. */
#include "options.h"

#include <errno.h>
#include <hht/error.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
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

/* Two copies of the state, cut by rows, and the fields, which every rank holds: rho, phi, G, and J and grad phi in d components. */
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

/* ---- the potential ---- */

static PetscErrorCode check_potential(const HHTPotentialParams *p)
{
  if (strcmp(p->type, "harmonic") || p->boundary == HHT_FREE) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "potential_boundary: periodic is not allowed with potential_type harmonic; it must be free");
}

/* ---- the initial data ---- */

static int uses(const char *option, const HHTCase *c) { return HHTOptionApplies(HHTOptionFind(option), c); }

static void resolve_wavenumber(HHTCase *c)
{
  for (int j = 0; j < c->grid.dim; j++) {
    if (isnan(c->initial.wavenumber[j])) c->initial.wavenumber[j] = j ? 0 : c->grid.dk[0];
  }
}

/* In a periodic box a cosine fits a whole number of times, and the grid resolves less than half of nx of them. */
static PetscErrorCode check_wavenumber(const HHTCase *c, int j)
{
  const double k = c->initial.wavenumber[j], waves = k / c->grid.dk[j], nearest = round(waves);
  const double most = (double)(c->grid.nx[j] / 2 - 1);

  if (fabs(waves - nearest) > 1e-9 * fmax(1, fabs(waves))) {
    return HHTError(HHT_EXIT_USAGE,
                    "initial_wavenumber: %.15g is not allowed in the periodic box; it must be a multiple of "
                    "2 pi / grid_x_length = %.15g; the nearest is %.15g",
                    k, c->grid.dk[j], nearest * c->grid.dk[j]);
  }
  if (fabs(nearest) <= most) return 0;
  return HHTError(HHT_EXIT_USAGE, "initial_wavenumber: %.15g is not allowed; with grid_nx %td it must be at most %.15g",
                  k, c->grid.nx[j], most * c->grid.dk[j]);
}

static PetscErrorCode check_perturbation(HHTCase *c)
{
  PetscFunctionBeginUser;
  resolve_wavenumber(c);
  if (!uses("initial_wavenumber", c) || c->potential.boundary != HHT_PERIODIC) PetscFunctionReturn(0);
  for (int j = 0; j < c->grid.dim; j++) PetscCall(check_wavenumber(c, j));
  PetscFunctionReturn(0);
}

static PetscErrorCode check_expression(const HHTInitialParams *p)
{
  if (strcmp(p->type, "expression") || !p->f[0] != !p->alpha[0]) return 0;
  if (p->f[0]) return HHTError(HHT_EXIT_USAGE, "initial_f, initial_alpha: both are given; it must be one of the two");
  return HHTError(HHT_EXIT_USAGE,
                  "initial_f, initial_alpha: the value is missing; initial_type expression needs one of the two");
}

static PetscErrorCode check_readable(const char *path)
{
  struct stat status;

  if (stat(path, &status)) return HHTError(HHT_EXIT_USAGE, "initial_path: %s: %s", path, strerror(errno));
  if (!S_ISREG(status.st_mode)) return HHTError(HHT_EXIT_USAGE, "initial_path: %s is not a file", path);
  if (access(path, R_OK)) return HHTError(HHT_EXIT_USAGE, "initial_path: %s: %s", path, strerror(errno));
  return 0;
}

/* Rank 0 looks for all, so that a slow file system is asked once and gives one answer. */
static PetscErrorCode check_file(MPI_Comm comm, const HHTInitialParams *p)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  if (strcmp(p->type, "file")) PetscFunctionReturn(0);
  if (!p->path[0] || !p->dataset[0]) {
    PetscFunctionReturn(HHTError(HHT_EXIT_USAGE,
                                 "initial_%s: the value is missing; initial_type file needs initial_path and "
                                 "initial_dataset",
                                 p->path[0] ? "dataset" : "path"));
  }
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscFunctionReturn(HHTAgree(comm, rank ? 0 : check_readable(p->path)));
}

static PetscErrorCode check_symmetric(const HHTInitialParams *p, int n)
{
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) {
      const double complex a = p->m[i * n + j], b = p->m[j * n + i];

      if (cabs(a - b) > 1e-12 * (cabs(a) + cabs(b))) {
        return HHTError(
            HHT_EXIT_USAGE,
            "initial_m: entries (%d,%d) = %g%+gi and (%d,%d) = %g%+gi are not allowed; it must be symmetric", i + 1,
            j + 1, creal(a), cimag(a), j + 1, i + 1, creal(b), cimag(b));
      }
    }
  }
  return 0;
}

/* Cholesky's factorisation of the real part runs through exactly when it is positive definite. */
static int is_positive_definite(const HHTInitialParams *p, int n)
{
  double l[2 * HHT_MAX_DIM][2 * HHT_MAX_DIM];

  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) {
      double sum = creal(p->m[i * n + j]);

      for (int k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
      if (i == j && !(sum > 0)) return 0;
      l[i][j] = i == j ? sqrt(sum) : sum / l[j][j];
    }
  }
  return 1;
}

static PetscErrorCode check_gaussian(const HHTCase *c)
{
  const int n = 2 * c->grid.dim;

  PetscFunctionBeginUser;
  if (strcmp(c->initial.type, "gaussian")) PetscFunctionReturn(0);
  PetscCall(check_symmetric(&c->initial, n));
  if (is_positive_definite(&c->initial, n)) PetscFunctionReturn(0);
  PetscFunctionReturn(
      HHTError(HHT_EXIT_USAGE, "initial_m: its real part is not allowed; it must be positive definite"));
}

PetscErrorCode HHTCaseCheck(MPI_Comm comm, HHTCase *c)
{
  PetscFunctionBeginUser;
  PetscCall(check_grid(comm, &c->grid));
  PetscCall(check_potential(&c->potential));
  PetscCall(check_perturbation(c));
  PetscCall(check_expression(&c->initial));
  PetscCall(check_file(comm, &c->initial));
  PetscCall(check_gaussian(c));
  PetscFunctionReturn(0);
}
