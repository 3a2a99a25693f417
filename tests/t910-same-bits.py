"""hht run gives the same bits on any number of ranks, more than there are rows included, with each transpose and field
solver: all of diagnostics.csv but the wall time, all datasets of all snapshots, and those of the last checkpoint.

usage: t910-same-bits.py HHT MPIEXEC
"""
import os
import sys
import tempfile
from pathlib import Path

import runs

# name: (options, ranks)
CASES = {
    "line": (
        ["-grid_nx", "16", "-grid_nv", "18", "-grid_x_length", "4*pi", "-grid_v_max", "6",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*v*sin(x/2)",
         "-ts_max_time", "1.05"],
        [1, 2, 3, 5, 20],
    ),
    "real": (
        ["-grid_nx", "30", "-grid_nv", "20", "-grid_x_length", "2*pi", "-grid_v_max", "3", "-initial_type", "waterbag",
         "-initial_edge", "0.6", "-initial_amplitude", "0.2", "-potential_type", "cosine", "-potential_strength", "-1",
         "-ts_max_time", "0.4", "-ts_splitting_type", "suzuki4"],
        [1, 3],
    ),
    "vlasov": (
        ["-equation_type", "vlasov", "-grid_nx", "16", "-grid_nv", "18", "-grid_x_length", "4*pi", "-grid_v_max", "6",
         "-initial_type", "two_stream", "-initial_amplitude", "0.3", "-ts_max_time", "1.05"],
        [1, 3, 20],
    ),
    "vlasov plane": (
        ["-equation_type", "vlasov", "-state_precision", "single", "-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv",
         "14,8", "-grid_x_length", "4*pi", "-grid_v_max", "5", "-initial_type", "maxwellian", "-initial_amplitude",
         "0.3", "-ts_max_time", "0.3"],
        [1, 5],
    ),
    "single": (
        ["-state_precision", "single", "-grid_nx", "22", "-grid_nv", "28", "-grid_x_length", "4*pi", "-grid_v_max", "6",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*v*sin(x/2)",
         "-ts_max_time", "0.45"],
        [1, 5],
    ),
    "single real": (
        ["-state_precision", "single", "-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv", "14,8", "-grid_x_length", "4*pi",
         "-grid_v_max", "5", "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-ts_max_time", "0.3"],
        [1, 3],
    ),
    "two solutions": (
        ["-grid_nx", "12", "-grid_nv", "26", "-grid_x_length", "2*pi", "-grid_v_max", "6", "-potential_type", "cosine",
         "-potential_strength", "-0.1", "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-compare_phase", "0.1*v*sin(x)",
         "-ts_max_time", "0.3"],
        [1, 3, 20],
    ),
    "plane": (
        ["-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv", "14,8", "-grid_x_length", "4*pi", "-grid_v_max", "5",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_wavenumber", "0.5,1",
         "-initial_phase", "0.2*vx*sin(y/2)", "-potential_boundary", "free", "-potential_type", "plummer",
         "-ts_max_time", "0.3"],
        [1, 2, 5],
    ),
    "space": (
        ["-grid_dim", "3", "-grid_nx", "4,6,4", "-grid_nv", "4,4,6", "-grid_x_length", "2*pi", "-grid_v_max", "3",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.2*vz*cos(x)",
         "-potential_type", "gaussian", "-ts_max_time", "0.2", "-ts_splitting_type", "chin4"],
        [1, 3, 5],
    ),
    "two particles": (
        ["-equation_type", "nbody", "-grid_nx", "4", "-grid_nv", "10", "-grid_x_length", "2*pi", "-grid_v_max", "4",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*v*sin(x)",
         "-equation_correlation", "0.3", "-potential_type", "cosine", "-potential_strength", "-1", "-ts_max_time", "0.25"],
        [1, 3, 5],
    ),
    "three particles": (
        ["-equation_type", "nbody", "-equation_particles", "3", "-grid_nx", "4", "-grid_nv", "6", "-grid_x_length", "4",
         "-grid_v_max", "3", "-initial_type", "waterbag", "-initial_edge", "0.6", "-initial_amplitude", "0.2",
         "-potential_type", "plummer", "-potential_boundary", "free", "-ts_max_time", "0.2"],
        [1, 5],
    ),
    "absorber": (
        ["-grid_nx", "14", "-grid_nv", "18", "-grid_x_length", "4*pi", "-grid_v_max", "6", "-absorber_type", "layer",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*v*sin(x/2)",
         "-ts_max_time", "0.45"],
        [1, 3, 20],
    ),
    "absorber real": (
        ["-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv", "14,8", "-grid_x_length", "4*pi", "-grid_v_max", "5",
         "-absorber_type", "layer", "-absorber_start", "0.3", "-initial_type", "maxwellian", "-initial_amplitude", "0.3",
         "-ts_max_time", "0.3"],
        [1, 3],
    ),
    "padding": (
        ["-grid_nx", "14", "-grid_nv", "18", "-grid_x_length", "4*pi", "-grid_v_max", "6", "-grid_padding", "xv",
         "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-initial_phase", "0.3*v*sin(x/2)",
         "-ts_max_time", "0.45"],
        [1, 3, 20],
    ),
    "padding real": (
        ["-grid_dim", "2", "-grid_nx", "6,10", "-grid_nv", "14,8", "-grid_x_length", "4*pi", "-grid_v_max", "5",
         "-grid_padding", "xv", "-initial_type", "maxwellian", "-initial_amplitude", "0.3", "-ts_max_time", "0.3"],
        [1, 3],
    ),
}
COMMON = "ts: {dt: 0.1}\noutput: {snapshot_interval: 0.2}\n"
VARIANTS = {
    "alltoall": ["-transpose_type", "alltoall", "-field_type", "replicated"],
    "threads": ["-threads_per_rank", "2"],
    "shared": ["-transpose_type", "shared", "-field_type", "auto"],
    "fftw": ["-transpose_type", "fftw", "-field_type", "distributed"],
}
MOST = 5


def check(program, case):
    options, rank_counts = CASES[case]
    reference = None
    for variant, flags in VARIANTS.items():
        for ranks in rank_counts:
            if ranks > MOST and variant != "alltoall" and case != "line":
                continue  # more ranks than rows by each engine once: it is slow on few cores
            folder = f"{case}-{variant}-{ranks}"
            program.run(ranks, ["case.yaml", *options, *flags, "-output_dir", folder])
            if reference is None:
                reference = folder
                assert any("density" in key for key in runs.datasets(folder)), "snapshots without density"
            else:
                runs.check_same(folder, reference)


def main():
    program = runs.Program(os.path.abspath(sys.argv[1]), sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(COMMON)
        for case in CASES:
            check(program, case)


main()
