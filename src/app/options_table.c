/* The rows of the option table, and looking them up. */
#include "options.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define FIELD(member) .field = {offsetof(HHTCase, member), sizeof(((HHTCase *)0)->member)}

/* Ranges; `open` excludes the ends. */
#define ANY          .lower = -INFINITY, .upper = INFINITY
#define POSITIVE     .lower = 0, .upper = INFINITY, .open = 1
#define NOT_NEGATIVE .lower = 0, .upper = INFINITY
#define FRACTION     .lower = 0, .upper = 1, .open = 1
#define EVEN         .lower = 4, .upper = 1048576, .even = 1

#define PERTURBED "maxwellian landau two_stream beams bump_on_tail waterbag"

static const char *const paddings[]        = {"none", "x", "v", "xv", NULL};
static const char *const equation_types[]  = {"hht", "vlasov", "nbody", NULL};
static const char *const potential_types[] = {"none",    "cosine",   "poisson", "yukawa",     "gaussian",
                                              "plummer", "harmonic", "table",   "expression", NULL};
static const char *const boundaries[]      = {"periodic", "free", NULL};
static const char *const convolutions[]    = {"truncated", "cells", NULL};
static const char *const initial_types[]   = {"maxwellian", "landau",   "two_stream", "beams", "bump_on_tail",
                                              "waterbag",   "gaussian", "expression", "file",  NULL};
/* The types of PETSc's that need no more than the right-hand side of (HHt). */
static const char *const ts_types[]        = {"splitting", "rk", "ssp", "euler", NULL};
static const char *const splitting_types[] = {"lie",   "strang",   "yoshida4",    "suzuki4",  "blanesmoan4", "nystrom4",
                                              "chin4", "kahanli6", "blanesmoan6", "nystrom6", "casas6",      NULL};
static const char *const absorber_types[]  = {"none", "layer", NULL};
static const char *const adapt_types[]     = {"none", "basic", NULL};
static const char *const d2_norms[]        = {"auto", "always", "never", NULL};
static const char *const numbers[]         = {"auto", "complex", NULL};
static const char *const precisions[]      = {"double", "single", NULL};
static const char *const transpose_types[] = {"alltoall", "fftw", "shared", "auto", NULL};
static const char *const field_types[]     = {"auto", "replicated", "distributed", NULL};
static const char *const rigors[]          = {"estimate", "measure", "patient", NULL};

static const HHTOptionGroup groups[] = {
    {"grid", "the phase-space box and its points", .may_change = 0},
    {"equation", "what is solved", .may_change = 0},
    {"potential", "the pair potential Gamma", .may_change = 0},
    {"initial", "the initial amplitude alpha", .may_change = 0},
    {"compare", "initial data of a second solution; any of these options asks for one", .may_change = 0},
    {"ts", "time steps; PETSc's own -ts_ options too", .may_change = 0},
    {"absorber", "damping of what reaches the xi edge", .may_change = 0},
    {"output", "the run's folder", .may_change = 1},
    {"checkpoint", "what a run goes on from when it was stopped", .may_change = 1},
    {"watchdog", "ending a run that hangs", .may_change = 1},
    {"meanfield", "the N particles of hht meanfield", .may_change = 0},
    {"state", "what the state holds", .may_change = 0},
    {"threads", "threads in a rank", .may_change = 1},
    {"transpose", "how ranks exchange rows for columns", .may_change = 1},
    {"field", "how the mean field is computed", .may_change = 1},
    {"fft", "how FFTW plans its transforms", .may_change = 0},
};

