/* Writing. */
#include "checkpoint_impl.h"
#include "header.h"
#include "posix_file.h"
#include <hht/error.h>
#include <hht/output.h>
#include <hht/watchdog.h>
#include <stdlib.h>
#include <string.h>

/* What is written of one solution. */
typedef struct {
  HHTFlow                flow;
  const HHTFlowProgress *progress; /* of `numbers` below */
  const HHTGrid         *grid;
  ptrdiff_t              row_length; /* numbers in a row of the state */
  HHTNumbers             row_numbers;
} Solution;

typedef struct {
  const HHTGrid       *grid;
  HHTUnknown           unknown;
  HHTCheckpointNumbers numbers;
  Solution             solutions[HHT_SOLUTIONS];
  ptrdiff_t            first, count; /* this rank's rows */
  const char          *parameters;
  char                *wisdom; /* owned, on every rank */
} Checkpoint;

PetscErrorCode HHTCheckpointFileName(PetscInt step, char name[], size_t size)
{
  return PetscSNPrintf(name, size, "checkpoint_%010lld.h5", (long long)step);
}

double HHTCheckpointBytes(const HHTGrid *g, HHTNumbers numbers)
{
  const double number = (double)HHTNumbersSize(numbers), rows = (double)g->n_rows;

  return rows * ((double)g->n_cols * number + (1 + g->dim) * (double)sizeof(double) + 3 * (double)sizeof(uint32_t));
}

/* ---- the structure, on rank 0 ---- */

static PetscErrorCode add_array(const Checkpoint *c, HHTDataFile file, hid_t hdf5, const char *dataset, hid_t type,
                                ptrdiff_t columns)
{
  const hsize_t shape[] = {(hsize_t)c->grid->n_rows, (hsize_t)columns};
  char          name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileName(c->numbers.progress.step, dataset, name));
  PetscCall(HHTDataFileAdd(file, hdf5, name, type, columns > 1 ? 2 : 1, shape, c->grid->n_rows));
  PetscFunctionReturn(0);
}

static PetscErrorCode add_text(HHTDataFile file, hid_t hdf5, const char *name, const char *text)
{
  const hsize_t length = strlen(text);

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileAdd(file, hdf5, name, H5T_NATIVE_CHAR, 1, &length, 1));
  PetscFunctionReturn(0);
}

static PetscErrorCode add_solution(const Checkpoint *c, int s, HHTDataFile file, hid_t hdf5, const char *path)
{
  hid_t type;

  PetscFunctionBeginUser;
  PetscCall(HHTHDF5NumbersType(path, c->solutions[s].row_numbers, &type));
  PetscCall(add_array(c, file, hdf5, HHTCheckpointArrayName(s, HHT_STATE_ARRAY), type, c->solutions[s].row_length));
  HHTCallHDF5(path, H5Tclose(type));
  PetscCall(add_array(c, file, hdf5, HHTCheckpointArrayName(s, HHT_DENSITY_ARRAY), H5T_NATIVE_DOUBLE, 1));
  PetscCall(add_array(c, file, hdf5, HHTCheckpointArrayName(s, HHT_CURRENT_ARRAY), H5T_NATIVE_DOUBLE, c->grid->dim));
  PetscFunctionReturn(0);
}

static PetscErrorCode define(void *ctx, HHTDataFile file, hid_t hdf5, const char *path)
{
  const Checkpoint  *c = ctx;
  const HHTProgress *p = &c->numbers.progress;

  PetscFunctionBeginUser;
  PetscCall(HHTHeaderWrite(path, hdf5, "checkpoint", c->unknown, c->grid, p->step, p->time, p->dt));
  PetscCall(HHTCheckpointNumbersWrite(path, hdf5, &c->numbers));
  for (int s = 0; s < c->numbers.solutions; s++) PetscCall(add_solution(c, s, file, hdf5, path));
  PetscCall(add_text(file, hdf5, HHT_PARAMETERS_NAME, c->parameters));
  PetscCall(add_text(file, hdf5, HHT_WISDOM_NAME, c->wisdom));
  PetscFunctionReturn(0);
}

/* ---- rows ---- */

static PetscErrorCode state_row(void *ctx, ptrdiff_t row, void *values)
{
  const Solution *s = ctx;

  return HHTFlowGetRow(s->flow, s->progress->in_v, row, values);
}

static PetscErrorCode density_row(void *ctx, ptrdiff_t row, void *value)
{
  const Solution *s = ctx;

  *(double *)value = s->progress->rho[row];
  return 0;
}

static PetscErrorCode current_row(void *ctx, ptrdiff_t row, void *values)
{
  const Solution *s = ctx;

  for (int j = 0; j < s->grid->dim; j++) ((double *)values)[j] = s->progress->J[j * s->grid->n_rows + row];
  return 0;
}

