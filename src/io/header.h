/* The root attributes that snapshots and checkpoints share: what wrote the file, of what, where the run stood, and on which grid. Not collective. */
#ifndef HHT_HEADER_H
#define HHT_HEADER_H

#include "hdf5_calls.h"
#include <hht/grid.h>
#include <hht/unknown.h>

#define HHT_HEADER_TEXT 256

typedef struct {
  char       kind[HHT_HEADER_TEXT]; /* snapshot | checkpoint */
  char       software[HHT_HEADER_TEXT], version[HHT_HEADER_TEXT], dependencies[HHT_HEADER_TEXT];
  HHTUnknown unknown;
  PetscInt   step;
  double     time, dt;
  HHTGrid    grid; /* set up */
} HHTHeader;

/* As the files name it: alpha or f. */
const char *HHTUnknownName(HHTUnknown unknown);

PetscErrorCode HHTHeaderWrite(const char *path, hid_t file, const char *kind, HHTUnknown unknown, const HHTGrid *grid,
                              PetscInt step, double time, double dt);

/* HHT_EXIT_IO for a file without these attributes, or with a grid that cannot be. */
PetscErrorCode HHTHeaderRead(const char *path, hid_t file, HHTHeader *header);

#endif
