"""The layers call only those below them: app -> particles, io; particles -> problem, time -> physics -> transform -> grid -> base.

usage: t900-layers.py LAYER=OBJECT:OBJECT.. ..
"""
import re
import subprocess
import sys

BELOW = {"base": "", "grid": "base", "transform": "grid base", "physics": "transform grid base"}
BELOW["time"] = BELOW["problem"] = BELOW["io"] = "physics transform grid base"
BELOW["particles"] = "time problem " + BELOW["time"]
BELOW["app"] = "particles time problem io physics transform grid base"


def symbols(objects):
    """Names of ours that the objects define, and those that they call."""
    output = subprocess.run(["nm", *objects], capture_output=True, text=True, check=True).stdout
    found = re.findall(r" ([A-Zu]) ((?:TS)?HHT\w+)", output)
    return {name for kind, name in found if kind != "U"}, {name for kind, name in found if kind == "U"}


def main(arguments):
    objects = {layer: names.split(":") for layer, names in (argument.split("=", 1) for argument in arguments)}
    assert set(objects) == set(BELOW), f"layers {sorted(objects)}"
    defined, called = {}, {}
    for layer, names in objects.items():
        defined[layer], called[layer] = symbols(names)
        assert defined[layer], f"{layer} defines nothing"

    mistakes = []
    for layer, below in BELOW.items():
        for other in set(BELOW) - set(below.split()) - {layer}:
            mistakes += [f"{layer} calls {name} of {other}" for name in sorted(called[layer] & defined[other])]
    assert not mistakes, "\n".join(mistakes)


if __name__ == "__main__":
    main(sys.argv[1:])
