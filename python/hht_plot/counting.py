"""P_k, the weight of alpha_N with exactly k of the N particles outside the mean field's alpha.

A run of N particles on the grid has all of them against time, in diagnostics.csv; `hht meanfield` has the first few against
N, with standard errors, in meanfield.csv.
"""
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from . import style
from .data import Diagnostics, Missing, axis_label, mean_field_table

SUMS = [("beta", r"$\beta_N$"), ("q_1", r"$\langle q_1\rangle$")]


def plot(folder, _options):
    figure = against_number(folder) if (Path(folder) / "meanfield.csv").exists() else against_time(folder)
    return [("counting", figure)]


def against_time(folder):
    data = Diagnostics(folder)
    names = weights(data)
    if not names:
        raise Missing("diagnostics.csv has no P_k; equation_type nbody with two particles or more writes them")
    figure, (each, sums) = plt.subplots(2, 1, sharex=True, figsize=(8, 7))
    for name in names:
        each.plot(data["time"], data[name], label=f"${name}$")
        print(f"  {name:5s} {data[name][-1]:.4f} at the end")
    each.set_ylabel("weight with $k$ particles outside")
    for name, label in SUMS:
        sums.plot(data["time"], data[name], label=label)
    sums.set_ylabel("weight outside the mean field")
    sums.set_xlabel(axis_label(data, "time $t$", "time"))
    for axes in (each, sums):
        style.legend_beside(axes)
    return figure


def against_number(folder):
    """Estimates may be negative, and a P_k that is not known for an N, as one with k > N, is left out."""
    table, notes = mean_field_table(folder)
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for k, name in enumerate(weights(table.dtype.names)):
        known = np.isfinite(table[name])
        if not known.any():
            continue
        n, value, error = (table[column][known] for column in ("particles", name, f"{name}_error"))
        # Beside one another: error bars at the same N would cover each other.
        axes.errorbar(n * 1.04**k, value, error, marker="osD^"[k % 4], capsize=3, label=f"${name}$")
        print(f"  {name:5s} {value[-1]:.4f} +- {error[-1]:.4f} for N = {n[-1]:g}")
    axes.axhline(0, color="0.6", linewidth=1, zorder=0)
    axes.set_xscale("log")
    style.label_numbers(axes, table["particles"][np.isfinite(table["P_0"])])
    axes.set_xlabel("particles $N$")
    axes.set_ylabel(f"weight with $k$ particles outside, $t = {notes['time']:g}$")
    style.legend_beside(axes)
    return figure


def weights(names):
    """P_0, P_1, .. as far as there are any."""
    return [name for name in names if name.startswith("P_") and name[2:].isdigit()]
