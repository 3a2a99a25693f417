"""Bad input: one line on standard error that names the mistake, exit code 2, nothing written.

usage: t700-bad-input.py HHT MPIEXEC
"""
import os
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import alone

CASE = """\
grid: {dim: 1, nx: 16, x_length: 12.566370614359172, nv: 32, v_max: 6}
initial: {type: landau, wavenumber: 0.5}
ts: {dt: 0.1, max_time: 0.2}
output: {dir: out}
"""

# Arguments after `run case.yaml`, and words that the message must hold.
OPTIONS = [
    # values that are not what the option takes
    ("-grid_nx 3", "grid_nx: 3 is not allowed", "even number from 4"),
    ("-grid_nx 17", "grid_nx: 17", "even"),
    ("-grid_nx 0", "grid_nx: 0"),
    ("-grid_nx -8", "grid_nx: -8"),
    ("-grid_nx 2097152", "grid_nx: 2097152", "1048576"),
    ("-grid_nx 99999999999999999999", "grid_nx: 9999"),
    ("-grid_nx 16.5", "grid_nx: 16.5"),
    ("-grid_nx 1e2", "grid_nx: 1e2"),
    ("-grid_nx sixteen", "grid_nx: sixteen"),
    ("-grid_nx", "grid_nx: the value is missing"),
    ("-grid_nx 16,16", "grid_nx: 2 values", "grid_dim 1"),
    ("-grid_nv 6,", "grid_nv: the value is missing"),
    ("-grid_nv 7", "grid_nv: 7"),
    ("-grid_dim 0", "grid_dim: 0", "from 1 to 3"),
    ("-grid_dim 4", "grid_dim: 4", "from 1 to 3"),
    ("-grid_dim 2 -grid_nx 16,16,16", "grid_nx: 3 values", "grid_dim 2", "1 or 2"),
    ("-grid_dim 3 -grid_nx 512 -grid_nv 512", "points", "not allowed"),
    ("-grid_x_length 0", "grid_x_length: 0", "> 0"),
    ("-grid_x_length -1", "grid_x_length: -1", "> 0"),
    ("-grid_x_length 1e999", "grid_x_length: 1e999"),
    ("-grid_x_length 4*pie", "grid_x_length: 4*pie"),
    ("-grid_x_length 1/0", "grid_x_length: 1/0"),
    ("-grid_x_min nan", "grid_x_min: nan", "finite"),
    ("-grid_x_min inf", "grid_x_min: inf", "finite"),
    ("-grid_x_min 0x10", "grid_x_min: 0x10"),
    ("-grid_v_max 12abc", "grid_v_max: 12abc"),
    ("-grid_v_max 1e", "grid_v_max: 1e"),
    ("-ts_dt 0", "ts_dt: 0", "> 0"),
    ("-ts_dt -0.1", "ts_dt: -0.1"),
    ("-ts_dt 0,1", "ts_dt: 0,1"),
    ("-ts_max_time -1", "ts_max_time: -1", ">= 0"),
    ("-ts_max_steps -1", "ts_max_steps: -1", "unlimited"),
    ("-ts_type rk -state_precision single", "ts_type: rk", "state_precision single", "splitting"),
    ("-state_precision half", "state_precision: half", "double or single"),
    ("-ts_type backward", "ts_type: backward", "splitting"),
    ("-ts_splitting_type strange", "ts_splitting_type: strange", "nearest is strang"),
    ("-output_overwrite maybe case.yaml", "maybe", "one file"),
    ("-output_diagnostics_interval -1", "output_diagnostics_interval: -1", ">= 0"),
    ("-output_snapshot_interval -0.5", "output_snapshot_interval: -0.5"),
    ("-transpose_type fftww", "transpose_type: fftww", "alltoall, fftw, shared or auto"),
    ("-field_type none", "field_type: none", "replicated"),
    ("-fft_rigor exhaustive", "fft_rigor: exhaustive", "patient"),
    ("-output_dir " + "d" * 5000, "output_dir: ddd", "shorter"),
    # the equation
    ("-equation_type vlasow", "equation_type: vlasow is not allowed", "nearest is vlasov"),
    ("-equation_type vlasov -state_numbers complex", "state_numbers: complex", "equation_type vlasov", "auto"),
    # the potential
    ("-potential_type posson", "potential_type: posson", "nearest is poisson"),
    ("-potential_strength x", "potential_strength: x"),
    ("-potential_boundary open", "potential_boundary: open", "periodic or free"),
    ("-potential_type harmonic", "potential_boundary", "harmonic", "free"),
    ("-potential_type cosine -potential_kappa 1", "potential_kappa", "cosine does not use it", "yukawa"),
    ("-potential_type yukawa -potential_kappa 0", "potential_kappa: 0", "> 0"),
    ("-potential_type gaussian -potential_width -1", "potential_width: -1"),
    ("-potential_type plummer -potential_softening 0", "potential_softening: 0"),
    ("-potential_type poisson,gaussian -potential_strength 1,2,3", "potential_strength: 3 values", "1 or as many"),
    ("-potential_type poisson,gauss", "potential_type: gauss", "nearest is gaussian"),
    ("-potential_type " + ",".join(["gaussian"] * 9), "potential_type: 9 values", "at most 8"),
    ("-potential_type poisson,harmonic", "potential_boundary", "harmonic", "free"),
    ("-potential_type poisson,gaussian -potential_kappa 1", "potential_kappa", "poisson,gaussian does not use it"),
    ("-potential_type expression", "potential_formula", "needs a formula"),
    ("-potential_type expression -potential_formula sin(x)", "potential_formula: it differs by", "even"),
    ("-potential_type expression -potential_formula 1/x", "potential_formula: the formula gives inf at x = 0"),
    ("-potential_type expression -potential_formula cos(y)", "potential_formula: 'cos(y)'", "position 5"),
    ("-potential_type expression,expression -potential_formula r", "potential_type: expression is given 2 times"),
    ("-potential_type table", "potential_file", "needs the path of a file"),
    ("-potential_type table -potential_file no.csv", "potential_file: cannot open 'no.csv'", "No such file"),
    ("-potential_type table -potential_file case.yaml", "potential_file: 'case.yaml', line 1", "two numbers"),
    ("-potential_type table -potential_file case.yaml -potential_dataset a", "potential_file: 'case.yaml' is not a readable"),
    ("-potential_file a.csv", "potential_file", "poisson does not use it"),
    ("-potential_convolution sum", "potential_convolution: sum", "truncated or cells"),
    ("-potential_type gaussian -potential_convolution cells", "potential_convolution", "gaussian does not use it"),
    # the absorber
    ("-absorber_type wall", "absorber_type: wall", "none or layer"),
    ("-absorber_strength 4", "absorber_strength", "absorber_type none does not use it", "layer"),
    ("-absorber_type layer -absorber_start 1", "absorber_start: 1", "between 0 and 1"),
    ("-absorber_type layer -absorber_order -1", "absorber_order: -1", ">= 0"),
    ("-absorber_type layer -ts_type rk", "ts_type: rk", "absorber_type layer", "splitting"),
    # zero padding
    ("-grid_padding y", "grid_padding: y", "none, x, v or xv"),
    ("-grid_padding x -ts_type rk", "ts_type: rk", "grid_padding", "splitting"),
    ("-grid_padding xv -absorber_type layer", "absorber_type: layer", "grid_padding v or xv", "none"),
    # the initial data
    ("-initial_type landua", "initial_type: landua", "nearest is landau"),
    ("-initial_amplitude 1.5", "initial_amplitude: 1.5", "from -1 to 1"),
    ("-initial_temperature 0", "initial_temperature: 0"),
    ("-initial_mass 0", "initial_mass: 0", "auto"),
    ("-grid_v_max 1e308", "grid_v_max: 1e+308", "must be numbers"),
    ("-fft_wisdom case.yaml", "fft_wisdom: 'case.yaml'", "FFTW wisdom"),
    ("-initial_wavenumber 0.6", "initial_wavenumber: 0.6", "multiple of", "as 0.5 is"),
    ("-initial_wavenumber 4", "initial_wavenumber: 4", "below 4, as 3.5 is"),
    ("-initial_wavenumber 0.5,0.5", "initial_wavenumber: 2 values"),
    ("-initial_drift 2", "initial_drift", "landau does not use it"),
    ("-initial_type bump_on_tail -initial_beam_fraction 1", "initial_beam_fraction: 1", "between 0 and 1"),
    ("-initial_type waterbag -initial_edge 0", "initial_edge: 0"),
    ("-initial_f x", "initial_f", "landau does not use it"),
    # the equation
    ("-equation_type nbdy", "equation_type: nbdy", "nbody"),
    ("-equation_particles 2", "equation_particles", "equation_type hht does not use it", "nbody"),
    ("-equation_type nbody -equation_particles 0", "equation_particles: 0", "from 1 to 3"),
    ("-equation_type nbody -equation_particles 4", "equation_particles: 4", "from 1 to 3"),
    ("-equation_type nbody -equation_particles 3 -grid_dim 2", "equation_particles: 3", "grid_dim 2", "at most 3"),
    ("-equation_type nbody -equation_lambda 1", "equation_lambda: 1", "between 0 and 1"),
    ("-equation_type nbody -grid_nx 512 -grid_nv 512", "points", "not allowed"),
    ("-equation_type nbody -initial_mass 2", "initial_mass: 2", "nbody", "1 or auto"),
    ("-equation_correlation 0.5", "equation_correlation", "equation_type hht does not use it"),
    ("-equation_type nbody -compare_type landau", "compare", "nbody"),
    ("-equation_type nbody -equation_particles 1 -equation_correlation 0.5", "equation_correlation: 0.5", "must be 0"),
    ("-equation_type nbody -ts_splitting_type chin4", "ts_splitting_type: chin4", "equation_type nbody", "nystrom4"),
    ("-equation_type nbody -equation_particles 1 -ts_splitting_type casas6", "ts_splitting_type: casas6", "nbody"),
    ("-equation_type nbody -ts_adapt_type basic", "ts_adapt_type: basic", "equation_particles 2", "none"),
    ("-equation_type nbody -equation_correlation 1", "equation_correlation: 1", "between -1 and 1"),
    # those of a second solution, by their own names
    ("-compare_type landua", "compare_type: landua", "nearest is landau"),
    ("-compare_amplitude 1.5", "compare_amplitude: 1.5", "from -1 to 1"),
    ("-compare_drift 2", "compare_drift", "compare_type landau does not use it"),
    ("-compare_wavenumber 0.6", "compare_wavenumber: 0.6", "multiple of"),
    ("-compare_type gaussian -compare_m -1", "compare_m: -1+0i in row 1", "positive definite"),
    ("-compare_type expression -compare_alpha 0", "compare: the data are zero", "there must be mass"),
    ("-compare_type expression -compare_alpha x -compare_f x", "compare_f, compare_alpha", "both"),
]

