/*
  The passes. A line is loaded from memory into a buffer that fits into cache, goes through its transforms and operators there, and is
  stored: one read and one write of memory for a pass. row_pass.c and column_pass.c have them.
*/
#include "transform_impl.h"
#include <errno.h>
#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static void destroy_spaces(HHTTransform t)
{
  for (int i = 0; i < t->threads; i++) {
    HHTMemoryDestroy(t->space[i].line);
    HHTMemoryDestroy(t->space[i].spectrum);
    HHTMemoryDestroy(t->space[i].block);
  }
  free(t->space);
  t->space   = NULL;
  t->threads = 0;
}

static int create_spaces(HHTTransform t, int threads)
{
  const size_t line     = larger(HHTPlansLineSize(&t->row_plans), HHTPlansLineSize(&t->column_plans));
  const size_t spectrum = larger(HHTPlansSpectrumSize(&t->row_plans), HHTPlansSpectrumSize(&t->column_plans));
  int          err      = 0;

  t->space   = calloc((size_t)threads, sizeof *t->space);
  t->threads = t->space ? threads : 0;
  for (int i = 0; i < t->threads; i++) {
    Workspace *w = &t->space[i];

    w->line     = HHTMemoryCreate(line);
    w->spectrum = HHTMemoryCreate(spectrum);
    w->block    = HHTMemoryCreate((size_t)(t->block_stride * t->width) * t->transpose->bytes);
    if (!w->line || !w->spectrum || !w->block) err = ENOMEM;
  }
  return t->space ? err : ENOMEM;
}

/* Entries from one column of a block to the next: whole cache lines, and strides of a power of two would map to the same sets. */
static ptrdiff_t block_stride(const HHTTransform t)
{
  const ptrdiff_t line = CACHE_LINE / (ptrdiff_t)t->transpose->bytes, unit = line < 8 ? 8 : line;

  return ((t->column_plans.n + unit - 1) / unit + 1) * unit;
}

static int create_buffers(HHTTransform t)
{
  const HHTTranspose tr   = t->transpose;
  const size_t       side = (size_t)tr->size * tr->bytes, columns = tr->in_place ? 0 : side;
  const size_t       rest = (size_t)tr->rows.count * HHTPlansSpectrumSize(&t->row_plans);

  t->block_stride = block_stride(t);
  t->width        = (int)(LOAD_BYTES / tr->bytes);
  t->rest         = HHTMemoryCreate(rest > columns ? rest : columns);
  t->work         = tr->row_side ? tr->row_side : HHTMemoryCreate(side);
  t->columns      = tr->column_side ? tr->column_side : tr->in_place ? t->work : t->rest;
  return t->rest && t->work ? create_spaces(t, 1) : ENOMEM;
}

int HHTTransformAgree(MPI_Comm comm, int err)
{
  return MPI_Allreduce(MPI_IN_PLACE, &err, 1, MPI_INT, MPI_MAX, comm) ? EIO : err;
}

/* One rank needs no window: alltoall moves nothing there. */
static HHTTransposeType choose(const HHTTransform t)
{
  const double row = (double)HHTPlansLineSize(&t->row_plans);
  int          size;

  MPI_Comm_size(t->comm, &size);
  if (size == 1) return HHT_TRANSPOSE_ALLTOALL;
  return HHTTransposeCanShare(t->comm, row * (double)t->column_plans.n) ? HHT_TRANSPOSE_SHARED : HHT_TRANSPOSE_ALLTOALL;
}

