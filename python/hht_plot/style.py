"""One look for all figures, legible in print and without colour vision."""
import matplotlib

# Okabe and Ito's colours; line styles tell curves apart in black and white too.
COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
LINES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), "-"]


def apply():
    matplotlib.rcParams.update({
        "axes.prop_cycle": matplotlib.cycler(color=COLORS) + matplotlib.cycler(linestyle=LINES),
        "axes.grid": True,
        "axes.axisbelow": True,
        "font.size": 11,
        "grid.color": "0.85",
        "image.cmap": "viridis",
        "legend.framealpha": 0.9,
        "lines.linewidth": 1.5,
        "savefig.dpi": 200,
        "figure.constrained_layout.use": True,
    })
