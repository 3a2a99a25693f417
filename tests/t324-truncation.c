/*
  Zero padding of one spectrum, whole or half, d = 1, 2, 3, in both precisions: the modes beyond the kept indices are 0, the others keep
  their bits, and the sum is what has gone, where a half spectrum counts what it stands for.
*/
#include "../src/physics/entries.h"
#include "../src/physics/truncation.h"
#include "random.h"
#include "test.h"
#include <string.h>

/* Of entry i of the spectrum: whether it stays, and for how many modes it stands. */
static PetscBool stays(const HHTGrid *g, PetscBool half, ptrdiff_t i, int *modes)
{
  const int last = g->dim - 1;
  ptrdiff_t shape[HHT_MAX_DIM], index[HHT_MAX_DIM];
  PetscBool kept = PETSC_TRUE;

  for (int j = 0; j < g->dim; j++) shape[j] = half && j == last ? g->nx[j] / 2 + 1 : g->nx[j];
  HHTUnflatten(i, g->dim, shape, index);
  for (int j = 0; j < g->dim; j++)
    if (3 * labs(HHTSigned(index[j], g->nx[j])) >= g->nx[j]) kept = PETSC_FALSE;
  *modes = half && index[last] > 0 && 2 * index[last] < g->nx[last] ? 2 : 1;
  return kept;
}

static void check(HHTNumbers numbers, const HHTGrid *g)
{
  const HHTNumbers    spectrum = HHTNumbersSpectrum(numbers);
  const PetscBool     half     = HHTNumbersAreReal(numbers) ? PETSC_TRUE : PETSC_FALSE;
  const int           last     = g->dim - 1;
  const ptrdiff_t     n        = half ? g->n_rows / g->nx[last] * (g->nx[last] / 2 + 1) : g->n_rows;
  const HHTTruncation t        = HHTTruncationOf(numbers, g->dim, g->nx, g->kept_k);
  double complex     *line = malloc((size_t)n * sizeof *line), *before = malloc((size_t)n * sizeof *before);
  double              once = 0, twice = 0;
  ptrdiff_t           wrong = 0, cut = 0;

  for (ptrdiff_t i = 0; i < n; i++) HHTEntrySet(spectrum, line, i, RandomComplex((uint64_t)i));
  memcpy(before, line, (size_t)n * HHTNumbersSize(spectrum));
  for (ptrdiff_t i = 0; i < n; i++) {
    int modes;

    if (stays(g, half, i, &modes)) continue;
    cut++;
    once += HHTEntryNorm2(spectrum, before, i);
    twice += modes * HHTEntryNorm2(spectrum, before, i);
  }
  TestClose(HHTTruncate(&t, 2, line), twice, 1e-13 * twice, "what has gone");
  for (ptrdiff_t i = 0; i < n; i++) {
    int modes;

    if (HHTEntryGet(spectrum, line, i) != (stays(g, half, i, &modes) ? HHTEntryGet(spectrum, before, i) : 0)) wrong++;
  }
  TestCheck(wrong == 0, "%td of %td entries are wrong", wrong, n);
  TestCheck(cut > 0 && cut < n, "%td of %td entries go", cut, n);
  TestClose(HHTTruncate(&t, 1, before), once, 1e-13 * once, "what has gone of lines at rest");
  free(line);
  free(before);
}

int main(int argc, char **argv)
{
  static const HHTNumbers numbers[]             = {HHT_COMPLEX, HHT_REAL, HHT_SINGLE_COMPLEX, HHT_SINGLE_REAL};
  static const ptrdiff_t  points[][HHT_MAX_DIM] = {{4, 6, 8}, {18, 10, 4}, {32, 4, 12}};

  TestBegin(&argc, &argv);
  for (int dim = 1; dim <= 3; dim++)
    for (int p = 0; p < 3; p++) {
      HHTGrid g = {.dim = dim, .padding = HHT_PADDING_XV};

      for (int j = 0; j < dim; j++) {
        g.nx[j]       = points[p][j];
        g.nv[j]       = 4;
        g.x_length[j] = g.v_max[j] = 1;
      }
      TestCall(HHTGridSetUp(&g));
      for (int i = 0; i < 4; i++) check(numbers[i], &g);
    }
  return TestEnd();
}
