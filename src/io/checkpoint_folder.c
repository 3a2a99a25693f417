/* The checkpoints of a run's folder: which there are, the newest good one, and which may go. Rank 0 looks. */
#include "checkpoint_impl.h"
#include "posix_file.h"
#include <dirent.h>
#include <errno.h>
#include <hht/error.h>
#include <hht/log.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Steps of the checkpoints, newest first. */
typedef struct {
  int       n;
  PetscInt *steps; /* owned */
} List;

static int newest_first(const void *a, const void *b)
{
  const PetscInt first = *(const PetscInt *)a, second = *(const PetscInt *)b;

  return (first < second) - (first > second);
}

/* The step in checkpoint_<step>.h5, -1 for other names. */
static PetscInt step_of(const char *name)
{
  long long step;
  int       end = 0;
  char      made[64];

  if (sscanf(name, "checkpoint_%lld.h5%n", &step, &end) != 1 || !end || step < 0 || step > PETSC_MAX_INT) return -1;
  (void)HHTCheckpointFileName((PetscInt)step, made, sizeof(made));
  return strcmp(made, name) ? -1 : (PetscInt)step;
}

/* A folder that is not there has none. */
static PetscErrorCode read_folder(const char *folder, List *list)
{
  struct dirent *entry;
  DIR           *dir = opendir(folder);

  PetscFunctionBeginUser;
  if (!dir) PetscFunctionReturn(errno == ENOENT ? 0 : HHTPosixError("read the folder", folder));
  while ((entry = readdir(dir)) && list->n < HHT_CHECKPOINT_NAMES) {
    const PetscInt step = step_of(entry->d_name);

    if (step >= 0) list->steps[list->n++] = step;
  }
  (void)closedir(dir);
  qsort(list->steps, (size_t)list->n, sizeof(list->steps[0]), newest_first);
  PetscFunctionReturn(0);
}

static PetscErrorCode list_create(MPI_Comm comm, const char *folder, List *list)
{
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  *list = (List){0};
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(PetscMalloc1(HHT_CHECKPOINT_NAMES, &list->steps));
  PetscCall(HHTAgree(comm, rank ? 0 : read_folder(folder, list)));
  PetscCallMPI(MPI_Bcast(&list->n, 1, MPI_INT, 0, comm));
  PetscCallMPI(MPI_Bcast(list->steps, list->n, MPIU_INT, 0, comm));
  PetscFunctionReturn(0);
}

static PetscErrorCode path_of(const char *folder, PetscInt step, char path[PETSC_MAX_PATH_LEN])
{
  char name[64];

  PetscFunctionBeginUser;
  PetscCall(HHTCheckpointFileName(step, name, sizeof(name)));
  PetscCall(HHTPathJoin(folder, name, path));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckpointFind(MPI_Comm comm, const char *dir, HHTCheckpoint *checkpoint)
{
  char folder[PETSC_MAX_PATH_LEN], path[PETSC_MAX_PATH_LEN];
  List list;

  PetscFunctionBeginUser;
  *checkpoint = NULL;
  PetscCall(HHTPathJoin(dir, HHT_CHECKPOINT_FOLDER, folder));
  PetscCall(list_create(comm, folder, &list));
  for (int i = 0; i < list.n && !*checkpoint; i++) {
    PetscErrorCode ierr;

    PetscCall(path_of(folder, list.steps[i], path));
    ierr = HHTCheckpointOpen(comm, path, checkpoint);
    if (!ierr) continue;
    if (HHTErrorExitCode(ierr) != HHT_EXIT_IO) PetscFunctionReturn(ierr);
    PetscCall(
        HHTWarn(comm, "passing over a checkpoint: %s; one before it is taken, if there is one", HHTErrorMessage()));
    HHTErrorClear();
  }
  PetscCall(PetscFree(list.steps));
  PetscFunctionReturn(0);
}

/* Does something to one checkpoint, on rank 0: number i of the list. */
typedef PetscErrorCode (*Act)(const char *path, int i, PetscInt step, PetscInt limit);

static PetscErrorCode remove_old(const char *path, int i, PetscInt step, PetscInt keep)
{
  (void)step;
  return i >= keep && unlink(path) && errno != ENOENT ? HHTPosixError("remove", path) : 0;
}

static PetscErrorCode rename_beyond(const char *path, int i, PetscInt step, PetscInt last)
{
  char aside[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  (void)i;
  if (step <= last) PetscFunctionReturn(0);
  PetscCall(PetscSNPrintf(aside, sizeof(aside), "%s.aside", path));
  PetscCall(HHTRename(path, aside));
  PetscFunctionReturn(0);
}

static PetscErrorCode act_on_all(const char *folder, const List *list, Act act, PetscInt limit)
{
  char path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  for (int i = 0; i < list->n; i++) {
    PetscCall(path_of(folder, list->steps[i], path));
    PetscCall(act(path, i, list->steps[i], limit));
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode act_in_folder(MPI_Comm comm, const char *dir, Act act, PetscInt limit)
{
  char           folder[PETSC_MAX_PATH_LEN];
  PetscMPIInt    rank;
  PetscErrorCode ierr = 0;
  List           list;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(HHTPathJoin(dir, HHT_CHECKPOINT_FOLDER, folder));
  PetscCall(list_create(comm, folder, &list));
  if (!rank) ierr = act_on_all(folder, &list, act, limit);
  PetscCall(PetscFree(list.steps));
  PetscCall(HHTAgree(comm, ierr));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCheckpointsPrune(MPI_Comm comm, const char *dir, PetscInt keep)
{
  return act_in_folder(comm, dir, remove_old, keep);
}

PetscErrorCode HHTCheckpointsSetAside(MPI_Comm comm, const char *dir, PetscInt step)
{
  return act_in_folder(comm, dir, rename_beyond, step);
}