# The same on a case without initial: keys, where any type may be chosen.
BARE_OPTIONS = [
    ("-initial_type expression", "initial_f, initial_alpha", "none is given", "one of them"),
    ("-initial_type expression -initial_f 1 -initial_alpha 1", "initial_f, initial_alpha", "both"),
    ("-initial_type file", "initial_path", "needs the path of an HDF5 file"),
    ("-initial_type file -initial_path a.h5", "initial_dataset", "needs the name of a dataset"),
    ("-initial_type file -initial_path a.h5 -initial_dataset f", "initial_path: cannot open 'a.h5'", "No such file"),
    ("-initial_type file -initial_path . -initial_dataset f", "initial_path: '.'", "not a readable HDF5 file"),
    ("-initial_type gaussian -initial_m 1,-2", "initial_m: -2+0i in row 2", "positive definite"),
    ("-initial_type gaussian -initial_m 1,2,3", "initial_m: 3 values", "diagonal"),
    ("-initial_type gaussian -initial_m 1,2i,3i,1", "initial_m", "symmetric"),
    ("-initial_type gaussian -initial_m 1,2,2,1", "initial_m", "positive definite"),
    ("-initial_type gaussian -initial_m 1+i", "initial_m: 1+i"),
    ("-initial_type gaussian -initial_kappa 1,2,3", "initial_kappa: 3 values", "1 or 2"),
    ("-initial_type gaussian -initial_wavenumber 1", "initial_wavenumber", "gaussian does not use it"),
]

