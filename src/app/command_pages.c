/* hht COMMAND --help: a page for each command, of a screen of 80 columns and 24 lines. A line "@" stands for the groups of options. */
#include "commands.h"

const char HHTPageRun[] = "hht run CASE.yaml [--flag ..] [-option value ..]\n\n"
                          "CASE.yaml holds options by group, as in grid: {nx: 64}; on the command line\n"
                          "this is -grid_nx 64, which wins. PETSc's options may stand in both.\n\n"
                          "  --dry-run         what it needs, and how long it takes; writes nothing\n"
                          "  --error-check     after it, once more with half the step: what differs?\n"
                          "                    =grid: with half the grid spacing as well\n"
                          "  --restart auto    from the newest valid checkpoint, if there is one\n"
                          "  --restart DIR     in that run's folder; CASE.yaml may be left out\n"
                          "  --restart FILE    from that checkpoint; CASE.yaml may be left out\n"
                          "  --walltime h:m:s  stop in time; in a job of SLURM its limit counts by itself\n"
                          "  --help=GROUP      options with their defaults; GROUP is all, or one of\n"
                          "@\n"
                          "  --help=markdown, --help=man   all of them as a page\n\n"
                          "SIGTERM, SIGINT, SIGUSR2 or a file STOP in the folder: stop with a checkpoint.\n"
                          "SIGUSR1 or a file SAVE: only write one. Results go to -output_dir.\n\n"
                          "  mpiexec -n 4 hht run case.yaml -ts_max_time 50 --restart auto\n";

const char HHTPageMeanField[] = "hht meanfield CASE.yaml [--flag ..] [-option value ..]\n\n"
                                "Solves the mean field to ts_max_time, and N particles for each N of\n"
                                "meanfield_particles from the same initial data. A table says how far they are\n"
                                "apart: beta_N of Theorem 4.8 with its standard error, the part of one particle\n"
                                "outside alpha, the chance that all are in it, the distance of the marginal, and\n"
                                "the trajectories in the particles' own force and in the mean field's.\n"
                                "docs/mean-field-limit.md explains it.\n\n"
                                "  --dry-run         what would be run, and how long it takes; writes nothing\n"
                                "  --restart auto    from what is finished in the run's folder, if there is any\n"
                                "  --walltime h:m:s  stop in time; in a job of SLURM its limit counts by itself\n"
                                "  --help=meanfield  its options; all others are those of hht run\n\n"
                                "SIGTERM, SIGINT, SIGUSR2 or a file STOP stop it after the current 100 samples.\n"
                                "initial_type must be one that particles can be drawn from, not expression or\n"
                                "file. The folder -output_dir gets meanfield.csv.\n\n"
                                "  mpiexec -n 2 hht meanfield case.yaml -meanfield_particles 2,4,8,16\n";

const char HHTPageViews[] = "hht views CASE.yaml [--dry-run] [-option value ..]\n\n"
                            "Solves the case three times: alpha of (HHt), so that f = |alpha|^2; alpha\n"
                            "carried along the characteristics of that run's field, with the phase that it\n"
                            "gathers there; and f of the Vlasov equation itself. Every\n"
                            "output_snapshot_interval, and at the end, a table says how far the three are\n"
                            "apart on the grid, and how each keeps positivity, L1 and L2 norm and entropy.\n"
                            "docs/vlasov.md explains it.\n\n"
                            "  --dry-run         what would be run; writes nothing\n\n"
                            "Options are those of hht run. Between the points of the grid initial_type\n"
                            "expression is its formula, and file its Fourier series, on every rank and in\n"
                            "time that grows with the square of the points. The folder -output_dir gets\n"
                            "views.csv.\n\n"
                            "  hht views case.yaml -output_snapshot_interval 1\n";

const char HHTPageCheck[] = "hht check\n\n"
                            "Solves problems with known solutions, in well under a minute: closed solutions,\n"
                            "dispersion relations, conserved quantities, and the same run on fewer ranks. A\n"
                            "table shows measured and allowed errors; any FAIL is exit code 76. For a new\n"
                            "machine, on as many ranks as you like:\n\n"
                            "  mpiexec -n 4 hht check\n";

const char HHTPageInfo[] = "hht info FILE.h5\n\n"
                           "Describes a snapshot or checkpoint: grid, time, step, options, versions; and\n"
                           "compares every byte with the checksums (exit code 74 if it is damaged).\n\n"
                           "  hht info runs/landau/checkpoints/checkpoint_0000000800.h5\n";

const char HHTPageBench[] = "hht bench [-option value ..]\n\n"
                            "Times a step of strang on a synthetic state, complex and real, beside the bare\n"
                            "FFTW3-MPI pair, a threaded FFTW pair, the same FFTs in cache, and a sweep of\n"
                            "memory. A table and a line of JSON for each state; benchmarks/README.md has the\n"
                            "names. Grid, potential, transpose, thread and FFT options are those of hht run.\n\n"
                            "  -bench_repeats 7  each time is the median of so many\n\n"
                            "  mpiexec -n 2 hht bench -grid_nx 2048 -grid_nv 2048\n";
