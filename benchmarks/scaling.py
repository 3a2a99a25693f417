"""Strong and weak scaling of a step: `hht bench` on growing numbers of ranks, its JSON lines in a folder, and their picture.

Run by benchmarks/strong_scaling and benchmarks/weak_scaling, and on a cluster by jobs/scaling.sbatch.
"""
import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import slurm
from bench import Grid, bench, cores, program, refuse_oversubscription, stop

SIZES = {"strong": ["2048^2", "64^4"], "weak": ["1024^2", "32^4"]}


def parse():
    parser = argparse.ArgumentParser(
        prog="scaling", usage="benchmarks/{strong,weak}_scaling [--option ..] [-- -option-of-hht-bench value ..]",
        description="Times a step on growing numbers of ranks and draws speed-up, efficiency and breakdown.")
    parser.add_argument("sweep", choices=SIZES, help=argparse.SUPPRESS)
    parser.add_argument("--sizes", nargs="+", metavar="N^D",
                        help="grids, as 2048^2 or 64^4; for weak scaling the grid of one rank")
    parser.add_argument("--ranks", nargs="+", type=int, metavar="R", help="default: 1, 2, 4, .. and all cores")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: runs/scaling/SWEEP-<date>")
    parser.add_argument("--bin", metavar="DIR", help="folder of hht and hht-plot; default: build/release/bin")
    parser.add_argument("--oversubscribe", action="store_true", help="allow more ranks than cores")
    parser.add_argument("--sbatch", default="", metavar="OPTIONS", help="for the jobs that jobs/scaling.sbatch submits")
    parser.add_argument("--part", choices=["submit", "measure", "collect"], help=argparse.SUPPRESS)
    ours, options = split(sys.argv[1:])
    a = parser.parse_args(ours)
    a.options = options
    a.sizes = a.sizes or SIZES[a.sweep]
    a.ranks = a.ranks or default_ranks()
    a.out = a.out or Path("runs/scaling") / f"{a.sweep}-{time.strftime('%Y%m%d-%H%M%S')}"
    check(a)
    return a


def split(arguments):
    """What stands before and after --."""
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:place], arguments[place + 1:]


def default_ranks():
    ranks = [2 ** i for i in range(cores().bit_length()) if 2 ** i < cores()]
    return [*ranks, cores()]


def check(a):
    for size in a.sizes:
        try:
            Grid(size)
        except ValueError as problem:
            stop(f"--sizes: {problem}")
    for ranks in a.ranks:
        if ranks < 1:
            stop(f"--ranks: {ranks} is not allowed; it must be >= 1")
        if not a.part:
            refuse_oversubscription(ranks, a.oversubscribe)


def measure(a, size, ranks):
    """The lines of one grid on so many ranks, kept in a file of their own: jobs of a sweep may run side by side."""
    grid = Grid(size, ranks if a.sweep == "weak" else 1)
    lines = bench(program("hht", a.bin), ranks, [*grid.options(), *a.options])
    a.out.mkdir(parents=True, exist_ok=True)
    with open(a.out / f"{a.sweep}-{size.replace('^', 'to')}-{ranks}.jsonl", "w") as file:
        for line in lines:
            file.write(json.dumps({"sweep": a.sweep, "size": size, **line}) + "\n")
    times = ", ".join(f"{line['mode']} {line['ns_per_point']:.2f} ns/point" for line in lines)
    print(f"{size:>8} on {ranks} ranks: {times}", flush=True)


def collect(a):
    """All lines of the sweep into one file, and the picture."""
    parts = sorted(a.out.glob(f"{a.sweep}-*-*.jsonl"))
    if not parts:
        stop(f"{a.out} holds no results")
    (a.out / f"{a.sweep}.jsonl").write_text("".join(part.read_text() for part in parts))
    for part in parts:
        part.unlink()
    print(f"JSON lines in {a.out / a.sweep}.jsonl", flush=True)
    return subprocess.run([program("hht-plot", a.bin), a.out, "scaling"]).returncode


def main():
    a = parse()
    if a.part == "submit":
        return slurm.submit(a)
    if a.part == "collect":
        return collect(a)
    for size in slurm.share(a.sizes) if a.part == "measure" else a.sizes:
        for ranks in a.ranks:
            measure(a, size, ranks)
    return 0 if a.part else collect(a)


if __name__ == "__main__":
    raise SystemExit(main())
