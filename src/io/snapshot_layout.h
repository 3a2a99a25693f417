/* The structure of a snapshot file: groups, attributes and datasets in openPMD's terms. */
#ifndef HHT_SNAPSHOT_LAYOUT_H
#define HHT_SNAPSHOT_LAYOUT_H

#include "snapshot_meshes.h"

typedef struct {
  const HHTSnapshotInfo *info;
  HHTUnknown             unknown;
  const HHTGrid         *grid;
  const HHTMeshes       *meshes;
} HHTSnapshotLayout;

/* An HHTDataDefine with ctx = the HHTSnapshotLayout. */
PetscErrorCode HHTSnapshotDefine(void *layout, HHTDataFile file, hid_t hdf5, const char *path);

#endif
