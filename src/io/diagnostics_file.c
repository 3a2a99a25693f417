/*
  diagnostics.csv. A line is appended by one write(); one that does not fit whole is cut off again, so that the file
  holds whole lines only. Syncing each line would cost more than the steps do on many file systems: once a second is
  enough, since only a crash of the machine loses what is not synced.
*/
#include "posix_file.h"
#include <errno.h>
#include <fcntl.h>
#include <hht/error.h>
#include <hht/output.h>
#include <hht/watchdog.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_LENGTH 4096
#define SYNC_SECONDS    1

struct HHTDiagnosticsFile_s {
  MPI_Comm    comm; /* borrowed */
  PetscMPIInt rank;
  HHTColumns  of;
  int         fd;     /* on rank 0, else -1 */
  double      synced; /* MPI_Wtime() of the last sync */
  char        path[PETSC_MAX_PATH_LEN];
};

/* Units in those of mass M, length L and velocity V; a time is L/V. */
typedef struct {
  const char *name, *unit;
  double      value;
} Column;

static void add(Column columns[], int *n, const char *name, const char *unit, double value)
{
  columns[(*n)++] = (Column){name, unit, value};
}

static void add_vector(Column columns[], int *n, int dim, const char *const names[], const char *unit,
                       const double values[])
{
  for (int j = 0; j < dim; j++) add(columns, n, names[j], unit, values[j]);
}

/* Of two particles or more; there is no comparison with the mean field for one. */
static void add_weights(Column columns[], int *n, int particles, const HHTParticleDiagnostics *p)
{
  static const char *const weights[] = {"P_0", "P_1", "P_2", "P_3"};

  if (particles < 2) return;
  add(columns, n, "beta", "1", p->beta);
  add(columns, n, "q_1", "1", p->q_1);
  for (int k = 0; k <= particles; k++) add(columns, n, weights[k], "1", p->P[k]);
  add(columns, n, "marginal_distance", "1", p->marginal_distance);
}

static void add_particles(Column columns[], int *n, int particles, const HHTParticleDiagnostics *p)
{
  if (particles < 1) return;
  add(columns, n, "symmetry_defect", "1", p->symmetry_defect);
  add(columns, n, "dz1_norm", "1", p->dz1_norm);
  add(columns, n, "dz1_bound", "1", p->dz1_bound);
  add(columns, n, "d2z1z2_norm", "1", p->d2z1z2_norm);
  add(columns, n, "d2z1z2_bound", "1", p->d2z1z2_bound);
  add_weights(columns, n, particles, p);
}

