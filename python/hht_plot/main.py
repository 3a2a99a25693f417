"""The command line of hht-plot."""
import argparse
import sys
from pathlib import Path

import matplotlib

PLOTS = ("energy", "field", "bounds", "phase", "movie", "views", "meanfield", "counting", "scaling", "precision")


class Parser(argparse.ArgumentParser):
    """A mistake is one line, as everywhere in hht."""

    def error(self, message):
        self.exit(2, f"{self.prog}: error: {message}; see {self.prog} --help\n")


def parse(arguments):
    parser = Parser(prog="hht-plot", description="Plots what a run of hht left in its folder.",
                    usage="hht-plot RUNDIR [PLOT ..] [--show] [--out DIR] [--dpi DPI] [--theory RATE [FREQUENCY]]")
    parser.add_argument("rundir", nargs="?", type=Path, metavar="RUNDIR", help="the run's folder (output_dir)")
    parser.add_argument("plots", nargs="*", metavar="PLOT",
                        help=f"{', '.join(PLOTS)}; default: all that there are data for")
    parser.add_argument("--show", action="store_true", help="open windows instead of writing PNGs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the PNGs; default: RUNDIR/plots")
    parser.add_argument("--dpi", type=int, default=200, help="points of a PNG per inch; default: 200")
    parser.add_argument("--theory", type=float, nargs="+", metavar=("RATE", "FREQUENCY"),
                        help="numbers to print beside the fitted ones of `field`")
    options = parser.parse_intermixed_args(arguments)
    if not options.rundir:
        parser.error("no folder is given")
    for name in options.plots:
        if name not in PLOTS:
            parser.error(f"{name} is not a plot; choose from {', '.join(PLOTS)}")
    if not 20 <= options.dpi <= 2000:
        parser.error(f"--dpi {options.dpi} is not allowed; choose from 20 to 2000")
    if not options.rundir.exists():
        parser.error(f"{options.rundir} does not exist")
    if options.rundir.is_file() and options.rundir.suffix not in (".json", ".jsonl"):
        parser.error(f"{options.rundir} is a file; give a run's folder, or JSON lines of hht bench")
    options.out = options.out or (options.rundir.parent if options.rundir.is_file() else options.rundir) / "plots"
    return options


def main(arguments=None):
    options = parse(arguments)
    if not options.show:
        matplotlib.use("Agg")
    # Imported now: matplotlib's backend must be chosen before pyplot is.
    from . import draw
    if options.show and matplotlib.get_backend().lower() == "agg":
        sys.exit("hht-plot: --show: no window can be opened here; without it the pictures are written to files")
    return draw.draw_all(options, options.plots or PLOTS, optional=not options.plots)


if __name__ == "__main__":
    sys.exit(main())
