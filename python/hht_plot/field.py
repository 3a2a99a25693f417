"""The field energy on a log axis with its fitted rate and frequency."""
import matplotlib.pyplot as plt
import numpy as np

from . import style
from .data import Diagnostics, axis_label
from .fit import fit_field


def plot(folder, options):
    data = Diagnostics(folder)
    time, energy = data["time"], data["field_energy"]
    if not np.any(energy > 0):
        print("  no field: field_energy is 0")
        return []
    fit = fit_field(time, energy)

    figure, axes = plt.subplots(figsize=(7, 4.5))
    axes.plot(time, np.where(energy > 0, energy, np.nan), label="field energy")
    scale(axes, energy[energy > 0])
    if fit:
        report(fit, options.theory)
        window = np.array([fit.start, fit.end])
        # Wide and behind the curve, which would hide it where it fits.
        axes.plot(window, fit.line(window), "-", color=style.COLORS[4], linewidth=4.5, zorder=1, label=label(fit))
        axes.plot(fit.peaks, fit.line(fit.peaks), "o", markersize=4, color=style.COLORS[1])
    else:
        print("  no rate: the field energy neither grows nor decays at one for long enough")
    axes.set_xlabel(axis_label(data, "time $t$", "time"))
    axes.set_ylabel(axis_label(data, r"$\frac{1}{2}\int|\nabla\phi|^2\,dx$", "field_energy"))
    axes.legend()
    return [("field", figure)]


def scale(axes, energy):
    """Logarithmic for what grows or decays; what hardly changes is seen to do so beside zero."""
    if np.max(energy) > 10 * np.min(energy):
        axes.set_yscale("log")
    else:
        axes.set_ylim(0, 1.2 * np.max(energy))


def label(fit):
    text = rf"fit: $\gamma = {fit.rate:.5f}$"
    return text + (rf", $\omega = {fit.frequency:.5f}$" if fit.frequency else "")


def report(fit, theory):
    """Measured numbers, beside those of `--theory` where given."""
    measured = [("rate", fit.rate), ("frequency", fit.frequency)]
    how = f"{len(fit.peaks)} peaks" if len(fit.peaks) else "slope"
    print(f"  window       t = {fit.start:.4g} .. {fit.end:.4g} ({how})")
    if not theory:
        for name, value in measured:
            print(f"  {name:12s} {value:.6f}")
        return
    print(f"  {'':12s} {'measured':>10s} {'theory':>10s} {'difference':>11s}")
    for (name, value), expected in zip(measured, theory):
        print(f"  {name:12s} {value:10.6f} {expected:10.6f} {value - expected:11.1e}")
