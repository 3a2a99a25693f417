"""hht views: where the grid resolves f, the three views are one, with a phase and without; where it does not, each loses what the
documentation says. The table is the same bits on any number of ranks, and mistakes are one line.

usage: t940-views.py HHT MPIEXEC
"""
import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import alone

CASE = """\
grid: {nx: 64, nv: 256, x_length: 2*pi, v_max: 6}
potential: {type: cosine, strength: -1}
initial: {type: maxwellian, temperature: 0.3, amplitude: 0.4, mass: 1}
ts: {dt: 0.1, max_time: 3}
output: {snapshot_interval: 1.25}
"""
PHASE = ["-initial_phase", "0.5*v*sin(x)+0.3*cos(x)"]
PAIRS = ("hht_characteristics", "hht_vlasov", "characteristics_vlasov")
BAD = [
    ("case.yaml", ["--restart", "auto"], "--restart: it is not allowed with hht views"),
    ("case.yaml", ["-ts_type", "rk"], "ts_type: rk is not allowed with hht views"),
    ("case.yaml", ["-ts_max_steps", "4"], "ts_max_steps: it is not allowed"),
    ("case.yaml", ["-ts_max_time", "0"], "ts_max_time: 0 is not allowed"),
]


def views(program, ranks, arguments, code=0, case="case.yaml"):
    hht, mpiexec = program
    launcher = [mpiexec, "-n", str(ranks)] if ranks > 1 else []
    command = [*launcher, hht, "views", case, *arguments]
    result = alone.run(command) if ranks == 1 else subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert result.returncode == code, f"{arguments}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    return result


def table(folder):
    with open(Path(folder, "views.csv")) as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def check_resolved(program, name, phase):
    views(program, 1, [*phase, "-output_dir", name])
    rows = table(name)
    assert [row["time"] for row in rows] == [0, 1.25, 2.5, 3], rows
    for row in rows:
        for pair in PAIRS:
            for norm in ("l1", "l2", "max"):
                assert row[f"{norm}_{pair}"] < 1e-9, f"{name}: {norm} {pair} {row[f'{norm}_{pair}']} at {row['time']}"
        assert row["alpha_l2"] < 1e-9 and row["alpha_max"] < 1e-9, f"{name}: alpha differs by {row['alpha_l2']}"
        for view in ("hht", "characteristics", "vlasov"):
            assert abs(row[f"l2_error_{view}"]) < 1e-9 and abs(row[f"entropy_error_{view}"]) < 1e-9, f"{name}: {view} {row}"
    largest = max(rows[-1][f"l2_{pair}"] for pair in PAIRS)
    print(f"measured {name}, f {largest:.1e}")
    print(f"measured {name}, alpha {rows[-1]['alpha_l2']:.1e}")


def check_unresolved(program):
    """(HHt) keeps positivity and int |f|, and loses int f^2; (Vl) keeps int f^2, and f becomes negative."""
    views(program, 1, ["-grid_nx", "32", "-grid_nv", "64", "-ts_max_time", "20", "-output_snapshot_interval", "0", "-output_dir", "unresolved"])
    first, last = table("unresolved")
    assert first["l2_hht_vlasov"] < 1e-14 and last["l2_hht_vlasov"] > 1e-3, last
    assert last["f_min_hht"] >= 0 and last["negative_mass_hht"] == 0 and abs(last["l1_error_hht"]) < 1e-13, last
    assert abs(last["l2_error_hht"]) > 1e-6 and abs(last["entropy_error_hht"]) > 1e-5, last
    assert last["f_min_vlasov"] < -1e-3 and last["negative_mass_vlasov"] > 1e-3, last
    assert abs(last["l1_error_vlasov"] - 2 * last["negative_mass_vlasov"]) < 1e-9, last
    assert abs(last["l2_error_vlasov"]) < 1e-12, last


def check_ranks(program):
    plane = ["-grid_dim", "2", "-grid_nx", "4,6", "-grid_nv", "12,10", "-initial_phase", "0.2*vx*sin(y)", "-ts_max_time", "0.3",
             "-output_snapshot_interval", "0"]
    for ranks in (1, 3):
        views(program, ranks, [*PHASE, "-grid_nx", "16", "-grid_nv", "24", "-ts_max_time", "0.5", "-output_dir", f"line-{ranks}"])
        views(program, ranks, [*plane, "-output_dir", f"plane-{ranks}"])
    for name in ("line", "plane"):
        one, many = (Path(f"{name}-{ranks}", "views.csv").read_text() for ranks in (1, 3))
        assert one == many, f"{name}: views.csv depends on the ranks\n{one}\n{many}"


def check_mistakes(program):
    Path("formula.yaml").write_text("initial: {type: expression, f: exp(-v^2)}\n")
    for case, arguments, message in [*BAD, ("formula.yaml", [], "initial_type: expression is not allowed")]:
        result = views(program, 1, [*arguments, "-output_dir", "bad"], 2, case)
        lines = result.stderr.splitlines()
        assert len(lines) == 1 and message in lines[0], f"{arguments}: {result.stderr}"
        assert not Path("bad").exists(), f"{arguments}: something was written"
    views(program, 1, ["--dry-run", "-output_dir", "bad"])
    assert not Path("bad").exists(), "a dry run wrote something"
    result = views(program, 1, ["-output_dir", "real"], 2)
    assert "holds a run already" in result.stderr, result.stderr


def check_folder_of_another(program):
    """No command takes the place of another one's results because a restart finds none of its own."""
    small = ["-grid_nx", "8", "-grid_nv", "16", "-ts_max_time", "0.2", "-output_dir"]
    for first, second in (("run", "meanfield"), ("views", "run"), ("views", "meanfield")):
        folder = f"{first}-{second}"
        assert alone.run([program[0], first, "case.yaml", *small, folder]).returncode == 0
        before = sorted(Path(folder).rglob("*"))
        result = alone.run([program[0], second, "case.yaml", *small, folder, "--restart", "auto"])
        assert result.returncode == 2 and "of another command" in result.stderr, result.stdout + result.stderr
        after = sorted(path for path in Path(folder).rglob("*") if path.name != ".lock")
        assert after == [path for path in before if path.name != ".lock"], f"{second} after {first}: {after}"


def main():
    program = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        check_resolved(program, "real", [])
        check_resolved(program, "complex", PHASE)
        check_unresolved(program)
        check_ranks(program)
        check_mistakes(program)
        check_folder_of_another(program)


main()
