"""Draws the plots asked for and writes or shows them."""
import contextlib
import io
import sys

import matplotlib.pyplot as plt

from . import bounds, counting, energy, field, meanfield, movie, phase, precision, scaling, style, views
from .data import Missing

MODULES = {"energy": energy, "field": field, "bounds": bounds, "phase": phase, "movie": movie, "views": views,
           "meanfield": meanfield, "counting": counting, "scaling": scaling, "precision": precision}


def draw_all(options, names, optional):
    """optional: a plot without data is left out; else it is an error. Returns the exit code."""
    style.apply()
    failed, drawn, left_out = False, 0, []
    for name in names:
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                figures = MODULES[name].plot(options.rundir, options)
                if not options.show:
                    write(figures, options)
            print(f"{name}:\n{said.getvalue()}", end="")
            drawn += 1
        except (Missing, OSError) as problem:
            if optional:
                left_out.append(f"{name}: left out, {problem}")
            else:
                print(f"hht-plot: {name}: {problem}", file=sys.stderr)
                failed = True
    if options.show and drawn:
        plt.show()
    if drawn and left_out:
        print("\n".join(left_out))
    elif optional and not drawn:
        print(f"hht-plot: {options.rundir} holds nothing to plot; give the output_dir of a run", file=sys.stderr)
    return 1 if failed or not drawn else 0


def write(figures, options):
    for name, figure in figures:
        path = options.out / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=options.dpi)
        plt.close(figure)
        print(f"  {path}")