static PetscErrorCode text_row(void *text, ptrdiff_t row, void *values)
{
  (void)row;
  memcpy(values, text, strlen(text));
  return 0;
}

static PetscErrorCode write_solution(Checkpoint *c, int solution, HHTDataFile file)
{
  static const HHTDataRow rows[HHT_ARRAYS] = {
      [HHT_STATE_ARRAY] = state_row, [HHT_DENSITY_ARRAY] = density_row, [HHT_CURRENT_ARRAY] = current_row};
  char name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  for (int a = 0; a < HHT_ARRAYS; a++) {
    PetscCall(HHTDataFileName(c->numbers.progress.step, HHTCheckpointArrayName(solution, (HHTCheckpointArray)a), name));
    PetscCall(HHTDataFileWrite(file, name, c->first, c->count, rows[a], &c->solutions[solution]));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode write_file(Checkpoint *c, MPI_Comm comm, HHTDataFile file, double *bytes)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTDataFileDefine(file, define, c));
  for (int s = 0; s < c->numbers.solutions; s++) PetscCall(write_solution(c, s, file));
  PetscCall(HHTDataFileWrite(file, HHT_PARAMETERS_NAME, 0, rank ? 0 : 1, text_row, (void *)c->parameters));
  PetscCall(HHTDataFileWrite(file, HHT_WISDOM_NAME, 0, rank ? 0 : 1, text_row, c->wisdom));
  PetscCall(HHTDataFileCommit(file, bytes));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_checked(Checkpoint *c, MPI_Comm comm, const char *path, double *bytes)
{
  HHTDataFile    file;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileCreate(comm, path, &file));
  PetscCall(HHTWatchdogStart(comm, path));
  ierr = write_file(c, comm, file, bytes);
  PetscCall(HHTWatchdogStop());
  PetscCall(HHTDataFileDestroy(&file));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode collect_solution(HHTFlow flow, int number, Checkpoint *c)
{
  HHTFlowProgress *progress = &c->numbers.flow[number];
  Solution        *s        = &c->solutions[number];

  PetscFunctionBeginUser;
  *s = (Solution){.flow = flow, .progress = progress, .grid = c->grid};
  PetscCall(HHTFlowGetProgress(flow, progress));
  PetscCall(HHTFlowGetRowFormat(flow, progress->in_v, &s->row_length, &s->row_numbers));
  PetscFunctionReturn(0);
}

static PetscErrorCode collect(HHTFlow flow, HHTFlow other, const HHTProgress *progress, const char *parameters,
                              Checkpoint *c)
{
  HHTState     state;
  HHTTransform transform;

  PetscFunctionBeginUser;
  *c = (Checkpoint){.numbers = {.progress = *progress, .solutions = other ? 2 : 1}, .parameters = parameters};
  PetscCall(HHTFlowGetState(flow, &state));
  PetscCall(HHTStateGetTransform(state, &transform));
  c->numbers.numbers = HHTTransformGetNumbers(transform);
  PetscCall(HHTStateGetGrid(state, &c->grid));
  PetscCall(HHTStateGetUnknown(state, &c->unknown));
  PetscCall(HHTStateGetRows(state, &c->first, &c->count));
  PetscCall(collect_solution(flow, 0, c));
  if (other) PetscCall(collect_solution(other, 1, c));
  c->wisdom = HHTWisdomText();
  PetscCheck(c->wisdom, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for FFTW's wisdom");
  PetscFunctionReturn(0);
}

static PetscErrorCode write_latest(MPI_Comm comm, const char *folder, const char *name)
{
  char path[PETSC_MAX_PATH_LEN], text[128];

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(folder, HHT_CHECKPOINT_LATEST, path));
  PetscCall(PetscSNPrintf(text, sizeof(text), "%s\n", name));
  PetscCall(HHTWriteText(comm, path, text));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckpointWrite(HHTFlow flow, HHTFlow other, const char *dir, const HHTProgress *progress,
                                  const char *parameters, double *bytes)
{
  char           folder[PETSC_MAX_PATH_LEN], path[PETSC_MAX_PATH_LEN], name[64];
  Checkpoint     c;
  HHTState       state;
  MPI_Comm       comm;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetState(flow, &state));
  PetscCall(HHTStateGetComm(state, &comm));
  PetscCall(HHTPathJoin(dir, HHT_CHECKPOINT_FOLDER, folder));
  PetscCall(HHTMakeFolder(comm, folder));
  PetscCall(HHTCheckpointFileName(progress->step, name, sizeof(name)));
  PetscCall(HHTPathJoin(folder, name, path));
  PetscCall(collect(flow, other, progress, parameters, &c));
  ierr = write_checked(&c, comm, path, bytes);
  free(c.wisdom);
  if (!ierr) ierr = write_latest(comm, folder, name);
  PetscFunctionReturn(ierr);
}
