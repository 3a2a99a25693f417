"""Completion in bash offers the program's own commands, options and choices, and leaves files to the shell.

usage: t708-completion.py HHT COMPLETION
"""
import os
import subprocess
import sys

import alone

SCRIPT = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hht; printf "%s\\n" "${COMPREPLY[@]}"'


def complete(hht, completion, *words):
    command = ["bash", "-c", SCRIPT, "bash", completion, hht, *words]
    result = subprocess.run(command, capture_output=True, text=True, env=os.environ | alone.SETTINGS, timeout=60)
    assert not result.stderr, result.stderr
    return set(result.stdout.split())


def main():
    program = sys.argv[1:3]
    expected = {
        ("r",): {"run"},
        ("run", "case.yaml", "-grid_n"): {"-grid_nx", "-grid_nv"},
        ("run", "case.yaml", "-ts_splitting_type", "st"): {"strang"},
        ("run", "case.yaml", "-output_overwrite", ""): {"true", "false"},
        ("run", "case.yaml", "--re"): {"--restart"},
        ("run", "case.yaml", "--restart", ""): {"auto"},
        ("run", ""): set(),
        ("run", "case.yaml", "-grid_nx", ""): set(),
    }
    for words, replies in expected.items():
        found = complete(*program, *words)
        assert found == replies, f"{words}: {found} instead of {replies}"


main()
