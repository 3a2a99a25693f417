"""Reads what a run of `hht` leaves in its folder, as NumPy arrays with axes.

    import hht

    run = hht.open("runs/landau")
    run["time"], run["field_energy"]           # columns of diagnostics.csv
    run.units["field_energy"]                  # "M V^2"
    run.parameters["grid"]["nx"]               # used_parameters.yaml
    last = run.snapshots[-1]
    last.time, list(last)                      # 40.0, ['alpha', 'alpha_hat', 'current', ..]
    f = last["f"]
    f.values, f.axes["x"], f.axes["v"]         # f[i, j] belongs to x[i], v[j]

Nothing is kept open, and arrays are read when they are asked for: a run that is still going on may be read at any time.
Needs h5py and NumPy; `parameters` needs PyYAML too.
"""
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

__all__ = ["Diagnostics", "Field", "Missing", "Run", "Snapshot", "open", "snapshots"]


class Missing(KeyError):
    """The folder lacks what was asked for; the text says what."""

    def __str__(self):
        return self.args[0]


def open(folder):
    """The run in that folder (the case's output_dir)."""
    return Run(folder)


class Run:
    """A run's folder. run[name] is the column of that name of diagnostics.csv."""

    def __init__(self, folder):
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise Missing(f"{folder} is not a folder")

    def __repr__(self):
        return f"hht.open({str(self.folder)!r})"

    def __getitem__(self, name):
        return self.diagnostics[name]

    @property
    def diagnostics(self):
        """The time series as they are on disk now."""
        return Diagnostics(self.folder)

    @property
    def units(self):
        """{column: unit}; L, V and M are the case's units of length, velocity and mass, "1" is none."""
        return self.diagnostics.units

    @property
    def snapshots(self):
        """All snapshots in the order of their steps."""
        return snapshots(self.folder)

    @property
    def parameters(self):
        """All options with their values, by group: {"grid": {"dim": 1, ..}, ..}."""
        import yaml

        return yaml.safe_load((self.folder / "used_parameters.yaml").read_text())

    @property
    def complete(self):
        """Whether the run reached its end."""
        return (self.folder / "COMPLETE").exists()


class Diagnostics(Mapping):
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
        self.units = dict.fromkeys(self.names, "1") | dict(zip(self.names, _units(comments)))
        # A run that is being written to may end in half a line.
        rows = [row for row in (line.split(",") for line in lines[1:]) if len(row) == len(self.names)]
        self._table = np.array(rows, dtype=float)

    def __getitem__(self, name):
        if name not in self.names:
            raise Missing(f"diagnostics.csv has no column {name}; it has {', '.join(self.names)}")
        return self._table[:, self.names.index(name)]

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)

    def __contains__(self, name):
        return name in self.names


def _units(comments):
    """The units in the comment line of diagnostics.csv."""
    for line in comments:
        name, _, rest = line.lstrip("# ").partition(":")
        if name == "units":
            return [unit.strip() for unit in rest.split(",")]
    return []


@dataclass
class Field:
    """A dataset of a snapshot: values[i, j, ..] at axes[labels[0]][i], axes[labels[1]][j], ..; complex where it is so in the file."""

    values: np.ndarray
    labels: list
    axes: dict


class Snapshot(Mapping):
    """A snapshot file; snapshot[name] reads the dataset of that name, as `f`, `alpha_hat`, `density` or `force/x`."""

    def __init__(self, path):
        self.path = path
        with h5py.File(path, "r") as file:
            if "data" not in file or not len(file["data"]):
                raise Missing(f"{path} holds no /data/<step>")
            self.step = max(map(int, file["data"]))
            group = file[f"data/{self.step}"]
            self.time = float(group.attrs.get("time", np.nan))
            self.dimensions = {name: item.ndim for name, item in _meshes(group)}

    @property
    def planes(self):
        """Names of the two-dimensional datasets."""
        return [name for name, dimensions in self.dimensions.items() if dimensions == 2]

    def __getitem__(self, name):
        if name not in self.dimensions:
            raise Missing(f"{self.path} has no {name}; it has {', '.join(self)}")
        with h5py.File(self.path, "r") as file:
            return _field(file[f"data/{self.step}/{name}"])

    def __iter__(self):
        return iter(self.dimensions)

    def __len__(self):
        return len(self.dimensions)


def _meshes(group):
    """(name, dataset) of each mesh of a step, and of each component of a vector."""
    for name, item in group.items():
        if isinstance(item, h5py.Dataset):
            yield name, item
        elif name != "meshes":  # which are the same once more, where openPMD looks for them
            yield from ((f"{name}/{component}", dataset) for component, dataset in item.items())


def _field(dataset):
    values = dataset[()]
    if values.dtype.names == ("r", "i"):
        values = values["r"] + 1j * values["i"]
    # In openPMD's terms the components of a vector share the attributes of their group.
    attributes = dict(dataset.parent.attrs) | dict(dataset.attrs)
    labels = [_text(label) for label in attributes.get("axisLabels", range(values.ndim))]
    spacing = attributes.get("gridSpacing", np.ones(values.ndim))
    offset = attributes.get("gridGlobalOffset", np.zeros(values.ndim))
    axes = {label: o + s * np.arange(n) for label, o, s, n in zip(labels, offset, spacing, values.shape)}
    return Field(values, labels, axes)


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def snapshots(folder):
    """All snapshots of a run in the order of their steps."""
    paths = sorted((Path(folder) / "snapshots").glob("snapshot_*.h5"))
    if not paths:
        raise Missing(f"{folder} has no snapshots/snapshot_*.h5")
    return [Snapshot(path) for path in paths]
