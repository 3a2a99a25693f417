"""How far N particles are from their mean field, against N: what `hht meanfield` leaves."""
import matplotlib.pyplot as plt
import numpy as np

from .data import mean_field_table
from .style import label_between_decades, label_numbers

COUNTED = [("beta", r"$\beta_N$", "o"), ("q1", r"$\langle q_1 \rangle$", "s")]


def plot(folder, _options):
    table, notes = mean_field_table(folder)
    figure, (counted, moved) = plt.subplots(1, 2, figsize=(11, 4.5))
    for (name, label, marker), color in zip(COUNTED, ("C0", "C1")):
        draw_counted(counted, table, name, label, marker, color)
    draw_theorem(counted, table, notes)
    draw_moved(moved, table)
    for axes in (counted, moved):
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("particles $N$")
        axes.legend(fontsize="small")
        label_between_decades(axes.yaxis)
    label_numbers(counted, table["particles"][np.isfinite(table["beta"])])
    counted.set_ylabel(f"weight outside the mean field, $t = {notes['time']:g}$")
    return [("meanfield", figure)]


def draw_counted(axes, table, name, label, marker, color):
    """Points with their standard errors, and the power of N that fits them best."""
    n, value, error = (table[key] for key in ("particles", name, f"{name}_error"))
    good = (value > 0) & (error > 0)
    if not good.any():
        return
    axes.errorbar(n[good], value[good], error[good], fmt=marker, color=color, capsize=3, label=label)
    if good.sum() < 2:
        return
    exponent, spread, constant = fit_power(n[good], value[good], error[good])
    print(f"  {name:5s} ~ N^({exponent:.3f} +- {spread:.3f})")
    ends = np.array([n[good].min(), n[good].max()])
    axes.plot(ends, constant * ends**exponent, color=color, linestyle="-", label=rf"fit, $N^{{{exponent:.2f}}}$")


def fit_power(n, value, error):
    """Exponent, its standard error, and constant by least squares of logarithms, weighted by the errors."""
    weight = value / error
    design = np.stack([np.log(n), np.ones_like(n)], axis=1) * weight[:, None]
    (exponent, constant), *_ = np.linalg.lstsq(design, np.log(value) * weight, rcond=None)
    covariance = np.linalg.inv(design.T @ design)
    return exponent, np.sqrt(covariance[0, 0]), np.exp(constant)


def draw_theorem(axes, table, notes):
    n, bound, power = table["particles"], table["theorem"], notes["lambda"]
    good = np.isfinite(table["beta"])
    if good.any():
        axes.plot(n[good], bound[good], color="0.4", linestyle=":",
                  label=rf"Theorem 4.8, $\lambda = {power:g}$, scaled")


def draw_moved(axes, table):
    n, distance = table["particles"], table["trajectory_distance"]
    axes.plot(n, distance, "o", color="C2", label="trajectories")
    axes.plot(n, distance[-1] * np.sqrt(n[-1] / n), color="C2", linestyle="--", label="$N^{-1/2}$, through the last")
    axes.set_ylabel("distance of the particles, r.m.s.")
