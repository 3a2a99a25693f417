"""f(x, v) and |alpha_hat|(x, xi), or |f_hat|, side by side; for d > 1 the planes that the snapshot holds."""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

from .data import Missing, snapshots

# What a dataset is called and the unit of its colours, in those of the case: L, V and M. A marginal has f integrated over all other axes.
LOOKS = {"f": ("f", r"M\,L^{-1}V^{-1}"), "f_hat": (r"|\hat f|", "M\\,L^{-1}"), "alpha": (r"|\alpha|", "M^{1/2}L^{-1/2}V^{-1/2}"),
         "alpha_hat": (r"|\hat\alpha|", "M^{1/2}L^{-1/2}V^{1/2}"), "density": (r"\rho", r"M\,L^{-2}"),
         "marginal": (r"\int f", r"M\,L^{-1}V^{-1}")}
UNITS = {"x": "L", "v": "V", "xi": "V^{-1}"}  # by what an axis measures
MAX_DECADES = 12


def plot(folder, _options):
    snapshot = snapshots(folder)[-1]
    names = panel_names(snapshot)
    figure, axes = plt.subplots(1, len(names), figsize=((5.5 if len(names) < 3 else 4.2) * len(names), 4.5), squeeze=False)
    for panel, name in zip(axes[0], names):
        field = snapshot[name]
        draw(panel, field, name, is_weak(field))
    print(f"  {', '.join(names)} at t = {snapshot.time:g}")
    figure.suptitle(f"$t = {snapshot.time:g}$ ($L/V$)")
    return [("phase", figure)]


def panel_names(snapshot):
    """For d = 1 all of phase space; else how matter is spread, and how it moves along each axis."""
    wanted = [name for name in ("f", "alpha_hat", "f_hat") if name in snapshot.planes]
    names = wanted or [name for name in snapshot.planes if name.startswith(("density", "marginal"))]
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
    title, unit = LOOKS[name.split("_")[0] if name.startswith("marginal") else name]
    if np.iscomplexobj(field.values):
        values, look = modulus(field.values)
    elif weak:
        values, look = deviation(field), {"cmap": "PuOr"}
        look["vmax"] = np.max(np.abs(values)) or 1.0
        look["vmin"] = -look["vmax"]
        title += rf" - \langle {title} \rangle_{field.labels[0]}"
    else:
        values, look = field.values, {"cmap": "viridis"}
    image = panel.pcolormesh(*field.axes.values(), values.T, shading="nearest", rasterized=True, **look)
    panel.set_xlabel(axis_label(field.labels[0]))
    panel.set_ylabel(axis_label(field.labels[1]))
    panel.set_title(f"${title}$ (${unit}$)")
    panel.grid(False)
    panel.figure.colorbar(image, ax=panel)
    return image


def modulus(values):
    """The colours end where the values do: hardly any point is below the lowest."""
    values = np.abs(values)
    top = np.max(values) or 1.0
    low = np.clip(np.percentile(values, 1), 10.0**-MAX_DECADES * top, 0.1 * top)
    return np.maximum(values, low), {"cmap": "cividis", "norm": LogNorm(low, top)}


def axis_label(name):
    """x, vy or xiz as mathematics, with its unit in the case's length L and velocity V."""
    kind = next(kind for kind in ("xi", "v", "x") if name.startswith(kind) or kind == "x")
    symbol = name.replace(kind, {"xi": r"\xi_", "v": "v_"}.get(kind, kind), 1).rstrip("_")
    return f"${symbol}$ (${UNITS[kind]}$)"
