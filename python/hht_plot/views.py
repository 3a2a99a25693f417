"""The table of `hht views`: how far the three views of a case are apart, and what each loses of what the Vlasov equation keeps."""
import csv
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from .data import Missing

DISTANCES = [
    ("l2_hht_characteristics", r"$f$: $|\alpha|^2$ on the grid, along characteristics"),
    ("l2_hht_vlasov", r"$f$: $|\alpha|^2$ on the grid, Vlasov"),
    ("l2_characteristics_vlasov", r"$f$: along characteristics, Vlasov"),
    ("alpha_l2", r"$\alpha$: on the grid, along characteristics"),
]
# Where two have the same colour, the line with it is the same quantity of the other equation.
LOSSES = [
    ("l2_error_hht", r"$|\alpha|^2$: $L^2$ norm", "C0", "-"),
    ("entropy_error_hht", r"$|\alpha|^2$: entropy", "C1", "-"),
    ("l2_error_vlasov", r"Vlasov: $L^2$ norm", "C0", "--"),
    ("entropy_error_vlasov", r"Vlasov: entropy", "C1", "--"),
    ("negative_mass_vlasov", r"Vlasov: negative mass", "C2", "--"),
]
ROUND_OFF = np.finfo(float).eps  # so that a log axis shows a zero


def plot(folder, _options):
    data = read(Path(folder) / "views.csv")
    figure, (distances, losses) = plt.subplots(2, 1, sharex=True, figsize=(7, 8))
    for name, label in DISTANCES:
        distances.semilogy(data["time"], np.maximum(data[name], ROUND_OFF), label=label)
        print(f"  {name:26s} {data[name][-1]:.2e}")
    distances.set_ylabel("$L^2$ distance, relative")
    distances.legend(fontsize=9)
    for name, label, color, line in LOSSES:
        losses.semilogy(data["time"], np.maximum(np.abs(data[name]), ROUND_OFF), line, color=color, label=label)
        print(f"  {name:26s} {data[name][-1]:.2e}")
    losses.set_ylabel("change since $t = 0$, relative")
    losses.set_xlabel("time $t$ ($L/V$)")
    losses.legend(fontsize=9)
    return [("views", figure)]


def read(path):
    """{column: numbers}"""
    if not path.is_file():
        raise Missing(f"{path} does not exist")
    with open(path) as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise Missing(f"{path} has no line of data")
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