/*
  The rows, laid out by hand. grid_dim comes first, because the number of values of the others depends on it.
*/
/* clang-format off */
static const HHTOption options[] = {
  {.name = "grid_dim", .type = HHT_OPTION_INT, .fallback = "1", .lower = 1, .upper = HHT_MAX_DIM, FIELD(grid.dim),
   .help = "dimension d of space; phase space has 2d"},
  {.name = "grid_nx", .type = HHT_OPTION_INT, .shape = HHT_PER_DIM, .fallback = "64", EVEN, FIELD(grid.nx),
   .help = "points per x dimension"},
  {.name = "grid_x_min", .type = HHT_OPTION_REAL, .shape = HHT_PER_DIM, .fallback = "0", ANY, FIELD(grid.x_min),
   .unit = "length", .help = "lower end of the x box"},
  {.name = "grid_x_length", .type = HHT_OPTION_REAL, .shape = HHT_PER_DIM, .fallback = "4*pi", POSITIVE,
   FIELD(grid.x_length), .unit = "length", .help = "length of the x box"},
  {.name = "grid_nv", .type = HHT_OPTION_INT, .shape = HHT_PER_DIM, .fallback = "256", EVEN, FIELD(grid.nv),
   .help = "points per v dimension, which are the points per xi dimension"},
  {.name = "grid_v_max", .type = HHT_OPTION_REAL, .shape = HHT_PER_DIM, .fallback = "8", POSITIVE, FIELD(grid.v_max),
   .unit = "velocity", .help = "v lies in [-v_max, v_max); the xi spacing is pi / v_max"},
  {.name = "grid_padding", .type = HHT_OPTION_ENUM, .fallback = "none", .choices = paddings, FIELD(grid.padding),
   .help = "2/3 rule: beyond a third of the points wave numbers in x, xi (v) or both (xv) are kept 0"},

  {.name = "equation_type", .type = HHT_OPTION_ENUM, .fallback = "hht", .choices = equation_types, FIELD(equation),
   .help = "hht: (HHt) for alpha; vlasov: (Vl) for f = |alpha|^2; nbody: N particles, each with the axes of grid"},
  {.name = "equation_particles", .type = HHT_OPTION_INT, .fallback = "2", .lower = 1, .upper = HHT_MAX_DIM,
   .only_for = "nbody", FIELD(particles),
   .help = "N, at most 3/d; 1: a particle in the external potential Gamma around the middle of the box"},
  {.name = "equation_lambda", .type = HHT_OPTION_REAL, .fallback = "0.5", FRACTION, .only_for = "nbody", FIELD(lambda),
   .help = "lambda in beta_N = sum_k min(k / N^lambda, 1) P_k"},
  {.name = "equation_correlation", .type = HHT_OPTION_REAL, .fallback = "0", .lower = -1, .upper = 1, .open = 1,
   .only_for = "nbody", FIELD(correlation),
   .help = "c of the factors 1 + c cos(2 pi (x_m - x_n) / x_length) of all pairs"},

  {.name = "potential_type", .type = HHT_OPTION_NAME, .shape = HHT_TERMS, .fallback = "poisson",
   .choices = potential_types, FIELD(potential.type), .help = "pair potential"},
  {.name = "potential_strength", .type = HHT_OPTION_REAL, .shape = HHT_PER_TERM, .fallback = "1", ANY,
   FIELD(potential.strength), .help = "factor s: s > 0 repels (plasma), s < 0 attracts (gravity)"},
  {.name = "potential_boundary", .type = HHT_OPTION_ENUM, .fallback = "periodic", .choices = boundaries,
   FIELD(potential.boundary), .help = "periodic box, or isolated (zero-padded convolution)"},
  {.name = "potential_convolution", .type = HHT_OPTION_ENUM, .fallback = "truncated", .choices = convolutions,
   .only_for = "poisson yukawa", FIELD(potential.convolution),
   .help = "free: a kernel cut off beyond the box, to spectral accuracy, or a sum over cells, to second order"},
  {.name = "potential_kappa", .type = HHT_OPTION_REAL, .shape = HHT_PER_TERM, .fallback = "1", POSITIVE,
   .only_for = "yukawa", FIELD(potential.kappa), .unit = "1/length", .help = "inverse screening length"},
  {.name = "potential_width", .type = HHT_OPTION_REAL, .shape = HHT_PER_TERM, .fallback = "1", POSITIVE,
   .only_for = "gaussian", FIELD(potential.width), .unit = "length", .help = "w in s exp(-r^2 / (2 w^2))"},
  {.name = "potential_softening", .type = HHT_OPTION_REAL, .shape = HHT_PER_TERM, .fallback = "0.1", POSITIVE,
   .only_for = "plummer", FIELD(potential.softening), .unit = "length", .help = "a in s / sqrt(r^2 + a^2)"},
  {.name = "potential_formula", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "expression",
   FIELD(potential.formula), .help = "even formula in x, y, z and r = |x|; periodic: that of the box about 0, repeated"},
  {.name = "potential_file", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "table", FIELD(potential_file),
   .help = "radial table: lines of r and Gamma from r = 0 on; a cubic spline between them"},
  {.name = "potential_dataset", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "table", FIELD(potential_dataset),
   .help = "n x 2 dataset of that file, which then is HDF5; empty: the file is text"},
  {.name = "potential_checksum", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "table", FIELD(potential_checksum),
   .help = "CRC-32 that the table must have, so that a run goes on with the same; empty: any"},

  {.name = "initial_type", .type = HHT_OPTION_NAME, .fallback = "landau", .choices = initial_types,
   FIELD(initial.type), .help = "initial data"},
  {.name = "initial_mass", .type = HHT_OPTION_REAL, .fallback = "auto", POSITIVE, .word = "auto",
   FIELD(initial.mass), .unit = "mass",
   .help = "total mass; auto is the volume of the x box (mean density 1), for type file the file's own"},
  {.name = "initial_temperature", .type = HHT_OPTION_REAL, .fallback = "1", POSITIVE,
   .only_for = "maxwellian landau two_stream beams bump_on_tail", FIELD(initial.temperature), .unit = "velocity^2",
   .help = "temperature T of the Maxwellian M"},
  {.name = "initial_amplitude", .type = HHT_OPTION_REAL, .fallback = "0.01", .lower = -1, .upper = 1,
   .only_for = PERTURBED, FIELD(initial.amplitude),
   .help = "a in the perturbation 1 + a prod_j cos(k_j x_j) over the non-zero k_j"},
  {.name = "initial_wavenumber", .type = HHT_OPTION_REAL, .shape = HHT_PER_DIM, .fallback = "auto", ANY,
   .word = "auto", .only_for = PERTURBED, FIELD(initial.wavenumber), .unit = "1/length",
   .help = "k_j of the perturbation; auto is 2 pi / x_length in x, 0 in y and z"},
  {.name = "initial_drift", .type = HHT_OPTION_REAL, .fallback = "3", ANY, .only_for = "beams bump_on_tail",
   FIELD(initial.drift), .unit = "velocity", .help = "mean velocity u of the beams along x"},
  {.name = "initial_beam_fraction", .type = HHT_OPTION_REAL, .fallback = "0.1", FRACTION, .only_for = "bump_on_tail",
   FIELD(initial.beam_fraction), .help = "share n_b of the mass that is in the beam"},
  {.name = "initial_beam_temperature", .type = HHT_OPTION_REAL, .fallback = "0.25", POSITIVE,
   .only_for = "bump_on_tail", FIELD(initial.beam_temperature), .unit = "velocity^2",
   .help = "temperature of the beam"},
  {.name = "initial_v0", .type = HHT_OPTION_REAL, .fallback = "1.5", POSITIVE, .only_for = "waterbag",
   FIELD(initial.v0), .unit = "velocity", .help = "the waterbag is flat in |v| < v0"},
  {.name = "initial_edge", .type = HHT_OPTION_REAL, .fallback = "0.2", POSITIVE, .only_for = "waterbag",
   FIELD(initial.edge), .unit = "velocity", .help = "width over which its edge is smoothed"},
  {.name = "initial_m", .type = HHT_OPTION_COMPLEX, .shape = HHT_MATRIX, .fallback = "1", ANY,
   .only_for = "gaussian", FIELD(initial.m),
   .help = "M in exp(-z^T M z / 2 + i kappa.z)"},
  {.name = "initial_kappa", .type = HHT_OPTION_REAL, .shape = HHT_PER_PHASE_DIM, .fallback = "0", ANY,
   .only_for = "gaussian", FIELD(initial.kappa), .help = "kappa there; z = (x, v) - center"},
  {.name = "initial_center", .type = HHT_OPTION_REAL, .shape = HHT_PER_PHASE_DIM, .fallback = "0", ANY,
   .only_for = "gaussian", FIELD(initial.center), .help = "center there, x first, then v"},
  {.name = "initial_f", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "expression", FIELD(initial.f),
   .help = "formula of f0 >= 0 in x, y, z, vx, vy, vz; alpha = sqrt(f0)"},
  {.name = "initial_alpha", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "expression", FIELD(initial.alpha),
   .help = "formula of alpha, instead of initial_f"},
  {.name = "initial_phase", .type = HHT_OPTION_TEXT, .fallback = "", FIELD(initial.phase),
   .help = "formula of arg(alpha), for every type; empty: 0"},
  {.name = "initial_path", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "file", FIELD(initial.path),
   .help = "HDF5 file that holds alpha"},
  {.name = "initial_dataset", .type = HHT_OPTION_TEXT, .fallback = "", .only_for = "file", FIELD(initial.dataset),
   .help = "its dataset there, alpha[x.., v..], axes increasing, real or {r, i}"},

  {.name = "ts_dt", .type = HHT_OPTION_REAL, .fallback = "0.1", POSITIVE, FIELD(dt), .unit = "time",
   .help = "time step"},
  {.name = "ts_max_time", .type = HHT_OPTION_REAL, .fallback = "10", NOT_NEGATIVE, FIELD(max_time), .may_change = 1, .unit = "time",
   .help = "end of the run; the last step is shortened to meet it"},
  {.name = "ts_max_steps", .type = HHT_OPTION_INT, .fallback = "unlimited", .upper = (double)PETSC_MAX_INT,
   .word = "unlimited", FIELD(max_steps), .may_change = 1, .help = "end of the run, in steps"},
  {.name = "ts_type", .type = HHT_OPTION_NAME, .fallback = "splitting", .choices = ts_types, FIELD(ts_type),
   .help = "integrator; PETSc's own as an independent check"},
  {.name = "ts_splitting_type", .type = HHT_OPTION_NAME, .fallback = "strang", .choices = splitting_types,
   FIELD(splitting), .help = "splitting method"},
  {.name = "ts_adapt_type", .type = HHT_OPTION_NAME, .fallback = "none", .choices = adapt_types, FIELD(adapt),
   .help = "none: steps of ts_dt; basic: steps follow an estimate of their error, ts_dt is the first"},
  {.name = "ts_atol", .type = HHT_OPTION_REAL, .fallback = "1e-6", NOT_NEGATIVE, FIELD(atol),
   .help = "error that basic allows a step, in the L2 norm of alpha: ts_atol + ts_rtol ||alpha||"},
  {.name = "ts_rtol", .type = HHT_OPTION_REAL, .fallback = "1e-6", NOT_NEGATIVE, FIELD(rtol), .help = "see ts_atol"},

  {.name = "absorber_type", .type = HHT_OPTION_ENUM, .fallback = "none", .choices = absorber_types,
   FIELD(absorber.type), .help = "layer: mode k is damped at the rate c |k| s^p at the xi edge; for weak fields only"},
  {.name = "absorber_strength", .type = HHT_OPTION_REAL, .fallback = "8", POSITIVE, .only_for = "layer",
   FIELD(absorber.strength), .unit = "velocity", .help = "c there"},
  {.name = "absorber_order", .type = HHT_OPTION_REAL, .fallback = "2", NOT_NEGATIVE, .only_for = "layer",
   FIELD(absorber.order), .help = "p there"},
  {.name = "absorber_start", .type = HHT_OPTION_REAL, .fallback = "0.5", FRACTION, .only_for = "layer",
   FIELD(absorber.start), .help = "s rises from 0 at this share of xi_max to 1 at xi_max"},

  {.name = "output_dir", .type = HHT_OPTION_TEXT, .fallback = "", FIELD(output_dir),
   .help = "the run's folder; empty: runs/ and the name of the case file"},
  {.name = "output_overwrite", .type = HHT_OPTION_BOOL, .fallback = "false", FIELD(overwrite),
   .help = "replace the run that the folder holds"},
  {.name = "output_diagnostics_interval", .type = HHT_OPTION_INT, .fallback = "1", .upper = (double)PETSC_MAX_INT,
   FIELD(diagnostics_interval), .unit = "steps", .help = "between lines of diagnostics.csv; 0: first and last only"},
  {.name = "output_snapshot_interval", .type = HHT_OPTION_REAL, .fallback = "0", NOT_NEGATIVE,
   FIELD(snapshot_interval), .unit = "time", .help = "between snapshots; 0: first and last only"},
  {.name = "output_d2_norm", .type = HHT_OPTION_ENUM, .fallback = "auto", .choices = d2_norms, FIELD(d2_norm),
   .help = "whether diagnostics.csv has d2_norm, one more pass over the state a line; auto: where it has a bound"},

  {.name = "checkpoint_interval", .type = HHT_OPTION_INT, .fallback = "0", .upper = (double)PETSC_MAX_INT,
   FIELD(checkpoint_interval), .unit = "steps", .help = "between checkpoints; 0: none by steps"},
  {.name = "checkpoint_time_interval", .type = HHT_OPTION_REAL, .fallback = "0", NOT_NEGATIVE,
   FIELD(checkpoint_time_interval), .unit = "time", .help = "between checkpoints; 0: none by time"},
  {.name = "checkpoint_wall_interval", .type = HHT_OPTION_REAL, .fallback = "30", NOT_NEGATIVE,
   FIELD(checkpoint_wall_interval), .unit = "minutes", .help = "of wall time between checkpoints; 0: none by wall time"},
  {.name = "checkpoint_final", .type = HHT_OPTION_BOOL, .fallback = "true", FIELD(checkpoint_final),
   .help = "one more at the end, so that the run can go on to a later max_time"},
  {.name = "checkpoint_keep", .type = HHT_OPTION_INT, .fallback = "2", .lower = 1, .upper = 1024,
   FIELD(checkpoint_keep), .help = "newest checkpoints that are kept"},
  {.name = "watchdog_limit", .type = HHT_OPTION_REAL, .fallback = "900", POSITIVE, FIELD(watchdog_limit),
   .unit = "seconds", .help = "that one step or one file may take before a rank or file system counts as hung"},

  {.name = "meanfield_particles", .type = HHT_OPTION_TEXT, .shape = HHT_LIST, .fallback = "2,4,8,16,32,64",
   FIELD(meanfield_particles), .may_change = 1,
   .help = "numbers N of particles, an increasing list from 2 to 1000000"},
  {.name = "meanfield_samples", .type = HHT_OPTION_INT, .fallback = "1000", .lower = 100, .upper = 1e9,
   FIELD(meanfield_samples), .may_change = 1, .help = "of the counting of each N, in hundreds; a finished run can be given more"},
  {.name = "meanfield_counted", .type = HHT_OPTION_INT, .fallback = "256", .upper = 1e6, FIELD(meanfield_counted),
   .may_change = 1, .help = "largest N of which beta_N, <q_1>, P_k are sampled; beyond, trajectories alone"},
  {.name = "meanfield_lambda", .type = HHT_OPTION_REAL, .fallback = "0.2", FRACTION, FIELD(meanfield_lambda),
   .help = "of the weight min(k / N^lambda, 1) that beta_N counts k bad particles with"},
  {.name = "meanfield_seed", .type = HHT_OPTION_INT, .fallback = "1", .upper = (double)PETSC_MAX_INT, FIELD(meanfield_seed),
   .help = "of the random numbers"},

  {.name = "state_numbers", .type = HHT_OPTION_ENUM, .fallback = "auto", .choices = numbers, FIELD(numbers),
   .help = "auto: real numbers, half of everything, where alpha is real; complex: always complex"},
  {.name = "state_precision", .type = HHT_OPTION_ENUM, .fallback = "double", .choices = precisions, FIELD(precision),
   .help = "of the state and its transforms; fields, phases and sums are double always"},
  {.name = "threads_per_rank", .type = HHT_OPTION_INT, .fallback = "1", .lower = 1, .upper = 1024, FIELD(threads),
   .help = "OpenMP threads of a rank; bind ranks to as many cores: srun --cpus-per-task"},
  {.name = "transpose_type", .type = HHT_OPTION_ENUM, .fallback = "auto", .choices = transpose_types,
   FIELD(transpose), .help = "MPI_Alltoallv, FFTW3-MPI, or memory shared on one node; auto: the fastest in a try"},

  {.name = "field_type", .type = HHT_OPTION_ENUM, .fallback = "auto", .choices = field_types, FIELD(field),
   .help = "FFTs of the field on every rank or over the ranks; auto goes by size"},

  {.name = "fft_rigor", .type = HHT_OPTION_ENUM, .fallback = "estimate", .choices = rigors, FIELD(rigor),
   .help = "search for the fastest plan; only estimate gives the same bits in every run"},
  {.name = "fft_wisdom", .type = HHT_OPTION_TEXT, .fallback = "", FIELD(wisdom), .may_change = 1,
   .help = "file of FFTW wisdom, read before planning and renewed after it; FILE.transpose: the same for "
           "transpose_type auto; empty: none"},
};
/* clang-format on */

