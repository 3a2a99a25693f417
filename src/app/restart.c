/* hht run --restart: which checkpoint is meant, whether the case may go on from it, and putting the run there. */
#include "options.h"
#include "run_impl.h"
#include <errno.h>
#include <hht/error.h>
#include <hht/log.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CHECKPOINTS "/checkpoints"

static PetscBool is_auto(const HHTArguments *a) { return strcmp(a->restart, "auto") ? PETSC_FALSE : PETSC_TRUE; }

/* Rank 0's answer for all. */
static PetscErrorCode is_folder(MPI_Comm comm, const char *path, PetscBool *folder)
{
  struct stat    status;
  PetscMPIInt    rank;
  int            kind = 0;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank && stat(path, &status))
    ierr = HHTError(HHT_EXIT_USAGE,
                    "--restart: '%s' is not allowed; it must be auto, a run's folder or a checkpoint: %s", path,
                    strerror(errno));
  else if (!rank)
    kind = S_ISDIR(status.st_mode);
  PetscCall(HHTAgree(comm, ierr));
  PetscCallMPI(MPI_Bcast(&kind, 1, MPI_INT, 0, comm));
  *folder = kind ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* The checkpoint of --restart DIR or FILE. */
static PetscErrorCode open_named(HHTRun *run, const char *path)
{
  PetscBool folder;

  PetscFunctionBeginUser;
  if (run->checkpoint) PetscFunctionReturn(0);
  PetscCall(is_folder(run->comm, path, &folder));
  if (folder)
    PetscCall(HHTCheckpointFind(run->comm, path, &run->checkpoint));
  else
    PetscCall(HHTErrorAdvise(HHTCheckpointOpen(run->comm, path, &run->checkpoint),
                             "give another checkpoint, or the run's folder, whose newest valid one is then taken"));
  if (run->checkpoint) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(
      HHT_EXIT_USAGE,
      "--restart: '%s' is not allowed; there is no valid checkpoint in %s%s: give the folder of a run, or start anew without --restart",
      path, path, CHECKPOINTS));
}

/* The folder of the run that wrote RUN/checkpoints/FILE; "" for a file elsewhere. */
static void run_folder_of(const char *path, char folder[PETSC_MAX_PATH_LEN])
{
  char *slash;

  (void)PetscStrncpy(folder, path, PETSC_MAX_PATH_LEN);
  slash = strrchr(folder, '/');
  if (slash) *slash = 0;
  slash = slash ? strrchr(folder, '/') : NULL;
  if (slash && !strcmp(slash, CHECKPOINTS))
    *slash = 0;
  else
    folder[0] = 0;
}

PetscErrorCode HHTRestartReadParameters(HHTRun *run, const HHTArguments *a)
{
  char        folder[PETSC_MAX_PATH_LEN];
  const char *text;

  PetscFunctionBeginUser;
  if (!a->restart || a->file) PetscFunctionReturn(0);
  PetscCall(open_named(run, a->restart));
  text = HHTCheckpointParameters(run->checkpoint);
  PetscCall(HHTCaseTextCheck(run->comm, HHTCheckpointPath(run->checkpoint), text));
  PetscCall(PetscOptionsInsertStringYAML(NULL, text));
  run_folder_of(HHTCheckpointPath(run->checkpoint), folder);
  if (folder[0]) PetscCall(PetscOptionsSetValue(NULL, "-output_dir", folder));
  /* What removes files is never taken from a file. */
  PetscCall(PetscOptionsSetValue(NULL, "-output_overwrite", "false"));
  /* The command line wins. */
  PetscCall(PetscOptionsInsertArgs(NULL, a->n_options, a->options));
  PetscFunctionReturn(0);
}

