#include "posix_file.h"
#include "snapshot_layout.h"

#include "xdmf.h"
#include <hht/error.h>
#include <hht/watchdog.h>
#include <math.h>

static PetscErrorCode make_path(MPI_Comm comm, const HHTSnapshotInfo *info, char path[])
{
  char folder[PETSC_MAX_PATH_LEN], name[64];

  PetscFunctionBeginUser;
  PetscCall(HHTPathJoin(info->dir, HHT_SNAPSHOT_FOLDER, folder));
  PetscCall(HHTMakeFolder(comm, folder));
  PetscCall(PetscSNPrintf(name, sizeof(name), "snapshot_%010lld.h5", (long long)info->step));
  PetscCall(HHTPathJoin(folder, name, path));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_meshes(HHTDataFile file, const HHTSnapshotLayout *layout, double *bytes)
{
  char name[HHT_DATA_FILE_MAXNAME];

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileDefine(file, HHTSnapshotDefine, (void *)layout));
  for (int i = 0; i < layout->meshes->n; i++) {
    const HHTMesh *m = &layout->meshes->mesh[i];

    PetscCall(HHTDataFileName(layout->info->step, m->name, name));
    PetscCall(HHTDataFileWrite(file, name, m->first, m->count, m->row, (void *)m));
  }
  PetscCall(HHTDataFileCommit(file, bytes));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_file(const HHTSnapshotSource *source, const char *path, const HHTSnapshotLayout *layout,
                                 double *bytes)
{
  HHTDataFile    file;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTDataFileCreate(source->comm, path, &file));
  PetscCall(HHTWatchdogStart(source->comm, path));
  ierr = write_meshes(file, layout, bytes);
  PetscCall(HHTWatchdogStop());
  PetscCall(HHTDataFileDestroy(&file));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTSnapshotWriteSource(const HHTSnapshotSource *source, const HHTSnapshotInfo *info, double *seconds,
                                      double *bytes)
{
  char              path[PETSC_MAX_PATH_LEN];
  HHTMeshes         meshes;
  HHTSnapshotLayout layout = {info, source->unknown, source->grid, &meshes};
  const double      start  = MPI_Wtime();
  PetscErrorCode    ierr;

  PetscFunctionBeginUser;
  PetscCall(make_path(source->comm, info, path));
  PetscCall(HHTMeshesCreate(source, &meshes));
  ierr = write_file(source, path, &layout, bytes);
  PetscCall(HHTMeshesDestroy(&meshes));
  PetscCall(ierr);
  PetscCall(HHTXDMFWrite(source->comm, info->dir, source->grid));
  if (seconds) *seconds = MPI_Wtime() - start;
  PetscFunctionReturn(0);
}

static PetscErrorCode state_alpha(void *state, ptrdiff_t row, double complex *alpha)
{
  return HHTStateGetAlphaRow(state, row, alpha);
}

static PetscErrorCode state_alpha_hat(void *state, ptrdiff_t row, double complex *alpha_hat)
{
  return HHTStateGetAlphaHatRow(state, row, alpha_hat);
}

/* f may be negative somewhere: by Cauchy and Schwarz int |f| is at most its norm times the root of the volume. */
static PetscErrorCode set_bound(HHTState state, HHTSnapshotSource *source)
{
  const HHTGrid *g = source->grid;
  double         norm;

  PetscFunctionBeginUser;
  if (source->unknown == HHT_AMPLITUDE) {
    PetscCall(HHTStateMass(state, &source->mass));
    PetscFunctionReturn(0);
  }
  PetscCall(HHTStateNorm(state, &norm));
  source->mass = norm * sqrt(g->cell_x * g->cell_v * (double)g->n_rows * (double)g->n_cols);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSnapshotWrite(HHTFlow flow, const HHTSnapshotInfo *info, double *seconds, double *bytes)
{
  HHTSnapshotSource source = {.alpha = state_alpha, .alpha_hat = state_alpha_hat};
  HHTState          state;

  PetscFunctionBeginUser;
  PetscCall(HHTFlowGetFields(flow, &source.fields));
  PetscCall(HHTFlowGetState(flow, &state));
  source.ctx = state;
  PetscCall(HHTStateGetComm(state, &source.comm));
  PetscCall(HHTStateGetGrid(state, &source.grid));
  PetscCall(HHTStateGetRows(state, &source.first, &source.count));
  PetscCall(HHTStateGetUnknown(state, &source.unknown));
  PetscCall(set_bound(state, &source));
  PetscCall(HHTSnapshotWriteSource(&source, info, seconds, bytes));
  PetscFunctionReturn(0);
}
