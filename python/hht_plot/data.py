"""What a run's folder holds: diagnostics.csv, snapshots, lines of `hht bench`."""
import json
from pathlib import Path

import h5py
import numpy as np


class Missing(Exception):
    """The folder lacks what a plot needs; the text says what."""


class Diagnostics:
    """The columns of diagnostics.csv by name, each an array over the steps."""

    def __init__(self, folder):
        path = Path(folder) / "diagnostics.csv"
        if not path.is_file():
            raise Missing(f"{path} does not exist")
        lines = path.read_text().splitlines()
        comments = [line for line in lines if line.startswith("#")]
        lines = [line for line in lines if line and not line.startswith("#")]
        if len(lines) < 2:
            raise Missing(f"{path} has no line of data")
        self.names = [name.strip() for name in lines[0].split(",")]
        self.units = dict(zip(self.names, units(comments)))
        # A run that is being written to may end in half a line.
        rows = [row for row in (line.split(",") for line in lines[1:]) if len(row) == len(self.names)]
        self._table = np.array(rows, dtype=float)

    def __contains__(self, name):
        return name in self.names

    def __getitem__(self, name):
        if name not in self.names:
            raise Missing(f"diagnostics.csv has no column {name}")
        return self._table[:, self.names.index(name)]

    def label(self, text, name):
        """An axis label: the text and the unit of the column."""
        unit = self.units.get(name, "1")
        return text if unit == "1" else f"{text} (${unit}$)"


def units(comments):
    """The units in the comment line of diagnostics.csv; L, V and M are the case's length, velocity and mass."""
    for line in comments:
        name, _, rest = line.lstrip("# ").partition(":")
        if name == "units":
            return [unit.strip().replace("^(1/2)", "^{1/2}").replace(" ", r"\,") for unit in rest.split(",")]
    return []


class Field:
    """A two-dimensional dataset of a snapshot with its axes."""

    def __init__(self, dataset):
        self.values = dataset[()]
        if self.values.dtype.names == ("r", "i"):
            self.values = self.values["r"] + 1j * self.values["i"]
        shape = self.values.shape
        self.labels = [text(label) for label in dataset.attrs.get("axisLabels", ["0", "1"])]
        spacing = dataset.attrs.get("gridSpacing", np.ones(len(shape)))
        offset = dataset.attrs.get("gridGlobalOffset", np.zeros(len(shape)))
        self.axes = [o + s * np.arange(n) for o, s, n in zip(offset, spacing, shape)]


class Snapshot:
    """The newest step of one snapshot file. Datasets are read when asked for."""

    def __init__(self, path):
        self.path = path
        with h5py.File(path, "r") as file:
            if "data" not in file or not len(file["data"]):
                raise Missing(f"{path} holds no /data/<step>")
            self.step = max(file["data"], key=int)
            group = file["data"][self.step]
            self.time = float(group.attrs.get("time", np.nan))
            self.planes = [name for name, item in group.items() if isinstance(item, h5py.Dataset) and item.ndim == 2]

    def field(self, name):
        with h5py.File(self.path, "r") as file:
            return Field(file["data"][self.step][name])


def snapshots(folder):
    """All snapshots of a run in the order of their steps."""
    paths = sorted((Path(folder) / "snapshots").glob("snapshot_*.h5"))
    if not paths:
        raise Missing(f"{folder} has no snapshots/snapshot_*.h5")
    return [Snapshot(path) for path in paths]


def bench_lines(folder):
    """The JSON lines of `hht bench` in all *.json and *.jsonl files (logs may hold other lines too)."""
    folder = Path(folder)
    paths = [folder] if folder.is_file() else sorted([*folder.glob("*.json"), *folder.glob("*.jsonl")])
    lines = []
    for path in paths:
        lines += [json.loads(line) for line in path.read_text().splitlines() if line.lstrip().startswith("{")]
    lines = [line for line in lines if {"ranks", "ns_per_point", "nx", "nv", "dim", "transpose"} <= line.keys()]
    if not lines:
        raise Missing(f"{folder} has no JSON lines of hht bench")
    return lines


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)
