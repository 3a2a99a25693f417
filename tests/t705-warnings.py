"""A run warns, once each, of what its results may no longer be trusted for, and goes on to its end.

usage: t705-warnings.py HHT
"""
import os
import sys
import tempfile

import alone

PERTURBED = ["-initial_amplitude", "0.5"]
SMALL = ["-grid_nx", "16", "-grid_nv", "16", "-output_overwrite", "true"]
# The recurrence time of this grid is 2 pi / (k dv) = 2 pi / (0.5 * 1).
CASES = [
    ("nothing", [*PERTURBED, "-grid_nv", "64", "-ts_max_time", "1"], []),
    ("recurrence", [*PERTURBED, "-ts_max_time", "13", "-potential_type", "none"], ["xi window", "recurrence time"]),
    ("x", [*PERTURBED, "-grid_nx", "8", "-grid_nv", "64", "-ts_max_time", "1"], ["wave numbers"]),
    ("v edge", [*PERTURBED, "-grid_nv", "64", "-ts_max_time", "0", "-initial_temperature", "4"], ["v window"]),
    # Data in the highest mode of v alone, which derivatives leave out, look smooth until they move.
    ("bounds", ["-grid_nv", "64", "-initial_type", "expression", "-initial_alpha", "(1 + cos(x/2)/2)*cos(4*pi*v)", "-initial_mass", "1",
                "-potential_type", "cosine", "-potential_strength", "-0.01", "-ts_max_time", "0.4"],
     ["xi window", "v window", "m1_norm", "d2_norm"]),
    ("energy", [*PERTURBED, "-grid_nv", "128", "-ts_max_time", "1", "-ts_dt", "0.5", "-potential_strength", "4"], ["energy"]),
]


def main():
    hht = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "case.yaml"), "w") as file:
            file.write("output: {dir: run}\n")
        for name, options, expected in CASES:
            result = alone.run([hht, "run", "case.yaml", *SMALL, *options], folder)
            warnings = [line for line in result.stderr.splitlines() if line.startswith("hht: warning: ")]
            assert result.returncode == 0, f"{name}: exit code {result.returncode}: {result.stderr}"
            for words in expected:
                assert sum(words in line for line in warnings) == 1, f"{name}: {words} not once in {warnings}"
            assert len(warnings) == len(expected), f"{name}: {warnings}"


main()
