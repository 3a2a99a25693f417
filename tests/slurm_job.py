"""A run of `hht` in a job of SLURM on this machine: how far it is, and what may happen to its ranks."""
import os
import re
import signal
from pathlib import Path

from slurm_cluster import poll


class Job:
    """The run is in the folder, the job writes to the log. An element of an array has an id as 7_3."""

    def __init__(self, cluster, job, folder, log):
        self.cluster, self.id, self.folder, self.log = cluster, job, Path(folder), Path(log)

    def step(self):
        """The last one in diagnostics.csv; the first line of what is read and the last one may be parts."""
        file = self.folder / "diagnostics.csv"
        lines = end_of(file).splitlines()[1:-1] if file.exists() else []
        return int(lines[-1].split(",")[0]) if lines and lines[-1][0].isdigit() else 0

    def freeze(self, step):
        """Stops the ranks when they have reached that step: what SLURM takes its time for costs no steps then, and it wakes those
        that it ends. Returns the step of then."""
        before = self.step()
        poll(lambda: self.step() not in (0, before), 60, f"steps of {self.folder}")
        processes = [process for process, _ in self.ranks()]  # looking for them takes longer than many a step
        poll(lambda: self.step() >= step, 60, f"step {step} of {self.folder}")
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        return self.step()

    def warn(self):
        """As SLURM does before the time limit."""
        self.cluster.call("scancel", "--batch", "--signal=USR2", self.id)
        self.heed_warning()

    def heed_warning(self):
        """Wakes the ranks once the script and srun have passed it on."""
        self.says("near its time limit")
        poll(lambda: all(has_pending(process, signal.SIGUSR2) for process, _ in self.ranks()), 60, "SIGUSR2 for the ranks")
        self.kill_ranks(signal.SIGCONT)

    def says(self, text, seconds=60):
        poll(lambda: self.log.exists() and text in self.log.read_text(), seconds, f"'{text}' in {self.log}")

    def kill_ranks(self, number, *which):
        """Sends a signal that SLURM does not know of, to all ranks or to some."""
        for process, rank in self.ranks():
            if not which or rank in which:
                os.kill(process, number)

    def ranks(self):
        """(process id, rank) of each. Programs that a rank starts have its environment, too."""
        for path in Path("/proc").glob("[0-9]*"):
            try:
                name, text = (path / "comm").read_text(), (path / "environ").read_text(errors="replace")
            except OSError:
                continue  # it has ended, or is somebody else's
            variables = dict(line.split("=", 1) for line in text.split("\0") if "=" in line)
            if name == "hht\n" and "SLURM_STEP_ID" in variables and self.id == job_id(variables):
                yield int(path.name), int(variables["SLURM_PROCID"])


def end_of(path, length=4096):
    with open(path, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - length))
        return file.read().decode()


def has_pending(process, number):
    """Whether a stopped process has got that signal."""
    mask = re.search(r"ShdPnd:\s*([0-9a-f]+)", Path(f"/proc/{process}/status").read_text())[1]
    return int(mask, 16) >> (number - 1) & 1


def job_id(variables):
    if "SLURM_ARRAY_JOB_ID" in variables:
        return f"{variables['SLURM_ARRAY_JOB_ID']}_{variables['SLURM_ARRAY_TASK_ID']}"
    return variables.get("SLURM_JOB_ID")
