/* The average of a singular radial function over the grid cell about its singularity. */
#ifndef HHT_CELL_AVERAGE_H
#define HHT_CELL_AVERAGE_H

#include <hht/potential.h>

/* Average of g(p, dim, |x|) over the box |x_j| <= dx_j / 2. g may be infinite at 0 like ln r (dim 2) or 1/r (dim 3). */
PetscErrorCode HHTCellAverage(HHTRadial g, const HHTPotentialParams *p, const HHTGrid *grid, double *average);

#endif
