"""Snapshots are openPMD 1.1.0: the rules for root, iterations and meshes of https://github.com/openPMD/openPMD-standard, tag 1.1.0, STANDARD.md, as
its validator checks them; for d = 1, 2, 3.

usage: t952-openpmd.py HHT
"""
import os
import re
import sys
import tempfile
from pathlib import Path

import alone
import h5py
import numpy as np

CASE = """grid: {dim: DIM, nx: 4, nv: 8}
initial: {type: landau, phase: "0.1*sin(x/2)"}
ts: {dt: 0.1, max_time: 0.1}
"""
NAME = re.compile(r"\w+", re.ASCII)
REALS = (np.float32, np.float64, np.longdouble)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def text(item, name, pattern=".*"):
    """A required attribute that is a string of fixed length."""
    value = item.attrs.get(name)
    check(isinstance(value, np.bytes_), f"{item.name}: {name} is {value!r}, not a string")
    check(re.fullmatch(pattern, value.decode()), f"{item.name}: {name} is '{value.decode()}'")
    return value.decode()


def number(item, name, kinds=REALS):
    value = item.attrs.get(name)
    check(isinstance(value, kinds), f"{item.name}: {name} is {value!r}")
    return value


def numbers(item, name, length, kinds=REALS):
    value = item.attrs.get(name)
    check(isinstance(value, np.ndarray) and value.dtype.type in kinds, f"{item.name}: {name} is {value!r}")
    check(value.shape == (length,), f"{item.name}: {name} has the shape {value.shape}")
    return value


def check_root(file):
    text(file, "openPMD", r"1\.1\.0")
    check(number(file, "openPMDextension", np.uint32) == 0, "an extension is claimed")
    check(text(file, "basePath") == "/data/%T/", "basePath")
    text(file, "meshesPath", r".+/")
    check("particlesPath" not in file.attrs, "there are no particles")
    check(text(file, "iterationEncoding") == "fileBased", "iterationEncoding")
    pattern = text(file, "iterationFormat")
    name = re.escape(pattern).replace("%010T", r"\d{10}")
    check(re.fullmatch(name, Path(file.filename).name), f"{file.filename} is not named as {pattern}")
    text(file, "software")
    text(file, "softwareVersion")


def check_component(item, dimensions):
    check(item.ndim == dimensions, f"{item.name} has {item.ndim} dimensions")
    check(number(item, "unitSI", np.float64) > 0, f"{item.name}: unitSI")
    position = numbers(item, "position", dimensions)
    check(np.all((position >= 0) & (position < 1)), f"{item.name}: position {position}")


def check_mesh(mesh):
    components = [mesh] if isinstance(mesh, h5py.Dataset) else list(mesh.values())
    dimensions = components[0].ndim
    text(mesh, "geometry", "cartesian")
    text(mesh, "dataOrder", "C")
    labels = mesh.attrs.get("axisLabels")
    check(isinstance(labels, np.ndarray) and labels.dtype.kind == "S", f"{mesh.name}: axisLabels is {labels!r}")
    check(len(set(labels)) == dimensions, f"{mesh.name}: {labels} for {dimensions} dimensions")
    check(np.all(numbers(mesh, "gridSpacing", dimensions) > 0), f"{mesh.name}: gridSpacing")
    numbers(mesh, "gridGlobalOffset", dimensions, (np.float64,))
    check(number(mesh, "gridUnitSI", np.float64) > 0, f"{mesh.name}: gridUnitSI")
    numbers(mesh, "unitDimension", 7, (np.float64,))
    number(mesh, "timeOffset")
    for component in components:
        check(NAME.fullmatch(component.name.rsplit("/", 1)[1]), component.name)
        check_component(component, dimensions)


def check_iteration(file):
    steps = list(file["data"])
    check(len(steps) == 1 and steps[0].isdecimal(), f"iterations {steps}")
    step = file["data"][steps[0]]
    number(step, "time")
    number(step, "dt")
    check(number(step, "timeUnitSI", np.float64) > 0, "timeUnitSI")
    meshes = step[file.attrs["meshesPath"].decode()]
    for name, mesh in meshes.items():
        check(NAME.fullmatch(name), f"mesh '{name}'")
        check_mesh(mesh)
    return set(meshes)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for dim in 1, 2, 3:
            Path("case.yaml").write_text(CASE.replace("DIM", str(dim)))
            result = alone.run([program, "run", "case.yaml", "-output_dir", f"run{dim}"])
            assert result.returncode == 0, result.stderr
            for path in sorted(Path(f"run{dim}/snapshots").iterdir()):
                with h5py.File(path, "r") as file:
                    check_root(file)
                    names = check_iteration(file)
                check({"density", "current", "force", "potential"} <= names, f"{path} has {names}")


main()
