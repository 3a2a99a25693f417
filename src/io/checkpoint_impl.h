/* The names and numbers that the writer and the reader of checkpoints share. */
#ifndef HHT_CHECKPOINT_IMPL_H
#define HHT_CHECKPOINT_IMPL_H

#include "data_file.h"
#include <hht/checkpoint.h>

#define HHT_CHECKPOINT_FOLDER "checkpoints"
#define HHT_CHECKPOINT_LATEST "latest"
#define HHT_CHECKPOINT_FORMAT 1 /* of the layout; files of another are refused */

/* Datasets: /data/<step>/<name>, and two texts. */
#define HHT_STATE_NAME       "state"
#define HHT_DENSITY_NAME     "density"
#define HHT_CURRENT_NAME     "current"
#define HHT_PARAMETERS_NAME  "/parameters"
#define HHT_WISDOM_NAME      "/wisdom"
#define HHT_CHECKPOINT_TEXT  ((size_t)16 << 20) /* a longer text is not one of ours */
#define HHT_CHECKPOINT_NAMES 4096               /* checkpoints in a folder */

/* dir/checkpoints/checkpoint_<step>.h5 */
PetscErrorCode HHTCheckpointFileName(PetscInt step, char name[], size_t size);

/*
  All numbers of a checkpoint beside its arrays, as attributes: one table for writing and reading. Each is a double or several of
  them, also where the program has integers or truths, all of which a double holds exactly.
*/
typedef struct {
  HHTProgress     progress;
  HHTFlowProgress flow;    /* its arrays are not among the numbers */
  HHTNumbers      numbers; /* of the state */
} HHTCheckpointNumbers;

PetscErrorCode HHTCheckpointNumbersWrite(const char *path, hid_t file, const HHTCheckpointNumbers *numbers);
PetscErrorCode HHTCheckpointNumbersRead(const char *path, hid_t file, HHTCheckpointNumbers *numbers);

#endif
