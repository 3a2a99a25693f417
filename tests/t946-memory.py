"""The memory that the banner tells is the memory that a run takes, whatever it holds beside its state: PETSc's integrators, an error check, both
problems of hht views, the history of the field. What does not fit is refused before it is asked for.

usage: t946-memory.py HHT
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import alone

CASE = """\
grid: {nx: 512, nv: 4096}
potential: {type: cosine, strength: -1}
initial: {type: landau, amplitude: 0.4, mass: 1}
ts: {dt: 1e-3, max_time: 2e-3}
output: {overwrite: true}
meanfield: {particles: "2", samples: 100}
"""
SMALL = ["-grid_nx", "16", "-grid_nv", "16"]
LONG = ["-grid_nx", "64", "-grid_nv", "8", "-ts_dt", "3e-5", "-ts_max_time", "1"]
MEASURED = {
    "run": ([], ["-state_numbers", "complex"], ["--error-check"], ["--error-check=grid", "-grid_nx", "512", "-grid_nv", "2048"],
            ["-ts_type", "euler"], ["-ts_type", "ssp"], ["-ts_type", "rk"], ["-ts_type", "rk", "-ts_adapt_type", "basic"],
            ["-ts_type", "rk", "-ts_rk_type", "5dp"], ["-equation_type", "nbody", "-grid_nx", "48", "-grid_nv", "48"],
            ["-potential_type", "poisson", "-potential_boundary", "free", "-grid_dim", "3", "-grid_nx", "40", "-grid_nv", "4"]),
    "views": ([], LONG, [*LONG, "-initial_phase", "0.1*v", "-ts_dt", "6e-5"]),
    "meanfield": ([*LONG, "--dry-run"],),
}
# MiB beside arrays: buffers of files, which only hht run writes so large, and what FFTW and malloc() keep.
BUFFERS = {"run": 24, "views": 10, "meanfield": 10}
UNITS = {"B": 2**-20, "KiB": 2**-10, "MiB": 1, "GiB": 2**10}


def measure(hht, command, options):
    """The peak in MiB, and what the banner told."""
    environment = {**os.environ, **alone.SETTINGS}
    process = subprocess.Popen([hht, command, "case.yaml", *options, "-output_dir", command], stdout=subprocess.PIPE, env=environment, text=True)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} {options}: exit code {process.returncode}\n{text}"
    value, unit = re.search(r"([0-9.]+) (\w+) a rank", text).groups()
    return usage.ru_maxrss / 1024, float(value) * UNITS[unit]


def check_measured(hht):
    for command, cases in MEASURED.items():
        program, _ = measure(hht, command, SMALL)
        for options in cases:
            peak, told = measure(hht, command, options)
            used = peak - program
            print(f"{command} {' '.join(options)}: {told:.0f} MiB told, {used:.0f} MiB used")
            assert 0.95 * told - 2 < used < 1.05 * told + BUFFERS[command], f"{command} {options}: {told} MiB told, {used} MiB used"


def check_refused(hht):
    """The history alone, tens of TiB, on a grid that fits anywhere."""
    for command in ("views", "meanfield"):
        result = alone.run([hht, command, "case.yaml", "-grid_nx", "16384", "-grid_nv", "4", "-ts_dt", "1e-9", "-ts_max_time", "1", "-output_dir", "refused"])
        assert result.returncode == 2 and len(result.stderr.splitlines()) == 1, result.stderr
        assert "GiB on each of 1 ranks" in result.stderr and "a larger ts_dt" in result.stderr, result.stderr
        assert not Path("refused").exists(), "something was written"


def main():
    hht = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        check_measured(hht)
        check_refused(hht)


main()
