/* snapshots.xdmf: how ParaView opens the snapshots of a run as one series. */
#ifndef HHT_XDMF_H
#define HHT_XDMF_H

#include <hht/grid.h>

#define HHT_SNAPSHOT_FOLDER "snapshots"

/* Writes <dir>/snapshots.xdmf anew from the readable files in <dir>/snapshots. Collective. */
PetscErrorCode HHTXDMFWrite(MPI_Comm comm, const char *dir, const HHTGrid *grid);

#endif
