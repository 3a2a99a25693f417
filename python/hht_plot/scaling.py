"""Speed-up, efficiency and breakdown of a step against the number of ranks, from the JSON lines of `hht bench`."""
from collections import defaultdict

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter, NullLocator

from .data import bench_lines

PARTS = {"rows": "row passes", "columns": "column passes", "transposes": "transposes", "field": "field"}


def plot(folder, _options):
    table = series(bench_lines(folder))
    figures = [("scaling", curves(table))]
    detailed = {key: lines for key, lines in table.items() if all(PARTS.keys() <= line.keys() for line in lines)}
    return figures + ([("scaling_breakdown", breakdown(detailed))] if detailed else [])


def series(lines):
    """{what is the same: its lines, one for each number of ranks, the fastest}"""
    table = defaultdict(dict)
    several = compares_transposes(lines)
    for line in lines:
        best = table[name(line, several)]
        if line["ns_per_point"] < best.get(line["ranks"], {"ns_per_point": np.inf})["ns_per_point"]:
            best[line["ranks"]] = line
    return {key: [best[ranks] for ranks in sorted(best)] for key, best in sorted(table.items())}


def compares_transposes(lines):
    """Whether the same was measured with several; otherwise each number of ranks has the one that suits it."""
    found = defaultdict(set)
    for line in lines:
        found[name(line, False), line["ranks"]].add(line["transpose"])
    return any(len(transposes) > 1 for transposes in found.values())


def name(line, with_transpose):
    words = [line.get("size", grid(line)) + (" a rank" if is_weak(line) else ""), line.get("mode", "")]
    return " ".join(words).strip() + (f", {line['transpose']}" if with_transpose else "")


def is_weak(line):
    return line.get("sweep") == "weak"


def grid(line):
    nx, nv = (str(line[key]) + (f"^{line['dim']}" if line["dim"] > 1 else "") for key in ("nx", "nv"))
    return f"{nx} x {nv}"


def column(lines, key):
    return np.array([line[key] for line in lines], dtype=float)


def curves(table):
    figure, (cost, speedup, efficiency) = plt.subplots(1, 3, figsize=(13, 4.5))
    for label, lines in table.items():
        ranks, ns = column(lines, "ranks"), column(lines, "ns_per_point")
        # The rate is that of points; with a grid that grows with the ranks it grows as they do, too.
        gain = ranks[0] * ns[0] / ns
        cost.plot(ranks, ns * ranks, marker="o", label=label)
        speedup.plot(ranks, gain, marker="o", label=label)
        efficiency.plot(ranks, gain / ranks, marker="o", label=label)
        print(f"  {label}: " + ", ".join(f"{n:.3g} ns on {r:.0f} (efficiency {e:.2f})"
                                         for r, n, e in zip(ranks, ns, gain / ranks)))
    finish(cost, "time of a step, per point of a rank (ns)")
    finish(speedup, "gain in points per second")
    draw_ideal(speedup)
    finish(efficiency, "efficiency")
    cost.set_ylim(bottom=0)
    efficiency.set_ylim(0, max(1.1, efficiency.get_ylim()[1]))
    efficiency.axhline(1, color="0.6", linestyle=":")
    cost.legend(fontsize="small")
    return figure


def finish(axes, label):
    axes.set_xlabel("ranks")
    axes.set_ylabel(label)
    logarithmic(axes, "x")


def logarithmic(axes, which):
    getattr(axes, f"set_{which}scale")("log", base=2)
    axis = getattr(axes, f"{which}axis")
    axis.set_major_locator(LogLocator(base=2))
    axis.set_major_formatter(FormatStrFormatter("%g"))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())


def draw_ideal(axes):
    logarithmic(axes, "y")
    ends = np.array(axes.get_xlim())
    axes.plot(ends, ends, color="0.6", linestyle=":", zorder=0)


def breakdown(table):
    """For each series a bar for each number of ranks: the parts of a step, per point of a rank."""
    n = len(table)
    columns = min(n, 4)
    rows = -(-n // columns)
    figure, cells = plt.subplots(rows, columns, sharey=True, squeeze=False, figsize=(3 * columns + 2, 3.5 * rows))
    for axes, (label, lines) in zip(cells.flat, table.items()):
        stack(axes, lines)
        axes.set_title(label, fontsize="medium")
        axes.set_xlabel("ranks")
    for axes in cells.flat[n:]:
        axes.set_axis_off()
    for axes in cells[:, 0]:
        axes.set_ylabel("time per point of a rank (ns)")
    handles, labels = cells[0, 0].get_legend_handles_labels()
    # In the order in which the parts stand on each other.
    cells[0, -1].legend(handles[::-1], labels[::-1], loc="upper left", bbox_to_anchor=(1.02, 1), borderaxespad=0)
    return figure


def stack(axes, lines):
    ranks, total = column(lines, "ranks"), column(lines, "ns_per_point")
    places, bottom = np.arange(len(lines)), np.zeros(len(lines))
    parts = {label: column(lines, key) for key, label in PARTS.items()}
    parts["other, waiting"] = np.maximum(total - sum(parts.values()), 0)
    for label, ns in parts.items():
        axes.bar(places, ns * ranks, bottom=bottom, label=label, width=0.7)
        bottom += ns * ranks
    axes.set_xticks(places, [f"{r:.0f}" for r in ranks])
    axes.grid(axis="x", visible=False)
