"""hht check passes on one rank and on three, and its table says so line by line.

usage: t912-check.py HHT MPIEXEC
"""
import subprocess
import sys

import alone


def check(result, ranks):
    assert result.returncode == 0, f"{ranks} ranks: exit code {result.returncode}: {result.stdout}{result.stderr}"
    lines = result.stdout.splitlines()
    passed = sum(line.endswith("  pass") for line in lines)
    assert passed >= 30, f"{ranks} ranks: {passed} lines pass:\n{result.stdout}"
    assert f"{passed} of {passed} checks passed" in lines[-1], lines[-1]
    assert not any("FAIL" in line for line in lines), result.stdout


def main():
    hht, mpiexec = sys.argv[1:]
    check(alone.run([hht, "check"]), 1)
    command = [mpiexec, "-n", "3", hht, "check"]
    check(subprocess.run(command, capture_output=True, text=True, timeout=200), 3)


main()
