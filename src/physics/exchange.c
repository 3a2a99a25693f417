/*
  A transposition takes row r to another row, mirror(r), which mostly is on another rank. All ranks go through their rows in chunks; each
  row of a chunk is sent to the rank of its mirror image and compared with it there. Every rank knows the rows of all, so who sends what
  needs no message of its own.
*/
#include <hht/error.h>
#include <hht/exchange.h>
#include <hht/sum.h>
#include <math.h>

#define CHUNK_NUMBERS ((ptrdiff_t)1 << 18) /* complex numbers that a rank sends at a time, but one row at least */

typedef struct {
  HHTState        state;
  MPI_Comm        comm;
  PetscMPIInt     rank, size;
  const HHTGrid  *all;
  ptrdiff_t       n_rows, n_cols;         /* of one particle */
  ptrdiff_t       row_a, row_b;           /* strides of the two particles in the flattened row .. */
  ptrdiff_t       col_a, col_b;           /* .. and column */
  ptrdiff_t      *first;                  /* row of each rank, and the number of all */
  ptrdiff_t       chunk;                  /* rows that a rank sends at a time */
  double complex *sent, *received, *line; /* line: one row */
  int            *send_counts, *send_offsets, *receive_counts, *receive_offsets;
  HHTSum          sum;
} Exchange;

/* The flattened index with the digits of two particles exchanged; n points a particle, strides a and b. */
static ptrdiff_t mirror(ptrdiff_t i, ptrdiff_t n, ptrdiff_t a, ptrdiff_t b)
{
  const ptrdiff_t digit_a = i / a % n, digit_b = i / b % n;

  return i + (digit_b - digit_a) * a + (digit_a - digit_b) * b;
}

static ptrdiff_t mirror_row(const Exchange *e, ptrdiff_t row) { return mirror(row, e->n_rows, e->row_a, e->row_b); }

static int owner(const Exchange *e, ptrdiff_t row)
{
  int low = 0, high = e->size;

  while (high - low > 1) {
    const int middle = (low + high) / 2;

    if (e->first[middle] <= row)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* The rows begin .. end that a rank sends in a round. */
static void chunk_of(const Exchange *e, int rank, ptrdiff_t round, ptrdiff_t *begin, ptrdiff_t *end)
{
  *begin = PetscMin(e->first[rank] + round * e->chunk, e->first[rank + 1]);
  *end   = PetscMin(*begin + e->chunk, e->first[rank + 1]);
}

/* How many rows of the chunk of rank `from` have their mirror image on rank `to`. */
static int count_rows(const Exchange *e, int from, int to, ptrdiff_t round)
{
  ptrdiff_t begin, end;
  int       count = 0;

  chunk_of(e, from, round, &begin, &end);
  for (ptrdiff_t row = begin; row < end; row++) count += owner(e, mirror_row(e, row)) == to;
  return count;
}

static ptrdiff_t set_counts(Exchange *e, ptrdiff_t round)
{
  ptrdiff_t rows = 0;
  int       sent = 0, received = 0;

  for (int r = 0; r < e->size; r++) {
    e->send_counts[r]     = count_rows(e, e->rank, r, round);
    e->receive_counts[r]  = count_rows(e, r, e->rank, round);
    e->send_offsets[r]    = sent;
    e->receive_offsets[r] = received;
    sent += e->send_counts[r];
    received += e->receive_counts[r];
    rows += e->receive_counts[r];
  }
  return rows;
}

/* Packed by receiver, in the order of rows. */
static PetscErrorCode pack(Exchange *e, ptrdiff_t round)
{
  ptrdiff_t begin, end;
  int      *at;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)e->size, &at));
  PetscCall(PetscArraycpy(at, e->send_offsets, (size_t)e->size));
  chunk_of(e, e->rank, round, &begin, &end);
  for (ptrdiff_t row = begin; row < end; row++)
    PetscCall(HHTStateGetAlphaRow(e->state, row, e->sent + at[owner(e, mirror_row(e, row))]++ * e->all->n_cols));
  PetscCall(PetscFree(at));
  PetscFunctionReturn(0);
}

/* Adds |alpha_N(row, column) - alpha_N(mirror images)|^2 over a row of this rank and a received one. */
static PetscErrorCode compare_row(Exchange *e, ptrdiff_t row, const double complex image[])
{
  double sum = 0;

  PetscFunctionBeginUser;
  PetscCall(HHTStateGetAlphaRow(e->state, row, e->line));
  for (ptrdiff_t c = 0; c < e->all->n_cols; c++) {
    const double complex d = e->line[c] - image[mirror(c, e->n_cols, e->col_a, e->col_b)];

    sum += HHTNorm2(d);
  }
  HHTSumAdd(&e->sum, sum);
  PetscFunctionReturn(0);
}

