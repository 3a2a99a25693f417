"""One look for all figures, legible in print and without colour vision."""
import matplotlib
from matplotlib.ticker import LogFormatterSciNotation, NullLocator

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


def legend_beside(axes, **look):
    """Where no curve can be under it."""
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), borderaxespad=0, **look)


def label_between_decades(axis):
    """A log axis of up to two decades has more labels than the one or two powers of ten."""
    axis.set_minor_formatter(LogFormatterSciNotation(labelOnlyBase=False, minor_thresholds=(2, 0.5)))


def label_numbers(axes, n):
    """The N themselves: powers of ten are too few marks for a ladder that is short."""
    if 0 < len(n) <= 10:
        axes.set_xticks(n, [f"{value:g}" for value in n])
        axes.xaxis.set_minor_locator(NullLocator())
