"""Grids like 64^4, where the programs are, and the JSON lines of `hht bench`."""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Grid:
    """N^(2d): n points in each dimension of a phase space of 2 dim dimensions. factor multiplies the first one."""

    def __init__(self, text, factor=1):
        match = re.fullmatch(r"(\d+)\^([246])", text)
        if not match:
            raise ValueError(f"{text} is not allowed; a grid is like 2048^2, 64^4 or 16^6")
        self.text, self.n, self.dim = text, int(match[1]), int(match[2]) // 2
        self.nx = [self.n * factor] + [self.n] * (self.dim - 1)
        self.points = factor * self.n ** (2 * self.dim)

    def options(self):
        return ["-grid_dim", str(self.dim), "-grid_nx", ",".join(map(str, self.nx)), "-grid_nv", str(self.n)]


def stop(message):
    """A user's mistake: one line and exit code 2, as `hht` does."""
    print(f"{Path(sys.argv[0]).name}: error: {message}", file=sys.stderr)
    sys.exit(2)


def program(name, folder=None):
    """A program in the folder; without one in build/release, or else on PATH."""
    built = Path(folder or ROOT / "build/release/bin") / name
    path = str(built.absolute()) if built.exists() else None if folder else shutil.which(name)
    if not path:
        stop(f"{built} does not exist; build it: cmake --preset release && cmake --build --preset release")
    return path


def cores():
    """Of this machine, or what SLURM gave us."""
    if "SLURM_NTASKS" in os.environ:
        return int(os.environ["SLURM_NTASKS"])
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def launcher(ranks):
    """srun in a job of SLURM, as in jobs/run.sbatch; else mpiexec."""
    if "SLURM_JOB_ID" in os.environ:
        return ["srun", "--mpi=pmix", f"--wait={os.environ.get('SLURM_WAIT', 60)}", f"--ntasks={ranks}",
                f"--cpus-per-task={os.environ.get('SLURM_CPUS_PER_TASK', 1)}"]
    return ["mpiexec", "-n", str(ranks)]


def refuse_oversubscription(ranks, allowed):
    if ranks > cores() and not allowed:
        stop(f"{ranks} ranks on {cores()} cores are not allowed without --oversubscribe: times would mean nothing")


def bench(hht, ranks, options):
    """The JSON lines of one `hht bench`, complex and real."""
    command = [*launcher(ranks), hht, "bench", *options]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode:
        print(f"{' '.join(command)}: exit code {result.returncode}", file=sys.stderr)
        sys.exit(result.returncode)
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
