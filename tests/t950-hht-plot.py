"""hht-plot on folders made up here: the printed fits are the rates put in, and every plot leaves a picture.

usage: t950-hht-plot.py HHT_PLOT
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

HEADER = "step,time,mass,momentum_x,kinetic_energy,potential_energy,energy,hamiltonian,field_energy,l2_norm"


def write_diagnostics(folder, time, field_energy):
    folder.mkdir(parents=True)
    lines = ["# units: 1,time,mass", HEADER]
    for step, (t, e) in enumerate(zip(time, field_energy)):
        lines.append(f"{step},{t!r},12.5,0,6.25,{e!r},{6.25 + e!r},0,{e!r},3.5")
    (folder / "diagnostics.csv").write_text("\n".join(lines) + "\n")


def write_snapshot(folder, step, time):
    x, v = np.arange(16) * 0.5, -4 + np.arange(32) * 0.25
    f = np.exp(-v**2 / 2)[None, :] * (1 + 0.5 * np.cos(x[:, None] - v * time))
    with h5py.File(folder / "snapshots" / f"snapshot_{step:010d}.h5", "w") as file:
        group = file.create_group(f"data/{step}")
        group.attrs["time"] = time
        for name, values, axis in (("f", f, "v"), ("alpha_hat", f + 0.5j * f, "xi")):
            pairs = values if name == "f" else values.astype(complex)
            dataset = group.create_dataset(name, data=pairs)
            dataset.attrs["axisLabels"] = np.array([b"x", axis.encode()])
            dataset.attrs["gridSpacing"] = [0.5, 0.25]
            dataset.attrs["gridGlobalOffset"] = [0.0, -4.0]


def write_planes(folder, names):
    """A snapshot of a two-dimensional run."""
    (folder / "snapshots").mkdir(parents=True)
    with h5py.File(folder / "snapshots" / "snapshot_0000000000.h5", "w") as file:
        group = file.create_group("data/0")
        group.attrs["time"] = 0.0
        for name in names:
            dataset = group.create_dataset(name, data=np.arange(12.0).reshape(3, 4))
            dataset.attrs["axisLabels"] = np.array([b"x", b"vx" if "vx" in name else b"y"])


def write_views(folder):
    names = ["l2_hht_characteristics", "l2_hht_vlasov", "l2_characteristics_vlasov", "alpha_l2", "l2_error_hht", "entropy_error_hht",
             "l2_error_vlasov", "entropy_error_vlasov", "negative_mass_vlasov"]
    rows = [[0] * 10, [1] + [1e-3] * 9, [2] + [2e-3] * 9]
    (folder / "views.csv").write_text("\n".join(",".join(map(str, row)) for row in [["time", *names], *rows]) + "\n")


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def printed(output, name):
    return float(re.search(rf"^ *{name} +(\S+)", output, re.M).group(1))


def check_close(value, expected, tolerance, what):
    assert abs(value - expected) <= tolerance, f"{what}: got {value}, expected {expected} to {tolerance}"


def check_damping(program, folder, rate, frequency):
    """A transient before, and a noise floor after, must not count."""
    t = np.arange(0, 60, 0.1)
    wave = np.exp(rate * t) * np.cos(frequency * t + 0.3) + 0.5 * np.exp(-1.5 * t)
    write_diagnostics(folder, t, 1e-3 * wave**2 + 1e-10 * (1.5 + np.sin(7 * t)))
    result = run(program, folder, "field")
    assert result.returncode == 0, result.stderr
    check_close(printed(result.stdout, "rate"), rate, 1e-3, "damping rate")
    check_close(printed(result.stdout, "frequency"), frequency, 2e-3, "damped frequency")


def check_growth(program, folder, rate):
    """Growth from a small transient into saturation with oscillations."""
    t = np.arange(0, 80, 0.1)
    growth = 1e-8 * (np.exp(2 * rate * t) + 0.9 * np.exp(-2 * rate * t))
    write_diagnostics(folder, t, growth / (1 + 1e3 * growth * (1 + 0.3 * np.cos(0.8 * t))))
    result = run(program, folder, "field")
    assert result.returncode == 0, result.stderr
    check_close(printed(result.stdout, "rate"), rate, 1e-3, "growth rate")
    check_close(printed(result.stdout, "frequency"), 0, 0, "frequency of pure growth")


def check_mean_field(program, folder):
    """Powers of N put in, with errors that make the wrong points count little; a line beyond the counted N has none."""
    folder.mkdir()
    names = "particles,samples,beta,beta_error,theorem,q1,q1_error,trajectory_distance"
    lines = [f"{n},1000,{0.4 * n**-0.2:.6f},{0.01},{n**-0.2},{0.43 / n:.6f},{0.02 / n:.6f},{n**-0.5}" for n in (2, 4, 16, 64)]
    lines[2] = "16,1000,0.9,9,1,0.9,9,0.25"
    lines.append("1024,0,nan,nan,0.25,nan,nan,0.03")
    (folder / "meanfield.csv").write_text("\n".join(["# lambda: 0.2; time: 1", names, *lines]) + "\n")
    result = run(program, folder, "meanfield")
    assert result.returncode == 0, result.stderr
    for name, expected in (("beta", -0.2), ("q1", -1)):
        check_close(float(re.search(rf"{name} +~ N\^\((\S+)", result.stdout).group(1)), expected, 2e-3, name)
    assert (folder / "plots" / "meanfield.png").read_bytes()[:4] == b"\x89PNG"


def check_pictures(program, folder):
    """Without a name, all plots that there are data for."""
    (folder / "snapshots").mkdir()
    for step in range(3):
        write_snapshot(folder, step, 0.5 * step)
    lines = [{"dim": 1, "nx": 64, "nv": 256, "transpose": "fftw", "ranks": ranks, "ns_per_point": 10 / ranks}
             for ranks in (1, 2, 4)]
    (folder / "bench.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    write_views(folder)
    result = run(program, folder)
    assert result.returncode == 0, result.stderr
    check_close(printed(result.stdout, "alpha_l2"), 2e-3, 0, "last value of a column of views.csv")
    for name in ("energy", "field", "phase", "views", "scaling"):
        head = (folder / "plots" / f"{name}.png").read_bytes()[:4]
        assert head == b"\x89PNG", f"{name}.png starts with {head}"
    assert list((folder / "plots").glob("movie.*")), result.stdout


def check_bounds(program, folder):
    """Free transport, C_Gamma = 0: the printed (8) stays at M, which the norm leaves after the step at 0.5; its bound is infinite in the end."""
    folder.mkdir()
    time = np.arange(0, 2, 0.25)
    norm = 1.5 + np.maximum(time - 0.5, 0)
    bound = np.where(time < 1.5, 1.5 * (1 + np.exp(time)), np.inf)
    lines = ["# units: 1,L/V,M^(1/2),M^(1/2),1,1", "step,time,m1_norm,m1_bound,d2_norm,d2_bound"]
    lines += [f"{step},{t!r},{n!r},{b!r},nan,nan" for step, (t, n, b) in enumerate(zip(time, norm, bound))]
    (folder / "diagnostics.csv").write_text("\n".join(lines) + "\n")
    (folder / "log.txt").write_text("  potential   none, strength 1, periodic; C_Gamma 0\n")
    result = run(program, folder, "bounds")
    assert result.returncode == 0, result.stderr
    check_close(float(re.search(r"m1_norm +at most (\S+)", result.stdout).group(1)), 0.5, 1e-4, "share of the bound")
    assert "broken from time 0.75 on" in result.stdout and "d2_norm" not in result.stdout, result.stdout
    assert (folder / "plots/bounds.png").read_bytes()[:4] == b"\x89PNG"


def check_planes(program, folder):
    """Of two dimensions: where matter is and how it moves, not the current of a real alpha, which is 0."""
    write_planes(folder, ["current/x", "current/y", "density", "marginal_x_vx", "slice_x_vx"])
    result = run(program, folder, "phase")
    assert result.returncode == 0 and "  density, marginal_x_vx at t = 0" in result.stdout, result.stdout + result.stderr


def check_no_rate(program, folder):
    """An energy that swings by a tenth has no rate."""
    t = np.arange(0, 10, 0.1)
    write_diagnostics(folder, t, 1 + 0.1 * np.sin(t))
    result = run(program, folder, "field")
    assert result.returncode == 0 and "no rate" in result.stdout, result.stdout + result.stderr


def check_bend(program, folder):
    """So has none that bends all the way, however straight a short piece of it is."""
    t = np.arange(0, 20, 0.1)
    write_diagnostics(folder, t, np.exp(0.01 * np.exp(t / 3)))
    result = run(program, folder, "field")
    assert result.returncode == 0 and "no rate" in result.stdout, result.stdout + result.stderr


def check_counting(program, folder):
    """Against time where a run on the grid has all P_k; against N, with errors and gaps, where there are samples."""
    folder.mkdir()
    lines = ["# units: 1,L/V,1,1,1,1,1", "step,time,beta,q_1,P_0,P_1,P_2", "0,0,0,0,1,0,0", "1,0.5,0.3,0.2,0.7,0.05,0.25"]
    (folder / "diagnostics.csv").write_text("\n".join(lines) + "\n")
    result = run(program, folder, "counting", "--dpi", "50")
    assert result.returncode == 0, result.stderr
    check_close(printed(result.stdout, "P_2"), 0.25, 0, "P_2 at the end")
    small = (folder / "plots/counting.png").read_bytes()
    names = "particles,samples,P_0,P_0_error,P_1,P_1_error,P_2,P_2_error"
    rows = ["2,100,0.7,0.01,0.05,0.01,nan,nan", "64,100,0.8,0.01,-0.01,0.02,nan,nan", "1024,0,nan,nan,nan,nan,nan,nan"]
    (folder / "meanfield.csv").write_text("\n".join(["# lambda: 0.2; time: 1", names, *rows]) + "\n")
    result = run(program, folder, "counting")
    assert result.returncode == 0 and "P_1   -0.0100 +- 0.0200 for N = 64" in result.stdout, result.stdout + result.stderr
    assert "P_2" not in result.stdout, "a weight that no N has"
    assert small[:4] == b"\x89PNG" and len(small) < (folder / "plots/counting.png").stat().st_size


def check_mistakes(program, folder):
    folder.mkdir()
    (folder / "case.yaml").write_text("grid: {nx: 8}\n")
    for arguments in ((), (folder / "nowhere",), (folder,), (folder, "nonsense"), (folder, "field"), (folder, "counting"), (folder, "--dpi", "0"),
                      (folder / "case.yaml",), (folder, "--theory", "fast")):
        result = run(program, *arguments)
        assert result.returncode != 0, f"{arguments} was accepted"
        assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr, result.stderr


def check_order(program, folder):
    """Options stand before plots or behind them; a folder that cannot be written to is one line."""
    result = run(program, folder, "--dpi", "50", "field", "--theory", "-0.15", "1.4")
    assert result.returncode == 0 and "theory" in result.stdout, result.stderr
    result = run(program, folder, "--out", "/proc/nowhere", "field")
    assert result.returncode == 1 and len(result.stderr.splitlines()) == 1, result.stderr


def main(program):
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        check_damping(program, top / "landau", -0.1533, 1.4157)
        check_damping(program, top / "weak", -0.0126, 1.1598)
        check_growth(program, top / "jeans", 0.35)
        check_growth(program, top / "slow", 0.12)
        check_mean_field(program, top / "ladder")
        check_pictures(program, top / "landau")
        check_bounds(program, top / "free")
        check_planes(program, top / "two_dimensions")
        check_no_rate(program, top / "swings")
        check_counting(program, top / "counting")
        check_bend(program, top / "bend")
        check_mistakes(program, top / "empty")
        check_order(program, top / "landau")


if __name__ == "__main__":
    main(sys.argv[1])
