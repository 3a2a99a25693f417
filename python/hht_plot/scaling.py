"""Time of a step against the number of ranks, from the JSON lines of `hht bench`."""
from collections import defaultdict

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter

from .data import bench_lines


def plot(folder, _options):
    figure, (cost, speedup) = plt.subplots(1, 2, figsize=(10, 4.5))
    for label, best in sorted(series(bench_lines(folder)).items()):
        ranks = np.array(sorted(best))
        ns = np.array([best[r] for r in ranks])
        cost.loglog(ranks, ns, marker="o", label=label)
        speedup.loglog(ranks, ranks[0] * ns[0] / ns, marker="o", label=label)
        print(f"  {label}: " + ", ".join(f"{n:.3g} ns on {r}" for r, n in zip(ranks, ns)))
    ideal = np.array(speedup.get_xlim())
    speedup.loglog(ideal, ideal, color="0.6", linestyle=":", label="ideal")
    cost.set_ylabel("time of a step per point (ns)")
    speedup.set_ylabel("speed-up")
    for axes in (cost, speedup):
        axes.set_xlabel("ranks")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(LogLocator(base=2))
            axis.set_major_formatter(FormatStrFormatter("%g"))
            axis.set_minor_formatter(NullFormatter())
        axes.legend()
    return [("scaling", figure)]


def series(lines):
    """{grid and variant: {ranks: the fastest ns per point}}"""
    table = defaultdict(dict)
    for line in lines:
        best = table[grid(line) + ", " + line["transpose"]]
        best[line["ranks"]] = min(line["ns_per_point"], best.get(line["ranks"], np.inf))
    return table


def grid(line):
    nx, nv = (str(line[key]) + (f"^{line['dim']}" if line["dim"] > 1 else "") for key in ("nx", "nv"))
    return f"{nx} x {nv}"