#define N_OPTIONS        ((int)(sizeof(options) / sizeof(options[0])))
#define COMPARE_NAME_MAX 40

/* compare_<key>, which has the value of initial_<key> unless it is given itself. */
static HHTOption make_compare(const HHTOption *initial, char name[COMPARE_NAME_MAX])
{
  HHTOption compare = *initial;

  (void)snprintf(name, COMPARE_NAME_MAX, "compare%s", strchr(initial->name, '_'));
  compare.name = name;
  compare.like = initial;
  compare.field.offset += offsetof(HHTCase, compare) - offsetof(HHTCase, initial);
  return compare;
}

/* The table, and behind it a counterpart in the group compare of each option of the group initial. */
const HHTOption *HHTOptions(int *n)
{
  static HHTOption all[2 * N_OPTIONS];
  static char      names[N_OPTIONS][COMPARE_NAME_MAX];
  static int       n_all;

  if (!n_all) {
    memcpy(all, options, sizeof(options));
    n_all = N_OPTIONS;
    for (int i = 0; i < N_OPTIONS; i++) {
      if (HHTOptionInGroup(&all[i], "initial", 7)) {
        all[n_all] = make_compare(&all[i], names[i]);
        n_all++;
      }
    }
  }
  *n = n_all;
  return all;
}

