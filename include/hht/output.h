/*
  Files of a run: the folder, snapshots, XDMF, diagnostics.csv. Each whole file is written aside, synced, read back
  and renamed, so that the final name holds either the old file or the complete new one.

  Errors are HHT_EXIT_IO with one line, agreed on by all ranks. A call that takes too long ends the program, see
  hht/watchdog.h.
*/
#ifndef HHT_OUTPUT_H
#define HHT_OUTPUT_H

#include <hht/diagnostics.h>
#include <hht/flow.h>

/* Makes the folder `dir` and its parents if missing; and checks that it is writable. Collective. */
PetscErrorCode HHTMakeFolder(MPI_Comm comm, const char *dir);

/* Writes a whole text file aside and renames it, on rank 0. Collective. */
PetscErrorCode HHTWriteText(MPI_Comm comm, const char *path, const char *text);

/*
  HHTReadText - a text file of at most 256 KiB, read on rank 0, as a string on all ranks; free with PetscFree(). NULL where there is no such
  file. Collective.
*/
PetscErrorCode HHTReadText(MPI_Comm comm, const char *path, char **text);

/*
  HHTFolderLock - makes the folder `dir` this process's own until HHTFolderUnlock() or its end, however it ends: HHT_EXIT_USAGE if it is
  another's. A file system without locks is taken for free. Without `create` only a folder that was locked before is locked now, and nothing
  is written where there is none. *lock is for the unlock, and -1 where nothing was locked. Collective, rank 0 holds it.
*/
PetscErrorCode HHTFolderLock(MPI_Comm comm, const char *dir, PetscBool create, int *lock);
PetscErrorCode HHTFolderUnlock(int *lock); /* not collective, safe twice; lock starts as -1 */

typedef struct {
  char     dir[PETSC_MAX_PATH_LEN]; /* the run's folder */
  PetscInt step;
  double   time;
  double   dt;
} HHTSnapshotInfo;

/*
  HHTSnapshotWrite - writes snapshots/snapshot_<step>.h5 and renews <dir>/snapshots.xdmf, which lists all snapshots of
  the folder. The state must be at rest. Collective. seconds and bytes (may be NULL) report the cost.

  The file is an openPMD 1.1.0 series of meshes with the same bytes on any number of ranks. /data/<step>/ holds, all
  axes in increasing order (f, alpha and alpha_hat only for d = 1, marginals and slices only for d > 1):

      density  potential         [nx ..]       rho, phi
      current  force             [nx ..]       J, -grad phi; for d > 1 groups of the components x, y, z
      f  alpha                   [nx, nv]      |alpha|^2, alpha; axes x, v
      alpha_hat                  [nx, nv]      axes x, xi; for a state of f there is f_hat instead, and neither alpha nor current
      marginal_x_vx ..           [nx_j, nv_j]  f integrated over all other coordinates
      slice_x_vx ..              [nx_j, nv_j]  f where all other coordinates are in the middle of the box

  and /checksums a CRC-32 of every row of each of them and of HDF5's own part, which HHTFileDescribe() compares.
*/
PetscErrorCode HHTSnapshotWrite(HHTFlow flow, const HHTSnapshotInfo *info, double *seconds, double *bytes);

/* What a snapshot is made of, for states that are not in an HHTFlow. All borrowed. */
typedef struct {
  MPI_Comm        comm;
  const HHTGrid  *grid;
  ptrdiff_t       first, count; /* this rank's rows */
  HHTUnknown      unknown;      /* alpha, or f, whose rows then are asked for under the name of alpha's */
  HHTAmplitudeRow alpha;        /* gives a row of alpha(x, v) in FFT order */
  HHTAmplitudeRow alpha_hat;    /* gives a row of alpha_hat(x, xi) in FFT order; may be NULL for d > 1 */
  void           *ctx;          /* of both */
  double          mass;         /* int |f| or a bound of it, the same bits on all ranks */
  HHTFields       fields;       /* rho, J, phi, grad_phi: whole arrays on every rank; J is asked for with alpha only */
} HHTSnapshotSource;
PetscErrorCode HHTSnapshotWriteSource(const HHTSnapshotSource *source, const HHTSnapshotInfo *info, double *seconds,
                                      double *bytes);

typedef struct HHTDiagnosticsFile_s *HHTDiagnosticsFile;

/* What the columns of diagnostics.csv depend on. */
typedef struct {
  int        dim;       /* of one particle */
  int        particles; /* N, for the columns of N particles; 0: there are none */
  HHTUnknown unknown;
} HHTColumns;

/* The columns of diagnostics.csv that are made of HHTDiagnostics, in its order. Not collective. */
#define HHT_COLUMNS_MAX 64
PetscErrorCode HHTDiagnosticsNames(HHTColumns of, int *n, const char *names[HHT_COLUMNS_MAX]);
PetscErrorCode HHTDiagnosticsValues(HHTColumns of, const HHTDiagnostics *diagnostics, double values[HHT_COLUMNS_MAX]);

/*
  HHTDiagnosticsFileCreate - creates dir/diagnostics.csv: a line `# units: ..`, a line with the names of the columns,
  then one line of numbers for each HHTDiagnosticsFileAppend(). Collective.
*/
PetscErrorCode HHTDiagnosticsFileCreate(MPI_Comm comm, const char *dir, HHTColumns of, HHTDiagnosticsFile *file);
/*
  HHTDiagnosticsFileResume - opens the file that is there and cuts off the lines beyond `step`, and a last one that is not whole; creates it
  if it is not there. last_step is that of the last line, -1 if there is none. HHT_EXIT_IO for a file with other columns.
  Collective.
*/
PetscErrorCode HHTDiagnosticsFileResume(MPI_Comm comm, const char *dir, HHTColumns of, PetscInt step,
                                        HHTDiagnosticsFile *file, PetscInt *last_step);
/*
  Appends one line, whole or not at all: readers see it at once, and it is on disk within a second, or by the next line
  if that comes later. Collective (the verdict is agreed on).
*/
PetscErrorCode HHTDiagnosticsFileAppend(HHTDiagnosticsFile file, PetscInt step, double time,
                                        const HHTDiagnostics *values, double wall_time);
/* Waits until all lines are on disk. HHT_EXIT_IO too when somebody removed the file meanwhile. Collective. */
PetscErrorCode HHTDiagnosticsFileSync(HHTDiagnosticsFile file);
PetscErrorCode HHTDiagnosticsFileClose(HHTDiagnosticsFile *file); /* collective, safe twice */

/*
  HHTFileDescribe - prints what the HDF5 file at `path` holds (hht info): kind, versions, step, time, grid, and each
  dataset with its shape and whether its checksums hold. HHT_EXIT_IO when it cannot be read or a checksum is wrong.
  Collective on comm.
*/
PetscErrorCode HHTFileDescribe(MPI_Comm comm, const char *path);

/*
  Whether this process may call MPI_Finalize(). After it could not close a file HDF5 keeps an identifier of what it has freed, and follows it
  when MPI ends: the process has to end by _exit().
*/
PetscBool HHTOutputMayFinalize(void);

#endif
