"""hht meanfield: the same table on any number of ranks, and after a stop; more samples later; what it refuses.

usage: t945-meanfield.py HHT MPIEXEC
"""
import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import alone
from runs import COMPLETE, IO, STOPPED, USAGE

CASE = """\
grid: {dim: 1, nx: 16, x_length: 2*pi, nv: 64, v_max: 6}
potential: {type: cosine, strength: -1}
initial: {type: landau, mass: 1, temperature: 0.5, amplitude: 0.5}
ts: {dt: 0.25, max_time: 0.5}
meanfield: {particles: [2, 5, 50], samples: 200, counted: 5}
output: {dir: out}
"""

REFUSED = [
    ("-meanfield_particles 4,2", "meanfield_particles: '4,2' is not allowed", "increasing list"),
    ("-meanfield_particles 1,2", "meanfield_particles: '1,2'", "from 2 to 1000000"),
    ("-meanfield_particles 2,x", "meanfield_particles: '2,x'"),
    ("-meanfield_particles 2,", "meanfield_particles: '2,'"),
    ("-meanfield_particles 2000000", "meanfield_particles: '2000000'"),
    ("-meanfield_samples 150", "meanfield_samples: 150 is not allowed", "multiple of 100"),
    ("-meanfield_samples 0", "meanfield_samples: 0", "from 100"),
    ("-meanfield_lambda 1", "meanfield_lambda: 1", "between 0 and 1"),
    ("-meanfield_seed -1", "meanfield_seed: -1"),
    ("-meanfield_sample 100", "meanfield_sample", "one is -meanfield_samples"),
    ("-ts_type rk", "ts_type: rk is not allowed with hht meanfield"),
    ("-compare_amplitude 0.4", "compare_", "hht meanfield"),
    ("-ts_max_steps 3", "ts_max_steps", "ts_max_time"),
    ("-ts_max_time 0", "ts_max_time: 0 is not allowed", "> 0"),
    ("-initial_type expression -initial_f exp(-v*v) -initial_temperature 1", "initial_temperature"),
    ("--restart out", "--restart: 'out' is not allowed with hht meanfield", "auto"),
]

# What expressions and files cannot: a point drawn from them.
EXPRESSION = """\
grid: {dim: 1, nx: 16, nv: 64, v_max: 6}
initial: {type: expression, f: exp(-v*v)}
output: {dir: out}
"""


class Program:
    def __init__(self, hht, mpiexec):
        self.hht, self.mpiexec = hht, mpiexec

    def command(self, ranks, arguments):
        launcher = [self.mpiexec, "-n", str(ranks)] if ranks > 1 else []
        return [*launcher, self.hht, "meanfield", "case.yaml", *arguments]

    def run(self, arguments="", ranks=1, expected=COMPLETE):
        command = self.command(ranks, arguments.split())
        result = alone.run(command) if ranks == 1 else subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert result.returncode == expected, (
            f"{ranks} ranks, {arguments}: exit code {result.returncode} instead of {expected}\n{result.stdout}{result.stderr}"
        )
        return result


def table(folder):
    return Path(folder, "meanfield.csv").read_text()


def rows(folder):
    lines = [line for line in table(folder).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def check_table(program):
    """Sums and bounds that hold whatever the numbers are, and a mean field that one particle does not feel."""
    program.run("-output_dir reference")
    first, second, third = rows("reference")
    assert [row["particles"] for row in (first, second, third)] == ["2", "5", "50"]
    for row in (first, second):
        q1, beta, n = float(row["q1"]), float(row["beta"]), float(row["particles"])
        assert 0 < q1 < 1 and q1 - 4 * float(row["q1_error"]) < beta + 4 * float(row["beta_error"]), row
        assert beta < n**0.8 * q1 + 5 * float(row["beta_error"]), f"beta_N beyond N^(1 - lambda) <q_1>: {row}"
    assert first["theorem"] == first["beta"], first
    assert third["beta"] == "nan" and 0 < float(third["trajectory_distance"]) < float(first["trajectory_distance"])
    program.run("-output_dir free -potential_strength 0 -meanfield_particles 2,5")
    for row in rows("free"):
        assert abs(float(row["beta"])) < 1e-9 and float(row["trajectory_distance"]) < 1e-12, f"free particles: {row}"


def check_ranks(program):
    for ranks in (2, 3):
        program.run(f"-output_dir ranks{ranks}", ranks)
        assert table(f"ranks{ranks}") == table("reference"), f"another table on {ranks} ranks"


def check_stop(program):
    """The file STOP after the first batch, a signal later, then on two ranks to the end: as if nothing had happened."""
    program.run("-output_dir long -meanfield_samples 600")
    Path("out").mkdir()
    Path("out/STOP").touch()
    program.run("-meanfield_samples 600", expected=STOPPED)
    assert Path("out/INCOMPLETE").exists() and not Path("out/STOP").exists()
    process = subprocess.Popen(program.command(1, "--restart auto -meanfield_samples 600".split()), stdout=subprocess.DEVNULL)
    before = Path("out/meanfield_progress.txt").stat().st_mtime_ns
    for _ in range(1000):
        if Path("out/meanfield_progress.txt").stat().st_mtime_ns != before:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) in (STOPPED, COMPLETE)
    program.run("--restart auto -meanfield_samples 600", 2)
    assert table("out") == table("long"), "another table after two stops"
    assert Path("out/COMPLETE").exists() and not Path("out/INCOMPLETE").exists()


def check_more_samples(program):
    program.run("-output_dir ranks2 -meanfield_samples 600 --restart auto")
    assert table("ranks2") == table("long"), "another table when samples were added"


def check_restart_refused(program):
    for option, message in (("-meanfield_seed 2", "meanfield_seed"), ("-ts_max_time 0.75", "ts_max_time"), ("-grid_nv 32", "grid_nv")):
        result = program.run(f"-output_dir long -meanfield_samples 600 --restart auto {option}", expected=USAGE)
        assert message in result.stderr, result.stderr
    result = program.run("-output_dir long", expected=USAGE)
    assert "holds a run already" in result.stderr, result.stderr
    path = Path("long/meanfield_progress.txt")
    path.write_text(path.read_text().replace("600", "700", 1).replace("0x1.2c", "0x1.3c", 1))
    result = program.run("-output_dir long -meanfield_samples 600 --restart auto", expected=IO)
    assert "damaged" in result.stderr, result.stderr


def check_refused(program):
    before = sorted(os.listdir())
    for options, *words in REFUSED:
        result = program.run("-output_dir refused " + options, expected=USAGE)
        for word in words:
            assert word in result.stderr, f"{options}: {word!r} is not in {result.stderr}"
        assert len(result.stderr.splitlines()) == 1, result.stderr
    result = program.run("-output_dir refused --dry-run")
    assert "N = 5" in result.stdout and "nothing was written" in result.stdout, result.stdout
    Path("case.yaml").write_text(EXPRESSION)
    result = program.run("", expected=USAGE)
    assert "initial_type: expression is not allowed for particles" in result.stderr, result.stderr
    assert sorted(os.listdir()) == before, "a refused run wrote something"


def main(hht, mpiexec):
    program = Program(os.path.abspath(hht), mpiexec)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        check_table(program)
        check_ranks(program)
        check_stop(program)
        check_more_samples(program)
        check_restart_refused(program)
        check_refused(program)
        os.chdir("/")


if __name__ == "__main__":
    main(*sys.argv[1:])
