#include "transpose_choice.h"
#include <errno.h>
#include <hht/error.h>
#include <hht/log.h>
#include <hht/output.h>
#include <hht/transpose_timing.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PADDED 1.1 /* rows of shared memory stand up to a sixteenth apart */

static int count_nodes(MPI_Comm comm)
{
  MPI_Comm node;
  int      rank, nodes;

  (void)MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
  (void)MPI_Comm_rank(node, &rank);
  (void)MPI_Comm_free(&node);
  (void)MPI_Allreduce(&(int){rank == 0}, &nodes, 1, MPI_INT, MPI_SUM, comm);
  return nodes;
}

static void set_key(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeChoice *choice)
{
  const HHTGrid g = HHTCaseStateGrid(c);
  int           size;

  (void)MPI_Comm_size(comm, &size);
  (void)snprintf(choice->key, sizeof choice->key,
                 "%td x %td %s numbers of %zu bytes, %d ranks on %d nodes, %d threads each", g.n_rows, g.n_cols,
                 HHTNumbersAreReal(numbers) ? "real" : "complex", HHTNumbersSize(numbers), size, count_nodes(comm),
                 PetscMax(1, c->threads));
}

/* ---- the file ---- */

static PetscErrorCode path_of(const HHTCase *c, char path[PETSC_MAX_PATH_LEN])
{
  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, PETSC_MAX_PATH_LEN, "%s.transpose", c->wisdom));
  PetscFunctionReturn(0);
}

/* The engine of that name, AUTO if there is none. */
static HHTTransposeType find_engine(const char *name)
{
  HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL;

  while (type < HHT_TRANSPOSE_AUTO && strcmp(name, HHTTransposeName(type))) type++;
  return type;
}

/* Cuts a line "key: engine\n" at its colon. AUTO if it is no such line. */
static HHTTransposeType parse_line(char *line)
{
  char *colon = strstr(line, ": ");

  line[strcspn(line, "\n")] = 0;
  if (!colon) return HHT_TRANSPOSE_AUTO;
  *colon = 0;
  return find_engine(colon + 2);
}

/* The choice for the key, AUTO if the file has none. Every line must be one. On one rank. */
static PetscErrorCode look_up(FILE *file, const char *path, const char *key, HHTTransposeType *type)
{
  char          *line     = NULL;
  size_t         capacity = 0;
  int            number   = 0;
  PetscErrorCode ierr     = 0;

  PetscFunctionBeginUser;
  while (!ierr && getline(&line, &capacity, file) > 0) {
    HHTTransposeType found = parse_line(line);

    number++;
    if (found == HHT_TRANSPOSE_AUTO)
      ierr = HHTError(HHT_EXIT_USAGE, "fft_wisdom: line %d of '%s' is not understood; remove the file to choose anew",
                      number, path);
    else if (!strcmp(line, key))
      *type = found;
  }
  free(line);
  PetscFunctionReturn(ierr);
}

/* With what errno says. */
static PetscErrorCode unreadable(const char *path)
{
  return HHTError(HHT_EXIT_USAGE, "fft_wisdom: cannot read '%s': %s; make it readable, or give another file", path,
                  strerror(errno));
}

static PetscErrorCode read_choice(const char *path, const char *key, HHTTransposeType *type)
{
  FILE          *file = fopen(path, "r");
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  *type = HHT_TRANSPOSE_AUTO;
  if (!file && errno == ENOENT) PetscFunctionReturn(0);
  if (!file) return unreadable(path);
  ierr = look_up(file, path, key, type);
  if (!ierr && ferror(file)) ierr = unreadable(path);
  (void)fclose(file);
  PetscFunctionReturn(ierr);
}

/* Memory may be shared no longer where it could be before. */
static PetscErrorCode recall(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeChoice *choice)
{
  const HHTGrid    g = HHTCaseStateGrid(c);
  char             path[PETSC_MAX_PATH_LEN];
  HHTTransposeType type = HHT_TRANSPOSE_AUTO;
  PetscErrorCode   ierr = 0;
  int              rank;

  PetscFunctionBeginUser;
  if (!c->wisdom[0]) PetscFunctionReturn(0);
  PetscCall(path_of(c, path));
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank) ierr = read_choice(path, choice->key, &type);
  PetscCall(HHTAgree(comm, ierr));
  PetscCallMPI(MPI_Bcast(&type, sizeof type, MPI_BYTE, 0, comm));
  if (type == HHT_TRANSPOSE_AUTO) PetscFunctionReturn(0);
  if (type == HHT_TRANSPOSE_SHARED &&
      !HHTTransposeCanShare(comm, PADDED * (double)HHTNumbersSize(numbers) * (double)g.n_rows * (double)g.n_cols))
    PetscFunctionReturn(0);
  choice->type   = type;
  choice->origin = HHT_CHOICE_KEPT;
  PetscFunctionReturn(0);
}

