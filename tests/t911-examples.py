"""The example cases run through as they are shipped, but for size and time: diagnostics of every step, snapshots at the
start and the end, mass and energy kept.

usage: t911-examples.py HHT EXAMPLES_FOLDER
"""
import csv
import os
import sys
import tempfile
from pathlib import Path

import alone

SMALLER = ["-grid_nx", "32", "-grid_nv", "64", "-ts_max_time", "1", "-output_snapshot_interval", "0", "-output_dir", "run"]
SMALLER_2D = ["-grid_nx", "6", "-grid_nv", "16", "-ts_max_time", "0.5", "-output_snapshot_interval", "0", "-output_dir", "run"]
ENERGY_DRIFT = 1e-3  # relative; Strang at the shipped step is far better


def read(path):
    with open(path) as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def check(hht, case):
    smaller = SMALLER_2D if case.stem.endswith(("_2d", "_3d", "nbody")) else SMALLER
    result = alone.run([hht, "run", str(case), *smaller])
    assert result.returncode == 0, f"{case.name}: exit code {result.returncode}: {result.stderr}"
    assert Path("run/COMPLETE").exists(), f"{case.name}: not marked COMPLETE"
    rows = read("run/diagnostics.csv")
    steps = [int(row["step"]) for row in rows]
    assert len(steps) > 5 and steps == list(range(len(steps))), f"{case.name}: diagnostics of the steps {steps}"
    first, last = float(rows[0]["energy"]), float(rows[-1]["energy"])
    assert abs(last - first) <= ENERGY_DRIFT * abs(first), f"{case.name}: energy {first} became {last}"
    mass = [float(row["mass"]) for row in rows]
    assert max(mass) - min(mass) <= 1e-13 * mass[0], f"{case.name}: mass from {min(mass)} to {max(mass)}"
    assert len(list(Path("run/snapshots").glob("*.h5"))) == 2, f"{case.name}: not two snapshots"


def main():
    hht = os.path.abspath(sys.argv[1])
    cases = sorted(Path(sys.argv[2]).resolve().glob("*.yaml"))
    assert cases, f"no cases in {sys.argv[2]}"
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            check(hht, case)
            os.chdir("/")


main()
