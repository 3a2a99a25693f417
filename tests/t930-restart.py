"""A run that is stopped after any step and goes on, each time on another number of ranks, ends with the same bits in state,
diagnostics and snapshots as one that was not; so does one that goes back to an older checkpoint.

usage: t930-restart.py HHT MPIEXEC
"""
import os
import sys
import tempfile
from pathlib import Path

import runs

COMMON = "ts: {dt: 0.1}\noutput: {snapshot_interval: 0.5, diagnostics_interval: 4}\ncheckpoint: {keep: 100}\n"
REAL = ["-initial_type", "waterbag", "-initial_amplitude", "0.2"]
COMPLEX = ["-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*vx*sin(x/2)"]
BOX = ["-grid_x_length", "4*pi", "-grid_v_max", "5"]
LINE = ["-grid_nx", "16", "-grid_nv", "18", *BOX, "-ts_max_time", "2.05"]
PLANE = ["-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv", "14,8", *BOX, "-potential_type", "plummer",
         "-potential_boundary", "free", "-ts_max_time", "1.1"]
SPACE = ["-grid_dim", "3", "-grid_nx", "4,6,4", "-grid_nv", "4,4,6", *BOX, "-potential_type", "gaussian",
         "-ts_max_time", "0.9"]
ADAPTIVE = ["-ts_adapt_type", "basic", "-ts_rtol", "0", "-ts_atol"]
PARTICLES = ["-equation_type", "nbody", *BOX, "-potential_type", "gaussian", "-ts_max_time", "1.05"]
CASES = {
    "line-complex": [*LINE, *COMPLEX, "-ts_splitting_type", "suzuki4"],
    "line-real": [*LINE, *REAL],
    "line-adaptive": [*LINE, *COMPLEX, *ADAPTIVE, "3e-8", "-ts_splitting_type", "blanesmoan4"],
    "single-adaptive": [*LINE, *COMPLEX, *ADAPTIVE, "3e-5", "-state_precision", "single"],
    "line-modified": [*LINE, *COMPLEX, "-ts_splitting_type", "casas6"],
    "plane-complex": [*PLANE, *COMPLEX],
    "single-complex": [*LINE, *COMPLEX, "-state_precision", "single"],
    "single-real": [*PLANE, *REAL, "-state_precision", "single"],
    "plane-real": [*PLANE, *REAL, "-ts_splitting_type", "lie"],
    "space-complex": [*SPACE, *COMPLEX],
    "space-real": [*SPACE, *REAL],
    "vlasov": [*LINE, *REAL, "-equation_type", "vlasov"],
    "vlasov-plane": [*PLANE, *COMPLEX, "-equation_type", "vlasov", "-state_precision", "single"],
    "vlasov-adaptive": [*LINE, *REAL, *ADAPTIVE, "3e-6", "-equation_type", "vlasov", "-ts_splitting_type", "chin4"],
    "particle": [*PARTICLES, *COMPLEX, "-equation_particles", "1", "-grid_dim", "2", "-grid_nx", "6", "-grid_nv", "8"],
    "particles-two": [*PARTICLES, *COMPLEX, "-grid_nx", "6", "-grid_nv", "8", "-equation_correlation", "0.3"],
    "particles-three": [*PARTICLES, *REAL, "-equation_particles", "3", "-grid_nx", "4", "-grid_nv", "4"],
    "absorber": [*LINE, *COMPLEX, "-absorber_type", "layer"],
    "absorber-compare": [*LINE, *COMPLEX, "-absorber_type", "layer", "-compare_amplitude", "0.2"],
    "absorber-real": [*PLANE, *REAL, "-absorber_type", "layer", "-absorber_start", "0.3"],
    "padding": [*LINE, *COMPLEX, "-grid_padding", "xv"],
    "padding-real": [*PLANE, *REAL, "-grid_padding", "xv"],
    "rk": [*LINE, *COMPLEX, "-ts_type", "rk", "-ts_adapt_type", "none", "-ts_dt", "0.02", "-ts_max_time", "0.3", "-output_snapshot_interval", "0.1"],
    "rk-adaptive": [*LINE, *REAL, "-ts_type", "rk", "-ts_adapt_type", "basic", "-ts_rtol", "1e-9", "-ts_atol", "1e-9", "-ts_dt", "0.01", "-ts_max_time", "0.5",
                    "-output_snapshot_interval", "0"],
    "two-real": [*LINE, *REAL, "-compare_amplitude", "0.1"],
    "two-single": [*PLANE, *REAL, "-compare_phase", "0.2*vx*sin(y/2)", "-state_precision", "single", "-ts_splitting_type", "lie"],
    "two-rk": [*LINE, *REAL, "-compare_edge", "0.3", "-ts_type", "rk", "-ts_adapt_type", "basic", "-ts_rtol", "1e-9", "-ts_atol", "1e-9", "-ts_dt", "0.01",
               "-ts_max_time", "0.5", "-output_snapshot_interval", "0"],
}
RANKS = [1, 2, 3, 5, 8]
# PETSc chooses the step by norms of Vecs, which depend on the number of ranks.
FIXED_RANKS = {"rk-adaptive": 2, "two-rk": 2}
ENGINES = [["-transpose_type", "alltoall"], ["-transpose_type", "shared", "-threads_per_rank", "2"],
           ["-transpose_type", "fftw", "-field_type", "distributed"], [], ["-field_type", "replicated"]]


def stopped_run(program, options, folder):
    """Five parts of one step each, then the rest."""
    for ranks, engine in zip(RANKS, ENGINES):
        ranks = FIXED_RANKS.get(folder, ranks)
        Path(folder).mkdir(exist_ok=True)
        Path(folder, "STOP").touch()
        engine = engine if ranks > 1 else []
        result = program.run(ranks, ["case.yaml", "--restart", "auto", *options, *engine, "-output_dir", folder], runs.STOPPED)
        assert "the file STOP" in result.stderr and len(result.stderr.splitlines()) < 30, result.stderr
        assert not Path(folder, "STOP").exists() and "STOP" in Path(folder, "INCOMPLETE").read_text()
    assert runs.latest_step(folder) == len(RANKS), f"stopped at step {runs.latest_step(folder)}"
    program.run(2, ["case.yaml", "--restart", "auto", *options, "-output_dir", folder])


def go_back(program, folder):
    """The newest checkpoint is not from the end: what lies beyond it is written again. No case file is needed."""
    for path in Path(folder, "checkpoints").glob("checkpoint_*.h5"):
        if path.name > f"checkpoint_{3:010d}.h5":
            path.unlink()
    program.run(FIXED_RANKS.get(folder, 3), ["--restart", folder])


def check(program, name):
    options, reference = CASES[name], f"{name}-reference"
    program.run(FIXED_RANKS.get(name, 1), ["case.yaml", *options, "-output_dir", reference])
    stopped_run(program, options, name)
    runs.check_same(name, reference)
    go_back(program, name)
    runs.check_same(name, reference)


def main():
    program = runs.Program(os.path.abspath(sys.argv[1]), sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(COMMON)
        for name in sys.argv[3:] or CASES:
            check(program, name)


main()
