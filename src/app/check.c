/* hht check: verifies this installation against exact solutions, and prints a table. */
#include "check_impl.h"
#include "commands.h"
#include "options.h"
#include <hht/error.h>
#include <hht/log.h>
#include <hht/splitting.h>
#include <math.h>
#include <stdio.h>

static PetscErrorCode verdict(HHTCheck *check, double error, double allowed)
{
  const PetscBool pass = error <= allowed ? PETSC_TRUE : PETSC_FALSE; /* so that a NaN fails */

  PetscFunctionBeginUser;
  check->total++;
  if (!pass) check->failed++;
  PetscCall(HHTLog(check->comm, " %10.1e %10.1e  %s\n", error, allowed, pass ? "pass" : "FAIL"));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckError(HHTCheck *check, const char *what, double error, double allowed)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(check->comm, "  %-52s %12s %12s", what, "", ""));
  PetscCall(verdict(check, error, allowed));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckValue(HHTCheck *check, const char *what, double value, double reference, double allowed)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(check->comm, "  %-52s %12.8f %12.8f", what, value, reference));
  PetscCall(verdict(check, fabs(value - reference) / fabs(reference), allowed));
  PetscFunctionReturn(0);
}

static PetscErrorCode run_groups(HHTCheck *check)
{
  static const struct {
    const char *title;
    PetscErrorCode (*run)(HHTCheck *);
  } groups[] = {
      {"Complex Gaussians against their closed solutions: largest error of alpha_hat", HHTCheckGaussians},
      {"Separable solutions in two and three dimensions: largest error of alpha", HHTCheckSeparable},
      {"A nonlinear complex state, HMF, against an independent method: absolute errors", HHTCheckNonlinear},
      {"Conservation of mass: relative change in 1000 steps", HHTCheckMass},
      {"Linear waves against their dispersion relations: relative errors", HHTCheckRates},
      {"Ranks and transposes: how many numbers differ from a run on one rank", HHTCheckRanks},
  };

  PetscFunctionBeginUser;
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    PetscCall(HHTLog(check->comm, "%s\n", groups[i].title));
    PetscCall(groups[i].run(check));
  }
  PetscFunctionReturn(0);
}

/* The cases are fixed: an option of a case would silently do nothing. */
static PetscErrorCode check_options(void)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  PetscFunctionBeginUser;
  PetscCall(HHTOptionsCheckUnknown());
  for (int i = 0; i < n; i++) {
    char      name[64];
    PetscBool given;

    (void)snprintf(name, sizeof name, "-%s", table[i].name);
    PetscCall(PetscOptionsHasName(NULL, NULL, name, &given));
    if (given)
      return HHTError(HHT_EXIT_USAGE, "%s: hht check has its own cases; leave out the options of a case", name);
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCommandCheck(MPI_Comm comm, const HHTArguments *arguments)
{
  HHTCheck     check = {.comm = comm};
  const double start = MPI_Wtime();
  int          size;

  PetscFunctionBeginUser;
  (void)arguments;
  PetscCall(check_options());
  PetscCallMPI(MPI_Comm_size(comm, &size));
  PetscCall(TSHHTSplittingRegister());
  PetscCall(HHTLog(comm, "hht check on %d %s\n\n", size, size > 1 ? "ranks" : "rank"));
  PetscCall(HHTLog(comm, "  %-52s %12s %12s %10s %10s\n", "case", "measured", "reference", "error", "allowed"));
  PetscCall(run_groups(&check));
  PetscCall(HHTLog(comm, "\n%d of %d checks passed in %.1f s\n", check.total - check.failed, check.total,
                   MPI_Wtime() - start));
  if (check.failed)
    return HHTError(HHT_EXIT_INVALID,
                    "%d of %d checks failed; do not use this installation, and see docs/troubleshooting.md",
                    check.failed, check.total);
  PetscFunctionReturn(0);
}
