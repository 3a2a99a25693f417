"""The help pages: short ones fit on a screen, all options are there, docs/parameters.md and docs/hht.1 are the program's own tables.

usage: t702-help.py HHT DOCS
"""
import re
import subprocess
import sys
from pathlib import Path

import alone

GROUPS = ("grid", "equation", "potential", "initial", "compare", "ts", "absorber", "output", "checkpoint", "watchdog", "meanfield", "state",
          "threads", "transpose", "field", "fft")

COMMANDS = ("run", "meanfield", "views", "check", "info", "bench")


def show(hht, *arguments):
    result = alone.run([hht, *arguments])
    assert result.returncode == 0, f"hht {arguments}: exit code {result.returncode}: {result.stderr}"
    assert not result.stderr, f"hht {arguments}: {result.stderr}"
    return result.stdout


def check_short(text, what, lines, columns=132):
    rows = text.splitlines()
    assert len(rows) <= lines, f"{what} has {len(rows)} lines"
    assert max(map(len, rows)) <= columns, f"{what} has a line of {max(map(len, rows))} characters"


def check_screen(text, what, example):
    check_short(text, what, 24, 80)
    assert re.search(rf"^  .*{example}.*", text.splitlines()[-1]), f"{what} ends without an example"


def check_page(path, text, topic):
    assert path.read_text() == text, f"{path.name} is out of date: hht --help={topic} > docs/{path.name}"


def check_manual(path, text):
    check_page(path, text, "man")
    roff = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-rLL=80n"], input=text, capture_output=True, text=True, timeout=60)
    assert roff.returncode == 0 and not roff.stderr, roff.stderr
    assert len(roff.stdout.splitlines()) > 200


def main():
    hht, docs = sys.argv[1], Path(sys.argv[2])
    general = show(hht, "--help")
    check_screen(general, "--help", "hht run")
    assert general == show(hht, "help") == show(hht, "-h")
    for command in COMMANDS:
        assert f"hht {command}" in general
        check_screen(show(hht, command, "--help"), f"{command} --help", f"hht {command}")

    by_group = [show(hht, "run", f"--help={group}") for group in GROUPS]
    for group, text in zip(GROUPS, by_group):
        check_short(text, group, 50)
        assert re.search(rf"^  -{group}_", text, re.M), f"no option in {group}"
    assert show(hht, "run", "--help=all") == "\n".join(by_group)

    markdown = show(hht, "run", "--help=markdown")
    named = lambda pattern, text: re.findall(pattern, text, re.M)
    assert named(r"^\| `(\w+)`", markdown) == named(r"^  -(\w+) ", "".join(by_group))
    check_page(docs / "parameters.md", markdown, "markdown")
    check_manual(docs / "hht.1", show(hht, "--help=man"))

    version = show(hht, "--version")
    for part in (r"^hht \d+\.\d+\.\d+$", r"MPI", r"FFTW +\d.*SIMD: ", r"PETSc +3\.\d+.*complex", r"HDF5 +\d",
                 r"muParser +\d", r"GSL +\d", r"compiler"):
        assert re.search(part, version, re.M), f"{part} not in\n{version}"


main()
