/*
  What the numbers of a state stand for: the amplitude alpha of (HHt), with f = |alpha|^2, or the distribution f of (Vl) itself. Both move by
  the same flows; they differ in how rho = int f dv is summed.
*/
#ifndef HHT_UNKNOWN_H
#define HHT_UNKNOWN_H

typedef enum { HHT_AMPLITUDE, HHT_DISTRIBUTION } HHTUnknown;

#endif
