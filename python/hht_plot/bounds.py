"""The norms that the paper bounds, and their bounds: (8), also as it is printed, (11) and (7)."""
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from .data import Diagnostics, Missing, axis_label
from .style import label_between_decades

PAIRS = [("m1_norm", "m1_bound", r"$\Vert\hat\alpha\Vert_{M^1}$", "(8)"),
         ("d2_norm", "d2_bound", r"$\Vert D^2\alpha\Vert$", "(11)"),
         ("distance", "distance_bound", r"$\Vert\alpha-\beta\Vert$", "(7)")]


def plot(folder, _options):
    data = Diagnostics(folder)
    pairs = [pair for pair in PAIRS if pair[0] in data and np.any(np.isfinite(data[pair[0]] + data[pair[1]]))]
    if not pairs:
        raise Missing("diagnostics.csv has no norm with a bound; is the potential outside (Pot)?")
    figure, panels = plt.subplots(len(pairs), 1, sharex=True, squeeze=False, figsize=(7, 3 * len(pairs)))
    for panel, pair in zip(panels[:, 0], pairs):
        draw(panel, data, *pair)
    draw_printed(panels[0, 0], data, folder, pairs)
    for panel, (norm, _, symbol, _) in zip(panels[:, 0], pairs):
        panel.set_ylabel(axis_label(data, symbol, norm))
        panel.legend(loc="upper left")
        label_between_decades(panel.yaxis)
    panels[-1, 0].set_xlabel(axis_label(data, "time $t$", "time"))
    return [("bounds", figure)]


def draw(panel, data, norm, bound, symbol, label):
    """Infinite bounds are beyond every picture."""
    share = data[norm] / data[bound]
    panel.semilogy(data["time"], data[norm], label=symbol)
    panel.semilogy(data["time"], finite(data[bound]), label=f"bound {label}")
    if np.any(np.isfinite(share)):
        print(f"  {norm:9s} at most {np.nanmax(share):.4f} of {bound}")


def draw_printed(panel, data, folder, pairs):
    """(8) as it is printed, which is no bound, where the log tells of C_Gamma."""
    c_gamma = find_c_gamma(folder)
    if c_gamma is None or pairs[0][0] != "m1_norm":
        return
    time, norm = data["time"], data["m1_norm"]
    printed = printed_bound(norm[0], c_gamma, time)
    panel.semilogy(time, finite(printed), label="(8) as printed")
    broken = np.flatnonzero(norm > printed * (1 + 1e-9))
    when = f"broken from time {time[broken[0]]:g} on" if len(broken) else "kept"
    print(f"  (8) as printed, with C_Gamma = {c_gamma:g}: {when}")


def printed_bound(m, c, t):
    """The paper's right-hand side of (8)."""
    q = c * m**2
    with np.errstate(over="ignore"):
        return m * (1 + q + q * np.exp((1 + 2 * q) * t)) / (1 + 2 * q)


def find_c_gamma(folder):
    """None where the potential is outside (Pot), or there is no log."""
    log = Path(folder) / "log.txt"
    found = re.search(r"C_Gamma (\d\S*)", log.read_text()) if log.is_file() else None
    return float(found.group(1)) if found else None


def finite(values):
    return np.where(np.isfinite(values), values, np.nan)
