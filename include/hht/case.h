/*
  A case: every parameter of a run, read once from the case file and the command line by the one option table in
  src/app/options_table.c, checked, and then passed down as plain data.
*/
#ifndef HHT_CASE_H
#define HHT_CASE_H

#include <hht/absorber.h>
#include <hht/initial.h>
#include <hht/mean_field.h>
#include <hht/output.h>
#include <hht/potential.h>
#include <hht/radial_table.h>

/* What is solved: (HHt) for alpha, (Vl) for f = |alpha|^2 itself, or (PsQM^N) for N particles. */
typedef enum { HHT_EQUATION_HHT, HHT_EQUATION_VLASOV, HHT_EQUATION_NBODY } HHTEquation;

/* What the state holds: real numbers where alpha is real, or complex ones always. */
typedef enum { HHT_NUMBERS_AUTO, HHT_NUMBERS_COMPLEX } HHTNumbersChoice;

#define HHT_POTENTIAL_TERMS 8 /* of a sum at most */
/* Whether diagnostics have d2_norm: where it has a bound, always, or never. */
typedef enum { HHT_D2_NORM_AUTO, HHT_D2_NORM_ALWAYS, HHT_D2_NORM_NEVER } HHTD2NormChoice;

typedef struct {
  char               file[PETSC_MAX_PATH_LEN]; /* the YAML file, "" if none */
  HHTEquation        equation;                 /* equation_type */
  HHTGrid            grid;                     /* grid_*, of one particle; set up */
  HHTPotentialParams potential;                /* potential_*; its only term, or the first of a sum */
  HHTInitialParams   initial;                  /* initial_* */
  PetscBool          compares;                 /* whether any compare_* is given: there is a second solution */
  HHTInitialParams   compare;                  /* compare_*: its initial data; those of initial_* where not given */

  int                particles;                                 /* equation_particles; see HHTCaseParticles() */
  double             lambda;                                    /* equation_lambda, in (0, 1) */
  double             correlation;                               /* equation_correlation, in (-1, 1) */
  int                potential_terms;                           /* that potential_type names; 0 counts as 1 */
  HHTPotentialParams potential_others[HHT_POTENTIAL_TERMS - 1]; /* type, strength and numbers of the other terms */
  char               potential_file[PETSC_MAX_PATH_LEN], potential_dataset[PETSC_MAX_PATH_LEN]; /* of the type table */
  char               potential_checksum[HHT_CHECKSUM_LENGTH]; /* that the table has; "" without one */

  HHTAbsorberParams absorber; /* absorber_* */

  double   dt;            /* ts_dt > 0 */
  double   max_time;      /* ts_max_time >= 0 */
  PetscInt max_steps;     /* ts_max_steps; a cap, PETSC_MAX_INT if not given */
  char     ts_type[64];   /* ts_type: splitting (default) or an explicit type of PETSc's */
  char     splitting[64]; /* ts_splitting_type */
  char     adapt[64];     /* ts_adapt_type: none or basic */
  double   atol, rtol;    /* ts_atol, ts_rtol */

  char            output_dir[PETSC_MAX_PATH_LEN]; /* output_dir; runs/<name of the case file> if not given */
  PetscBool       overwrite;                      /* output_overwrite: replace the run that output_dir holds */
  PetscInt        diagnostics_interval;           /* output_diagnostics_interval: steps; 0 = only first and last */
  double          snapshot_interval;              /* output_snapshot_interval: time units; 0 = only first and last */
  HHTD2NormChoice d2_norm;                        /* output_d2_norm */

  PetscInt  checkpoint_interval;      /* checkpoint_interval: steps; 0 = off */
  double    checkpoint_time_interval; /* checkpoint_time_interval: time units; 0 = off */
  double    checkpoint_wall_interval; /* checkpoint_wall_interval: minutes; 0 = off */
  PetscBool checkpoint_final;         /* checkpoint_final: one at the end of the run */
  PetscInt  checkpoint_keep;          /* checkpoint_keep: newest that are kept */
  double    watchdog_limit;           /* watchdog_limit: seconds */

  char     meanfield_particles[256]; /* meanfield_particles: a list, as "2,4,8" */
  PetscInt meanfield_samples;        /* meanfield_samples: multiples of 100 */
  PetscInt meanfield_counted;        /* meanfield_counted: up to so many particles */
  double   meanfield_lambda;         /* meanfield_lambda */
  PetscInt meanfield_seed;           /* meanfield_seed */

  HHTNumbersChoice numbers;             /* state_numbers */
  HHTPrecision     precision;           /* state_precision */
  int              threads;             /* threads_per_rank; 0 counts as 1 */
  HHTTransposeType transpose;           /* transpose_type */
  HHTFieldType     field;               /* field_type */
  HHTRigor         rigor;               /* fft_rigor */
  char      wisdom[PETSC_MAX_PATH_LEN]; /* fft_wisdom: FFTW wisdom read before and kept after planning; "" = none */
  PetscBool dry_run;                    /* --dry-run; not an option, set by the command */
} HHTCase;

/*
  HHTCaseFromOptions - reads and checks all options of PETSc's database into `c`.

  Collective. `file` names the case file that the database was filled from ("" if none); it is kept in `c` and names the
  default output_dir. dry_run becomes false. HHT_EXIT_USAGE with one line on the first mistake, an unknown option
  included.
*/
PetscErrorCode HHTCaseFromOptions(const char *file, HHTCase *c);

/* How many particles the state has: those of equation_type nbody, else one. And the grid of the state, of all of them. */
int        HHTCaseParticles(const HHTCase *c);
HHTColumns HHTCaseColumns(const HHTCase *c); /* of diagnostics.csv */
HHTGrid    HHTCaseStateGrid(const HHTCase *c);

/*
  HHTCaseCheckUnused - HHT_EXIT_USAGE for a ts_ option that nothing has read. Collective. Call it after
  TSSetFromOptions(), where PETSc has read all that it knows, and before anything is computed.
*/
PetscErrorCode HHTCaseCheckUnused(MPI_Comm comm);

/*
  HHTCaseToYAML - the whole case as YAML text that `hht run` can read again (used_parameters.yaml): every option with
  its value, those that the chosen types do not use as comments. Not collective. Free with PetscFree().
*/
PetscErrorCode HHTCaseToYAML(const HHTCase *c, char **text);

#endif
