"""hht views: where the grid resolves f, the three views are one, with a phase and without; where it does not, each loses what the
documentation says. The table is the same bits on any number of ranks and after stops, and mistakes are one line.

usage: t940-views.py HHT MPIEXEC
"""
import csv
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import alone
import h5py
import numpy as np
from runs import IO, STOPPED, USAGE

CASE = """\
grid: {nx: 64, nv: 256, x_length: 2*pi, v_max: 6}
potential: {type: cosine, strength: -1}
initial: {type: maxwellian, temperature: 0.3, amplitude: 0.4, mass: 1}
ts: {dt: 0.1, max_time: 3}
output: {snapshot_interval: 1.25}
"""
PHASE = ["-initial_phase", "0.5*v*sin(x)+0.3*cos(x)"]
FORMULA = "exp(-v^2/(2*0.3)) * (1 + 0.4*cos(x))"
PAIRS = ("hht_characteristics", "hht_vlasov", "characteristics_vlasov")
BAD = [
    ("case.yaml", ["--restart", "out"], "--restart: 'out' is not allowed with hht views; it must be auto"),
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


def check_resolved(program, name, options, case="case.yaml"):
    views(program, 1, [*options, "-output_dir", name], case=case)
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


def write_data(path, nx, nv, phase):
    """alpha of the case on its box."""
    x, v = 2 * np.pi * np.arange(nx)[:, None] / nx, -6 + 12 * np.arange(nv) / nv
    alpha = np.sqrt(np.exp(-(v**2) / 0.6) * (1 + 0.4 * np.cos(x)))
    with h5py.File(path, "w") as file:
        file["alpha"] = alpha * np.exp(1j * (0.5 * v * np.sin(x) + 0.3 * np.cos(x))) if phase else alpha


def check_data(program):
    """A formula, and files on this grid and another, complex and with a phase beside them: the data of a named type, so its distances."""
    common = CASE[: CASE.index("initial")] + CASE[CASE.index("ts:") :]
    Path("expression.yaml").write_text(common + "initial: {type: expression, f: " + FORMULA + ", mass: 1}\n")
    Path("file.yaml").write_text(common + "initial: {type: file, path: same.h5, dataset: alpha, mass: 1}\n")
    for path, nx, nv, phase in (("same.h5", 64, 256, False), ("complex.h5", 64, 256, True), ("other.h5", 48, 200, True)):
        write_data(path, nx, nv, phase)
    check_resolved(program, "expression", [], "expression.yaml")
    check_resolved(program, "expression-phase", PHASE, "expression.yaml")
    check_resolved(program, "file", PHASE, "file.yaml")
    check_resolved(program, "complex-file", ["-initial_path", "complex.h5"], "file.yaml")
    check_resolved(program, "other-file", ["-initial_path", "other.h5"], "file.yaml")
    for name, like in (("expression", "real"), ("expression-phase", "complex"), ("file", "complex"), ("complex-file", "complex"), ("other-file", "complex")):
        for row, expected in zip(table(name), table(like), strict=True):
            close = [abs(row[key] - expected[key]) < 1e-9 for key in row]
            assert all(close), f"{name}: {row} instead of {expected}"
    for name in ("expression", "file"):
        small = ["-ts_max_time", "0.3", "-output_snapshot_interval", "0", "-output_dir"]
        for ranks in (1, 3):
            views(program, ranks, [*small, f"{name}-{ranks}"], case=name + ".yaml")
        assert Path(f"{name}-1", "views.csv").read_text() == Path(f"{name}-3", "views.csv").read_text(), f"{name}: views.csv depends on the ranks"


def check_window(program):
    """A formula that has no value beyond v_max, and drops to 0 there; data that keep their own mass, on a plane."""
    Path("window.yaml").write_text("grid: {nx: 16, nv: 64, v_max: 2}\ninitial: {type: expression, f: (4 - v^2)^4 * (1 + 0.1*cos(0.5*x))}\n"
                                   "ts: {dt: 0.1, max_time: 1}\n")
    views(program, 1, ["-output_dir", "window"], case="window.yaml")
    assert table("window")[-1]["l2_hht_characteristics"] < 1e-3, table("window")
    index = np.indices((4, 6, 12, 10))
    with h5py.File("plane.h5", "w") as file:
        v = [-3 + 6 * index[2] / 12, -3 + 6 * index[3] / 10]
        file["alpha"] = 5 * np.exp(-(v[0] ** 2) - v[1] ** 2) * (1 + 0.1 * np.cos(np.pi * index[0] / 2))
    Path("plane.yaml").write_text("grid: {dim: 2, nx: [4, 6], nv: [12, 10], v_max: 3, x_length: 2*pi}\npotential: {type: cosine, strength: 0.01}\n"
                                  "initial: {type: file, path: plane.h5, dataset: alpha}\nts: {dt: 0.05, max_time: 0.1}\n")
    views(program, 1, ["-output_dir", "plane"], case="plane.yaml")
    first, last = table("plane")
    assert first["alpha_l2"] < 1e-14 and last["alpha_l2"] < 2e-3, (first, last)


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
    for case, arguments, message in BAD:
        result = views(program, 1, [*arguments, "-output_dir", "bad"], 2, case)
        lines = result.stderr.splitlines()
        assert len(lines) == 1 and message in lines[0], f"{arguments}: {result.stderr}"
        assert not Path("bad").exists(), f"{arguments}: something was written"
    views(program, 1, ["--dry-run", "-output_dir", "bad"])
    assert not Path("bad").exists(), "a dry run wrote something"
    result = views(program, 1, ["-output_dir", "real"], 2)
    assert "holds a run already" in result.stderr, result.stderr


LOOKS = [*PHASE, "-grid_nx", "16", "-grid_nv", "24", "-output_snapshot_interval", "0.2", "-output_dir"]


def check_stopped(result, folder, reason):
    lines = result.stderr.splitlines()
    assert len(lines) == 1 and reason in lines[0] and "--restart auto" in lines[0], result.stderr
    assert Path(folder, "INCOMPLETE").read_text().strip() in lines[0] and not Path(folder, "COMPLETE").exists()
    assert f"up to time {table(folder)[-1]['time']:g}," in lines[0], f"{lines[0]}\n{Path(folder, 'views.csv').read_text()}"


def check_same_table(folder, reference):
    assert Path(folder, "views.csv").read_text() == Path(reference, "views.csv").read_text(), f"another table in {folder}"
    assert Path(folder, "COMPLETE").exists() and not Path(folder, "INCOMPLETE").exists()


def check_stop(program):
    """The file STOP after the first step; then, on other ranks, as if nothing had happened. What is finished is not made again."""
    views(program, 1, [*LOOKS, "straight"])
    Path("stop").mkdir()
    Path("stop/STOP").touch()
    result = views(program, 1, [*LOOKS, "stop"], STOPPED)
    check_stopped(result, "stop", "stopped at time 0.1 (the file STOP)")
    assert not Path("stop/STOP").exists() and len(table("stop")) == 1
    views(program, 3, [*LOOKS, "stop", "--restart", "auto"])
    check_same_table("stop", "straight")
    before = Path("stop/views_progress.txt").stat().st_mtime_ns
    views(program, 1, [*LOOKS, "stop", "--restart", "auto"])
    assert Path("stop/views_progress.txt").stat().st_mtime_ns == before, "a restart of a complete run looks again"


def check_middle(program):
    """As a stop after six looks leaves it."""
    shutil.copytree("straight", "middle")
    lines = "".join(Path("middle/views_progress.txt").read_text().splitlines(keepends=True)[:7])
    Path("middle/views_progress.txt").write_text(lines + f"checksum {zlib.crc32(lines.encode()):08x}\n")
    Path("middle/views.csv").unlink()
    views(program, 2, [*LOOKS, "middle", "--restart", "auto"])
    check_same_table("middle", "straight")


def check_signals(program):
    """SIGUSR1 asks for what is done anyway, SIGTERM stops."""
    long = [*LOOKS, "signal", "-ts_dt", "1e-4"]
    process = subprocess.Popen([program[0], "views", "case.yaml", *long], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    for sent, rows in ((signal.SIGUSR1, 1), (signal.SIGTERM, 2)):
        while not (Path("signal/views.csv").exists() and len(table("signal")) >= rows) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(sent)
    errors = process.communicate(timeout=60)[1]
    assert process.returncode == STOPPED, errors
    check_stopped(subprocess.CompletedProcess([], STOPPED, "", errors), "signal", "(a signal)")
    assert len(table("signal")) >= 2, "SIGUSR1 has stopped it"


def check_walltime(program):
    start = time.monotonic()
    result = views(program, 1, [*LOOKS, "walltime", "-ts_max_time", "1000", "-ts_dt", "1e-4", "--walltime", "0:03"], STOPPED)
    check_stopped(result, "walltime", "the time limit is near")
    assert time.monotonic() - start < 6, f"ended after {time.monotonic() - start} s"


def check_restart_refused(program):
    """Of another case, at other times, from a damaged file."""
    restart = [*LOOKS, "stop", "--restart", "auto"]
    for option, message in (("-grid_nv 32", "grid_nv"), ("-output_snapshot_interval 0.3", "output_snapshot_interval"), ("-ts_max_time 2.9", "ts_max_time")):
        result = views(program, 1, [*restart, *option.split()], USAGE)
        assert message in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
    path = Path("stop/views_progress.txt")
    path.write_text(path.read_text().replace("0x1.", "0x1.1", 1))
    assert "damaged" in views(program, 1, restart, IO).stderr


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
        check_data(program)
        check_window(program)
        check_unresolved(program)
        check_ranks(program)
        check_mistakes(program)
        check_stop(program)
        check_middle(program)
        check_signals(program)
        check_walltime(program)
        check_restart_refused(program)
        check_folder_of_another(program)


main()