static int create(HHTTransform t, HHTNumbers numbers, int dim_x, const ptrdiff_t nx[], int dim_v, const ptrdiff_t nv[],
                  HHTTransposeType type, HHTRigor rigor)
{
  int err;

  if ((err = HHTPlansCreate(t->comm, numbers, dim_v, nv, rigor, &t->row_plans))) return err;
  if ((err = HHTPlansCreate(t->comm, numbers, dim_x, nx, rigor, &t->column_plans))) return err;
  t->type = type == HHT_TRANSPOSE_AUTO ? choose(t) : type;
  err     = HHTTransposeCreate(t->comm, numbers, t->column_plans.n, t->row_plans.n, HHT_BLOCK, t->type, &t->transpose);
  if ((err = HHTTransformAgree(t->comm, err))) return err;
  if ((err = HHTTransformAgree(t->comm, create_buffers(t)))) return err;
  return t->transpose->plan ? HHTTransformAgree(t->comm, t->transpose->plan(t->transpose, rigor, t->work, t->columns))
                            : 0;
}

int HHTTransformCreate(MPI_Comm comm, HHTNumbers numbers, int dim_x, const ptrdiff_t nx[], int dim_v,
                       const ptrdiff_t nv[], HHTTransposeType type, HHTRigor rigor, HHTTransform *transform)
{
  HHTTransform t;
  int          err;

  *transform = t = calloc(1, sizeof *t);
  if (!t) return ENOMEM;
  if (MPI_Comm_dup(comm, &t->comm)) return EIO;
  err = create(t, numbers, dim_x, nx, dim_v, nv, type, rigor);
  if (err) (void)HHTTransformDestroy(transform);
  return err;
}

int HHTTransformDestroy(HHTTransform *transform)
{
  HHTTransform t = *transform;

  if (!t) return 0;
  if (t->transpose && !t->transpose->row_side) HHTMemoryDestroy(t->work);
  HHTTransposeDestroy(&t->transpose);
  HHTPlansDestroy(&t->row_plans);
  HHTPlansDestroy(&t->column_plans);
  HHTMemoryDestroy(t->rest);
  destroy_spaces(t);
  (void)MPI_Comm_free(&t->comm);
  free(t);
  *transform = NULL;
  return 0;
}

void HHTTransformGetRows(HHTTransform t, ptrdiff_t *first, ptrdiff_t *count)
{
  *first = t->transpose->rows.first;
  *count = t->transpose->rows.count;
}

void HHTTransformGetColumns(HHTTransform t, ptrdiff_t *first, ptrdiff_t *count)
{
  *first = t->transpose->cols.first;
  *count = t->transpose->cols.count;
}

HHTNumbers HHTTransformGetNumbers(HHTTransform t) { return t->row_plans.numbers; }

void *HHTTransformGetRest(HHTTransform t) { return t->rest; }

void *HHTTransformGetWork(HHTTransform t) { return t->work; }

HHTTransposeType HHTTransformGetTranspose(HHTTransform t) { return t->type; }

ptrdiff_t HHTTransformGetSpectrumSize(HHTTransform t) { return t->row_plans.spectrum; }

int HHTTransformToColumns(HHTTransform t)
{
  double start = MPI_Wtime();
  int    err   = t->transpose->to_columns(t->transpose, t->work, t->columns);

  t->times.transposes += MPI_Wtime() - start;
  t->times.bytes_sent += t->transpose->bytes_sent;
  return err;
}

int HHTTransformToRows(HHTTransform t)
{
  double start = MPI_Wtime();
  int    err   = t->transpose->to_rows(t->transpose, t->columns, t->work);

  t->times.transposes += MPI_Wtime() - start;
  t->times.bytes_sent += t->transpose->bytes_sent;
  return err;
}

HHTTransformTimes HHTTransformGetTimes(HHTTransform t) { return t->times; }

void HHTTransformResetTimes(HHTTransform t) { t->times = (HHTTransformTimes){0}; }

int HHTTransformSetThreads(HHTTransform t, int threads)
{
#ifndef _OPENMP
  if (threads > 1) return ENOTSUP;
#endif
  destroy_spaces(t);
  return create_spaces(t, threads);
}

int HHTTransformGetThreads(HHTTransform t) { return t->threads; }

int HHTTransformThread(void)
{
#ifdef _OPENMP
  return omp_get_thread_num();
#else
  return 0;
#endif
}