# Unknown names, and what is not an option at all.
UNKNOWN = [
    ("-grid_nxx 16", "-grid_nxx", "nearest known one is -grid_nx"),
    ("-dry-run", "-dry-run", "must be --dry-run"),
    ("-walltime 1:00:00", "-walltime", "must be --walltime"),
    ("-nx 16", "-nx", "-grid_nx"),
    ("-gird_nx 16", "-gird_nx", "-grid_nx"),
    ("-potental_type none", "-potental_type", "-potential_type"),
    ("-grid_nx=16", "-grid_nx=16", "-grid_nx"),
    ("-frobnicate", "-frobnicate", "no such option"),
    ("-ts_dtt 0.1", "-ts_dtt", "-ts_dt"),
    ("-ts_adapt_typ none", "-ts_adapt_typ", "-ts_adapt_type"),
    ("--grid_nx 16", "--grid_nx", "one dash"),
    ("--dryrun", "--dryrun", "--dry-run"),
    ("grid_nx 16", "grid_nx", "one file"),
    ("other.yaml", "other.yaml", "one file"),
    ("-5", "-5", "neither"),
    ("-ts_adapt_type nonsense", "ts_adapt_type: nonsense", "none or basic"),
    ("-ts_adapt_type basic -ts_type euler", "ts_adapt_type", "ts_type euler"),
    ("-ts_adapt_type basic -ts_atol 0 -ts_rtol 0", "ts_atol, ts_rtol", "must be > 0"),
    ("-ts_rtol -1", "ts_rtol", "a number >= 0"),
    ("-ts_max_reject many", "ts_ option", "many"),
    ("-ts_type rk -ts_rk_type nonsense", "ts_rk_type"),
    ("-ts_monitor nonsense:x", "ts_ option", "nonsense"),
    ("-options_file missing", "missing", "No such file"),
    ("-options_file_yaml missing.yaml", "missing.yaml", "No such file"),
    ("--help=gird", "gird", "grid"),
]

