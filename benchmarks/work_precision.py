"""Error against work of all splitting methods: `hht run` with ever shorter steps, each compared with one far more accurate run.

The work is counted in kinetic flows, which is what a step is made of, and as wall time, which says what the field solves of
force-gradient methods cost beside them.
"""
import argparse
import json
import re
import subprocess
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np
from bench import program, stop

CASES = {
    "landau": ["-grid_nx", "64", "-grid_nv", "256", "-grid_v_max", "8", "-initial_type", "landau", "-initial_amplitude",
               "0.5", "-ts_max_time", "6"],
    "hmf": ["-grid_nx", "64", "-grid_nv", "256", "-grid_v_max", "8", "-grid_x_length", "2*pi", "-potential_type", "cosine",
            "-potential_strength", "-1", "-initial_type", "maxwellian", "-initial_temperature", "0.5", "-initial_mass", "1",
            "-initial_amplitude", "0.4", "-initial_phase", "0.5*v*sin(x) + 0.3*cos(x)", "-ts_max_time", "3"],
}
METHODS = ["lie", "strang", "yoshida4", "suzuki4", "blanesmoan4", "nystrom4", "chin4", "kahanli6", "blanesmoan6", "nystrom6",
           "casas6"]
MOST_STAGES = 11
FLOWS = [24, 48, 96, 192, 384]  # for the whole run, about
REFERENCE = ("nystrom6", 400)


def parse():
    parser = argparse.ArgumentParser(prog="work_precision", usage="benchmarks/work_precision [--option ..]",
                                     description="Error against work of all splitting methods.")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--flows", nargs="+", type=int, default=FLOWS, metavar="N", help="kinetic flows of a run, about")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: runs/work_precision/<date>")
    parser.add_argument("--bin", metavar="DIR", help="folder of hht and hht-plot; default: build/release/bin")
    a = parser.parse_args()
    if min(a.flows) < 1:
        stop(f"--flows: {min(a.flows)} is not allowed; it must be >= 1")
    a.out = a.out or Path("runs/work_precision") / time.strftime("%Y%m%d-%H%M%S")
    return a


def solve(hht, case, method, steps, folder):
    """The state at the end, kinetic flows of a step, wall time of the steps."""
    end = float(CASES[case][-1])
    command = [hht, "run", *CASES[case], "-ts_splitting_type", method, "-ts_dt", repr(end / steps), "-ts_view",
               "-output_dir", str(folder), "-output_diagnostics_interval", "0", "-checkpoint_wall_interval", "0", "empty.yaml"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder.parent)
    if result.returncode:
        stop(f"{' '.join(command)}: exit code {result.returncode}\n{result.stderr}")
    _, header, *rows = (line.split(",") for line in (folder / "diagnostics.csv").read_text().splitlines())
    with h5py.File(sorted((folder / "snapshots").glob("*.h5"))[-1]) as file:
        state = next(iter(file["data"].values()))["alpha_hat"][()]
    flows = int(re.search(r"(\d+) kinetic flows a step", result.stdout)[1])
    return state, flows, float(rows[-1][header.index("wall_time")])


def distance(a, b):
    """Relative, in the L2 norm."""
    return float(np.linalg.norm(a - b) / np.linalg.norm(b))


def measure(a, hht, case, top):
    reference, _, _ = solve(hht, case, *REFERENCE, top / f"{case}-reference")
    for method in a.methods:
        stages, done = MOST_STAGES, set()  # the first run tells how many there are
        for flows in sorted(a.flows):
            steps = max(1, round(flows / stages))
            if steps in done:
                continue
            done.add(steps)
            state, stages, wall = solve(hht, case, method, steps, top / f"{case}-{method}-{steps}")
            yield {"case": case, "method": method, "steps": steps, "kinetic_flows": steps * stages, "wall": wall,
                   "error": distance(state, reference)}


def main():
    a = parse()
    hht = program("hht", a.bin)
    a.out.mkdir(parents=True, exist_ok=True)
    print(f"{'case':8} {'method':12} {'steps':>6} {'flows':>6} {'wall s':>8} {'error':>9}")
    with tempfile.TemporaryDirectory() as top, open(a.out / "work_precision.jsonl", "w") as file:
        (Path(top) / "empty.yaml").write_text("{}\n")
        for case in a.cases:
            for line in measure(a, hht, case, Path(top)):
                file.write(json.dumps(line) + "\n")
                print(f"{line['case']:8} {line['method']:12} {line['steps']:6} {line['kinetic_flows']:6} {line['wall']:8.3f} "
                      f"{line['error']:9.1e}", flush=True)
    subprocess.run([program("hht-plot", a.bin), a.out, "precision"], check=True)


if __name__ == "__main__":
    main()