const HHTOptionGroup *HHTOptionGroups(int *n)
{
  *n = (int)(sizeof(groups) / sizeof(groups[0]));
  return groups;
}

const HHTOption *HHTOptionFind(const char *name)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  for (int i = 0; i < n; i++) {
    if (!strcasecmp(table[i].name, name)) return &table[i];
  }
  return NULL;
}

int HHTOptionInGroup(const HHTOption *option, const char *group, size_t length)
{
  return !strncasecmp(option->name, group, length) && option->name[length] == '_';
}

/* Whether the space-separated list holds the word. */
static int holds_word(const char *list, const char *word)
{
  const size_t length = strlen(word);

  for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
    if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length])) return 1;
  }
  return 0;
}

/* Type i of the group that decides whether the option is used; NULL: there are no more. */
static const char *group_type(const HHTOption *option, const HHTCase *c, int i)
{
  if (HHTOptionInGroup(option, "potential", 9) && i)
    return i < c->potential_terms ? c->potential_others[i - 1].type : NULL;
  if (i) return NULL;
  if (HHTOptionInGroup(option, "equation", 8)) return equation_types[c->equation];
  if (HHTOptionInGroup(option, "potential", 9)) return c->potential.type;
  if (HHTOptionInGroup(option, "absorber", 8)) return absorber_types[c->absorber.type];
  return HHTOptionInGroup(option, "compare", 7) ? c->compare.type : c->initial.type;
}