# Whole case files.
FILES = [
    ("", "empty"),
    ("# nothing\n", "empty"),
    ("- grid\n- initial\n", "case.yaml:1", "keys"),
    ("just text\n", "case.yaml:1", "keys"),
    ("grid: {nx: 16\n", "not YAML"),
    ("grid:\n  nx: 16\n nv: 8\n", "case.yaml:3", "not YAML"),
    ("grid:\n\tnx: 16\n", "case.yaml:2", "not YAML"),
    ("grid: {nx: 16}\ngrid: {nx: 32}\n", "case.yaml:2", "grid_nx", "twice"),
    ("grid: {nx: 16}\ngrid_nx: 32\n", "case.yaml:2", "grid_nx", "twice"),
    ("grid: {nxx: 16}\n", "case.yaml:1", "grid_nxx", "nearest known one is grid_nx"),
    ("grid:\n  nx: 16\n  [a, b]: 3\n", "case.yaml:3", "plain word"),
    ("grid: 16\n", "case.yaml:1", "grid", "group"),
    ("grid:\n", "case.yaml:1", "grid", "group"),
    ("grid: {nx: {a: 16}}\n", "case.yaml:1", "grid_nx", "keys are not allowed"),
    ("grid: {nx: [[16], [16]]}\n", "case.yaml:1", "grid_nx", "list"),
    ("grid: {nx: []}\n", "case.yaml:1", "grid_nx", "empty list"),
    ("grid: {dim: [1]}\n", "case.yaml:1", "grid_dim", "list"),
    ("ts: {dt: [0.1, 0.2]}\n", "case.yaml:1", "ts_dt", "list"),
    ("grid: {nx: }\n", "grid_nx", "missing"),
    ("grid: {nx: null}\n", "grid_nx: null"),
    ("grid: &g\n  <<: {nx: 16}\n", "case.yaml:2", "merge"),
    ("grid: &g\n  again: *g\n", "case.yaml:2", "nested too deep"),
    ("grid: {nx: 16}\n---\ngrid: {nv: 16}\n", "case.yaml:3", "second document"),
    ('output: {dir: "a\\0b"}\n', "case.yaml:1", "output_dir", "zero byte"),
    ('initial: {type: "lan\\ndau"}\n', "initial_type: lan dau"),
    ("\x89HDF\r\n\x1a\n", "not YAML"),
    ("checkpoint_: {a: 1}\n", "case.yaml:1", "no such option"),
]