/* All columns but the step, in the order of the file. */
static int make_columns(HHTColumns of, double time, const HHTDiagnostics *d, double wall_time,
                        Column columns[HHT_COLUMNS_MAX])
{
  static const char *const momentum[]   = {"momentum_x", "momentum_y", "momentum_z"};
  static const char *const x_momentum[] = {"x_momentum_x", "x_momentum_y", "x_momentum_z"};
  static const char *const field_unit[] = {"V^4/L", "V^4", "V^4 L"};
  static const char *const f_unit[]     = {"M/(L V)", "M/(L V)^2", "M/(L V)^3"};
  static const char *const f_l2_unit[]  = {"M/(L V)^(1/2)", "M/(L V)", "M/(L V)^(3/2)"};
  const int                dim = of.dim, is_f = of.unknown == HHT_DISTRIBUTION;
  int                      n = 0;

  add(columns, &n, "time", "L/V", time);
  add(columns, &n, "mass", "M", d->mass);
  add_vector(columns, &n, dim, momentum, "M V", d->momentum);
  add(columns, &n, "kinetic_energy", "M V^2", d->kinetic_energy);
  add(columns, &n, "potential_energy", "M V^2", d->potential_energy);
  add(columns, &n, "energy", "M V^2", d->energy);
  add(columns, &n, "hamiltonian", "M V/L", d->hamiltonian);
  add(columns, &n, "field_energy", field_unit[dim - 1], d->field_energy);
  add(columns, &n, "l2_norm", "M^(1/2)", d->l2_norm);
  add(columns, &n, "m1_norm", "M^(1/2)", d->m1_norm);
  add(columns, &n, "m1_bound", "M^(1/2)", d->m1_bound);
  add(columns, &n, "xi_edge_fraction", "1", d->xi_edge_fraction);
  add(columns, &n, "v_edge_fraction", "1", d->v_edge_fraction);
  add(columns, &n, "absorbed_mass", "M", d->absorbed_mass);
  add(columns, &n, "wall_time", "s", wall_time);
  add_vector(columns, &n, dim, x_momentum, "M/L", d->x_momentum);
  add(columns, &n, "absorbed_energy", "M V^2", d->absorbed_energy);
  add(columns, &n, "d2_norm", "M^(1/2)", d->d2_norm);
  add(columns, &n, "d2_bound", "M^(1/2)", d->d2_bound);
  add(columns, &n, "distance", is_f ? f_l2_unit[dim - 1] : "M^(1/2)", d->distance);
  add(columns, &n, "distance_bound", "M^(1/2)", d->distance_bound);
  add(columns, &n, "k_edge_fraction", "1", d->k_edge_fraction);
  add(columns, &n, "f_min", f_unit[dim - 1], d->f_min);
  add(columns, &n, "negative_mass", "M", d->negative_mass);
  add(columns, &n, "f_l2_norm", f_l2_unit[dim - 1], d->f_l2_norm);
  add(columns, &n, "entropy", "M", d->entropy);
  add_particles(columns, &n, of.particles, &d->particles);
  return n;
}

/* Whether it is one of the run rather than of the state. */
static int is_of_run(const Column *column)
{
  return !strcmp(column->name, "time") || !strcmp(column->name, "wall_time");
}

static int make_own_columns(HHTColumns of, const HHTDiagnostics *d, Column columns[HHT_COLUMNS_MAX])
{
  const int all = make_columns(of, 0, d, 0, columns);
  int       n   = 0;

  for (int i = 0; i < all; i++)
    if (!is_of_run(&columns[i])) columns[n++] = columns[i];
  return n;
}

PetscErrorCode HHTDiagnosticsNames(HHTColumns of, int *n, const char *names[HHT_COLUMNS_MAX])
{
  const HHTDiagnostics none = {0};
  Column               columns[HHT_COLUMNS_MAX];

  PetscFunctionBeginUser;
  *n = make_own_columns(of, &none, columns);
  for (int i = 0; i < *n; i++) names[i] = columns[i].name;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnosticsValues(HHTColumns of, const HHTDiagnostics *d, double values[HHT_COLUMNS_MAX])
{
  Column    columns[HHT_COLUMNS_MAX];
  const int n = make_own_columns(of, d, columns);

  PetscFunctionBeginUser;
  for (int i = 0; i < n; i++) values[i] = columns[i].value;
  PetscFunctionReturn(0);
}

static int print_number(char *to, size_t size, double value)
{
  /* printf may give a NaN a sign. */
  return isnan(value) ? snprintf(to, size, ",nan") : snprintf(to, size, ",%.17g", value);
}

static void print_line(char line[LINE_MAX_LENGTH], PetscInt step, int n, const Column columns[])
{
  int used = snprintf(line, LINE_MAX_LENGTH, "%lld", (long long)step);

  for (int i = 0; i < n; i++) used += print_number(line + used, (size_t)(LINE_MAX_LENGTH - used), columns[i].value);
  (void)snprintf(line + used, (size_t)(LINE_MAX_LENGTH - used), "\n");
}

static void print_header(char text[LINE_MAX_LENGTH], HHTColumns of)
{
  const HHTDiagnostics none = {0};
  Column               columns[HHT_COLUMNS_MAX];
  const int            n    = make_columns(of, 0, &none, 0, columns);
  int                  used = snprintf(text, LINE_MAX_LENGTH, "# units: 1");

  for (int i = 0; i < n; i++) used += snprintf(text + used, (size_t)(LINE_MAX_LENGTH - used), ",%s", columns[i].unit);
  used += snprintf(text + used, (size_t)(LINE_MAX_LENGTH - used), "\nstep");
  for (int i = 0; i < n; i++) used += snprintf(text + used, (size_t)(LINE_MAX_LENGTH - used), ",%s", columns[i].name);
  (void)snprintf(text + used, (size_t)(LINE_MAX_LENGTH - used), "\n");
}

static PetscErrorCode create(MPI_Comm comm, const char *dir, HHTColumns of, HHTDiagnosticsFile *file)
{
  HHTDiagnosticsFile f;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&f));
  *file   = f;
  f->comm = comm;
  f->of   = of;
  f->fd   = -1;
  PetscCallMPI(MPI_Comm_rank(comm, &f->rank));
  PetscCall(HHTPathJoin(dir, "diagnostics.csv", f->path));
  PetscFunctionReturn(0);
}

