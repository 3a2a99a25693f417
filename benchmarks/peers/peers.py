"""One step of hht beside one of other programs that solve the same equation on the same grid.

Run by benchmarks/peers/run. All solve Landau damping with the same steps; their last densities must agree before times are shown.
"""
import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bench
import hht_peer
import scipy_peer
import xmds_peer
from case import Case

PEERS = {"xmds": xmds_peer, "scipy": scipy_peer}
TOLERANCE = 1e-6


def parse():
    parser = argparse.ArgumentParser(prog="benchmarks/peers/run", description=__doc__)
    parser.add_argument("grids", nargs="*", default=["1024^2", "32^4"], metavar="N^D", help="default: 1024^2 32^4")
    parser.add_argument("--ranks", type=int, default=bench.cores(), metavar="R",
                        help="ranks of hht and XMDS2, threads of SciPy; default: all cores")
    parser.add_argument("--steps", type=int, default=20, help="default: 20")
    parser.add_argument("--rounds", type=int, default=3, help="each program is timed so often, in turn; default: 3")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), help="default: all that are installed")
    parser.add_argument("--bin", metavar="DIR", help="folder of hht; default: build/release/bin")
    parser.add_argument("--oversubscribe", action="store_true", help="allow more ranks than cores")
    a = parser.parse_args()
    bench.refuse_oversubscription(a.ranks, a.oversubscribe)
    try:
        a.cases = [Case(grid.dim, grid.n, a.steps) for grid in map(bench.Grid, a.grids)]
    except ValueError as problem:
        bench.stop(problem)
    return a


def installed(names):
    for name in names:
        problem = PEERS[name].missing()
        if problem:
            print(f"without {PEERS[name].NAME}: {problem}")
        else:
            yield PEERS[name]


def check(case, name, density, expected):
    error = np.abs(density - expected).max()
    if not error <= TOLERANCE:
        sys.exit(f"{name} and hht do not agree to {TOLERANCE:g} but to {error:.1e}: their times are of different problems")
    return f"  {name}: density after {case.steps} steps agrees to {error:.1e}"


def solve(case, peer, ranks):
    with tempfile.TemporaryDirectory() as folder:
        return peer.solve(case, ranks, Path(folder))


def compare(case, grid, peers, hht, a):
    print(f"{grid}, {a.ranks} ranks or threads", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        expected = hht_peer.density(case, hht, a.ranks, Path(folder))
    times, agreement = defaultdict(list), {}
    for _ in range(a.rounds):
        for peer in peers:
            density, seconds = solve(case, peer, a.ranks)
            agreement[peer.NAME] = check(case, peer.NAME, density, expected)
            times[peer.NAME].append(1e9 * seconds / case.points)
        for mode, ns in hht_peer.times(case, hht, a.ranks).items():
            times[f"hht, {mode}"].append(ns)
    print("\n".join(agreement.values()))
    show({name: statistics.median(ns) for name, ns in times.items()})


def show(times):
    complex_, real = times["hht, complex"], times["hht, real"]
    print(f"  {'':<16}{'ns/point':>10}{'/ complex':>12}{'/ real':>10}")
    for name, ns in sorted(times.items(), key=lambda item: item[1]):
        print(f"  {name:<16}{ns:>10.2f}{ns / complex_:>12.2f}{ns / real:>10.2f}", flush=True)


def main():
    a = parse()
    hht, peers = bench.program("hht", a.bin), list(installed(a.peers))
    for case, grid in zip(a.cases, a.grids):
        compare(case, grid, peers, hht, a)


if __name__ == "__main__":
    main()
