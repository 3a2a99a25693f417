"""Starting runs of `hht`, and reading what they leave."""
import subprocess
from pathlib import Path

import alone
import h5py

COMPLETE, USAGE, IO, STOPPED, INVALID = 0, 2, 74, 75, 76


class Program:
    """hht and its launcher."""

    def __init__(self, hht, mpiexec):
        self.hht, self.mpiexec = hht, mpiexec

    def command(self, ranks, arguments):
        launcher = [self.mpiexec, "-n", str(ranks)] if ranks > 1 else []
        return [*launcher, self.hht, "run", *map(str, arguments)]

    def run(self, ranks, arguments, expected=COMPLETE):
        command = self.command(ranks, arguments)
        result = alone.run(command) if ranks == 1 else subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert result.returncode == expected, (
            f"{ranks} ranks, {arguments}: exit code {result.returncode} instead of {expected}\n{result.stdout}{result.stderr}"
        )
        return result


def diagnostics(folder):
    """The rows without the wall time, as text."""
    lines = [line.split(",") for line in Path(folder, "diagnostics.csv").read_text().splitlines() if line[0] != "#"]
    wall = lines[0].index("wall_time")
    return [row[:wall] + row[wall + 1 :] for row in lines]


def datasets(folder, kind="snapshots"):
    """{file and path: bytes} of all datasets of all snapshots (or checkpoints), but those that tell how the run was made."""
    found = {}
    for path in sorted(Path(folder, kind).glob("*.h5")):
        with h5py.File(path) as file:
            for group in ("data", "checksums/data"):
                file[group].visititems(
                    lambda name, item: found.update({f"{path.name}:{group}/{name}": item[()].tobytes()})
                    if isinstance(item, h5py.Dataset)
                    else None
                )
    return found


def latest_step(folder):
    """Of the newest checkpoint."""
    return int(Path(folder, "checkpoints", "latest").read_text().strip()[len("checkpoint_") : -len(".h5")])


def check_same(folder, reference):
    """Diagnostics, snapshots, and the last checkpoint, are the same bits in both folders."""
    for row, expected in zip(diagnostics(folder), diagnostics(reference), strict=True):
        assert row == expected, f"{folder}: diagnostics\n{row}\ninstead of\n{expected}"
    for kind in ("snapshots", "checkpoints"):
        found, expected = datasets(folder, kind), datasets(reference, kind)
        if kind == "checkpoints":
            last = max(name.split(":")[0] for name in expected)
            found, expected = ({k: v for k, v in d.items() if k.startswith(last)} for d in (found, expected))
        assert found.keys() == expected.keys(), f"{folder}: {kind} {found.keys() ^ expected.keys()}"
        different = [key for key, value in expected.items() if found[key] != value]
        assert not different, f"{folder}: {different} differ"
