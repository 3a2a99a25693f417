#include "bench_impl.h"
#include <hht/log.h>
#include <math.h>

static const char *const rigors[] = {"estimate", "measure", "patient"};

/* What both forms of the report need. */
typedef struct {
  const HHTGrid *grid;
  const char    *mode, *precision, *transpose, *rigor;
  double         points, ns;  /* ns: from seconds to ns per point */
  double         state_bytes; /* of all ranks */
  double         bound;       /* seconds */
} Figures;

static Figures figures(const HHTBenchResult *r)
{
  const HHTGrid *g      = &r->c->grid;
  const double   points = (double)g->n_rows * (double)g->n_cols;

  return (Figures){
      .grid        = g,
      .mode        = HHTNumbersAreReal(r->numbers) ? "real" : "complex",
      .precision   = HHTNumbersPrecision(r->numbers) == HHT_SINGLE ? "single" : "double",
      .transpose   = HHTTransposeName(r->transpose),
      .rigor       = rigors[r->c->rigor],
      .points      = points,
      .ns          = 1e9 / points,
      .state_bytes = points * (double)HHTNumbersSize(r->numbers),
      .bound       = r->in_cache + 2 * r->copy,
  };
}

/* GB/s of the step: each of its two passes reads and writes the state. */
static double bandwidth(const HHTBenchResult *r, const Figures *f) { return 4e-9 * f->state_bytes / r->step; }

static double percent(const HHTBenchResult *r, double part) { return 100 * part / r->step; }

static PetscErrorCode print_parts(MPI_Comm comm, const HHTBenchResult *r, const Figures *f)
{
  const struct {
    const char *name;
    double      seconds;
  } parts[] = {
      {"row passes", r->rows}, {"column passes", r->columns}, {"transposes", r->transposes}, {"field", r->field}};

  PetscFunctionBeginUser;
  PetscCall(HHTLog(comm, "  %-32s %10s %10s\n", "", "ns/point", "of a step"));
  PetscCall(HHTLog(comm, "  %-32s %10.3f\n", "step", r->step * f->ns));
  PetscCall(HHTLog(comm, "    %-30s %10.3f\n", "the fastest one", r->fastest * f->ns));
  for (int i = 0; i < 4; i++)
    PetscCall(HHTLog(comm, "    %-30s %10.3f %8.1f %%\n", parts[i].name, parts[i].seconds * f->ns,
                     percent(r, parts[i].seconds)));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_reference(MPI_Comm comm, const HHTBenchResult *r, const Figures *f, const char *name,
                                      double seconds)
{
  PetscFunctionBeginUser;
  if (isnan(seconds))
    PetscCall(HHTLog(comm, "  %-32s %10s\n", name, "no memory"));
  else
    PetscCall(HHTLog(comm, "  %-32s %10.3f %10.3f\n", name, seconds * f->ns, r->step / seconds));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_references(MPI_Comm comm, const HHTBenchResult *r, const Figures *f)
{
  char threaded[64];

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(threaded, sizeof threaded, "bare FFTW pair, threads: %d", r->threads));
  PetscCall(HHTLog(comm, "  %-32s %10s %10s\n", "", "ns/point", "step is"));
  PetscCall(print_reference(comm, r, f, "bare FFTW3-MPI pair", r->pair));
  PetscCall(print_reference(comm, r, f, threaded, r->threaded));
  PetscCall(print_reference(comm, r, f, "FFTs in cache", r->in_cache));
  PetscCall(print_reference(comm, r, f, "a sweep of memory", r->copy));
  PetscCall(print_reference(comm, r, f, "FFTs in cache and two sweeps", f->bound));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_rates(MPI_Comm comm, const HHTBenchResult *r, const Figures *f)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(comm, "  %.3g points/s and rank; its two sweeps at %.3g GB/s (bare: %.3g)\n",
                   f->points / r->step / r->ranks, bandwidth(r, f), 2e-9 * f->state_bytes / r->copy));
  PetscCall(HHTLog(comm, "  %.4g MB sent by a rank in a step; peak memory %.2f copies of the state\n",
                   1e-6 * r->bytes_sent, r->peak_bytes / f->state_bytes));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_table(MPI_Comm comm, const HHTBenchResult *r, const Figures *f)
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(comm, "%s Strang step, %s precision, d = %d, %td x %td points\n", f->mode, f->precision,
                   f->grid->dim, f->grid->n_rows, f->grid->n_cols));
  PetscCall(HHTLog(comm, "nodes: %d, ranks: %d, threads a rank: %d, transpose %s, plans %s\n", r->nodes, r->ranks,
                   r->threads_per_rank, f->transpose, f->rigor));
  PetscCall(print_parts(comm, r, f));
  PetscCall(print_references(comm, r, f));
  PetscCall(print_rates(comm, r, f));
  PetscFunctionReturn(0);
}

