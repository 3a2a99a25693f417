"""hht run --error-check: the differences that it reports are those of runs made apart, Richardson's factor makes an error of them that a far more
accurate run confirms, the text is the same on any number of ranks, and what cannot be checked is refused before anything is written.

usage: t942-error-check.py HHT MPIEXEC
"""
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np
import runs

CASE = ["case.yaml", "-grid_nx", "16", "-grid_nv", "48", "-grid_x_length", "4*pi", "-grid_v_max", "6.5", "-initial_amplitude", "0.3",
        "-initial_phase", "0.3*v*sin(x/2)", "-ts_max_time", "1.05"]
PLANE = ["case.yaml", "-grid_dim", "2", "-grid_nx", "4,6", "-grid_nv", "8,6", "-grid_v_max", "4", "-initial_amplitude", "0.3", "-ts_max_time", "0.2"]


def last(folder, name):
    with h5py.File(sorted(Path(folder, "snapshots").glob("*.h5"))[-1]) as file:
        return next(iter(file["data"].values()))[name][()]


def sections(folder):
    """{difference of: number} of each part of the report."""
    text = Path(folder, "error_check.txt").read_text()
    assert max(map(len, text.splitlines())) <= 80, text
    return [{name.strip(): float(value) for name, value in re.findall(r"^  (\S.{21}) +(\S+) +\S+$", part, re.M) if name.strip()}
            for part in text.split("\n\n")]


def close(value, expected, relative, what):
    assert abs(value - expected) <= relative * abs(expected), f"{what}: {value} instead of {expected}"


def check_numbers(program):
    """The step before the last is one that only this run has."""
    for folder, options in {"run": ["--error-check=grid"], "half": ["-ts_dt", "0.05"], "fine": ["-grid_nx", "32", "-grid_nv", "96"],
                            "exact": ["-ts_dt", "0.02", "-ts_splitting_type", "nystrom6"]}.items():
        program.run(1, [*CASE, *options, "-output_dir", folder])
    alpha, half, fine, exact = (last(folder, "alpha") for folder in ("run", "half", "fine", "exact"))
    cell = 4 * np.pi / 16 * 13 / 48
    norm = lambda a: np.sqrt((abs(a) ** 2).sum() * cell)
    step, grid = sections("run")
    close(step["alpha at the end, L2"], norm(alpha - half), 6e-3, "L2 of the step")
    close(step["alpha at the end, max"], abs(alpha - half).max(), 6e-3, "largest of the step")
    close(grid["alpha at the end, L2"], norm(alpha - fine[::2, ::2]), 6e-3, "L2 of the grid")
    assert "1.333 times the difference" in Path("run", "error_check.txt").read_text()
    richardson, error = 4 / 3 * step["alpha at the end, L2"], norm(alpha - exact)
    print(f"measured Richardson {abs(richardson / error - 1):.1e}")
    close(richardson, error, 0.02, "Richardson's error")
    rows = {folder: runs.diagnostics(folder) for folder in ("run", "half")}
    at = rows["run"][0].index("field_energy")
    values = {folder: {round(float(row[1]), 9): float(row[at]) for row in table[1:]} for folder, table in rows.items()}
    expected = max(abs(value - values["half"][time]) for time, value in values["run"].items() if time in values["half"])
    close(step["field_energy"], expected, 6e-3, "field energy")


def check_equations(program):
    """f, and particles: the state of two is on another grid than that of the options."""
    options = {"f": ["-equation_type", "vlasov"],
               "alpha": ["-equation_type", "nbody", "-equation_particles", "1", "-grid_nx", "6", "-grid_nv", "8", "-ts_max_time", "0.4"]}
    for name, equation in options.items():
        case = [*CASE, *equation, "-output_dir"]
        program.run(1, [*case, name, "--error-check"])
        program.run(1, [*case, name + "-half", "-ts_dt", "0.05"])
        values, half = (last(folder, name) for folder in (name, name + "-half"))
        report = sections(name)[0]
        close(report[name + " at the end, max"], abs(values - half).max(), 6e-3, "largest of " + name)
    program.run(1, [*case, "two", "-equation_particles", "2", "-potential_type", "gaussian", "--error-check=grid"])
    for part in sections("two"):
        assert 0 < part["alpha at the end, L2"] < 1 and "k_edge_fraction" in part, part


def check_ranks(program):
    for case in (CASE, PLANE):
        texts = set()
        for ranks in (1, 3):
            program.run(ranks, [*case, "--error-check=grid", "-output_dir", f"ranks-{len(case)}-{ranks}"])
            folder = Path(f"ranks-{len(case)}-{ranks}")
            texts.add((folder / "error_check.txt").read_text())
            assert (folder / "COMPLETE").exists() and "Half the step" in (folder / "log.txt").read_text()
        assert len(texts) == 1, texts


def check_refusals(program):
    for options, words in [(["--restart", "auto"], "--restart"), (["-ts_type", "rk"], "ts_type"),
                           (["-ts_adapt_type", "basic"], "ts_adapt_type basic")]:
        result = program.run(1, [*CASE, "--error-check", *options, "-output_dir", "refused"], runs.USAGE)
        assert words in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
        assert not Path("refused").exists(), f"{options}: something was written"
    result = program.run(1, [*CASE, "--error-check=space"], runs.USAGE)
    assert "'space'" in result.stderr and "grid" in result.stderr, result.stderr


def check_stop(program):
    """The run is complete by then, and stays so."""
    arguments = [*CASE, "-ts_dt", "1e-4", "-output_diagnostics_interval", "0", "--error-check", "-output_dir", "stopped"]
    process = subprocess.Popen(program.command(1, arguments), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    deadline = time.monotonic() + 100
    while not Path("stopped/COMPLETE").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGUSR2)
    _, errors = process.communicate(timeout=100)
    assert process.returncode == runs.STOPPED and "complete, and stays in stopped" in errors, (process.returncode, errors)
    assert Path("stopped/COMPLETE").exists() and not Path("stopped/error_check.txt").exists()


def main():
    program = runs.Program(os.path.abspath(sys.argv[1]), sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text("ts: {dt: 0.1}\n")
        check_numbers(program)
        check_equations(program)
        check_ranks(program)
        check_refusals(program)
        check_stop(program)


main()
