"""The verdict at the end of a run: a resolved run is called so; a run that is not, in x, v, xi or t, is told which option to raise to what, and
is resolved when it follows; what was seen before a restart counts. Above it, the drift of H_Ht, which is round-off where alpha is real, is small.

usage: t941-verdict.py HHT MPIEXEC
"""
import os
import re
import sys
import tempfile
from pathlib import Path

import alone
import runs

BASE = {"-grid_nx": "16", "-grid_nv": "64", "-ts_max_time": "1", "-initial_amplitude": "0.1", "-ts_dt": "0.1"}
# name: (options, what is not resolved)
CASES = {
    "resolved": ({}, ""),
    "x": ({"-grid_nx": "8", "-initial_amplitude": "0.9"}, "x"),
    "v": ({"-grid_v_max": "4"}, "v"),
    "xi": ({"-grid_nv": "24", "-initial_amplitude": "0.5", "-ts_max_time": "4"}, "xi"),
    "recurrence": ({"-grid_nv": "32", "-potential_type": "none", "-ts_max_time": "55"}, "xi"),
    "t": ({"-grid_nx": "64", "-grid_nv": "256", "-grid_v_max": "24", "-initial_temperature": "4", "-ts_dt": "0.5",
           "-potential_strength": "4", "-initial_amplitude": "0.5"}, "t"),
    "plane": ({"-grid_dim": "2", "-grid_nx": "8,10", "-grid_nv": "18,28", "-grid_v_max": "4,8"}, "v xi"),
}


def run(hht, folder, options, *flags):
    arguments = [word for pair in options.items() for word in pair]
    result = alone.run([hht, "run", "case.yaml", *arguments, *flags, "-output_dir", folder])
    assert result.returncode == 0, f"{folder}: exit code {result.returncode}: {result.stderr}"
    text = result.stdout[result.stdout.index("\nResolution, ") + 1:]
    assert max(map(len, text.splitlines())) <= 80, text
    assert text in Path(folder, "log.txt").read_text(), text
    return text


def verdict(text):
    """{x, v, xi, t: the options to try, or None where it is resolved}"""
    found = re.findall(r"^  (\w+) +(resolved|NOT RESOLVED)  .*\n(?: +try (.*)\n)?", text, re.M)
    assert [name for name, _, _ in found] == ["x", "v", "xi", "t"], text
    for name, word, advice in found:
        assert (word == "resolved") == (not advice), f"{name}: {text}"
    return {name: advice.split() if advice else None for name, _, advice in found}


def check_advice(hht, name, options, expected):
    """Each advice doubles something or so: some rounds may be needed."""
    options = {**BASE, **options}
    for round_number in range(5):
        text = run(hht, f"{name}-{round_number}", options)
        unresolved = {what: advice for what, advice in verdict(text).items() if advice}
        if round_number == 0:
            assert list(unresolved) == expected.split(), f"{name}: {text}"
        if not unresolved:
            return
        for advice in unresolved.values():
            options.update(zip(advice[::2], advice[1::2]))
    raise AssertionError(f"{name}: not resolved after following the advice: {text}")


def check_restart(hht):
    """The structure is at the edge half-way to the recurrence only, which is before the restart."""
    options = {**BASE, "-grid_nv": "32", "-potential_type": "none", "-ts_max_time": "25"}
    whole = run(hht, "whole", options)
    run(hht, "parts", {**options, "-ts_max_steps": "200"})
    assert run(hht, "parts", options, "--restart", "parts") == whole
    last = Path("whole/diagnostics.csv").read_text().splitlines()
    at = last[1].split(",").index("xi_edge_fraction")
    assert float(last[-1].split(",")[at]) < 1e-6 and verdict(whole)["xi"], "the end would say the same"


def check_hamiltonian(hht, mpiexec):
    """Complex numbers that are real: H_Ht is 0 but for round-off, which grows from some 1e-20."""
    program = runs.Program(hht, mpiexec)
    options = [word for pair in {**BASE, "-state_numbers": "complex"}.items() for word in pair]
    for ranks in 1, 2, 3:
        said = program.run(ranks, ["case.yaml", *options, "-output_dir", f"hamiltonian-{ranks}"]).stdout
        drift = float(re.search(r"drift: mass .*, hamiltonian (\S+)$", said, re.M)[1])
        assert drift < 1e-12, f"{ranks} ranks: H_Ht drifts by {drift}"


def main():
    hht = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text("{}\n")
        for name, (options, expected) in CASES.items():
            check_advice(hht, name, options, expected)
        check_restart(hht)
        check_hamiltonian(hht, sys.argv[2])


main()
