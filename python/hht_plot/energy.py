"""How energy moves between particles and field, and how well the conserved quantities are conserved."""
import matplotlib.pyplot as plt
import numpy as np

from . import style
from .data import Diagnostics, axis_label

CONSERVED = [("mass", "mass"), ("energy", "energy"), ("hamiltonian", "hamiltonian $H_{Ht}$"), ("l2_norm", r"norm of $\hat\alpha$"),
             ("f_l2_norm", "$L^2$ norm of $f$"), ("entropy", "entropy")]
ENERGIES = [("kinetic_energy", "kinetic"), ("potential_energy", "potential"), ("energy", "total")]


def plot(folder, _options):
    data = Diagnostics(folder)
    time = data["time"]
    figure, (drift, energies) = plt.subplots(2, 1, sharex=True, figsize=(9, 7))

    for name, label in CONSERVED:
        if name in data and np.any(data[name]) and not np.any(np.isnan(data[name])):
            drift.semilogy(time, relative_drift(data[name]), label=label)
            print(f"  {name:12s} relative drift {relative_drift(data[name])[-1]:.2e}")
    drift.set_ylabel("relative drift since $t = 0$")
    style.legend_beside(drift)

    # Changes, because the kinetic energy at rest often dwarfs what it exchanges with the field.
    for name, label in ENERGIES:
        energies.plot(time, data[name] - data[name][0], label=f"{label}, from {data[name][0]:.4g}")
    energies.set_ylabel(axis_label(data, "change of energy", "energy"))
    energies.set_xlabel(axis_label(data, "time $t$", "time"))
    style.legend_beside(energies)
    return [("energy", figure)]


def relative_drift(values):
    """|q(t) - q(0)| / |q(0)|, not below one unit of round-off so that a log axis can show it."""
    scale = abs(values[0]) or np.max(np.abs(values))
    return np.maximum(np.abs(values - values[0]) / scale, np.finfo(float).eps)
