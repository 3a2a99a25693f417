"""What hht-plot draws: the runs of hht.py, and lines of `hht bench`."""
import json
import re
from pathlib import Path

import numpy as np
from hht import Diagnostics, Missing, snapshots

__all__ = ["Diagnostics", "Missing", "axis_label", "bench_lines", "mean_field_table", "snapshots"]


def axis_label(diagnostics, text, name):
    """An axis label: the text and the unit of the column."""
    unit = diagnostics.units[name].replace("^(1/2)", "^{1/2}").replace(" ", r"\,")
    return text if unit == "1" else f"{text} (${unit}$)"


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


def mean_field_table(folder):
    """The columns of meanfield.csv by name, and the numbers in its comment: lambda and time."""
    path = Path(folder) / "meanfield.csv"
    if not path.exists():
        raise Missing(f"{folder} has no meanfield.csv of hht meanfield")
    comment, *lines = path.read_text().splitlines()
    table = np.atleast_1d(np.genfromtxt(lines, delimiter=",", names=True, deletechars=""))
    if not table.size:
        raise Missing(f"{path} has no line yet")
    return table, {name: float(value) for name, value in re.findall(r"(\w+): (\S+?)(?:;|$)", comment)}
