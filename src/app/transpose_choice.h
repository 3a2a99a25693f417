/*
  transpose_type auto: the engine that is fastest on the grid, numbers, ranks, nodes and threads at hand. All give the same bits, so
  that a timing may decide. Choices are kept beside FFTW's wisdom, in a file of lines

      4096 x 4096 complex numbers of 16 bytes, 64 ranks on 1 nodes, 1 threads each: shared
*/
#ifndef HHT_TRANSPOSE_CHOICE_H
#define HHT_TRANSPOSE_CHOICE_H

#include <hht/case.h>

typedef enum { HHT_CHOICE_GIVEN, HHT_CHOICE_TIMED, HHT_CHOICE_KEPT } HHTChoiceOrigin;

typedef struct {
  HHTTransposeType type;
  HHTChoiceOrigin  origin;
  char             key[128];                    /* what stands before the colon; empty if given */
  double           seconds[HHT_TRANSPOSE_AUTO]; /* a step without operators; infinite where it cannot be; if timed */
} HHTTransposeChoice;

/*
  What transpose_type of the case says; auto is looked up in <fft_wisdom>.transpose, or else timed. On one rank nothing is timed.
  Collective, and the same on all ranks. HHT_EXIT_USAGE in one line if the file cannot be understood.
*/
PetscErrorCode HHTTransposeChoose(MPI_Comm comm, const HHTCase *c, HHTNumbers numbers, HHTTransposeChoice *choice);

/* Adds a timed choice to the file, if there is to be one. Collective. */
PetscErrorCode HHTTransposeChoiceKeep(MPI_Comm comm, const HHTCase *c, const HHTTransposeChoice *choice);

/* Says in a line how it was chosen, if it was. Collective. */
PetscErrorCode HHTTransposeChoiceLog(MPI_Comm comm, const HHTTransposeChoice *choice);

#endif
