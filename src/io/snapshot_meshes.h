/* The meshes of a snapshot: what each dataset is called, its axes, and where its rows come from. */
#ifndef HHT_SNAPSHOT_MESHES_H
#define HHT_SNAPSHOT_MESHES_H

#include "data_file.h"
#include <hht/output.h>

/* Components of density, potential, current, force and the marginals and slices; or the three of d = 1. */
#define HHT_MESHES_MAX (2 + 4 * HHT_MAX_DIM + 3)

typedef struct {
  const char *label;
  ptrdiff_t   n;
  double      spacing, offset; /* of the points, in increasing order */
} HHTAxis;

typedef struct {
  const HHTSnapshotSource *source;
  char                     name[HHT_DATA_FILE_MAXNAME]; /* below /data/<step>/ */
  PetscBool                is_complex;
  int                      n_axes;
  HHTAxis                  axes[HHT_MAX_DIM];
  ptrdiff_t                n_rows;
  ptrdiff_t                first, count; /* rows that this rank writes */
  HHTDataRow               row;          /* its ctx is the mesh */
  const double            *values;       /* of a mesh that every rank holds whole: row by row, times factor */
  double                   factor;
  double complex          *amplitudes; /* of the others: room for one row, shared by all meshes */
} HHTMesh;

typedef struct {
  int             n;
  HHTMesh         mesh[HHT_MESHES_MAX];
  double complex *amplitudes; /* owned: n_cols */
  double         *planes;     /* owned: marginals and slices, NULL for d = 1 */
} HHTMeshes;

/* source must outlive the meshes. Collective. Destroy is safe twice. */
PetscErrorCode HHTMeshesCreate(const HHTSnapshotSource *source, HHTMeshes *meshes);
PetscErrorCode HHTMeshesDestroy(HHTMeshes *meshes);

#endif
