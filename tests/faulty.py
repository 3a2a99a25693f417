"""Runs of `hht` that something happens to: by the shim of tests/fault_shim.h, or by signals from outside."""
import os
import signal
import subprocess
import time
from pathlib import Path

import alone
import runs


class FaultyProgram(runs.Program):
    """hht, its launcher, the shim, and a folder for what Open MPI leaves behind when it is killed."""

    def __init__(self, hht, mpiexec, shim, scratch):
        super().__init__(hht, mpiexec)
        self.shim, self.scratch = shim, scratch

    def environment(self, ranks, fault):
        """fault: the shim's variables without FAULT_, or nothing."""
        own = {"TMPDIR": self.scratch, "OMPI_MCA_btl_vader_backing_directory": self.scratch, "OMPI_MCA_osc_sm_backing_directory": self.scratch}
        if fault:
            own |= {"LD_PRELOAD": self.shim} | {f"FAULT_{name.upper()}": str(value) for name, value in fault.items()}
        return os.environ | own | (alone.SETTINGS if ranks == 1 else {})

    def start(self, ranks, arguments, fault=None, **options):
        command = self.command(ranks, arguments)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment(ranks, fault), **pipes, **options)

    def run(self, ranks, arguments, expected=runs.COMPLETE, fault=None, **options):
        return finish(self.start(ranks, arguments, fault, **options), expected)


def finish(process, expected, timeout=60):
    """The end of a run: the exit code, and one line that says what it means. Returns that line, "" for a run that is complete."""
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        raise AssertionError(f"{process.args}: hangs\n{process.communicate()}") from None
    lines = [line for line in err.splitlines() if line.startswith("hht: ") and not line.startswith("hht: warning: ")]
    said = f"{process.args}: exit code {process.returncode} instead of {expected}\n{out}{err}"
    if expected == "killed":
        assert process.returncode not in (0, runs.USAGE, runs.STOPPED, runs.INVALID), said
        return "".join(lines)
    assert process.returncode == expected, said
    assert len(lines) == (expected != runs.COMPLETE), f"{process.args}: {lines}"
    assert "Traceback" not in err and "PETSC ERROR" not in err, err
    return "".join(lines)


def children(pid):
    """Processes that `pid` has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def rank_processes(process, ranks):
    """The processes of the ranks of a run under mpiexec, in the order in which it started them; of one alone, itself."""
    return children(process.pid) if ranks > 1 else [process.pid]


def is_alive(pid):
    """Whether the process still runs; one that nobody has asked for its exit code does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def wait_for(condition, process, what, seconds=30):
    """Until the condition holds, while the process runs."""
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, f"ended before {what}: {process.communicate()}"
        assert time.monotonic() < end, f"no {what} within {seconds} s"
        time.sleep(0.01)


def lines_of(folder):
    """Of diagnostics.csv, with the two of its header."""
    path = Path(folder, "diagnostics.csv")
    return len(path.read_text().splitlines()) if path.exists() else 0


def content(folder):
    """{path: bytes} of all files in the folder but the one that tells who was there last."""
    return {str(path): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file() and path.name != ".lock"}
