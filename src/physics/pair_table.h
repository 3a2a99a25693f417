/* Gamma and grad Gamma at all displacements between two points of a grid. */
#ifndef HHT_PAIR_TABLE_H
#define HHT_PAIR_TABLE_H

#include <hht/grid.h>
#include <hht/potential.h>

typedef struct {
  int       dim;
  ptrdiff_t n[HHT_MAX_DIM]; /* displacements in each dimension, modulo n: nx, or 2 nx with the free boundary */
  ptrdiff_t points;         /* prod n */
  double   *gamma;          /* points numbers, owned */
  double   *gradient;       /* component j after component j - 1, owned */
} HHTPairTable;

PetscErrorCode HHTPairTableCreate(const HHTGrid *grid, HHTPotential potential, HHTPairTable *table);
PetscErrorCode HHTPairTableDestroy(HHTPairTable *table);

/* The entry of the displacement from the grid's point `from` to the point `to`, as indices in each dimension. */
ptrdiff_t HHTPairTableEntry(const HHTPairTable *table, const ptrdiff_t to[], const ptrdiff_t from[]);

#endif
