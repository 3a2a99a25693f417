"""Draws the plots asked for and writes or shows them."""
import sys

import matplotlib.pyplot as plt

from . import bounds, counting, energy, field, meanfield, movie, phase, precision, scaling, style, views
from .data import Missing

MODULES = {"energy": energy, "field": field, "bounds": bounds, "phase": phase, "movie": movie, "views": views,
           "meanfield": meanfield, "counting": counting, "scaling": scaling, "precision": precision}


def draw_all(options, names, optional):
    """optional: a plot without data is left out; else it is an error. Returns the exit code."""
    style.apply()
    failed, drawn = False, 0
    for name in names:
        try:
            print(f"{name}:")
            figures = MODULES[name].plot(options.rundir, options)
            drawn += 1
        except (Missing, OSError) as problem:
            if optional:
                print(f"  left out: {problem}")
            else:
                print(f"hht-plot: {name}: {problem}", file=sys.stderr)
                failed = True
            continue
        if not options.show:
            write(figures, options)
    if options.show and drawn:
        plt.show()
    if not drawn:
        print(f"hht-plot: {options.rundir} holds nothing to plot", file=sys.stderr)
    return 1 if failed or not drawn else 0


def write(figures, options):
    for name, figure in figures:
        path = options.out / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=options.dpi)
        plt.close(figure)
        print(f"  {path}")
