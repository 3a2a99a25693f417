"""Error against work of the splitting methods, from what benchmarks/work_precision measured."""
import json
import math
from collections import defaultdict

import matplotlib.pyplot as plt

from . import style
from .data import Missing

FILE = "work_precision.jsonl"
GOAL = 1e-6
MARKERS = {1: ".", 2: "o", 4: "s", 6: "^"}


def plot(folder, _options):
    path = folder / FILE
    if not path.exists():
        raise Missing(f"{path} does not exist; benchmarks/work_precision writes it")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    cases = list(dict.fromkeys(line["case"] for line in lines))
    figure, axes = plt.subplots(1, len(cases), squeeze=False, sharey=True, figsize=(6.5 * len(cases), 5.5))
    for cell, case in zip(axes[0], cases):
        draw(cell, [line for line in lines if line["case"] == case])
        cell.set_title(case)
        cell.set_xlabel("kinetic flows")
    axes[0, 0].set_ylabel("error of the state at the end, relative")
    axes[0, -1].legend(fontsize="small")
    return [("work_precision", figure)]


def draw(axes, lines):
    methods = defaultdict(list)
    for line in lines:
        methods[line["method"]].append((line["kinetic_flows"], line["error"]))
    for i, (method, points) in enumerate(methods.items()):
        order = int(method[-1]) if method[-1].isdigit() else {"lie": 1}.get(method, 2)
        axes.loglog(*zip(*sorted(points)), label=method, marker=MARKERS[order], color=style.COLORS[i % len(style.COLORS)],
                    linestyle=style.LINES[i % len(style.LINES)], markerfacecolor="none" if i >= len(style.COLORS) else None)
        print(f"  {lines[0]['case']}, {method}: {flows_to(GOAL, sorted(points))} flows to an error of {GOAL:g}")


def flows_to(goal, points):
    """On the line of the picture; where it does not come so far, more than its last."""
    for (fewer, larger), (more, smaller) in zip(points, points[1:]):
        if larger >= goal >= smaller:
            return f"{fewer * (more / fewer) ** (math.log(larger / goal) / math.log(larger / smaller)):.0f}"
    return f"more than {points[-1][0]}"
