"""The scripts in benchmarks/ on tiny grids: both sweeps leave their JSON lines and pictures, a cluster's jobs are submitted as they
should be, more ranks than cores are refused, and hht agrees with NumPy/SciPy where that is installed. No times are tested.

usage: t921-scaling.py BENCHMARKS HHT_FOLDER
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BENCHMARKS, FOLDER = (Path(text).resolve() for text in sys.argv[1:3])

SBATCH = """#!/bin/sh
echo "$@" >> "$RECORD"
wc -l < "$RECORD"
"""


def run(script, *arguments, **environment):
    command = [BENCHMARKS / script, *map(str, arguments), "--bin", FOLDER]
    if "--" in arguments:
        place = arguments.index("--")
        command = [BENCHMARKS / script, *map(str, arguments[:place]), "--bin", FOLDER, *map(str, arguments[place:])]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, env={**os.environ, **environment})


def check_sweep(script, sizes, out, points):
    """points: those of each grid on each number of ranks, in any order."""
    result = run(script, "--sizes", *sizes, "--ranks", 1, 2, "--oversubscribe", "--out", out, "--", "-bench_repeats", 1)
    assert result.returncode == 0, (script, result.stdout, result.stderr)
    lines = [json.loads(line) for line in (out / f"{script[:-8]}.jsonl").read_text().splitlines()]
    found = sorted((line["size"], line["ranks"], line["points"], line["mode"]) for line in lines)
    assert found == sorted((*key, mode) for key in points for mode in ("complex", "real")), found
    for picture in ("scaling.png", "scaling_breakdown.png"):
        assert (out / "plots" / picture).read_bytes()[:4] == b"\x89PNG", picture


def check_refusal():
    result = run("strong_scaling", "--ranks", 100000)
    assert result.returncode == 2 and "100000 ranks" in result.stderr and "Traceback" not in result.stderr, result.stderr
    result = run("weak_scaling", "--sizes", "12")
    assert result.returncode == 2 and "12 is not allowed" in result.stderr, result.stderr


def check_cluster(top):
    """One array for each number of ranks, an element for each size; then what collects, after all of them."""
    (top / "bin").mkdir()
    (top / "bin/sbatch").write_text(SBATCH)
    (top / "bin/sbatch").chmod(0o755)
    result = subprocess.run(
        ["bash", BENCHMARKS.parent / "jobs/scaling.sbatch", "strong", "--sizes", "8^2", "4^4", "--ranks", "3", "6",
         "--out", top / "out", "--sbatch=--time=00:02:00"],
        capture_output=True, text=True, timeout=60,
        env={**os.environ, "SLURM_SUBMIT_DIR": str(BENCHMARKS.parent), "SLURM_JOB_ID": "7", "SLURM_JOB_PARTITION": "large",
             "RECORD": str(top / "record"), "PATH": f"{top / 'bin'}:{os.environ['PATH']}"})
    assert result.returncode == 0, result.stderr
    jobs = (top / "record").read_text().splitlines()
    assert len(jobs) == 3, jobs
    for job, ranks in zip(jobs, (3, 6)):
        for text in ("--array=0-1", f"--ntasks={ranks}", "--time=00:02:00", "--partition=large", "--part measure",
                     f"--ranks {ranks} ", "--sizes 8^2 4^4"):
            assert text in job, (text, job)
    assert "--dependency=afterany:1:2" in jobs[2] and "--part collect" in jobs[2], jobs


def check_peers():
    result = run("peers/run", "16^4", "--peers", "scipy", "--ranks", 1, "--steps", 2, "--rounds", 1)
    if "no python3" in result.stderr:
        print("without SciPy")
        return
    assert result.returncode == 0, (result.stdout, result.stderr)
    assert "agrees to" in result.stdout and "hht, real" in result.stdout, result.stdout


def check_work_precision(out):
    result = run("work_precision", "--cases", "hmf", "--methods", "strang", "casas6", "--flows", 24, 48, "--out", out)
    assert result.returncode == 0, (result.stdout, result.stderr)
    lines = [json.loads(line) for line in (out / "work_precision.jsonl").read_text().splitlines()]
    found = [(line["method"], line["steps"], line["kinetic_flows"]) for line in lines]
    assert found == [("strang", 2, 2), ("strang", 48, 48), ("casas6", 2, 12), ("casas6", 8, 48)], found
    assert lines[3]["error"] < 1e-3 * lines[1]["error"], lines
    assert (out / "plots/work_precision.png").read_bytes()[:4] == b"\x89PNG"


def main():
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        check_sweep("strong_scaling", ["4^4"], top / "strong", [("4^4", 1, 256), ("4^4", 2, 256)])
        check_sweep("weak_scaling", ["4^6"], top / "weak", [("4^6", 1, 4096), ("4^6", 2, 8192)])
        check_refusal()
        check_cluster(top)
        check_peers()
        check_work_precision(top / "precision")


if __name__ == "__main__":
    main()
