/*
  diagnostics.csv: names in the documented order, numbers that read back exactly, and only whole lines when the disk
  is full.
*/
#include "scratch.h"
#include <hht/output.h>
#include <signal.h>
#include <sys/resource.h>

static const char header[] =
    "step,time,mass,momentum_x,momentum_y,kinetic_energy,potential_energy,energy,hamiltonian,field_energy,l2_norm,"
    "m1_norm,m1_bound,xi_edge_fraction,v_edge_fraction,absorbed_mass,wall_time,x_momentum_x,x_momentum_y,"
    "absorbed_energy,d2_norm,d2_bound,distance,distance_bound,k_edge_fraction,f_min,negative_mass,f_l2_norm,entropy\n";

static const HHTDiagnostics values = {.mass            = 1. / 3,
                                      .momentum        = {1e-300, -2},
                                      .kinetic_energy  = 0.1,
                                      .m1_bound        = NAN,
                                      .absorbed_mass   = -0.,
                                      .x_momentum      = {4, 5},
                                      .absorbed_energy = 6,
                                      .d2_norm         = 7,
                                      .d2_bound        = INFINITY,
                                      .distance_bound  = 0.25,
                                      .k_edge_fraction = 0.75,
                                      .entropy         = -7};

static int count(const char *text, char c)
{
  int n = 0;

  for (; *text; text++) n += *text == c;
  return n;
}

static void check_content(const char *text)
{
  const char *names = strchr(text, '\n') + 1, *line = strchr(names, '\n') + 1;
  double      numbers[29];
  char       *end = (char *)line;

  TestCheck(!strncmp(text, "# units: ", 9), "no units first");
  TestCheck(!strncmp(names, header, strlen(header)), "names: %s", names);
  for (int i = 0; i < 29; i++) numbers[i] = strtod(end, &end), end++;
  TestClose(numbers[0], 7, 0, "step");
  TestClose(numbers[1], 0.7, 0, "time");
  TestClose(numbers[2], 1. / 3, 0, "mass");
  TestClose(numbers[3], 1e-300, 0, "momentum_x");
  TestClose(numbers[4], -2, 0, "momentum_y");
  TestCheck(isnan(numbers[12]), "m1_bound is %g", numbers[12]);
  TestCheck(strstr(line, ",nan,") != NULL, "a NaN is not `nan`: %s", line);
  TestClose(numbers[16], 1.5, 0, "wall_time");
  TestClose(numbers[18], 5, 0, "x_momentum_y");
  TestClose(numbers[19], 6, 0, "absorbed_energy");
  TestClose(numbers[20], 7, 0, "d2_norm");
  TestCheck(isinf(numbers[21]), "d2_bound is %g", numbers[21]);
  TestClose(numbers[23], 0.25, 0, "distance_bound");
  TestClose(numbers[24], 0.75, 0, "k_edge_fraction");
  TestClose(numbers[28], -7, 0, "entropy");
  TestCheck(end[-1] == '\n', "more than 29 columns");
}

/* The limit falls within the third line. */
static void check_full(HHTDiagnosticsFile file, const char *path)
{
  struct rlimit  old, small;
  struct stat    status;
  PetscErrorCode ierr;
  off_t          whole;

  stat(path, &status);
  whole = status.st_size;
  MPI_Barrier(MPI_COMM_WORLD);
  getrlimit(RLIMIT_FSIZE, &old);
  small = (struct rlimit){(rlim_t)whole + 20, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  ierr = HHTDiagnosticsFileAppend(file, 9, 0.9, &values, 2);
  setrlimit(RLIMIT_FSIZE, &old);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "code %d", (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), path), "message '%s'", HHTErrorMessage());
  stat(path, &status);
  TestCheck(status.st_size == whole, "%ld bytes after a failed line, %ld before", (long)status.st_size, (long)whole);
}

/* Lines in a file that has another name now would be lost to whoever looks for it. */
static void check_moved(HHTDiagnosticsFile file, const char *path, const char *away)
{
  PetscErrorCode ierr;
  int            rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) TestCheck(!rename(path, away), "cannot move the file");
  ierr = HHTDiagnosticsFileSync(file);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "code %d", (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), "was removed or moved"), "message '%s'", HHTErrorMessage());
  HHTErrorClear();
  if (!rank) TestCheck(!rename(away, path), "cannot move the file back");
}

/* The distance of two f, in two dimensions, has the unit of f's own norm. */
static void check_distribution(const char *dir)
{
  HHTDiagnosticsFile file;
  char              *text;

  TestCall(HHTDiagnosticsFileCreate(MPI_COMM_WORLD, dir, (HHTColumns){.dim = 2, .unknown = HHT_DISTRIBUTION}, &file));
  TestCall(HHTDiagnosticsFileClose(&file));
  text = ScratchRead(ScratchPath(dir, "diagnostics.csv"), NULL);
  TestCheck(text && strstr(text, ",M/(L V),M^(1/2),1,M/(L V)^2,"), "units: %s", text ? text : "none");
  free(text);
}

int main(int argc, char **argv)
{
  char               dir[SCRATCH_MAX];
  HHTDiagnosticsFile file;
  char              *text;

  TestBegin(&argc, &argv);
  signal(SIGXFSZ, SIG_IGN);
  ScratchCreate(dir);
  TestCall(HHTDiagnosticsFileCreate(MPI_COMM_WORLD, dir, (HHTColumns){.dim = 2}, &file));
  TestCall(HHTDiagnosticsFileAppend(file, 7, 0.7, &values, 1.5));
  TestCall(HHTDiagnosticsFileAppend(file, 8, 0.8, &values, 1.6));
  text = ScratchRead(ScratchPath(dir, "diagnostics.csv"), NULL);
  TestCheck(text && count(text, '\n') == 4, "not four lines: %s", text ? text : "none");
  if (text) check_content(text);
  free(text);
  MPI_Barrier(MPI_COMM_WORLD);
  check_full(file, ScratchPath(dir, "diagnostics.csv"));
  HHTErrorClear();
  check_moved(file, ScratchPath(dir, "diagnostics.csv"), ScratchPath(dir, "away"));
  TestCall(HHTDiagnosticsFileClose(&file));
  TestCall(HHTDiagnosticsFileClose(&file));
  check_distribution(dir);
  ScratchDestroy(dir);
  return TestEnd();
}
