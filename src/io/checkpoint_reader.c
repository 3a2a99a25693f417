/* Opening and loading. */
#include "checkpoint_impl.h"
#include "data_reader.h"
#include "header.h"
#include <hht/error.h>
#include <string.h>

struct HHTCheckpoint_s {
  MPI_Comm             comm; /* borrowed */
  HHTDataReader        reader;
  char                 path[PETSC_MAX_PATH_LEN];
  HHTGrid              grid;
  HHTUnknown           unknown;
  HHTCheckpointNumbers numbers;
  char                *parameters, *wisdom; /* owned */
};

/* On rank 0. */
static PetscErrorCode read_numbers(HHTCheckpoint c)
{
  const hid_t hdf5 = HHTDataReaderHDF5(c->reader);
  HHTHeader   h;

  PetscFunctionBeginUser;
  PetscCall(HHTHeaderRead(c->path, hdf5, &h));
  if (strcmp(h.kind, "checkpoint") != 0)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s' is a %s; it must be a checkpoint", c->path, h.kind));
  PetscCall(HHTCheckpointNumbersRead(c->path, hdf5, &c->numbers));
  c->grid                  = h.grid;
  c->unknown               = h.unknown;
  c->numbers.progress.step = h.step;
  c->numbers.progress.time = h.time;
  c->numbers.progress.dt   = h.dt;
  PetscFunctionReturn(0);
}

static PetscErrorCode take_text(void *text, ptrdiff_t row, const void *values)
{
  char **to = text;

  (void)row;
  memcpy(*to, values, strlen(*to));
  return 0;
}

/* The text of a dataset of one row; its length is bounded by that of the file, which holds it. */
static PetscErrorCode read_text(HHTCheckpoint c, const char *name, char **text)
{
  const HHTRows *rows = HHTDataReaderFind(c->reader, name);

  PetscFunctionBeginUser;
  if (!rows || rows->size > HHT_CHECKPOINT_TEXT)
    PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': there is no text %s", c->path, name));
  PetscCall(PetscMalloc1(rows->size + 1, text));
  memset(*text, ' ', rows->size);
  (*text)[rows->size] = 0;
  PetscCall(HHTDataReaderRead(c->reader, name, 1, rows->size, 0, 1, take_text, text));
  PetscFunctionReturn(0);
}