/* Whether two names are of one folder; on rank 0, for all. */
static PetscErrorCode same_folder(MPI_Comm comm, const char *a, const char *b, PetscBool *same)
{
  struct stat first, second;
  PetscMPIInt rank;
  int         equal = 0;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (!rank && !stat(a, &first) && !stat(b, &second))
    equal = first.st_dev == second.st_dev && first.st_ino == second.st_ino;
  PetscCallMPI(MPI_Bcast(&equal, 1, MPI_INT, 0, comm));
  *same = equal ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

static PetscErrorCode check_solutions(const HHTRun *run)
{
  const int solutions = HHTCheckpointGetSolutions(run->checkpoint);

  if (solutions == (run->c.compares ? 2 : 1)) return 0;
  return HHTError(HHT_EXIT_USAGE,
                  "compare: %s second solution is not allowed; a restart cannot change it, and the run of '%s' has %s",
                  run->c.compares ? "a" : "no", HHTCheckpointPath(run->checkpoint), solutions > 1 ? "one" : "none");
}

PetscErrorCode HHTRestartFind(HHTRun *run, const HHTArguments *a)
{
  char    folder[PETSC_MAX_PATH_LEN];
  HHTGrid grid;

  PetscFunctionBeginUser;
  if (!a->restart) PetscFunctionReturn(0);
  if (is_auto(a))
    PetscCall(HHTCheckpointFind(run->comm, run->c.output_dir, &run->checkpoint));
  else
    PetscCall(open_named(run, a->restart));
  if (!run->checkpoint) PetscFunctionReturn(0);
  PetscCall(HHTCaseTextCheck(run->comm, HHTCheckpointPath(run->checkpoint), HHTCheckpointParameters(run->checkpoint)));
  PetscCall(check_solutions(run));
  PetscCall(
      HHTOptionsCheckRestart(&run->c, HHTCheckpointParameters(run->checkpoint), HHTCheckpointPath(run->checkpoint)));
  grid = HHTCaseStateGrid(&run->c);
  PetscCall(HHTCheckpointCheckGrid(run->checkpoint, &grid));
  run_folder_of(HHTCheckpointPath(run->checkpoint), folder);
  PetscCall(same_folder(run->comm, folder, run->c.output_dir, &run->resumes));
  PetscFunctionReturn(0);
}

/* A run that is complete, but has no valid checkpoint: nothing is left to do, unless it is to go on to a later end. */
static PetscErrorCode check_end(const HHTRun *run)
{
  HHTProgress end = {0};
  PetscBool   told;

  PetscFunctionBeginUser;
  PetscCall(HHTRunReadEnd(run, &end, &told));
  if (told && !HHTRunIsLast(run, end.step, end.time))
    PetscFunctionReturn(HHTError(
        HHT_EXIT_USAGE,
        "ts_max_time, ts_max_steps: a later end is not allowed; the run in %s is complete at time %g and has no valid "
        "checkpoint to go on from: start anew with another -output_dir, or -output_overwrite true",
        run->c.output_dir, end.time));
  PetscCall(HHTLog(run->comm, "The run in %s is complete, and has no checkpoint to go on from.\n", run->c.output_dir));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRestartIsComplete(HHTRun *run, const HHTArguments *a, PetscBool *complete)
{
  const HHTProgress *p = run->checkpoint ? HHTCheckpointProgress(run->checkpoint) : NULL;
  PetscBool          marked;

  PetscFunctionBeginUser;
  *complete = PETSC_FALSE;
  if (!a->restart) PetscFunctionReturn(0);
  PetscCall(HHTRunHasFile(run, "COMPLETE", &marked));
  if (!marked || (p && (!run->resumes || !HHTRunIsLast(run, p->step, p->time)))) PetscFunctionReturn(0);
  *complete = PETSC_TRUE;
  if (p)
    PetscCall(HHTLog(run->comm,
                     "The run in %s is complete: step %" PetscInt_FMT ", time %g. A later ts_max_time goes on.\n",
                     run->c.output_dir, p->step, p->time));
  else
    PetscCall(check_end(run));
  PetscFunctionReturn(0);
}

/* The step that was fitted to an end which now is another begins anew. */
static double next_step(const HHTRun *run, const HHTProgress *p)
{
  return run->splitting && p->max_time != run->c.max_time ? run->c.dt : p->time_step;
}

PetscErrorCode HHTRestartSetUp(HHTRun *run)
{
  HHTProgress *p = &run->progress;

  PetscFunctionBeginUser;
  *p = *HHTCheckpointProgress(run->checkpoint);
  PetscCall(HHTProblemStart(&run->problem, &p->first));
  PetscCall(TSSetStepNumber(run->ts, p->step));
  PetscCall(TSSetTime(run->ts, p->time));
  PetscCall(TSSetTimeStep(run->ts, next_step(run, p)));
  PetscCall(HHTRunOtherRestart(run));
  run->first_step = p->step;
  run->first_time = p->time;
  run->now        = p->first;
  PetscFunctionReturn(0);
}
