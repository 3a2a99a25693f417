"""hht run on the used_parameters.yaml of a run repeats it to the last bit, and the command line wins over the file.

usage: t703-repeat.py HHT
"""
import os
import sys
import tempfile
from pathlib import Path

import alone
from runs import diagnostics

CASE = """\
grid: {dim: 1, nx: 16, x_length: 4*pi, nv: 32, v_max: 6}
initial: {type: bump_on_tail, amplitude: 1/3, drift: 2.5, phase: "0.1*sin(x/2)"}
potential: {type: yukawa, kappa: 0.7}
ts: {dt: 1, max_time: 0.3, splitting_type: yoshida4}
output: {dir: first}
"""


def run(hht, *arguments):
    result = alone.run([hht, "run", *arguments])
    assert result.returncode == 0, f"hht run {arguments}: exit code {result.returncode}: {result.stderr}"


def main():
    hht = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        run(hht, "case.yaml", "-ts_dt", "0.1", "-ts_adapt_type", "none")
        run(hht, "first/used_parameters.yaml", "-output_dir", "second")
        first, second = diagnostics("first"), diagnostics("second")
        assert len(first) == 5, f"{len(first)} lines instead of the header and steps 0 to 3 of -ts_dt 0.1"
        assert first == second, f"rows differ:\n{first}\n{second}"
        parameters = [Path(name, "used_parameters.yaml").read_text() for name in ("first", "second")]
        assert parameters[0].replace('"first"', '"second"') == parameters[1], "used_parameters.yaml differs"


main()
