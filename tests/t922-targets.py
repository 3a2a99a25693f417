"""benchmarks/targets on a tiny grid: every figure that a step is to reach is measured and stands in the table with a verdict. Whether
it is met is not tested.

usage: t922-targets.py BENCHMARKS HHT_FOLDER
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

BENCHMARKS, FOLDER = (Path(text).resolve() for text in sys.argv[1:3])
FIGURES = {"step / bare FFTW3-MPI pair": 2, "step / bare FFTW3-MPI pair (complex)": 2, "step / threaded FFTW pair": 1,
           "step / (FFTs in cache + two sweeps)": 4, "efficiency, 1 to 2 ranks": 2, "peak memory / state": 4}


def run(*arguments):
    return subprocess.run([BENCHMARKS / "targets", *map(str, arguments), "--bin", FOLDER], capture_output=True, text=True, timeout=110)


def check_row(name, size, numbers, ranks, figure, target, verdict):
    relation, limit = target.split()
    reached = float(figure) <= float(limit) if relation == "<=" else float(figure) >= float(limit)
    assert float(figure) > 0 and size == "4^4" and numbers in ("complex", "real") and ranks in ("1", "2"), name
    assert verdict == ("met" if reached else "**missed**"), (name, figure, target, verdict)


def check_table(text):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if " 4^4 " in line]
    assert {name: [row[0] for row in rows].count(name) for name in FIGURES} == FIGURES, text
    for row in rows:
        check_row(*row)


def main():
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "lines.jsonl")
        result = run("--sizes", "4^4", "--repeats", 1, "--oversubscribe", "--out", file)
        assert result.returncode == 0, (result.stdout, result.stderr)
        check_table(result.stdout)
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        found = sorted((line["size"], line["ranks"], line["mode"]) for line in lines)
        assert found == [("4^4", ranks, mode) for ranks in (1, 2) for mode in ("complex", "real")], found
    wrong = run("--sizes", "12")
    assert wrong.returncode == 2 and "12 is not allowed" in wrong.stderr, wrong.stderr


if __name__ == "__main__":
    main()