/*
  Whether the file holds the arrays of its grid; a row of the state has at least a float for each of its points. Memory for a run that
  goes on from it is so bounded by the size of the file. HHTCheckpointLoad() looks at the exact sizes.
*/
static PetscErrorCode check_arrays(HHTCheckpoint c, int solution)
{
  const HHTGrid *g                 = &c->grid;
  const size_t   least[HHT_ARRAYS] = {[HHT_STATE_ARRAY]   = (size_t)g->n_cols * sizeof(float),
                                      [HHT_DENSITY_ARRAY] = sizeof(double),
                                      [HHT_CURRENT_ARRAY] = (size_t)g->dim * sizeof(double)};
  char           name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  for (int a = 0; a < HHT_ARRAYS; a++) {
    const char    *array = HHTCheckpointArrayName(solution, (HHTCheckpointArray)a);
    const HHTRows *rows;

    PetscCall(HHTDataFileName(c->numbers.progress.step, array, name));
    rows = HHTDataReaderFind(c->reader, name);
    if (!rows || rows->n != g->n_rows || rows->size < least[a])
      PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': there is no %s of its own grid", c->path, array));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode open_checked(HHTCheckpoint c)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(c->comm, &rank));
  PetscCall(HHTDataReaderOpen(c->comm, c->path, &c->reader));
  PetscCall(HHTDataReaderVerify(c->reader));
  PetscCall(HHTAgree(c->comm, rank ? 0 : read_numbers(c)));
  PetscCallMPI(MPI_Bcast(&c->grid, (int)sizeof(c->grid), MPI_BYTE, 0, c->comm));
  PetscCallMPI(MPI_Bcast(&c->unknown, (int)sizeof(c->unknown), MPI_BYTE, 0, c->comm));
  PetscCallMPI(MPI_Bcast(&c->numbers, (int)sizeof(c->numbers), MPI_BYTE, 0, c->comm));
  for (int s = 0; s < c->numbers.solutions; s++) PetscCall(check_arrays(c, s));
  PetscCall(read_text(c, HHT_PARAMETERS_NAME, &c->parameters));
  PetscCall(read_text(c, HHT_WISDOM_NAME, &c->wisdom));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckpointOpen(MPI_Comm comm, const char *path, HHTCheckpoint *checkpoint)
{
  HHTCheckpoint  c;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&c));
  *checkpoint = c;
  c->comm     = comm;
  PetscCall(PetscStrncpy(c->path, path, sizeof(c->path)));
  ierr = open_checked(c);
  if (ierr) PetscCall(HHTCheckpointClose(checkpoint));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTCheckpointClose(HHTCheckpoint *checkpoint)
{
  HHTCheckpoint c = *checkpoint;

  PetscFunctionBeginUser;
  if (!c) PetscFunctionReturn(0);
  PetscCall(HHTDataReaderClose(&c->reader));
  PetscCall(PetscFree(c->parameters));
  PetscCall(PetscFree(c->wisdom));
  PetscCall(PetscFree(*checkpoint));
  PetscFunctionReturn(0);
}

const char        *HHTCheckpointPath(HHTCheckpoint c) { return c->path; }
const HHTProgress *HHTCheckpointProgress(HHTCheckpoint c) { return &c->numbers.progress; }
const char        *HHTCheckpointParameters(HHTCheckpoint c) { return c->parameters; }
const char        *HHTCheckpointWisdom(HHTCheckpoint c) { return c->wisdom; }
HHTNumbers         HHTCheckpointGetNumbers(HHTCheckpoint c) { return c->numbers.numbers; }
int                HHTCheckpointGetSolutions(HHTCheckpoint c) { return c->numbers.solutions; }

/* ---- loading ---- */

typedef struct {
  HHTFlow         flow;
  int             solution;
  HHTFlowProgress progress;
  ptrdiff_t       n_rows;
  int             dim;
} Load;

static PetscErrorCode take_state(void *ctx, ptrdiff_t row, const void *values)
{
  const Load *l = ctx;

  return HHTFlowSetRow(l->flow, l->progress.in_v, row, values);
}

static PetscErrorCode take_density(void *ctx, ptrdiff_t row, const void *value)
{
  const Load *l = ctx;

  memcpy(&l->progress.rho[row], value, sizeof(double));
  return 0;
}

static PetscErrorCode take_current(void *ctx, ptrdiff_t row, const void *values)
{
  const Load *l = ctx;

  for (int j = 0; j < l->dim; j++)
    memcpy(&l->progress.J[j * l->n_rows + row], (const double *)values + j, sizeof(double));
  return 0;
}

static PetscErrorCode load_array(HHTCheckpoint c, Load *l, HHTCheckpointArray array, size_t size, ptrdiff_t first,
                                 ptrdiff_t count, HHTDataTake take)
{
  char name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileName(c->numbers.progress.step, HHTCheckpointArrayName(l->solution, array), name));
  PetscCall(HHTDataReaderRead(c->reader, name, l->n_rows, size, first, count, take, l));
  PetscFunctionReturn(0);
}

