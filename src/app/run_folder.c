/* The run's folder: whom it belongs to, what is written when the run begins, and how it ended. */
#include "options.h"
#include "run_impl.h"
#include <dirent.h>
#include <errno.h>
#include <hht/error.h>
#include <hht/log.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static PetscErrorCode path_in(const HHTRun *run, const char *name, char path[PETSC_MAX_PATH_LEN])
{
  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, PETSC_MAX_PATH_LEN, "%s/%s", run->c.output_dir, name));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunHasFile(const HHTRun *run, const char *name, PetscBool *has)
{
  char path[PETSC_MAX_PATH_LEN];
  int  found;

  PetscFunctionBeginUser;
  PetscCall(path_in(run, name, path));
  found = !access(path, F_OK);
  PetscCallMPI(MPI_Bcast(&found, 1, MPI_INT, 0, run->comm));
  *has = found ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

/* By which the folder of a command is known. */
static const char *const signs[] = {[HHT_RUN_OF_RUN]       = "diagnostics.csv",
                                    [HHT_RUN_OF_MEANFIELD] = "meanfield_progress.txt",
                                    [HHT_RUN_OF_VIEWS]     = "views_progress.txt"};

static PetscErrorCode holds_run(const HHTRun *run, PetscBool *holds)
{
  PetscBool has;

  PetscFunctionBeginUser;
  PetscCall(HHTRunHasFile(run, "snapshots", holds));
  for (int i = 0; i < HHT_RUN_KINDS; i++) {
    PetscCall(HHTRunHasFile(run, signs[i], &has));
    if (has) *holds = PETSC_TRUE;
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode refuse(const HHTRun *run)
{
  return HHTError(HHT_EXIT_USAGE,
                  "output_dir: '%s' holds a run already; choose another folder, or give --restart auto or "
                  "-output_overwrite true",
                  run->c.output_dir);
}

PetscErrorCode HHTRunCheckOwner(const HHTRun *run)
{
  PetscBool has;

  PetscFunctionBeginUser;
  for (int i = 0; i < HHT_RUN_KINDS && !run->c.overwrite; i++) {
    if (i == (int)run->kind) continue;
    PetscCall(HHTRunHasFile(run, signs[i], &has));
    if (has)
      PetscFunctionReturn(HHTError(HHT_EXIT_USAGE,
                                   "output_dir: '%s' holds the %s of another command; choose another folder, or give "
                                   "-output_overwrite true",
                                   run->c.output_dir, signs[i]));
  }
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunCheckFolder(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTRunCheckOwner(run));
  PetscCall(holds_run(run, &run->held_run));
  PetscFunctionReturn(run->held_run && !run->replaces && !run->resumes ? refuse(run) : 0);
}

static PetscErrorCode lock(HHTRun *run, PetscBool create)
{
  int locked;

  PetscFunctionBeginUser;
  PetscCall(HHTFolderLock(run->comm, run->c.output_dir, create, &run->lock));
  locked = run->lock >= 0;
  PetscCallMPI(MPI_Bcast(&locked, 1, MPI_INT, 0, run->comm));
  run->locked = locked ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunLockFolder(HHTRun *run) { return lock(run, PETSC_FALSE); }

/* Of two runs that found nothing in a folder, and began at once, one finds the other's files now. */
static PetscErrorCode lock_new(HHTRun *run)
{
  PetscBool holds = PETSC_FALSE;

  PetscFunctionBeginUser;
  if (run->locked) PetscFunctionReturn(0);
  PetscCall(lock(run, PETSC_TRUE));
  PetscCall(holds_run(run, &holds));
  PetscFunctionReturn(holds && !run->held_run ? refuse(run) : 0);
}

/* The parameters that what is finished was computed with. */
static PetscErrorCode check_parameters(const HHTRun *run)
{
  char           path[PETSC_MAX_PATH_LEN], *text;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(path_in(run, "used_parameters.yaml", path));
  PetscCall(HHTReadText(run->comm, path, &text));
  if (!text) PetscFunctionReturn(0);
  ierr = HHTCaseTextCheck(run->comm, path, text);
  if (!ierr) ierr = HHTOptionsCheckRestart(&run->c, text, path);
  PetscCall(PetscFree(text));
  PetscFunctionReturn(ierr);
}

PetscErrorCode HHTRunPrepareFolder(HHTRun *run, PetscBool restart)
{
  PetscFunctionBeginUser;
  if (restart || run->c.overwrite) PetscCall(HHTRunLockFolder(run));
  if (restart) PetscCall(HHTRunHasFile(run, signs[run->kind], &run->resumes));
  run->replaces = !run->resumes && (run->c.overwrite || restart) ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(HHTRunCheckFolder(run));
  if (run->resumes) PetscCall(check_parameters(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode remove_file(const char *path)
{
  if (!unlink(path) || errno == ENOENT) return 0;
  return HHTError(HHT_EXIT_IO, "cannot remove '%s': %s", path, strerror(errno));
}

/* The files of a folder inside the run's whose names begin so. */
static PetscErrorCode remove_files(const HHTRun *run, const char *name, const char *prefix)
{
  char           folder[PETSC_MAX_PATH_LEN], path[PETSC_MAX_PATH_LEN];
  struct dirent *entry;
  DIR           *dir;
  PetscErrorCode ierr = 0;

  PetscFunctionBeginUser;
  PetscCall(path_in(run, name, folder));
  dir = opendir(folder);
  if (!dir) PetscFunctionReturn(0);
  while (!ierr && (entry = readdir(dir))) {
    if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) continue;
    PetscCall(PetscSNPrintf(path, sizeof path, "%s/%s", folder, entry->d_name));
    ierr = remove_file(path);
  }
  (void)closedir(dir);
  PetscFunctionReturn(ierr);
}

/* Removes what an earlier run of ours left, nothing else. On rank 0. */
static PetscErrorCode remove_run(const HHTRun *run)
{
  static const char *const files[] = {
      "diagnostics.csv", "log.txt",       "used_parameters.yaml",   "snapshots.xdmf", "COMPLETE",          "INCOMPLETE",
      "error_check.txt", "meanfield.csv", "meanfield_progress.txt", "views.csv",      "views_progress.txt"};
  char path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    PetscCall(path_in(run, files[i], path));
    PetscCall(remove_file(path));
  }
  PetscCall(remove_files(run, "snapshots", "snapshot_"));
  PetscCall(remove_files(run, "checkpoints", "checkpoint_"));
  PetscCall(remove_files(run, "checkpoints", "latest"));
  PetscFunctionReturn(0);
}

/* COMPLETE or INCOMPLETE, and no longer the other. */
static PetscErrorCode mark(HHTRun *run, const char *name, const char *other, const char *text)
{
  char path[PETSC_MAX_PATH_LEN];
  int  rank;

  PetscFunctionBeginUser;
  PetscCall(path_in(run, name, path));
  PetscCall(HHTWriteText(run->comm, path, text));
  PetscCallMPI(MPI_Comm_rank(run->comm, &rank));
  PetscCall(path_in(run, other, path));
  PetscCall(HHTAgree(run->comm, rank ? 0 : remove_file(path)));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_parameters(HHTRun *run)
{
  char path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  PetscCall(path_in(run, "used_parameters.yaml", path));
  PetscCall(HHTCaseToYAML(&run->c, &run->parameters));
  PetscCall(HHTWriteText(run->comm, path, run->parameters));
  PetscFunctionReturn(0);
}

static PetscErrorCode write_wisdom(HHTRun *run)
{
  char *text;

  PetscFunctionBeginUser;
  if (!run->c.wisdom[0]) PetscFunctionReturn(0);
  text = HHTWisdomText();
  PetscCall(HHTWriteText(run->comm, run->c.wisdom, text ? text : ""));
  free(text);
  PetscCall(HHTTransposeChoiceKeep(run->comm, &run->c, &run->problem.transpose));
  PetscFunctionReturn(0);
}

/* The file goes on where the checkpoint was made. A line that is missing before that cannot be had again. */
static PetscErrorCode resume_diagnostics(HHTRun *run)
{
  const HHTProgress *p = &run->progress;
  const HHTCase     *c = &run->c;
  PetscInt           last;

  PetscFunctionBeginUser;
  PetscCall(HHTDiagnosticsFileResume(run->comm, c->output_dir, HHTCaseColumns(c), p->step, &run->csv, &last));
  if (last < p->last_seen)
    PetscCall(HHTWarn(run->comm,
                      "diagnostics.csv lacks lines between step %" PetscInt_FMT " and step %" PetscInt_FMT
                      "; they cannot be had again",
                      last, p->last_seen));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunOpenLog(HHTRun *run)
{
  char path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  PetscCall(path_in(run, "log.txt", path));
  PetscCall(HHTLogOpen(run->comm, path));
  PetscFunctionReturn(0);
}

/* What all runs have. */
static PetscErrorCode open_files(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(mark(run, "INCOMPLETE", "COMPLETE", "running, or killed\n"));
  PetscCall(HHTRunOpenLog(run));
  PetscCall(write_parameters(run));
  PetscCall(write_wisdom(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode open_diagnostics(HHTRun *run)
{
  PetscFunctionBeginUser;
  if (run->resumes) {
    PetscCall(HHTCheckpointsSetAside(run->comm, run->c.output_dir, run->progress.step));
    PetscCall(resume_diagnostics(run));
  } else {
    PetscCall(HHTDiagnosticsFileCreate(run->comm, run->c.output_dir, HHTCaseColumns(&run->c), &run->csv));
  }
  PetscFunctionReturn(0);
}

/* What runs that were killed have left aside, perhaps as large as a checkpoint. On rank 0. */
static PetscErrorCode remove_aside(const HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(remove_files(run, "snapshots", ".snapshot_"));
  PetscCall(remove_files(run, "checkpoints", ".checkpoint_"));
  PetscFunctionReturn(0);
}

/* On rank 0. */
static PetscErrorCode clean_up(const HHTRun *run)
{
  PetscFunctionBeginUser;
  if (run->replaces) PetscCall(remove_run(run));
  PetscCall(remove_aside(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode begin_folder(HHTRun *run)
{
  int rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(run->comm, &rank));
  PetscCall(HHTMakeFolder(run->comm, run->c.output_dir));
  PetscCall(lock_new(run));
  PetscCall(HHTAgree(run->comm, rank ? 0 : clean_up(run)));
  PetscCall(open_files(run));
  PetscFunctionReturn(0);
}

static PetscErrorCode advise_folder(PetscErrorCode ierr)
{
  return HHTErrorAdvise(ierr, "mend that, or name another folder by -output_dir");
}

PetscErrorCode HHTRunBeginFolder(HHTRun *run) { return advise_folder(begin_folder(run)); }

PetscErrorCode HHTRunOpenFolder(HHTRun *run)
{
  PetscFunctionBeginUser;
  PetscCall(HHTRunBeginFolder(run));
  PetscCall(advise_folder(open_diagnostics(run)));
  PetscFunctionReturn(0);
}

/* On rank 0: step and time, or what they were. */
static void read_end(const char *path, double end[2])
{
  FILE  *file = fopen(path, "r");
  double step, time;

  if (!file) return;
  if (fscanf(file, "step %lg, time %lg", &step, &time) == 2) {
    end[0] = step;
    end[1] = time;
  }
  (void)fclose(file);
}

PetscErrorCode HHTRunReadEnd(const HHTRun *run, HHTProgress *end, PetscBool *told)
{
  char   path[PETSC_MAX_PATH_LEN];
  double value[2] = {-1, 0};
  int    rank;

  PetscFunctionBeginUser;
  PetscCall(path_in(run, "COMPLETE", path));
  PetscCallMPI(MPI_Comm_rank(run->comm, &rank));
  if (!rank) read_end(path, value);
  PetscCallMPI(MPI_Bcast(value, 2, MPI_DOUBLE, 0, run->comm));
  *told     = value[0] < 0 ? PETSC_FALSE : PETSC_TRUE;
  end->step = (PetscInt)value[0];
  end->time = value[1];
  PetscFunctionReturn(0);
}

static PetscErrorCode mark_complete(HHTRun *run)
{
  char text[128] = "";

  PetscFunctionBeginUser;
  if (run->ts)
    PetscCall(PetscSNPrintf(text, sizeof text, "step %" PetscInt_FMT ", time %.17g\n", run->progress.step,
                            run->progress.time));
  PetscCall(mark(run, "COMPLETE", "INCOMPLETE", text));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTRunMarkEnd(HHTRun *run, PetscErrorCode ierr)
{
  char reason[2048];

  PetscFunctionBeginUser;
  if (!ierr) PetscFunctionReturn(mark_complete(run));
  if (HHTErrorExitCode(ierr) < 0) PetscFunctionReturn(ierr);
  ierr = HHTErrorAdvise(ierr, "what was saved is untouched: mend that, and give the same command with --restart auto");
  PetscCall(PetscSNPrintf(reason, sizeof reason, "%s\n", HHTErrorMessage()));
  (void)mark(run, "INCOMPLETE", "COMPLETE", reason); /* the first error is the one to report */
  PetscFunctionReturn(ierr);
}