int HHTOptionApplies(const HHTOption *option, const HHTCase *c)
{
  const char *type;

  if (HHTOptionInGroup(option, "compare", 7) && !c->compares) return 0;
  if (!option->only_for) return 1;
  for (int i = 0; (type = group_type(option, c, i)); i++)
    if (holds_word(option->only_for, type)) return 1;
  return 0;
}

void HHTOptionTypeInWords(const HHTOption *option, const HHTCase *c, char *text, size_t size)
{
  size_t      at = (size_t)snprintf(text, size, "%.*s_type", (int)strcspn(option->name, "_"), option->name);
  const char *type;

  for (int i = 0; at < size && (type = group_type(option, c, i)); i++)
    at += (size_t)snprintf(text + at, size - at, "%s%s", i ? "," : " ", type);
}

int HHTOptionMayChange(const HHTOption *option)
{
  const int n = (int)(sizeof(groups) / sizeof(groups[0]));

  for (int i = 0; i < n && !option->may_change; i++) {
    if (groups[i].may_change && HHTOptionInGroup(option, groups[i].name, strlen(groups[i].name))) return 1;
  }
  return option->may_change;
}

int HHTOptionCount(const HHTOption *option, const HHTCase *c)
{
  const int dim = c->grid.dim, counts[] = {[HHT_ONE]           = 1,
                                           [HHT_PER_DIM]       = dim,
                                           [HHT_PER_PHASE_DIM] = 2 * dim,
                                           [HHT_MATRIX]        = 4 * dim * dim,
                                           [HHT_LIST]          = 1,
                                           [HHT_TERMS]         = c->potential_terms,
                                           [HHT_PER_TERM]      = c->potential_terms};

  return counts[option->shape];
}

/* Bytes of one value. */
static size_t value_size(const HHTOption *option)
{
  switch (option->type) {
  case HHT_OPTION_INT: return option->shape == HHT_ONE ? option->field.size : option->field.size / HHT_MAX_DIM;
  case HHT_OPTION_REAL: return sizeof(double);
  case HHT_OPTION_COMPLEX: return sizeof(double complex);
  default: return option->field.size;
  }
}

size_t HHTOptionOffset(const HHTOption *option, int i)
{
  if (option->shape != HHT_TERMS && option->shape != HHT_PER_TERM)
    return option->field.offset + (size_t)i * value_size(option);
  if (!i) return option->field.offset;
  return offsetof(HHTCase, potential_others) + (size_t)(i - 1) * sizeof(HHTPotentialParams) + option->field.offset -
         offsetof(HHTCase, potential);
}