/* Each rank its rows of the state, and all of rho and J, as the flow has them. */
static PetscErrorCode load_arrays(HHTCheckpoint c, Load *l, ptrdiff_t first, ptrdiff_t count)
{
  ptrdiff_t  n;
  HHTNumbers numbers;
  size_t     row;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetRowFormat(l->flow, l->progress.in_v, &n, &numbers));
  row = (size_t)n * HHTNumbersSize(numbers);
  PetscCall(load_array(c, l, HHT_STATE_ARRAY, row, first, count, take_state));
  PetscCall(load_array(c, l, HHT_DENSITY_ARRAY, sizeof(double), 0, l->n_rows, take_density));
  PetscCall(load_array(c, l, HHT_CURRENT_ARRAY, (size_t)l->dim * sizeof(double), 0, l->n_rows, take_current));
  PetscFunctionReturn(0);
}

/* A flow of this checkpoint's grid and numbers. */
static PetscErrorCode load(HHTCheckpoint c, HHTFlow flow, HHTState state, int solution)
{
  const HHTGrid *g = &c->grid;
  const size_t   n = (size_t)g->n_rows;
  Load           l = {
                .flow = flow, .solution = solution, .progress = c->numbers.flow[solution], .n_rows = g->n_rows, .dim = g->dim};
  ptrdiff_t      first, count;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetRows(state, &first, &count));
  PetscCall(PetscMalloc2(n, &l.progress.rho, (size_t)g->dim * n, &l.progress.J));
  ierr = load_arrays(c, &l, first, count);
  if (!ierr) ierr = HHTFlowSetProgress(flow, &l.progress);
  PetscCall(PetscFree2(l.progress.rho, l.progress.J));
  PetscFunctionReturn(ierr);
}

static PetscBool same_grid(const HHTGrid *a, const HHTGrid *b)
{
  PetscBool same = a->dim == b->dim ? PETSC_TRUE : PETSC_FALSE;

  for (int j = 0; j < a->dim && same; j++)
    if (a->nx[j] != b->nx[j] || a->nv[j] != b->nv[j] || a->x_min[j] != b->x_min[j] ||
        a->x_length[j] != b->x_length[j] || a->v_max[j] != b->v_max[j])
      same = PETSC_FALSE;
  return same;
}

PetscErrorCode HHTCheckpointCheckGrid(HHTCheckpoint c, const HHTGrid *grid)
{
  return same_grid(grid, &c->grid)
             ? 0
             : HHTError(HHT_EXIT_USAGE, "'%s' is a checkpoint of another grid; grid_ options must be those of its run",
                        c->path);
}

static PetscErrorCode check_and_load(HHTCheckpoint c, HHTFlow flow, int solution)
{
  const HHTGrid *grid;
  HHTState       state;
  HHTTransform   transform;
  HHTUnknown     unknown;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetState(flow, &state));
  PetscCall(HHTStateGetGrid(state, &grid));
  PetscCall(HHTStateGetUnknown(state, &unknown));
  PetscCall(HHTStateGetTransform(state, &transform));
  PetscCall(HHTCheckpointCheckGrid(c, grid));
  if (unknown != c->unknown)
    PetscFunctionReturn(HHTError(HHT_EXIT_USAGE, "'%s' is a checkpoint of %s; it must be one of %s", c->path,
                                 HHTUnknownName(c->unknown), HHTUnknownName(unknown)));
  if (HHTTransformGetNumbers(transform) != c->numbers.numbers)
    PetscFunctionReturn(HHTError(
        HHT_EXIT_USAGE, "'%s' is a checkpoint of other numbers; state_ options must be those of its run", c->path));
  PetscCall(load(c, flow, state, solution));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckpointLoad(HHTCheckpoint c, HHTFlow flow, HHTFlow other)
{
  PetscFunctionBeginUser;
  if (c->numbers.solutions != (other ? 2 : 1))
    PetscFunctionReturn(HHTError(HHT_EXIT_USAGE,
                                 "'%s' is a checkpoint of %d solutions; compare_ options must be those of its run",
                                 c->path, c->numbers.solutions));
  PetscCall(check_and_load(c, flow, 0));
  if (other) PetscCall(check_and_load(c, other, 1));
  PetscFunctionReturn(0);
}
