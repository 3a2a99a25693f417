"""f(x, v) and |alpha_hat|(x, xi) side by side; for d > 1 the planes that the snapshot holds."""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

from .data import Missing, snapshots

NAMES = {"f": "$f$", "alpha": r"$|\alpha|$", "alpha_hat": r"$|\hat\alpha|$"}
UNITS = {"x": "L", "v": "V", "xi": "V^{-1}"}  # by what an axis measures


def plot(folder, _options):
    snapshot = snapshots(folder)[-1]
    names = panel_names(snapshot)
    figure, axes = plt.subplots(1, len(names), figsize=(5.5 * len(names), 4.5), squeeze=False)
    for panel, name in zip(axes[0], names):
        draw(panel, snapshot.field(name), name)
    figure.suptitle(f"$t = {snapshot.time:g}$")
    return [("phase", figure)]


def panel_names(snapshot):
    wanted = [name for name in ("f", "alpha_hat") if name in snapshot.planes]
    names = wanted or snapshot.planes[:3]
    if not names:
        raise Missing(f"{snapshot.path} holds no two-dimensional field")
    return names


def draw(panel, field, name):
    """One colour map; a complex field by its modulus on a log scale, which shows the filaments of alpha_hat."""
    values, norm = field.values, None
    if np.iscomplexobj(values):
        values = np.abs(values)
        top = np.max(values) or 1.0
        values, norm = np.maximum(values, 1e-12 * top), LogNorm(1e-12 * top, top)
    image = panel.pcolormesh(*field.axes, values.T, norm=norm, cmap="cividis" if norm else "viridis",
                             shading="nearest", rasterized=True)
    panel.set_xlabel(axis_label(field.labels[0]))
    panel.set_ylabel(axis_label(field.labels[1]))
    panel.set_title(NAMES.get(name, name))
    panel.grid(False)
    panel.figure.colorbar(image, ax=panel)
    return image


def axis_label(name):
    """x, vy or xiz as mathematics, with its unit in the case's length L and velocity V."""
    kind = next(kind for kind in ("xi", "v", "x") if name.startswith(kind) or kind == "x")
    symbol = name.replace(kind, {"xi": r"\xi_", "v": "v_"}.get(kind, kind), 1).rstrip("_")
    return f"${symbol}$ (${UNITS[kind]}$)"
