"""Potentials as users write them: a list of types is a sum, a table and a formula of a Gaussian give its run, the run's
used_parameters.yaml repeats it, and a run does not go on with a table that has changed.

usage: t709-potentials.py HHT MPIEXEC
"""
import math
import os
import sys
import tempfile
from pathlib import Path

import runs

CASE = """\
grid: {dim: 1, nx: 32, x_length: 12, nv: 32, v_max: 6}
initial: {type: maxwellian, amplitude: 0.3}
ts: {dt: 0.1, max_time: 1}
"""
SUM = "potential: {type: [gaussian, yukawa, gaussian], strength: [2, 0.5, -1], width: [0.8, 1, 0.7], kappa: 0.7}\n"
FORMULA = "2*exp(-r^2/(2*0.8^2)) - exp(-r^2/(2*0.7^2))"


def energies(folder):
    rows = runs.diagnostics(folder)
    column = rows[0].index("field_energy")
    return [float(row[column]) for row in rows[1:]]


def write_table(path, scale=1):
    points = [i * 12 / 800 for i in range(801)]
    gamma = [scale * math.exp(-(r**2) / (2 * 0.8**2)) for r in points]
    Path(path).write_text("".join(f"{r!r}, {g!r}\n" for r, g in zip(points, gamma)))


def check_close(folder, reference, error):
    a, b = energies(folder), energies(reference)
    worst = max(abs(x - y) for x, y in zip(a, b, strict=True)) / max(b)
    print(f"measured {folder} {worst:.1e}")
    assert worst < error and max(b) > 1e-3, f"{folder} and {reference} differ by {worst:.2e}"


def check_sum(program):
    Path("sum.yaml").write_text(CASE + SUM)
    program.run(1, ["sum.yaml", "-output_dir", "sum"])
    program.run(2, ["sum/used_parameters.yaml", "-output_dir", "repeated"])
    runs.check_same("repeated", "sum")
    options = ["-potential_type", "yukawa,expression", "-potential_strength", "0.5,1", "-potential_kappa", "0.7"]
    program.run(1, ["case.yaml", *options, "-potential_formula", FORMULA, "-output_dir", "formula"])
    # The formula is not repeated: its images beyond the box are e^(-28) there.
    check_close("formula", "sum", 1e-11)


def check_table(program):
    write_table("gaussian.csv")
    program.run(1, ["case.yaml", "-potential_type", "gaussian", "-potential_width", "0.8", "-output_dir", "gaussian"])
    program.run(2, ["case.yaml", "-potential_type", "table", "-potential_file", "gaussian.csv", "-output_dir", "table"])
    check_close("table", "gaussian", 1e-11)
    program.run(1, ["--restart", "table", "-ts_max_time", "1.5"])
    write_table("gaussian.csv", 1 + 1e-9)
    result = program.run(1, ["--restart", "table", "-ts_max_time", "2"], runs.USAGE)
    assert "potential_file: 'gaussian.csv' has the checksum" in result.stderr, result.stderr


def main():
    program = runs.Program(os.path.abspath(sys.argv[1]), sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        check_sum(program)
        check_table(program)


main()