/* The lines of others, read again because another run may have written since, and the new one. On one rank. */
static PetscErrorCode add_line(const char *path, const HHTTransposeChoice *choice, char **text)
{
  FILE  *file = fopen(path, "r");
  size_t size = 0;

  PetscFunctionBeginUser;
  *text = NULL;
  if (file && getdelim(text, &size, 0, file) < 0) size = 0;
  if (file) (void)fclose(file);
  size  = *text && size ? strlen(*text) : 0;
  *text = realloc(*text, size + sizeof choice->key + 32);
  PetscCheck(*text, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a line");
  (void)sprintf(*text + size, "%s: %s\n", choice->key, HHTTransposeName(choice->type));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTTransposeChoiceKeep(MPI_Comm comm, const HHTCase *c, const HHTTransposeChoice *choice)
{
  char           path[PETSC_MAX_PATH_LEN], *text = NULL;
  PetscErrorCode ierr = 0;
  int            rank;

  PetscFunctionBeginUser;
  if (!c->wisdom[0] || choice->origin != HHT_CHOICE_TIMED) PetscFunctionReturn(0);
  PetscCall(path_of(c, path));
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank) ierr = add_line(path, choice, &text);
  PetscCall(HHTAgree(comm, ierr));
  ierr = HHTWriteText(comm, path, text);
  free(text);
  PetscFunctionReturn(ierr);
}

/* ---- timing ---- */

static PetscErrorCode time_engines(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeChoice *choice)
{
  const HHTGrid             grid    = HHTCaseStateGrid(c);
  const HHTTransposeProblem problem = {numbers, grid.dim, grid.nx, grid.nv, c->rigor, PetscMax(1, c->threads)};
  double                    best    = INFINITY;

  PetscFunctionBeginUser;
  for (HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL; type < HHT_TRANSPOSE_AUTO; type++) {
    double *seconds = &choice->seconds[type];

    /* FFTW's is the reference: it needs scratch memory beyond the two copies of the state, and a sweep more. */
    if (type == HHT_TRANSPOSE_FFTW || HHTTransposeTime(comm, &problem, type, seconds)) *seconds = INFINITY;
    if (*seconds >= best) continue;
    best         = *seconds;
    choice->type = type;
  }
  /* Where none can be, the state's own error says why. */
  if (isfinite(best)) choice->origin = HHT_CHOICE_TIMED;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTTransposeChoose(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeChoice *choice)
{
  int size;

  PetscFunctionBeginUser;
  *choice = (HHTTransposeChoice){.type = c->transpose, .origin = HHT_CHOICE_GIVEN};
  PetscCallMPI(MPI_Comm_size(comm, &size));
  if (c->transpose != HHT_TRANSPOSE_AUTO || size == 1) PetscFunctionReturn(0);
  set_key(comm, c, numbers, choice);
  PetscCall(recall(comm, c, numbers, choice));
  if (choice->origin != HHT_CHOICE_KEPT) PetscCall(time_engines(comm, c, numbers, choice));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTTransposeChoiceLog(MPI_Comm comm, const HHTTransposeChoice *choice)
{
  PetscBool first = PETSC_TRUE;

  PetscFunctionBeginUser;
  if (choice->origin == HHT_CHOICE_KEPT)
    PetscCall(HHTLog(comm, "  transposes  %s was the fastest before\n", HHTTransposeName(choice->type)));
  if (choice->origin != HHT_CHOICE_TIMED) PetscFunctionReturn(0);
  PetscCall(HHTLog(comm, "  transposes  a bare step takes"));
  for (HHTTransposeType type = HHT_TRANSPOSE_ALLTOALL; type < HHT_TRANSPOSE_AUTO; type++) {
    if (!isfinite(choice->seconds[type])) continue;
    PetscCall(HHTLog(comm, "%s %.3g ms by %s", first ? "" : ",", 1e3 * choice->seconds[type], HHTTransposeName(type)));
    first = PETSC_FALSE;
  }
  PetscCall(HHTLog(comm, "\n"));
  PetscFunctionReturn(0);
}
