"""hht.py on runs of the program: what its page in docs/outputs.md shows; integrals of what it reads are the program's own.

usage: t951-reader.py HHT PYTHON_FOLDER
"""
import os
import sys
import tempfile
from pathlib import Path

import alone
import numpy as np

CASE = """grid: {dim: DIM, nx: 16, x_min: -1, x_length: 12, nv: 32, v_max: 7}
initial: {type: landau, amplitude: 0.3, phase: "0.2*sin(2*pi*x/12)*vx"}
ts: {dt: 0.1, max_time: 0.5}
output: {snapshot_interval: 0.2}
"""


def read(program, dim):
    import hht

    Path("case.yaml").write_text(CASE.replace("DIM", str(dim)))
    folder = f"run{dim}"
    result = alone.run([program, "run", "case.yaml", "-output_dir", folder])
    assert result.returncode == 0, result.stderr
    return hht.open(folder)


def check_series(run):
    assert run.complete
    assert run.parameters["grid"]["nx"] == 16
    assert np.allclose(run["time"], np.arange(6) * 0.1)
    assert run.units["mass"] == "M" and run.units["step"] == "1", run.units
    assert {"mass", "energy"} <= set(run.diagnostics)
    assert run.diagnostics.get("no_such") is None
    try:
        run["no_such"]
    except KeyError as error:
        assert "no_such" in str(error) and "field_energy" in str(error), error
    else:
        raise AssertionError("a column that is not there was read")


def check_axes(field, name, first, n, spacing):
    axis = field.axes[name]
    assert axis[0] == first and len(axis) == n and np.allclose(np.diff(axis), spacing), f"{name}: {axis}"


def close(value, expected, what):
    assert abs(value - expected) <= 1e-12 * abs(expected), f"{what}: {value} instead of {expected}"


def check_one_dimension(run):
    assert [snapshot.time for snapshot in run.snapshots] == [0, 0.2, 0.4, 0.5], [s.time for s in run.snapshots]
    last = run.snapshots[-1]
    f, alpha, alpha_hat = last["f"], last["alpha"], last["alpha_hat"]
    assert f.labels == ["x", "v"] and alpha_hat.labels == ["x", "xi"]
    check_axes(f, "x", -1, 16, 12 / 16)
    check_axes(f, "v", -7, 32, 14 / 32)
    assert np.iscomplexobj(alpha.values) and np.max(np.abs(alpha.values.imag)) > 0.01
    assert np.allclose(np.abs(alpha.values) ** 2, f.values, atol=1e-13)
    cell = np.prod([axis[1] - axis[0] for axis in f.axes.values()])
    close(np.sum(f.values) * cell, run["mass"][-1], "mass")
    close(np.sum(f.values * f.axes["v"] ** 2 / 2) * cell, run["kinetic_energy"][-1], "kinetic energy")
    assert set(last.planes) == {"f", "alpha", "alpha_hat"}, last.planes
    force = last["force"]
    check_axes(force, "x", -1, 16, 12 / 16)
    close(np.sum(force.values**2) / 2 * 12 / 16, run["field_energy"][-1], "field energy")


def check_two_dimensions(run):
    last = run.snapshots[-1]
    density, marginal = last["density"], last["marginal_y_vy"]
    force = [last[f"force/{component}"].values for component in "xy"]
    close(sum(np.sum(values**2) for values in force) / 2 * (12 / 16) ** 2, run["field_energy"][-1], "field energy")
    assert density.labels == ["x", "y"] and marginal.labels == ["y", "vy"]
    close(np.sum(density.values) * (12 / 16) ** 2, run["mass"][-1], "mass of the density")
    close(np.sum(marginal.values) * 12 / 16 * 14 / 32, run["mass"][-1], "mass of the marginal")
    assert not any(name.startswith("meshes") for name in last), list(last)


def main():
    program = os.path.abspath(sys.argv[1])
    sys.path.insert(0, os.path.abspath(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run = read(program, 1)
        check_series(run)
        check_one_dimension(run)
        check_two_dimensions(read(program, 2))


main()
