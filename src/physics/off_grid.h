/* Functions on the x grid between its points, for a block of points at once so that the loops over them vectorise. */
#ifndef HHT_OFF_GRID_H
#define HHT_OFF_GRID_H

#include <hht/grid.h>

#define HHT_POINTS 8

typedef double HHTPoints[HHT_POINTS]; /* one number for each point */

typedef struct {
  HHTGrid    grid;
  double    *cosine[HHT_MAX_DIM], *sine[HHT_MAX_DIM]; /* of pi i / n, owned */
  HHTPoints *weight[HHT_MAX_DIM];                     /* of each i for the points that were set, owned */
} HHTOffGrid;

PetscErrorCode HHTOffGridCreate(const HHTGrid *grid, HHTOffGrid *off_grid);
PetscErrorCode HHTOffGridDestroy(HHTOffGrid *off_grid);

/* Chooses the points x[0 .. dim), of any period of the box. */
void HHTOffGridSet(HHTOffGrid *off_grid, const HHTPoints x[]);

/* What the values at the n_rows points of the grid count at the points. */
void HHTOffGridWeights(const HHTOffGrid *off_grid, HHTPoints weights[]);

/* The trigonometric polynomial through values[n_rows] at the points. */
void HHTOffGridValue(const HHTOffGrid *off_grid, const double values[], HHTPoints result);

#endif
