"""Writes docs/verification.md: docs/verification.md.in with the numbers that `hht check` and the tests print, on 2 ranks.

{{t330 free}} in it is what t330 prints as "measured free 2.4e-14" (TestMeasured() of tests/test.h; of several the largest), and
{{hht check}} the table of that command.

usage: tools/docs-verification [BUILD]
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE, PAGE = ROOT / "docs/verification.md.in", ROOT / "docs/verification.md"
PLACEHOLDER = re.compile(r"\{\{(hht check|(t\d{3}) ([^{}]+))\}\}")
STARTS = re.compile(r"^ *Start +(\d+): (t\d{3})\S*$", re.M)
MEASURED = re.compile(r"^(\d+): measured (.+) (\S+)$", re.M)


def placeholders(template):
    """The (test, key) of each, but {{hht check}}."""
    return {(test, key) for _, test, key in PLACEHOLDER.findall(template) if test}


def choose(names, wanted):
    """Of each test that is wanted the run on 2 ranks, or the one that there is."""
    chosen = {}
    for name in names:
        test = name[:4]
        if test in wanted and not name.endswith(".complex") and (test not in chosen or name.endswith(".np2")):
            chosen[test] = name
    return sorted(chosen.values())


def run(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"tools/docs-verification: {' '.join(map(str, command))} failed:\n{result.stdout}{result.stderr}")
    return result.stdout


def measure(build, wanted):
    """{(test, key): value as it is printed}"""
    listed = re.findall(r"Test +#\d+: (\S+)", run("ctest", "--test-dir", build, "-N"))
    names = "|".join(map(re.escape, choose(listed, wanted)))
    output = run("ctest", "--test-dir", build, "-V", "-R", f"^({names})$")
    tests, found = dict(STARTS.findall(output)), {}
    for number, key, value in MEASURED.findall(output):
        place = tests[number], key
        if place not in found or abs(float(value)) > abs(float(found[place])):
            found[place] = value
    return found


def pretty(value):
    """2.4e-14, 9.3e-9, 0"""
    return "0" if float(value) == 0 else re.sub(r"e([+-])0*(?=\d)", lambda sign: f"e{sign[1].strip('+')}", value)


def fill(template, check, found):
    missing = sorted(f"{{{{{test} {key}}}}}" for test, key in placeholders(template) - found.keys())
    if missing:
        sys.exit(f"tools/docs-verification: no test prints {', '.join(missing)}; it would print 'measured KEY VALUE'")
    return PLACEHOLDER.sub(lambda place: pretty(found[place[2], place[3]]) if place[2] else check, template)


def main():
    parser = argparse.ArgumentParser(prog="tools/docs-verification", description="Runs hht check and tests, and writes docs/verification.md.")
    parser.add_argument("build", nargs="?", type=Path, default=ROOT / "build/ci", help="where the tests were built; default: build/ci")
    build = parser.parse_args().build
    if not (build / "CTestTestfile.cmake").is_file():
        parser.error(f"{build} holds no tests; build them: cmake --preset ci && cmake --build --preset ci")
    template = TEMPLATE.read_text()
    check = re.sub(r" in [\d.]+ s$", "", run("mpiexec", "-n", 2, build / "bin/hht", "check").strip())  # a busy machine's time tells nothing
    PAGE.write_text(fill(template, check, measure(build, {test for test, _ in placeholders(template)})))


if __name__ == "__main__":
    main()