static PetscErrorCode compare(Exchange *e, ptrdiff_t round)
{
  const double complex *image = e->received;
  ptrdiff_t             begin, end;

  PetscFunctionBeginUser;
  for (int r = 0; r < e->size; r++) {
    chunk_of(e, r, round, &begin, &end);
    for (ptrdiff_t row = begin; row < end; row++) {
      const ptrdiff_t own = mirror_row(e, row);

      if (owner(e, own) != e->rank) continue;
      PetscCall(compare_row(e, own, image));
      image += e->all->n_cols;
    }
  }
  PetscFunctionReturn(0);
}

static PetscErrorCode exchange_chunk(Exchange *e, MPI_Datatype row_type, ptrdiff_t round)
{
  const ptrdiff_t rows = set_counts(e, round);

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)(rows * e->all->n_cols), &e->received));
  PetscCall(pack(e, round));
  PetscCallMPI(MPI_Alltoallv(e->sent, e->send_counts, e->send_offsets, row_type, e->received, e->receive_counts,
                             e->receive_offsets, row_type, e->comm));
  PetscCall(compare(e, round));
  PetscCall(PetscFree(e->received));
  PetscFunctionReturn(0);
}

/* The defect of one transposition, of particles a < b. */
static PetscErrorCode transpose(Exchange *e, int particles, int a, int b, double *defect)
{
  MPI_Datatype row_type;
  ptrdiff_t    rows = 0;
  double       mass;

  PetscFunctionBeginUser;
  e->row_a = e->row_b = e->col_a = e->col_b = 1;
  for (int m = particles - 1; m > a; m--) e->row_a *= e->n_rows, e->col_a *= e->n_cols;
  for (int m = particles - 1; m > b; m--) e->row_b *= e->n_rows, e->col_b *= e->n_cols;
  for (int r = 0; r < e->size; r++) rows = PetscMax(rows, e->first[r + 1] - e->first[r]);
  HHTSumClear(&e->sum);
  PetscCallMPI(MPI_Type_contiguous((int)(2 * e->all->n_cols), MPI_DOUBLE, &row_type));
  PetscCallMPI(MPI_Type_commit(&row_type));
  for (ptrdiff_t round = 0; round * e->chunk < rows; round++) PetscCall(exchange_chunk(e, row_type, round));
  PetscCallMPI(MPI_Type_free(&row_type));
  HHTCallErrno(HHTSumAllreduce(e->comm, &e->sum, 1));
  PetscCall(HHTStateMass(e->state, &mass));
  *defect = sqrt(HHTSumValue(&e->sum) * e->all->cell_x * e->all->cell_v / mass);
  PetscFunctionReturn(0);
}

static PetscErrorCode create(HHTState state, const HHTGrid *grid, Exchange *e)
{
  ptrdiff_t count;

  PetscFunctionBeginUser;
  *e = (Exchange){.state = state, .n_rows = grid->n_rows, .n_cols = grid->n_cols};
  PetscCall(HHTStateGetComm(state, &e->comm));
  PetscCall(HHTStateGetGrid(state, &e->all));
  PetscCallMPI(MPI_Comm_rank(e->comm, &e->rank));
  PetscCallMPI(MPI_Comm_size(e->comm, &e->size));
  PetscCall(PetscMalloc1((size_t)e->size + 1, &e->first));
  PetscCall(HHTStateGetRows(state, &e->first[e->rank], &count));
  PetscCallMPI(MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, e->first, sizeof(ptrdiff_t), MPI_BYTE, e->comm));
  e->first[e->size] = e->all->n_rows;
  e->chunk          = PetscMax(1, CHUNK_NUMBERS / e->all->n_cols);
  PetscCall(PetscMalloc2((size_t)(e->chunk * e->all->n_cols), &e->sent, (size_t)e->all->n_cols, &e->line));
  PetscCall(PetscMalloc4((size_t)e->size, &e->send_counts, (size_t)e->size, &e->send_offsets, (size_t)e->size,
                         &e->receive_counts, (size_t)e->size, &e->receive_offsets));
  PetscFunctionReturn(0);
}

static PetscErrorCode destroy(Exchange *e)
{
  PetscFunctionBeginUser;
  PetscCall(PetscFree(e->first));
  PetscCall(PetscFree2(e->sent, e->line));
  PetscCall(PetscFree4(e->send_counts, e->send_offsets, e->receive_counts, e->receive_offsets));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTExchangeDefect(HHTState state, const HHTGrid *grid, int particles, double *defect)
{
  Exchange e;
  double   one = 0;

  PetscFunctionBeginUser;
  *defect = 0;
  if (particles < 2) PetscFunctionReturn(0);
  PetscCall(create(state, grid, &e));
  for (int a = 0; a < particles; a++)
    for (int b = a + 1; b < particles; b++) {
      PetscCall(transpose(&e, particles, a, b, &one));
      *defect = fmax(*defect, one);
    }
  PetscCall(destroy(&e));
  PetscFunctionReturn(0);
}