static PetscErrorCode open_to_append(HHTDiagnosticsFile f)
{
  f->fd = open(f->path, O_WRONLY | O_APPEND);
  return f->fd < 0 ? HHTPosixError("write", f->path) : 0;
}

static PetscErrorCode start_file(HHTDiagnosticsFile f)
{
  char header[LINE_MAX_LENGTH];

  PetscFunctionBeginUser;
  print_header(header, f->of);
  PetscCall(HHTWriteText(f->comm, f->path, header));
  PetscCall(HHTAgree(f->comm, f->rank ? 0 : open_to_append(f)));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnosticsFileCreate(MPI_Comm comm, const char *dir, HHTColumns of, HHTDiagnosticsFile *file)
{
  PetscFunctionBeginUser;
  PetscCall(create(comm, dir, of, file));
  PetscCall(start_file(*file));
  PetscFunctionReturn(0);
}

/* ---- going on with a file ---- */

/* The header's bytes, or -1 if the file begins otherwise. */
static off_t header_length(FILE *in, HHTColumns of)
{
  char   header[LINE_MAX_LENGTH], begin[LINE_MAX_LENGTH];
  size_t length;

  print_header(header, of);
  length = strlen(header);
  return fread(begin, 1, length, in) == length && !memcmp(begin, header, length) ? (off_t)length : -1;
}

/* The end of the last whole line of at most `step`, which is *last_step; lines have increasing steps. */
static off_t find_end(FILE *in, off_t end, PetscInt step, PetscInt *last_step)
{
  char     *line     = NULL;
  size_t    capacity = 0;
  ssize_t   length;
  long long of_line;

  while ((length = getline(&line, &capacity, in)) > 0) {
    if (line[length - 1] != '\n' || sscanf(line, "%lld,", &of_line) != 1 || of_line > step || of_line <= *last_step)
      break;
    *last_step = (PetscInt)of_line;
    end += length;
  }
  free(line);
  return end;
}

static PetscErrorCode cut(HHTDiagnosticsFile f, off_t end)
{
  PetscFunctionBeginUser;
  PetscCall(open_to_append(f));
  if (ftruncate(f->fd, end) || fdatasync(f->fd)) PetscFunctionReturn(HHTPosixError("write", f->path));
  PetscFunctionReturn(0);
}

/* On rank 0. */
static PetscErrorCode resume(HHTDiagnosticsFile f, PetscInt step, PetscInt *last_step)
{
  FILE *in = fopen(f->path, "r");
  off_t end;

  PetscFunctionBeginUser;
  if (!in) PetscFunctionReturn(HHTPosixError("read", f->path));
  end = header_length(in, f->of);
  if (end >= 0) end = find_end(in, end, step, last_step);
  (void)fclose(in);
  if (end < 0)
    PetscFunctionReturn(
        HHTError(HHT_EXIT_IO, "'%s' does not begin with the columns that this run would write; move it away", f->path));
  PetscCall(cut(f, end));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTDiagnosticsFileResume(MPI_Comm comm, const char *dir, HHTColumns of, PetscInt step,
                                        HHTDiagnosticsFile *file, PetscInt *last_step)
{
  HHTDiagnosticsFile f;
  int                there;

  PetscFunctionBeginUser;
  *last_step = -1;
  PetscCall(create(comm, dir, of, file));
  f     = *file;
  there = !access(f->path, F_OK);
  PetscCallMPI(MPI_Bcast(&there, 1, MPI_INT, 0, comm));
  if (there)
    PetscCall(HHTAgree(comm, f->rank ? 0 : resume(f, step, last_step)));
  else
    PetscCall(start_file(f));
  PetscCallMPI(MPI_Bcast(last_step, 1, MPIU_INT, 0, comm));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_all(int fd, const char *path, const char *text, size_t size)
{
  while (size > 0) {
    const ssize_t n = write(fd, text, size);

    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return HHTPosixError("write", path);
    text += n;
    size -= (size_t)n;
  }
  return 0;
}

/* A file that somebody removed, or moved with its folder, would take lines that nobody looks for any more. */
static PetscErrorCode sync_now(HHTDiagnosticsFile f)
{
  struct stat open_file, named;

  f->synced = MPI_Wtime();
  if (fdatasync(f->fd) || fstat(f->fd, &open_file)) return HHTPosixError("write to disk", f->path);
  if (!stat(f->path, &named) && named.st_dev == open_file.st_dev && named.st_ino == open_file.st_ino) return 0;
  return HHTError(HHT_EXIT_IO, "'%s' was removed or moved while the run wrote to it", f->path);
}

static PetscErrorCode append(HHTDiagnosticsFile f, const char *line)
{
  const off_t    end  = lseek(f->fd, 0, SEEK_END);
  PetscErrorCode ierr = write_all(f->fd, f->path, line, strlen(line));

  if (!ierr && MPI_Wtime() - f->synced >= SYNC_SECONDS) ierr = sync_now(f);
  if (ierr && end >= 0) (void)!ftruncate(f->fd, end);
  return ierr;
}

PetscErrorCode HHTDiagnosticsFileAppend(HHTDiagnosticsFile f, PetscInt step, double time, const HHTDiagnostics *values,
                                        double wall_time)
{
  char           line[LINE_MAX_LENGTH];
  Column         columns[HHT_COLUMNS_MAX];
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  print_line(line, step, make_columns(f->of, time, values, wall_time, columns), columns);
  PetscCall(HHTWatchdogStart(f->comm, f->path));
  if (!f->rank) ierr = append(f, line);
  ierr = HHTAgree(f->comm, ierr);
  PetscCall(HHTWatchdogStop());
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTDiagnosticsFileSync(HHTDiagnosticsFile f)
{
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTWatchdogStart(f->comm, f->path));
  if (!f->rank) ierr = sync_now(f);
  ierr = HHTAgree(f->comm, ierr);
  PetscCall(HHTWatchdogStop());
  PetscFunctionReturn(ierr);
}

static PetscErrorCode sync_and_close(HHTDiagnosticsFile f)
{
  const PetscErrorCode synced = f->fd < 0 ? 0 : sync_now(f), closed = HHTClose(&f->fd, f->path);

  return synced ? synced : closed;
}

PetscErrorCode HHTDiagnosticsFileClose(HHTDiagnosticsFile *file)
{
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  if (!*file) PetscFunctionReturn(0);
  ierr = HHTAgree((*file)->comm, sync_and_close(*file));
  PetscCall(PetscFree(*file));
  PetscFunctionReturn(ierr);
}
