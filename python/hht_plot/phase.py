"""f(x, v) and |alpha_hat|(x, xi), or |f_hat|, side by side; for d > 1 the planes that the snapshot holds."""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

from .data import Missing, snapshots

NAMES = {"f": "f", "f_hat": r"|\hat f|", "alpha": r"|\alpha|", "alpha_hat": r"|\hat\alpha|"}
UNITS = {"x": "L", "v": "V", "xi": "V^{-1}"}  # by what an axis measures


def plot(folder, _options):
    snapshot = snapshots(folder)[-1]
    names = panel_names(snapshot)
    figure, axes = plt.subplots(1, len(names), figsize=(5.5 * len(names), 4.5), squeeze=False)
    for panel, name in zip(axes[0], names):
        field = snapshot[name]
        draw(panel, field, name, is_weak(field))
    figure.suptitle(f"$t = {snapshot.time:g}$")
    return [("phase", figure)]


def panel_names(snapshot):
    wanted = [name for name in ("f", "alpha_hat", "f_hat") if name in snapshot.planes]
    names = wanted or snapshot.planes[:3]
    if not names:
        raise Missing(f"{snapshot.path} holds no two-dimensional field")
    return names


def is_weak(field):
    """Whether a real field hardly depends on x, so that only what differs from its mean over x is worth seeing."""
    return not np.iscomplexobj(field.values) and np.max(np.abs(deviation(field))) < 0.1 * np.max(np.abs(field.values))


def deviation(field):
    return field.values - np.mean(field.values, axis=0)


def draw(panel, field, name, weak):
    """One colour map; a complex field by its modulus on a log scale, which shows the filaments of alpha_hat."""
    title = NAMES.get(name, rf"\mathrm{{{name}}}".replace("_", r"\_"))
    if np.iscomplexobj(field.values):
        values, look = modulus(field.values)
    elif weak:
        values, look = deviation(field), {"cmap": "PuOr"}
        look["vmax"] = np.max(np.abs(values)) or 1.0
        look["vmin"] = -look["vmax"]
        title += rf" - \langle {title} \rangle_x"
    else:
        values, look = field.values, {"cmap": "viridis"}
    image = panel.pcolormesh(*field.axes.values(), values.T, shading="nearest", rasterized=True, **look)
    panel.set_xlabel(axis_label(field.labels[0]))
    panel.set_ylabel(axis_label(field.labels[1]))
    panel.set_title(f"${title}$")
    panel.grid(False)
    panel.figure.colorbar(image, ax=panel)
    return image


def modulus(values):
    values = np.abs(values)
    top = np.max(values) or 1.0
    return np.maximum(values, 1e-12 * top), {"cmap": "cividis", "norm": LogNorm(1e-12 * top, top)}


def axis_label(name):
    """x, vy or xiz as mathematics, with its unit in the case's length L and velocity V."""
    kind = next(kind for kind in ("xi", "v", "x") if name.startswith(kind) or kind == "x")
    symbol = name.replace(kind, {"xi": r"\xi_", "v": "v_"}.get(kind, kind), 1).rstrip("_")
    return f"${symbol}$ (${UNITS[kind]}$)"