# Whole command lines.
COMMANDS = [
    ("", "command is missing"),
    ("rnu case.yaml", "rnu", "nearest is hht run"),
    ("-grid_nx 16", "-grid_nx"),
    ("run", "file is missing", "hht run CASE.yaml"),
    ("run ''", "name is empty"),
    ("run -grid_nx 16", "file is missing"),
    ("run missing.yaml", "missing.yaml", "No such file"),
    ("run .", "not a regular file"),
    ("run /dev/null", "not a regular file"),
    ("run case.yaml case.yaml", "one file"),
    ("info", "file is missing", "hht info FILE.h5"),
    ("check case.yaml", "takes no file"),
    ("bench -equation_type nbody", "equation_type", "must be hht"),
    ("views case.yaml -ts_splitting_type chin4", "ts_splitting_type: chin4", "hht views", "nystrom4"),
    ("views case.yaml -ts_adapt_type basic", "ts_adapt_type: basic", "hht views", "none"),
    ("views case.yaml --error-check", "--error-check", "hht views"),
    ("views case.yaml -compare_amplitude 0.3", "compare_", "hht views", "leave out"),
    ("views case.yaml -absorber_type layer", "absorber_type: layer", "hht views", "none"),
    ("views case.yaml -ts_dt 1e-12", "ts_dt: 1e-12", "too many"),
    ("views case.yaml -ts_dt 1e-8 -output_snapshot_interval 1e-8", "output_snapshot_interval: 1e-08", "hht views"),
    ("meanfield case.yaml --error-check", "--error-check", "hht meanfield"),
    ("meanfield case.yaml -ts_dt 1e-12", "ts_dt: 1e-12", "too many"),
    ("meanfield case.yaml -absorber_type layer", "absorber_type: layer", "hht meanfield", "none"),
    ("run case.yaml -output_snapshot_interval 1e-12", "output_snapshot_interval: 1e-12", "thousandth"),
    ("run case.yaml -absorber_type layer -equation_type vlasov", "absorber_type: layer", "none"),
    ("run case.yaml -absorber_type layer -ts_adapt_type basic", "ts_adapt_type: basic", "absorber_type", "none"),
    ("views case.yaml -equation_type nbody", "equation_type: nbody", "hht views", "hht or vlasov"),
    ("meanfield case.yaml -ts_splitting_type casas6", "ts_splitting_type: casas6", "hht meanfield", "nystrom6"),
    ("meanfield case.yaml -ts_adapt_type basic", "ts_adapt_type: basic", "hht meanfield", "none"),
    ("--verson", "--verson", "--version"),
]


def run(hht, mpiexec, arguments, ranks, folder):
    if ranks == 1:
        return alone.run([hht, *arguments], folder)
    command = [mpiexec, "-n", str(ranks), "--oversubscribe", hht, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder)


def reason(result, words, ranks, folder):
    """Why the result is not that of a mistake well reported; None if it is."""
    lines = result.stderr.splitlines()
    ours = [line for line in lines if line.startswith("hht: error: ")]
    if result.returncode != 2:
        return f"exit code {result.returncode}"
    if len(ours) != 1:
        return f"{len(ours)} lines of ours"
    # mpiexec has its own lines on any exit code.
    if "PETSC ERROR" in result.stderr or (ranks == 1 and len(lines) != 1):
        return "more on standard error than the line"
    missing = [word for word in words if word not in ours[0]]
    if missing:
        return f"{missing} not in the line"
    if "; " not in ours[0]:
        return "the line does not say what to do, or what is allowed, behind a semicolon"
    return None if os.listdir(folder) == ["case.yaml"] else "something was written"


def attempt(hht, mpiexec, case, arguments, words, ranks):
    """What went wrong, as text; empty if nothing."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "case.yaml").write_bytes(case.encode("latin-1"))
        result = run(hht, mpiexec, arguments, ranks, folder)
        why = reason(result, words, ranks, folder)
    if not why:
        return ""
    output = result.stderr + result.stdout[-300:]
    return f"FAIL hht {' '.join(arguments)[:100]} on {ranks} ranks with\n{case}{why}\n{output}\n"


def attempts():
    bare = "\n".join(line for line in CASE.splitlines() if not line.startswith("initial")) + "\n"
    on_case = [(CASE, ["run", "case.yaml", *arguments.split()], words) for arguments, *words in OPTIONS + UNKNOWN]
    on_bare = [(bare, ["run", "case.yaml", *arguments.split()], words) for arguments, *words in BARE_OPTIONS]
    on_file = [(case, ["run", "case.yaml"], words) for case, *words in FILES]
    on_line = [(CASE, shlex.split(arguments), words) for arguments, *words in COMMANDS]
    for one in on_case + on_bare + on_file + on_line:
        yield *one, 1
    # What all ranks find by themselves, what rank 0 alone finds, before PETSc is up and after.
    for one in on_case[0], on_case[-1], on_bare[4], on_file[4]:
        for ranks in (2, 3):
            yield *one, ranks


def main():
    hht, mpiexec = os.path.abspath(sys.argv[1]), sys.argv[2]
    with ThreadPoolExecutor(max_workers=2) as pool:
        texts = list(pool.map(lambda one: attempt(hht, mpiexec, *one), attempts()))
    failures = [text for text in texts if text]
    print("".join(failures) + f"{len(texts)} wrong inputs, {len(failures)} of them not reported as they should be")
    sys.exit(len(failures) > 0)


main()
