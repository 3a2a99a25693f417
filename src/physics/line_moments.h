/* Moments of |a|^2, or of a itself, over one line (a d-dimensional array in FFT order) of xi, v or k. */
#ifndef HHT_LINE_MOMENTS_H
#define HHT_LINE_MOMENTS_H

#include <hht/grid.h>
#include <hht/numbers.h>
#include <hht/unknown.h>

#define HHT_EDGE 0.95 /* the edge of a window begins at this share of its half width */

/* The coordinate of each point in each dimension, and where the outer 5 % of those that are used begin. */
typedef struct {
  HHTNumbers numbers; /* of the line */
  HHTUnknown unknown; /* HHT_AMPLITUDE unless set: moments of |a|^2; HHT_DISTRIBUTION: of real a */
  PetscBool  half;    /* the line is the half spectrum of real numbers, weighted as in HHTTransform */
  int        dim;
  ptrdiff_t  n[HHT_MAX_DIM];          /* points of the whole line */
  ptrdiff_t  run;                     /* points there are along the last dimension */
  ptrdiff_t  edge[HHT_MAX_DIM];       /* the first signed index of the edge */
  double    *coordinate[HHT_MAX_DIM]; /* n[j] numbers, owned */
} HHTAxes;

typedef struct {
  double total;              /* sum |a|^2, or sum a; and so below */
  double first[HHT_MAX_DIM]; /* sum c_j |a|^2; 0 for a half spectrum, whose other half cancels it */
  double second;             /* sum |c|^2 |a|^2 */
  double fourth;             /* sum |c|^4 |a|^2 */
  double edge;               /* sum of |a|^2, or |a|, over the points with |s_j| > 0.95 used[j] in some j */
} HHTLineMoments;

/*
  For lines of such numbers, or for their spectra. Coordinates are spacing[j] times the signed index; in a spectrum that of the Nyquist
  entry is 0, as in a first derivative. Signed indices up to used[j] in size count for the edge; NULL: all, n[j]/2.
*/
PetscErrorCode HHTAxesCreate(HHTNumbers numbers, PetscBool spectrum, int dim, const ptrdiff_t n[],
                             const double spacing[], const ptrdiff_t used[], HHTAxes *axes);
PetscErrorCode HHTAxesDestroy(HHTAxes *axes);

HHTLineMoments HHTLineMomentsOf(const HHTAxes *axes, const void *line);

/* first[0 .. dim) alone, of a line of complex numbers or a whole spectrum: a third of the work, for what every step needs. */
void HHTLineFirstMoments(const HHTAxes *axes, const void *line, double first[]);

#endif
