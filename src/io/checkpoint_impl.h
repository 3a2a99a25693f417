/* The names and numbers that the writer and the reader of checkpoints share. */
#ifndef HHT_CHECKPOINT_IMPL_H
#define HHT_CHECKPOINT_IMPL_H

#include "data_file.h"
#include <hht/checkpoint.h>

#define HHT_CHECKPOINT_FOLDER "checkpoints"
#define HHT_CHECKPOINT_LATEST "latest"
#define HHT_CHECKPOINT_FORMAT 1 /* of the layout; files of another are refused */

/* Datasets: of each solution /data/<step>/<name>, see HHTCheckpointArrayName(), and two texts. */
#define HHT_PARAMETERS_NAME  "/parameters"
#define HHT_WISDOM_NAME      "/wisdom"
#define HHT_CHECKPOINT_TEXT  ((size_t)16 << 20) /* a longer text is not one of ours */
#define HHT_CHECKPOINT_NAMES 4096               /* checkpoints in a folder */

/* Solutions that a run may have: the second is that of the options compare_*. */
#define HHT_SOLUTIONS 2

typedef enum { HHT_STATE_ARRAY, HHT_DENSITY_ARRAY, HHT_CURRENT_ARRAY, HHT_ARRAYS } HHTCheckpointArray;

const char *HHTCheckpointArrayName(int solution, HHTCheckpointArray array);

/* dir/checkpoints/checkpoint_<step>.h5 */
PetscErrorCode HHTCheckpointFileName(PetscInt step, char name[], size_t size);

/*
  All numbers of a checkpoint beside its arrays, as attributes: one table for writing and reading. Each is a double or several of
  them, also where the program has integers or truths, all of which a double holds exactly.
*/
typedef struct {
  HHTProgress     progress;
  int             solutions;           /* 1 or 2 */
  HHTFlowProgress flow[HHT_SOLUTIONS]; /* their arrays are not among the numbers */
  HHTNumbers      numbers;             /* of the states */
} HHTCheckpointNumbers;

PetscErrorCode HHTCheckpointNumbersWrite(const char *path, hid_t file, const HHTCheckpointNumbers *numbers);
PetscErrorCode HHTCheckpointNumbersRead(const char *path, hid_t file, HHTCheckpointNumbers *numbers);

#endif