/* JSON has no NaN. */
static PetscErrorCode print_number(MPI_Comm comm, const char *name, double value)
{
  PetscFunctionBeginUser;
  if (isnan(value))
    PetscCall(HHTLog(comm, ", \"%s\": null", name));
  else
    PetscCall(HHTLog(comm, ", \"%s\": %.6g", name, value));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_lengths(MPI_Comm comm, const char *name, int dim, const ptrdiff_t n[])
{
  PetscFunctionBeginUser;
  PetscCall(HHTLog(comm, ", \"%s\": [", name));
  for (int j = 0; j < dim; j++) PetscCall(HHTLog(comm, "%s%td", j ? ", " : "", n[j]));
  PetscCall(HHTLog(comm, "]"));
  PetscFunctionReturn(0);
}

static PetscErrorCode print_json(MPI_Comm comm, const HHTBenchResult *r, const Figures *f)
{
  const HHTGrid *g = f->grid;
  const struct {
    const char *name;
    double      value;
  } numbers[] = {
      {"ns_per_point", r->step * f->ns},
      {"fastest_ns_per_point", r->fastest * f->ns},
      {"pair_ns_per_point", r->pair * f->ns},
      {"ratio", r->step / r->pair},
      {"threads_ns_per_point", r->threaded * f->ns},
      {"threads_ratio", r->step / r->threaded},
      {"in_cache_ns_per_point", r->in_cache * f->ns},
      {"copy_ns_per_point", r->copy * f->ns},
      {"copy_gb_per_second", 2e-9 * f->state_bytes / r->copy},
      {"bound_ratio", r->step / f->bound},
      {"updates_per_second_per_rank", f->points / r->step / r->ranks},
      {"gb_per_second", bandwidth(r, f)},
      {"rows", r->rows * f->ns},
      {"columns", r->columns * f->ns},
      {"transposes", r->transposes * f->ns},
      {"field", r->field * f->ns},
      {"rows_percent", percent(r, r->rows)},
      {"columns_percent", percent(r, r->columns)},
      {"transposes_percent", percent(r, r->transposes)},
      {"field_percent", percent(r, r->field)},
      {"bytes_per_point", r->peak_bytes / f->points},
  };

  PetscFunctionBeginUser;
  PetscCall(HHTLog(comm,
                   "{\"bench\": \"strang_step\", \"dim\": %d, \"nx\": %td, \"nv\": %td, \"points\": %.0f, "
                   "\"ranks\": %d, \"nodes\": %d, \"threads_per_rank\": %d, \"threads\": %d, "
                   "\"transpose\": \"%s\", \"rigor\": \"%s\", \"mode\": \"%s\", \"precision\": \"%s\"",
                   g->dim, g->nx[0], g->nv[0], f->points, r->ranks, r->nodes, r->threads_per_rank, r->threads,
                   f->transpose, f->rigor, f->mode, f->precision));
  PetscCall(print_lengths(comm, "grid_nx", g->dim, g->nx));
  PetscCall(print_lengths(comm, "grid_nv", g->dim, g->nv));
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    PetscCall(print_number(comm, numbers[i].name, numbers[i].value));
  PetscCall(HHTLog(comm, ", \"bytes_sent_per_rank\": %.0f}\n", r->bytes_sent));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTBenchReport(MPI_Comm comm, const HHTBenchResult *result)
{
  const Figures f = figures(result);

  PetscFunctionBeginUser;
  PetscCall(print_table(comm, result, &f));
  PetscCall(print_json(comm, result, &f));
  PetscFunctionReturn(0);
}
