"""The speed, efficiency and memory that a step is to reach, measured by `hht bench` and printed as a Markdown table.

Run by benchmarks/targets. Every figure is a ratio of medians of one run of `hht bench`, but for the parallel efficiency, which
compares two. Run it on a machine that does nothing else; with patience for the plans of FFTW it takes some 12 minutes.
"""
import argparse
import json
import operator
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from bench import Grid, bench, cores, program, refuse_oversubscription, stop

SIZES = ["2048^2", "4096^2", "64^4", "16^6"]
RANKS = (1, 2)
NUMBER_BYTES = {"complex": 16, "real": 8}
MET = {"<=": operator.le, ">=": operator.ge}


@dataclass
class Target:
    """A figure of a step, from the JSON lines of its grid: lines[mode, ranks]."""
    name: str
    mode: str
    ranks: int
    relation: str
    limit: float
    figure: Callable
    sizes: tuple = tuple(SIZES)


def of(name):
    """A figure that `hht bench` prints."""
    return lambda lines, t: lines[t.mode, t.ranks][name]


def memory(lines, t):
    return lines[t.mode, t.ranks]["bytes_per_point"] / NUMBER_BYTES[t.mode]


def efficiency(lines, t):
    return lines[t.mode, 1]["ns_per_point"] / (t.ranks * lines[t.mode, t.ranks]["ns_per_point"])


def by_ranks(name, mode, relation, limits, figure):
    return [Target(name, mode, ranks, relation, limit, figure) for ranks, limit in zip(RANKS, limits)]


TARGETS = [
    *by_ranks("step / bare FFTW3-MPI pair", "complex", "<=", (1.0, 0.60), of("ratio")),
    *by_ranks("step / bare FFTW3-MPI pair (complex)", "real", "<=", (0.55, 0.33), of("ratio")),
    Target("step / threaded FFTW pair", "complex", 2, "<=", 1.1, of("threads_ratio"), ("64^4",)),
    *by_ranks("step / (FFTs in cache + two sweeps)", "complex", "<=", (1.25, 1.35), of("bound_ratio")),
    *by_ranks("step / (FFTs in cache + two sweeps)", "real", "<=", (1.25, 1.35), of("bound_ratio")),
    *[Target("efficiency, 1 to 2 ranks", mode, 2, ">=", 0.85, efficiency, ("4096^2", "64^4")) for mode in NUMBER_BYTES],
    *by_ranks("peak memory / state", "complex", "<=", (2.1, 2.1), memory),
    *by_ranks("peak memory / state", "real", "<=", (2.1, 2.1), memory),
]


def parse():
    parser = argparse.ArgumentParser(prog="benchmarks/targets", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="N^D", help=f"default: {' '.join(SIZES)}")
    parser.add_argument("--repeats", type=int, default=5, help="each thing is timed so often; default: 5")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the JSON lines, too")
    parser.add_argument("--bin", metavar="DIR", help="folder of hht; default: build/release/bin")
    parser.add_argument("--oversubscribe", action="store_true", help="allow more ranks than cores")
    a = parser.parse_args()
    refuse_oversubscription(max(RANKS), a.oversubscribe)
    try:
        a.grids = [Grid(size) for size in a.sizes]
    except ValueError as problem:
        stop(f"--sizes: {problem}")
    return a


def measure(hht, grid, a):
    """{(mode, ranks): JSON line}"""
    lines = {}
    for ranks in RANKS:
        print(f"{grid.text} on {ranks} rank{'s' * (ranks > 1)} ..", file=sys.stderr, flush=True)
        for line in bench(hht, ranks, [*grid.options(), "-bench_repeats", str(a.repeats)]):
            lines[line["mode"], ranks] = line
            if a.out:
                with open(a.out, "a") as file:
                    print(json.dumps({"size": grid.text, **line}), file=file)
    return lines


def applies(target, size):
    """Grids that are not in the table are held against the targets of all of it."""
    return size in target.sizes or size not in SIZES


def row(size, target, lines):
    figure = target.figure(lines, target)
    if figure is None:  # no memory for the reference
        verdict, text = "not measured", "-"
    else:
        verdict, text = "met" if MET[target.relation](figure, target.limit) else "**missed**", f"{figure:.3f}"
    return f"| {target.name} | {size} | {target.mode} | {target.ranks} | {text} | {target.relation} {target.limit:.2f} | {verdict} |"


def show(measured):
    print("| figure | grid | numbers | ranks | measured | target | |")
    print("|---|---|---|---|---|---|---|")
    for target in TARGETS:
        for size, lines in measured.items():
            if applies(target, size):
                print(row(size, target, lines))


def main():
    a = parse()
    hht = program("hht", a.bin)
    if a.out:
        a.out.parent.mkdir(parents=True, exist_ok=True)
        a.out.write_text("")
    measured = {grid.text: measure(hht, grid, a) for grid in a.grids}
    print(f"{cores()} cores; medians of {a.repeats}\n")
    show(measured)


if __name__ == "__main__":
    main()
