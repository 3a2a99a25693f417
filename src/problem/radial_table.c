#include "dataset.h"
#include <ctype.h>
#include <errno.h>
#include <hht/radial_table.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#define POINTS_MAX (1 << 24)

static PetscErrorCode allocate(int n, HHTRadialTable *t)
{
  PetscFunctionBeginUser;
  *t = (HHTRadialTable){.n = n};
  PetscCall(PetscMalloc1((size_t)n, &t->r));
  PetscCall(PetscMalloc1((size_t)n, &t->gamma));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRadialTableDestroy(HHTRadialTable *t)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(t->r));
  PetscCall(PetscFree(t->gamma));
  t->n = 0;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRadialTableChecksum(const HHTRadialTable *t, char checksum[HHT_CHECKSUM_LENGTH])
{
  const uInt bytes = (uInt)((size_t)t->n * sizeof(double));
  uLong      crc   = crc32(0, NULL, 0);

  PetscFunctionBeginUser;
  crc = crc32(crc, (const Bytef *)t->r, bytes);
  crc = crc32(crc, (const Bytef *)t->gamma, bytes);
  (void)snprintf(checksum, HHT_CHECKSUM_LENGTH, "%08lx", crc & 0xffffffffUL);
  PetscFunctionReturn(0);
}

/* ---- text ---- */

static const char *skip_blanks(const char *at)
{
  while (isspace((unsigned char)*at)) at++;
  return at;
}

/* "r, gamma" or "r gamma" up to the end of the line or a comment. */
static int parse_point(const char *line, double *r, double *gamma)
{
  char *end;

  *r = strtod(line, &end);
  if (end == line) return 0;
  line = skip_blanks(end);
  if (*line == ',')
    line++;
  else if (line == end)
    return 0;
  *gamma = strtod(line, &end);
  if (end == line) return 0;
  end += strspn(end, " \t\r\n");
  return !*end || *end == '#';
}

static PetscErrorCode add_point(double r, double gamma, HHTRadialTable *t)
{
  PetscFunctionBeginUser;
  /* Room for a power of two of points. */
  if (!(t->n & (t->n - 1))) {
    const size_t room = t->n ? 2 * (size_t)t->n : 1;

    PetscCall(PetscRealloc(room * sizeof(double), &t->r));
    PetscCall(PetscRealloc(room * sizeof(double), &t->gamma));
  }
  t->r[t->n]       = r;
  t->gamma[t->n++] = gamma;
  PetscFunctionReturn(0);
}

/* "open" or "read", with what errno says. */
static PetscErrorCode cannot(const char *what, const char *path)
{
  return HHTError(HHT_EXIT_USAGE, "potential_file: cannot %s '%s': %s; give the path of a file with lines r, Gamma",
                  what, path, strerror(errno));
}

static PetscErrorCode read_lines(FILE *in, const char *path, HHTRadialTable *t)
{
  char          *line = NULL;
  size_t         size = 0;
  PetscErrorCode ierr = 0;
  double         r, gamma;

  for (int number = 1; !ierr && getline(&line, &size, in) >= 0; number++) {
    const char *at = skip_blanks(line);

    if (!*at || *at == '#') continue;
    if (!parse_point(at, &r, &gamma))
      ierr = HHTError(HHT_EXIT_USAGE,
                      "potential_file: '%s', line %d is not understood; it must be two numbers, r and Gamma", path,
                      number);
    else if (t->n == POINTS_MAX)
      ierr = HHTError(HHT_EXIT_USAGE, "potential_file: '%s' has too many points; it must be at most %d", path,
                      POINTS_MAX);
    else
      ierr = add_point(r, gamma, t);
  }
  if (!ierr && ferror(in)) ierr = cannot("read", path);
  free(line);
  return ierr;
}

static PetscErrorCode read_text(const char *path, HHTRadialTable *t)
{
  PetscErrorCode ierr;
  struct stat    status;
  FILE          *in;

  if (stat(path, &status)) return cannot("open", path);
  if (!S_ISREG(status.st_mode))
    return HHTError(HHT_EXIT_USAGE,
                    "potential_file: '%s' is not a regular file; give the path of a file with lines r, Gamma", path);
  in = fopen(path, "r");
  if (!in) return cannot("open", path);
  ierr = read_lines(in, path, t);
  (void)fclose(in);
  return ierr;
}

/* ---- HDF5 ---- */

static PetscErrorCode copy_dataset(HHTDataset dataset, const char *name, HHTRadialTable *t)
{
  const hsize_t   first[2] = {0, 0};
  hsize_t         count[2];
  ptrdiff_t       sizes[2];
  double complex *values;
  PetscErrorCode  ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTDatasetGetSizes(dataset, sizes));
  if (sizes[1] != 2 || sizes[0] > POINTS_MAX || !HHTDatasetIsReal(dataset))
    return HHTError(HHT_EXIT_USAGE,
                    "potential_dataset: '%s' has %td x %td numbers; it must have n x 2 real ones, r and Gamma, n <= %d",
                    name, sizes[0], sizes[1], POINTS_MAX);
  for (int j = 0; j < 2; j++) count[j] = (hsize_t)sizes[j];
  PetscCall(allocate((int)sizes[0], t));
  PetscCall(PetscMalloc1((size_t)(2 * sizes[0]), &values));
  ierr = HHTDatasetRead(dataset, first, count, values);
  for (int i = 0; i < t->n && !ierr; i++) {
    t->r[i]     = creal(values[2 * i]);
    t->gamma[i] = creal(values[2 * i + 1]);
  }
  PetscCall(PetscFree(values));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode read_dataset(const char *path, const char *name, HHTRadialTable *t)
{
  const HHTDatasetOptions options = {.path = "potential_file", .dataset = "potential_dataset"};
  HHTDataset              dataset;
  PetscErrorCode          ierr;

  PetscFunctionBeginUser;
  ierr = HHTDatasetOpen(&options, path, name, 2, &dataset);
  if (ierr) PetscFunctionReturn(ierr);
  ierr = copy_dataset(dataset, name, t);
  PetscCall(HHTDatasetClose(&dataset));
  PetscFunctionReturn(ierr);
}

/* ---- for all ranks ---- */

static PetscErrorCode read_file(const char *path, const char *name, HHTRadialTable *t)
{
  if (!path[0])
    return HHTError(HHT_EXIT_USAGE, "potential_file: it is missing; potential_type table needs the path of a file");
  return name[0] ? read_dataset(path, name, t) : read_text(path, t);
}

static PetscErrorCode share(MPI_Comm comm, int rank, HHTRadialTable *t)
{
  int n = t->n;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Bcast(&n, 1, MPI_INT, 0, comm));
  if (rank) PetscCall(allocate(n, t));
  PetscCallMPI(MPI_Bcast(t->r, n, MPI_DOUBLE, 0, comm));
  PetscCallMPI(MPI_Bcast(t->gamma, n, MPI_DOUBLE, 0, comm));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRadialTableRead(MPI_Comm comm, const char *path, const char *name, HHTRadialTable *t)
{
  PetscMPIInt    rank;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  *t = (HHTRadialTable){.n = 0};
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  ierr = HHTAgree(comm, rank ? 0 : read_file(path, name, t));
  if (ierr)
    PetscCall(HHTRadialTableDestroy(t));
  else
    PetscCall(share(comm, rank, t));
  PetscFunctionReturn(ierr);
}
